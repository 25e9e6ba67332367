// An order as Shopify tells it, in the shape that our order store keeps. Times are ISO instants, amounts minor units.
import type { OrderRecord, SaleRecord } from '../db/order-store.ts'

/**
 * `financialStatus` is Shopify's own word (PAID, PARTIALLY_REFUNDED …); `linkReference` is the cart attribute that a creator's
 * link left, unverified; `customerKey` tells customers apart and names nobody.
 */
export interface FetchedOrder extends OrderRecord {
  sales: FetchedSale[]
}

/** `agreementKind`: order, order_edit, refund or return. `actionType` and `lineType` in lower case. */
export type FetchedSale = SaleRecord
