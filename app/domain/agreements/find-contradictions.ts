import type { AgreementTerms, GuaranteeTerms, TierTerms } from './terms.ts'
import type { TermsField } from './terms-refusal.ts'

export type ContradictionReason =
  | 'step_changes_nothing'
  /** One more sale would lower the share of all before it. */
  | 'retroactive_ladder_falls'
  | 'waits_too_long'
  | 'monthly_guarantee_needs_monthly_statements'
  | 'guarantee_needs_end'
  | 'guarantee_after_end'
  | 'guarantee_before_start'
  | 'product_outside_scope'
  | 'promoters_only'
  /** Whoever buys for little would earn the creator more than the shop takes in. */
  | 'bonus_above_order'

export interface Contradiction {
  field: TermsField
  reason: ContradictionReason
  /** Of a ladder, which step. */
  step?: number
}

/** Longest that a creator waits for earned money: waiting time and reserve together, in days. */
export const MAX_WAIT_DAYS = 730

/**
 * Well-formed parts that cannot stand beside each other. `productCollections` are the collections of each product that the guarantee
 * names, for terms about collections; a product that is missing there belongs to none.
 */
export function findContradictions(
  terms: AgreementTerms,
  productCollections: ReadonlyMap<string, readonly string[]> = new Map(),
): Contradiction[] {
  const { reserve, retention } = terms
  return [
    ...(terms.tiers ? contradictLadder(terms.shareBps, terms.tiers) : []),
    ...when(reserve && terms.holdDays + reserve.days > MAX_WAIT_DAYS, 'reserveDays', 'waits_too_long'),
    ...(terms.guarantee ? contradictGuarantee(terms, terms.guarantee, productCollections) : []),
    // An owner is paid for every sale of the design already, whoever brings the buyer back.
    ...when(retention && terms.role !== 'promoter', 'retention', 'promoters_only'),
    ...when(terms.subscription && terms.role !== 'promoter', 'subscription', 'promoters_only'),
    ...when(
      retention?.reward.kind === 'fixed' &&
        BigInt(retention.reward.amountMinor) > BigInt(retention.minimumNetMinor),
      'retentionReward',
      'bonus_above_order',
    ),
  ]
}

function contradictLadder(baseBps: number, tiers: TierTerms): Contradiction[] {
  const found: Contradiction[] = []
  let before = baseBps
  for (const [step, { shareBps }] of tiers.steps.entries()) {
    if (shareBps === before) found.push({ field: 'tierSteps', reason: 'step_changes_nothing', step })
    if (tiers.mode === 'retroactive' && shareBps < before)
      found.push({ field: 'tierSteps', reason: 'retroactive_ladder_falls', step })
    before = shareBps
  }
  return found
}

function contradictGuarantee(
  terms: AgreementTerms,
  guarantee: GuaranteeTerms,
  productCollections: ReadonlyMap<string, readonly string[]>,
): Contradiction[] {
  if (guarantee.kind === 'minimum') {
    const { window } = guarantee
    return [
      // Nobody is told of a month by itself when statements come by the quarter.
      ...when(
        window === 'month' && terms.period === 'quarterly',
        'guaranteeWindow',
        'monthly_guarantee_needs_monthly_statements',
      ),
      // What runs for ever never comes to the day on which it would be settled.
      ...when(window === 'agreement' && terms.endsOn === null, 'guaranteeWindow', 'guarantee_needs_end'),
    ]
  }
  const { until, productIds } = guarantee
  const isOutside = (id: string) => !isCovered(terms, id, productCollections)
  return [
    ...when(terms.endsOn !== null && until > terms.endsOn, 'guaranteeUntil', 'guarantee_after_end'),
    ...when(until < terms.startsOn, 'guaranteeUntil', 'guarantee_before_start'),
    ...when(productIds.some(isOutside), 'guaranteeProducts', 'product_outside_scope'),
  ]
}

function isCovered(
  { scope }: AgreementTerms,
  productId: string,
  productCollections: ReadonlyMap<string, readonly string[]>,
): boolean {
  switch (scope.kind) {
    case 'everything_attributed':
      return true
    case 'products':
      return scope.productIds.includes(productId)
    case 'collections':
      return (productCollections.get(productId) ?? []).some((id) => scope.collectionIds.includes(id))
  }
}

function when(met: unknown, field: TermsField, reason: ContradictionReason): Contradiction[] {
  return met ? [{ field, reason }] : []
}
