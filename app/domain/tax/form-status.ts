import type { LocalDate } from '../time/instant.ts'

export type TaxFormType = 'w9' | 'w8ben' | 'w8bene' | 'none'
export type TaxFormStatus = 'not_needed' | 'on_file' | 'missing' | 'expired'

export interface TaxFormFacts {
  formType: TaxFormType
  receivedOn: LocalDate | null
  expiresOn: LocalDate | null
}

/**
 * Whether a payer may pay as far as forms go. Only payers in the United States need one before the first payment. Forms W-8 end with the
 * third year after the one in which they were signed, unless a date is noted.
 */
export function taxFormStatus(
  form: TaxFormFacts | null,
  payerCountry: string | null,
  on: LocalDate,
): TaxFormStatus {
  if (payerCountry !== 'US') return form && form.formType !== 'none' ? 'on_file' : 'not_needed'
  if (!form || form.formType === 'none' || form.receivedOn === null) return 'missing'
  const ends =
    form.expiresOn ?? (form.formType === 'w9' ? null : `${Number(form.receivedOn.slice(0, 4)) + 3}-12-31`)
  return ends !== null && ends < on ? 'expired' : 'on_file'
}

export function isTaxFormType(text: string): text is TaxFormType {
  return text === 'w9' || text === 'w8ben' || text === 'w8bene' || text === 'none'
}

export function isForeignForm(form: TaxFormFacts | null): boolean {
  return form?.formType === 'w8ben' || form?.formType === 'w8bene'
}
