import type { IsoInstant, LocalDate } from '../time/instant.ts'

export type IncomeType = 'commission_service' | 'design_royalty' | 'bonus'
export type RoyaltyEntryKind = 'sale' | 'dispute' | 'rerate' | 'award'

/**
 * One row of the creators' subledger: what one journal changes under one agreement version. Amounts are changes in minor units of the
 * journal's currency, returns negative.
 */
export interface RoyaltyEntry {
  creatorId: string
  agreementId: string
  /** Unique within the journal. */
  agreementVersionId: string
  kind: RoyaltyEntryKind
  incomeType: IncomeType
  /** Local date (of the shop) of the line's first sale: the month and the tiers that it counts for, whenever it is booked. */
  soldOn: LocalDate
  effectiveAt: IsoInstant
  orderId: bigint | null
  lineItemId: bigint | null
  productId: bigint | null
  dropId: string | null
  awardId: string | null
  title: string
  shareBps: number
  units: number
  listMinor: bigint
  discountMinor: bigint
  netMinor: bigint
  royaltyMinor: bigint
}

/** How the share of a role is taxed: advertising is a service, a design earns a royalty. */
export function incomeTypeOf(role: 'promoter' | 'design_owner'): IncomeType {
  return role === 'design_owner' ? 'design_royalty' : 'commission_service'
}
