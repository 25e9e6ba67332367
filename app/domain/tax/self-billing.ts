// The shop writes the creator's invoice: when it may, and what the invoice says of VAT.
import type { LocalDate } from '../time/instant.ts'
import type { VatFacts, VatTreatment } from './vat-facts.ts'

/** Self-billing needs an agreement that the creator agreed to and that covers the whole period, and the supplier's own VAT number. */
export function isSelfBilled(facts: VatFacts | null, from: LocalDate, to: LocalDate): boolean {
  const agreement = facts?.selfBilling
  if (!agreement?.agreedOn || !facts?.vatNumber) return false
  return agreement.from <= from && (agreement.until === null || agreement.until >= to)
}

export interface InvoicedVat {
  vat: VatTreatment
  rateBps: number
  taxableMinor: bigint
  /** On top of the taxable amount, and no part of the creator's balance. */
  vatMinor: bigint
}

/** VAT of what was earned in the period, half a unit away from zero; a period of returns gives VAT back. */
export function invoicedVat(
  facts: Pick<VatFacts, 'treatment' | 'rateBps'>,
  taxableMinor: bigint,
): InvoicedVat {
  const rateBps = facts.treatment === 'rate' ? facts.rateBps : 0
  const size = taxableMinor < 0n ? -taxableMinor : taxableMinor
  const part = (size * BigInt(rateBps) + 5_000n) / 10_000n
  return { vat: facts.treatment, rateBps, taxableMinor, vatMinor: taxableMinor < 0n ? -part : part }
}

/** The printed number of a self-billed invoice: its own row, without gaps, for each creator. MAYA-SB-0001. */
export function selfBillingNumber(handle: string, sequence: number): string {
  return `${handle.toUpperCase()}-SB-${String(sequence).padStart(4, '0')}`
}
