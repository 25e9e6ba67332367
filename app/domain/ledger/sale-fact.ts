import type { IsoInstant } from '../time/instant.ts'

/** One Shopify `Sale`, as stored: positive for orders, negative for returns. Amounts in minor units of the shop's currency. */
export interface SaleFact {
  saleId: bigint
  orderId: bigint
  happenedAt: IsoInstant
  /** order | return | update | unknown */
  actionType: string
  lineType: string
  lineItemId: bigint | null
  productId: bigint | null
  title: string
  quantity: number | null
  currency: string
  /** After discounts, taxes included. */
  totalMinor: bigint
  taxMinor: bigint
  /** Before taxes: list value = total - tax + discount. */
  discountMinor: bigint
  /** What the buyer saw, in their currency. */
  presentmentCurrency: string
  presentmentMinor: bigint
  presentmentTaxMinor: bigint
  /** The whole order is a test: nothing is posted. */
  isTest: boolean
}
