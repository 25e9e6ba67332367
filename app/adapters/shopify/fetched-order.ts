// An order as Shopify tells it, in the shape that our order store keeps. Times are ISO instants, amounts minor units.
import type { OrderRecord, SaleRecord } from '../db/order-store.ts'

/**
 * `financialStatus` is Shopify's own word (PAID, PARTIALLY_REFUNDED …); `linkReference` is the cart attribute that a creator's
 * link left, unverified; `customerKey` tells customers apart and names nobody.
 */
export interface FetchedOrder extends OrderRecord {
  sales: FetchedSale[]
  /** Absent where nobody looked: then nothing is booked of it. */
  settled?: FetchedSettlement
}

/** What the payments of an order came to beside its sales. Minor units; refunds positive. */
export interface FetchedSettlement {
  /** Given back so far, at the rates of the days on which it was given back. */
  refundedMinor: bigint
  presentmentRefundedMinor: bigint
  /** Cash: what was taken more (negative: less) than owed because of the smallest coin. */
  paidRoundingMinor: bigint
  /** Cash: what was given back more (negative: less) than owed. */
  refundRoundingMinor: bigint
}

/** `agreementKind`: order, order_edit, refund or return. `actionType` and `lineType` in lower case. */
export type FetchedSale = SaleRecord
