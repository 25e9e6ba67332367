import { canonicalJson } from '../canonical-json.ts'

export type PartnerRole = 'promoter' | 'design_owner'
export type SettlementPeriod = 'monthly' | 'quarterly'

/** Which sales an agreement is about. Ids are Shopify's numeric ids as text. */
export type AgreementScope =
  | { kind: 'everything_attributed' }
  | { kind: 'products'; productIds: string[] }
  | { kind: 'collections'; collectionIds: string[] }

/**
 * What shop and creator agree on. Net is what buyers paid after discounts, without tax, shipping, tips, gift cards, duties and fees, minus
 * returns; less a fixed share for payment costs when `deductPaymentFeeBps` is not zero.
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
  startsOn: string
  endsOn: string | null
}

/** The one text of these terms, whose hash creators accept: the order of ids and keys does not change it. */
export function canonicalTerms(terms: AgreementTerms): string {
  return canonicalJson({ ...terms, scope: canonicalScope(terms.scope) })
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
