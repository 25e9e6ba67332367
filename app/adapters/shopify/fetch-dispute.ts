// One chargeback or inquiry of Shopify Payments.
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { DisputeByIdDocument } from './generated/operations.ts'
import { numberOfGid, toGid } from './gid.ts'

export interface FetchedDispute {
  disputeId: bigint
  orderId: bigint | null
  /** chargeback | inquiry */
  type: string
  /** needs_response | under_review | won | lost | accepted | charge_refunded … */
  status: string
  amountMinor: bigint
  currency: string
  /** ISO instants. */
  initiatedAt: string
  finalizedAt: string | null
}

export type FetchDisputeResult =
  | { ok: true; dispute: FetchedDispute }
  | { ok: false; reason: 'dispute_not_found' }
  | { ok: false; reason: 'unreadable_amount'; message: string }
  | AdminRefusal

export async function fetchDispute(shopify: AdminApi, disputeId: bigint): Promise<FetchDisputeResult> {
  const answer = await shopify.request(DisputeByIdDocument, {
    id: toGid('ShopifyPaymentsDispute', disputeId),
  })
  if (!answer.ok) return answer
  const { dispute } = answer.data
  if (!dispute) return { ok: false, reason: 'dispute_not_found' }
  const { amount, currencyCode } = dispute.amount
  const parsed = parseAmount(amount, currencyCode)
  if (!parsed.ok)
    return { ok: false, reason: 'unreadable_amount', message: `${amount} ${currencyCode}: ${parsed.reason}` }
  return {
    ok: true,
    dispute: {
      disputeId,
      orderId: dispute.order ? numberOfGid(dispute.order.id) : null,
      type: dispute.type.toLowerCase(),
      status: dispute.status.toLowerCase(),
      amountMinor: parsed.minor,
      currency: currencyCode,
      initiatedAt: new Date(dispute.initiatedAt).toISOString(),
      finalizedAt: dispute.finalizedOn ? new Date(dispute.finalizedOn).toISOString() : null,
    },
  }
}
