import { canonicalJson } from '../canonical-json.ts'
import type { LocalDate } from '../time/instant.ts'

export type PartnerRole = 'promoter' | 'design_owner'
export type SettlementPeriod = 'monthly' | 'quarterly'

/** Which sales an agreement is about. Ids are Shopify's numeric ids as text. */
export type AgreementScope =
  | { kind: 'everything_attributed' }
  | { kind: 'products'; productIds: string[] }
  | { kind: 'collections'; collectionIds: string[] }

/** A step of a ladder: what lies above `from` pays `shareBps` instead of the base share. */
export interface TierStep {
  /** Minor units or pieces as decimal digits, above zero. */
  from: string
  shareBps: number
}

/** Shares that follow what was sold. Steps ascend by `from`; their shares may rise or fall. */
export interface TierTerms {
  /** What is counted: money net, or pieces sold and kept. */
  basis: 'net' | 'units'
  /** Where counting begins anew. A period is one of the agreement's statements, by the day of the sale. */
  window: 'agreement' | 'product' | 'drop' | 'period'
  /** Marginal: a step's share is for what lies above it. Retroactive: for everything in the window. */
  mode: 'marginal' | 'retroactive'
  steps: TierStep[]
}

/** Kept back for `days` more when the waiting time has ended: `bps` of what then becomes payable. */
export interface ReserveTerms {
  bps: number
  days: number
}

export type GuaranteeTerms =
  /** Earned less than this in a window: the difference is paid when it ends. */
  | { kind: 'minimum'; amountMinor: string; window: 'month' | 'quarter' | 'agreement' }
  /** The higher of earned and of this much a piece that was restocked, up to the pieces committed. */
  | { kind: 'restock'; units: number; perUnitMinor: string; productIds: string[]; until: LocalDate }

/** Paid once for a customer who came through the creator and buys again in time. */
export interface RetentionTerms {
  withinDays: number
  /** Of the repeat order, minor units. */
  minimumNetMinor: string
  reward: { kind: 'fixed'; amountMinor: string } | { kind: 'share'; bps: number }
}

/** Credit for the renewals of a subscription that the creator brought: renewal k pays share x (1 - decay)^k. */
export interface SubscriptionTerms {
  cycles: number
  decayBps: number
}

/**
 * What shop and creator agree on. Net is what buyers paid after discounts, without tax, shipping, tips, gift cards, duties and fees, minus
 * returns; less a fixed share for payment costs when `deductPaymentFeeBps` is not zero. Of the parts after `endsOn`, absent and null both
 * mean: not agreed.
 */
export interface AgreementTerms {
  role: PartnerRole
  scope: AgreementScope
  /** Share of net in basis points: 1250 is 12.5 %. */
  shareBps: number
  net: { deductPaymentFeeBps: number }
  /** ISO 4217 */
  currency: string
  period: SettlementPeriod
  /** Minor units as decimal digits. */
  minimumPayoutMinor: string
  holdDays: number
  /** Local dates of the shop, both inclusive. */
  startsOn: LocalDate
  endsOn: LocalDate | null
  tiers?: TierTerms | null
  reserve?: ReserveTerms | null
  guarantee?: GuaranteeTerms | null
  retention?: RetentionTerms | null
  subscription?: SubscriptionTerms | null
}

/**
 * The one text of these terms, whose hash creators accept: the order of ids and keys does not change it. A part that is not agreed leaves
 * no trace, so that terms from before there was such a part keep their hash.
 */
export function canonicalTerms(terms: AgreementTerms): string {
  return canonicalJson(canonicalValue(terms))
}

/** The text whose hash is accepted with a version: reaching back is agreed as well, and hashed where it is. */
export function canonicalAgreed(terms: AgreementTerms, retroactive: boolean): string {
  return canonicalJson({ ...canonicalValue(terms), ...(retroactive ? { retroactive } : {}) })
}

function canonicalValue(terms: AgreementTerms): object {
  const { tiers, reserve, guarantee, retention, subscription, ...base } = terms
  return {
    ...base,
    scope: canonicalScope(terms.scope),
    ...(tiers ? { tiers } : {}),
    ...(reserve ? { reserve } : {}),
    ...(guarantee ? { guarantee: canonicalGuarantee(guarantee) } : {}),
    ...(retention ? { retention } : {}),
    ...(subscription ? { subscription } : {}),
  }
}

function canonicalGuarantee(guarantee: GuaranteeTerms): GuaranteeTerms {
  return guarantee.kind === 'restock'
    ? { ...guarantee, productIds: sortedIds(guarantee.productIds) }
    : guarantee
}

function canonicalScope(scope: AgreementScope): AgreementScope {
  switch (scope.kind) {
    case 'everything_attributed':
      return { kind: scope.kind }
    case 'products':
      return { kind: scope.kind, productIds: sortedIds(scope.productIds) }
    case 'collections':
      return { kind: scope.kind, collectionIds: sortedIds(scope.collectionIds) }
  }
}

/** Each id once, in one order. */
export function sortedIds(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort()
}

/** Whether a line of this product counts under the scope. Lines without product (custom items) count only under everything. */
export function scopeContains(
  scope: AgreementScope,
  product: { productId: string | null; collectionIds: readonly string[] },
): boolean {
  switch (scope.kind) {
    case 'everything_attributed':
      return true
    case 'products':
      return product.productId !== null && scope.productIds.includes(product.productId)
    case 'collections':
      return product.collectionIds.some((id) => scope.collectionIds.includes(id))
  }
}
