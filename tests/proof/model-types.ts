// What the model is told. Written out here so that it shares nothing with the app; what the app's own adapters hand over fits.

export interface ToldSale {
  saleId: bigint
  happenedAt: string
  lineType: string
  lineItemId: bigint | null
  productId: bigint | null
  currency: string
  totalMinor: bigint
  taxMinor: bigint
  presentmentCurrency: string
  presentmentMinor: bigint
  presentmentTaxMinor?: bigint
}

export interface ToldOrder {
  orderId: bigint
  updatedAt: string
  isTest: boolean
  currency: string
  currentTotalMinor: bigint
  financialStatus: string
  discountCodes: string[]
  sales: ToldSale[]
}

export interface ToldDispute {
  disputeId: bigint
  orderId: bigint
  /** needs_response | won | lost */
  status: string
  amountMinor: bigint
  currency: string
}

/** One accepted version of an agreement. */
export interface ModelVersion {
  id: string
  agreementId: string
  creatorId: string
  role: 'promoter' | 'design_owner'
  /** Products of a design owner. */
  productIds: string[]
  /** Codes that lead to a promoter. */
  codes: string[]
  shareBps: number
  feeBps: number
  holdDays: number
  reserveBps: number
  reserveDays: number
  /** Milliseconds. */
  from: number
  /** Accepted later than it begins, and agreed to reach back. */
  acceptedAt?: number
}
