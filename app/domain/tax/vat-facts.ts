// How a creator stands with VAT, and the standing agreement that the shop writes the creator's invoices.
import { type FormTexts, readTexts } from '../form-texts.ts'
import { parsePercent } from '../money/percent.ts'
import type { LocalDate } from '../time/instant.ts'
import type { ParsedFact } from './dated-fact.ts'
import { readVatNumber } from './payer-details.ts'

/** not_included: not registered, or the creator invoices VAT alone. rate: VAT comes on top. reverse_charge: the recipient accounts for it. */
export const VAT_TREATMENTS = ['not_included', 'rate', 'reverse_charge'] as const
export type VatTreatment = (typeof VAT_TREATMENTS)[number]

export interface VatFacts {
  vatNumber: string | null
  /** Of the creator, as an invoice must name it. */
  address: string[]
  treatment: VatTreatment
  /** 0 unless the treatment is a rate. */
  rateBps: number
  /** Null: the shop does not write the creator's invoices. */
  selfBilling: SelfBillingAgreement | null
}

export interface SelfBillingAgreement {
  from: LocalDate
  until: LocalDate | null
  /** The day on which the creator agreed; null: not yet, nothing is self-billed. */
  agreedOn: LocalDate | null
  /** Days after which a statement counts as accepted; 0: only when the creator says so. */
  acceptedAfterDays: number
}

export const VAT_FIELDS = [
  'vatNumber',
  'address',
  'treatment',
  'rate',
  'selfBillingFrom',
  'selfBillingUntil',
  'agreedOn',
  'acceptedAfterDays',
] as const
export type VatField = (typeof VAT_FIELDS)[number]

/** `recorded`: everything noted so far. An agreement is about one VAT number, whatever was noted between: another number needs a new one. */
export function parseVatFacts(
  input: Partial<Record<VatField, string>>,
  recorded: readonly VatFacts[],
): ParsedFact<VatFacts, VatField> {
  const form = readTexts(input)
  const vatNumber = readVatNumber(form.text('vatNumber', 20))
  const typed = form.text('treatment', 20) ?? 'not_included'
  const treatment = VAT_TREATMENTS.find((known) => known === typed)
  if (!treatment) form.refuse('treatment', 'unknown_kind')
  const rateBps = treatment === 'rate' ? readRate(form) : 0
  if (treatment !== 'not_included' && vatNumber === null) form.refuse('vatNumber', 'needed_for_vat')
  const facts = {
    vatNumber,
    address: form.lines('address', 5, 70),
    treatment: treatment ?? 'not_included',
    rateBps,
    selfBilling: readAgreement(form, vatNumber),
  }
  const agreedOn = facts.selfBilling?.agreedOn
  const sameAgreement = recorded.filter(({ selfBilling }) => agreedOn && selfBilling?.agreedOn === agreedOn)
  if (sameAgreement.some((earlier) => earlier.vatNumber !== vatNumber))
    form.refuse('agreedOn', 'new_agreement_needed')
  return Object.keys(form.refused).length > 0 ? { ok: false, fields: form.refused } : { ok: true, facts }
}

/** Read only where it counts: the form does not show it elsewhere. */
function readRate(form: FormTexts<VatField>): number {
  const rate = parsePercent(form.text('rate', 8) ?? '0')
  if (rate.ok && rate.bps >= 1 && rate.bps <= 5_000) return rate.bps
  form.refuse('rate', 'vat_rate_range')
  return 0
}

function readAgreement(form: FormTexts<VatField>, vatNumber: string | null): SelfBillingAgreement | null {
  const from = form.date('selfBillingFrom')
  const until = form.date('selfBillingUntil')
  const agreedOn = form.date('agreedOn')
  const days = Number(form.text('acceptedAfterDays', 3) ?? '0')
  if (!Number.isInteger(days) || days < 0 || days > 365) form.refuse('acceptedAfterDays', 'days_range')
  if (from === null) {
    if (until !== null || agreedOn !== null) form.refuse('selfBillingFrom', 'required')
    return null
  }
  if (vatNumber === null) form.refuse('vatNumber', 'needed_for_self_billing')
  if (until !== null && until < from) form.refuse('selfBillingUntil', 'ends_before_it_begins')
  return { from, until, agreedOn, acceptedAfterDays: days }
}
