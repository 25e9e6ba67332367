// Our canonical facts of an order, as Shopify tells them. Amounts are minor units.

export interface FetchedSale {
  saleId: bigint
  salesAgreementId: bigint
  /** order | order_edit | refund | return */
  agreementKind: string
  reason: string
  happenedAt: Date
  /** order | return | update | unknown */
  actionType: string
  /** product | gift_card | shipping | tip | duty | fee | additional_fee | adjustment | unknown */
  lineType: string
  lineItemId: bigint | null
  productId: bigint | null
  variantId: bigint | null
  title: string
  quantity: number | null
  /** Of the shop. */
  currency: string
  totalMinor: bigint
  taxMinor: bigint
  /** Before taxes. */
  discountMinor: bigint
  presentmentCurrency: string
  presentmentMinor: bigint
}

export interface FetchedOrder {
  orderId: bigint
  name: string
  placedAt: Date
  updatedAt: Date
  cancelledAt: Date | null
  isTest: boolean
  currency: string
  presentmentCurrency: string
  currentTotalMinor: bigint
  /** Lower case: paid, partially_refunded … */
  financialStatus: string
  discountCodes: string[]
  /** Value of the cart attribute that a creator's link left, unverified. */
  linkReference: string | null
  /** Keyed digest of the customer's id; names nobody. */
  customerKey: string | null
  sales: FetchedSale[]
}
