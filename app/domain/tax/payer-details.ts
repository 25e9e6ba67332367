// Who pays, in law: printed on statements, payment advices and self-billed invoices.
import { readTexts } from '../form-texts.ts'
import type { ParsedFact } from './dated-fact.ts'

export interface PayerDetails {
  legalName: string
  /** Lines of the postal address. */
  address: string[]
  /** ISO 3166: forms and thresholds depend on it. */
  country: string
  vatNumber: string | null
  companyNumber: string | null
  /** Where creators' questions go; null: to the shop's own address. */
  contact: string | null
}

export const PAYER_FIELDS = [
  'legalName',
  'address',
  'country',
  'vatNumber',
  'companyNumber',
  'contact',
] as const
export type PayerFactField = (typeof PAYER_FIELDS)[number]

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

export function parsePayerDetails(
  input: Partial<Record<PayerFactField, string>>,
): ParsedFact<PayerDetails, PayerFactField> {
  const form = readTexts(input)
  const legalName = form.text('legalName', 140)
  const address = form.lines('address', 5, 70)
  const country = form.country('country')
  const contact = form.text('contact', 254)
  if (legalName === null) form.refuse('legalName', 'required')
  if (country === null) form.refuse('country', 'required')
  if (contact !== null && !EMAIL.test(contact)) form.refuse('contact', 'email_malformed')
  const facts = {
    legalName: legalName ?? '',
    address,
    country: country ?? '',
    vatNumber: readVatNumber(form.text('vatNumber', 20)),
    companyNumber: form.text('companyNumber', 60),
    contact,
  }
  return Object.keys(form.refused).length > 0 ? { ok: false, fields: form.refused } : { ok: true, facts }
}

/** As tax offices write it: no spaces, capitals. */
export function readVatNumber(text: string | null): string | null {
  return text?.replace(/[\s.-]/g, '').toUpperCase() || null
}
