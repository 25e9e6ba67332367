import type { LocalDate } from '../time/instant.ts'
import type { AgreementTerms } from './terms.ts'

/** What the shop allows. */
export interface TermsPolicy {
  currency: string
  /** No sale pays creators more than this share of net, together. */
  maxTotalShareBps: number
  /** Local date of the shop. */
  today: LocalDate
}

export type TermsViolation =
  | { field: 'currency'; reason: 'currency_not_shop_currency'; shopCurrency: string }
  | { field: 'shareBps'; reason: 'share_above_cap'; capBps: number }
  | { field: 'endsOn'; reason: 'ends_in_past' }

/** Holds well-formed terms against the shop. A start in the past is allowed: only sales after acceptance are rated. */
export function validateTerms(
  terms: AgreementTerms,
  policy: TermsPolicy,
): { ok: true } | { ok: false; violations: TermsViolation[] } {
  const violations: TermsViolation[] = []
  if (terms.currency !== policy.currency) {
    violations.push({
      field: 'currency',
      reason: 'currency_not_shop_currency',
      shopCurrency: policy.currency,
    })
  }
  if (terms.shareBps > policy.maxTotalShareBps) {
    violations.push({ field: 'shareBps', reason: 'share_above_cap', capBps: policy.maxTotalShareBps })
  }
  if (terms.endsOn !== null && terms.endsOn < policy.today)
    violations.push({ field: 'endsOn', reason: 'ends_in_past' })
  return violations.length === 0 ? { ok: true } : { ok: false, violations }
}
