import type { LocalDate } from '../time/instant.ts'
import { type Contradiction, findContradictions } from './find-contradictions.ts'
import type { AgreementTerms } from './terms.ts'

/** What the shop allows. */
export interface TermsPolicy {
  currency: string
  /** No sale pays creators more than this share of net, together. */
  maxTotalShareBps: number
  /** Local date of the shop. */
  today: LocalDate
  /** Collections of the products that a guarantee names; needed for terms about collections only. */
  productCollections?: ReadonlyMap<string, readonly string[]>
  /** The accepted terms that these would replace. What stands there already is not refused for its date. */
  standing?: AgreementTerms | null
}

export type TermsViolation =
  | { field: 'currency'; reason: 'currency_not_shop_currency'; shopCurrency: string }
  | { field: 'shareBps'; reason: 'share_above_cap'; capBps: number }
  | { field: 'tierSteps'; reason: 'tier_above_cap'; step: number; capBps: number }
  /** Share and bonus of one order, together. */
  | { field: 'retentionReward'; reason: 'bonus_above_cap'; capBps: number; togetherBps: number }
  | { field: 'endsOn'; reason: 'ends_in_past' }
  | { field: 'guaranteeUntil'; reason: 'guarantee_in_past' }
  | Contradiction

/** Holds well-formed terms against themselves and the shop. Whether a start may lie in the past is for the caller to know. */
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
  violations.push(...violationsOfCap(terms, policy.maxTotalShareBps))
  if (terms.endsOn !== null && terms.endsOn < policy.today)
    violations.push({ field: 'endsOn', reason: 'ends_in_past' })
  if (guaranteeHasPassed(terms, policy))
    violations.push({ field: 'guaranteeUntil', reason: 'guarantee_in_past' })
  violations.push(...findContradictions(terms, policy.productCollections))
  return violations.length === 0 ? { ok: true } : { ok: false, violations }
}

function violationsOfCap(terms: AgreementTerms, capBps: number): TermsViolation[] {
  const violations: TermsViolation[] = []
  if (terms.shareBps > capBps) violations.push({ field: 'shareBps', reason: 'share_above_cap', capBps })
  const steps = terms.tiers?.steps ?? []
  const step = steps.findIndex(({ shareBps }) => shareBps > capBps)
  if (step >= 0) violations.push({ field: 'tierSteps', reason: 'tier_above_cap', step, capBps })
  const reward = terms.retention?.reward
  if (reward?.kind === 'share') {
    const togetherBps = terms.shareBps + reward.bps
    if (togetherBps > capBps)
      violations.push({ field: 'retentionReward', reason: 'bonus_above_cap', capBps, togetherBps })
  }
  return violations
}

function guaranteeHasPassed({ guarantee }: AgreementTerms, { today, standing }: TermsPolicy): boolean {
  if (guarantee?.kind !== 'restock' || guarantee.until >= today) return false
  const before = standing?.guarantee
  return before?.kind !== 'restock' || before.until !== guarantee.until
}
