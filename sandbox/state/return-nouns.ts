// Returns: what comes back, what goes out in its place, what the shop keeps.
import type { MoneyBag } from './nouns.ts'

export interface Return {
  id: string
  status: 'OPEN' | 'CLOSED' | 'REQUESTED' | 'DECLINED' | 'CANCELED'
  createdAt: string
  processedAt: string | null
  lines: ReturnLine[]
  exchange?: ExchangeLine[]
  shippingFee?: ReturnFee & { isCharged: boolean }
  requestApprovedAt?: string
  decline?: { reason: 'FINAL_SALE' | 'OTHER' | 'RETURN_PERIOD_ENDED'; note: string }
}

export interface ReturnLine {
  id: string
  lineItemId: string
  quantity: number
  reason: string
  customerNote?: string
  /** Absent: all when the return is processed, none before. */
  processed?: number
  restockingFee?: ReturnFee
}

export interface ExchangeLine {
  id: string
  variantId: string
  quantity: number
  processed: number
  /** Off each unit. */
  discount: { percentage: string } | { amount: MoneyBag } | null
  /** Lines of the order that it became when it was processed. */
  lineItemIds: string[]
}

/** Charged with a return: it lessens what goes back. */
export interface ReturnFee {
  id: string
  kind: 'RESTOCKING' | 'RETURN_SHIPPING'
  /** Restocking only, "0.1" = 10 %. */
  percentage: string | null
  amount: MoneyBag
}
