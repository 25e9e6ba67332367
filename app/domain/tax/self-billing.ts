import type { LocalDate } from '../time/instant.ts'

/** The standing agreement that the shop writes the creator's invoices. */
export interface SelfBillingAgreement {
  from: LocalDate | null
  until: LocalDate | null
  acceptedAt: string | null
  vatNumber: string | null
  /** Days after which a statement counts as accepted; 0: only when the creator says so. */
  acceptedAfterDays: number
}

/** Self-billing needs an accepted agreement that covers the whole period, and the supplier's own VAT number as it stands in it. */
export function isSelfBilled(
  agreement: SelfBillingAgreement | null,
  from: LocalDate,
  to: LocalDate,
): boolean {
  if (!agreement?.from || !agreement.acceptedAt || !agreement.vatNumber) return false
  return agreement.from <= from && (agreement.until === null || agreement.until >= to)
}

const EU = new Set(
  'AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

export type VatTreatment = 'reverse_charge' | 'not_included'

/** Reverse charge between registered businesses of two EU countries. Else VAT is not part of the figures, and the statement says so. */
export function vatTreatment(
  payer: { country: string | null; vatNumber: string | null },
  payee: { country: string | null; vatNumber: string | null },
): VatTreatment {
  if (!payer.country || !payee.country || !payer.vatNumber || !payee.vatNumber) return 'not_included'
  const crossing = payer.country !== payee.country && EU.has(payer.country) && EU.has(payee.country)
  return crossing ? 'reverse_charge' : 'not_included'
}

/** The printed number of a self-billed invoice: its own row, without gaps, for each creator. MAYA-SB-0001. */
export function selfBillingNumber(handle: string, sequence: number): string {
  return `${handle.toUpperCase()}-SB-${String(sequence).padStart(4, '0')}`
}
