// What the model is told. Written out here so that it shares nothing with the app; what the app's own adapters hand over fits.

export interface ToldSale {
  saleId: bigint
  happenedAt: string
  lineType: string
  lineItemId: bigint | null
  productId: bigint | null
  /** Negative for what comes back. */
  quantity: number | null
  /** Of the subscription that the line belongs to. */
  contractId?: bigint | null
  currency: string
  totalMinor: bigint
  taxMinor: bigint
  presentmentCurrency: string
  presentmentMinor: bigint
  presentmentTaxMinor?: bigint
}

export interface ToldOrder {
  orderId: bigint
  placedAt: string
  updatedAt: string
  /** Tells buyers apart. */
  customerKey: string | null
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
  ladder?: Ladder
  /** At least this much a month. */
  monthlyMinor?: bigint
  restock?: Restock
  retention?: Retention
  /** Renewal k of a subscription pays share x (1 - decay)^k, up to so many renewals. */
  renewals?: { cycles: number; decayBps: number }
}

/** Other shares from so many pieces, or so much net, on: for what lies above a step, or for everything once it is reached. */
export interface Ladder {
  mode: 'marginal' | 'retroactive'
  counts: 'net' | 'units'
  /** Where counting begins anew. */
  window: 'month' | 'agreement' | 'product' | 'drop'
  steps: Array<{ from: bigint; shareBps: number }>
}

/** The higher of earned with these products and of so much a piece that came into stock, up to so many pieces. */
export interface Restock {
  units: bigint
  perUnitMinor: bigint
  productIds: string[]
  /** Last day, as 2026-03-31. */
  until: string
}

/** So many pieces of a product were there at a place at a moment. */
export interface ToldCount {
  itemId: bigint
  locationId: bigint
  productId: bigint
  at: number
  available: bigint
}

/** Pieces that an agreement sells for a time. Milliseconds; the end does not belong to it. */
export interface ModelDrop {
  id: string
  creatorId: string
  agreementId: string
  productIds: bigint[]
  begins: number
  ends: number
}

/** For a customer who came through the creator and buys again in time. */
export interface Retention {
  withinDays: number
  minimumMinor: bigint
  reward: { fixedMinor: bigint } | { bps: number }
}
