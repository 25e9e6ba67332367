import type { Order, Refund } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder, readTime } from './find-nouns.ts'
import { addTransaction, openAuthorizations, settleStatus } from './payments.ts'
import { type RefundOrderRefusal, refundOrder } from './refund-order.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitOrderChange } from './shop-events.ts'

export interface CancelOrderInput {
  /** Default: other. */
  reason?: 'customer' | 'inventory' | 'fraud' | 'declined' | 'other' | 'staff'
  /** Default: true; false keeps the money and its sales. */
  refund?: boolean
  note?: string
  happenedAt?: string
}

/** Cancels an order (orders/cancelled): what was paid is refunded, what was only authorized is voided. */
export function cancelOrder(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  { reason = 'other', refund: wantsRefund = true, note, happenedAt }: CancelOrderInput = {},
): { ok: true; order: Order; refund: Refund | null } | RefundOrderRefusal | Refusal<'already_cancelled'> {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order } = found
  const time = readTime(sandbox, happenedAt)
  if (!time.ok) return time
  if (order.cancelledAt) return refuse('already_cancelled', `Order ${order.name} is cancelled already.`)
  for (const { transaction, left } of openAuthorizations(order)) {
    addTransaction(sandbox, order, {
      kind: 'VOID',
      amount: left,
      createdAt: time.at,
      gateway: transaction.gateway,
      parentId: transaction.id,
    })
  }
  order.cancelledAt = time.at
  order.cancelReason = reason
  const refund = wantsRefund
    ? refundOrder(sandbox, shopDomain, orderId, {
        full: true,
        note: note ?? 'Order cancelled',
        happenedAt: time.at,
      })
    : null
  // An order that was refunded in full before has nothing left; it is cancelled all the same.
  if (refund && !refund.ok && refund.reason !== 'nothing_to_refund') {
    throw new Error(`Order ${order.name} refused its own cancellation: ${refund.message}`)
  }
  settleStatus(order)
  emitOrderChange(sandbox, shopDomain, order, 'orders/cancelled')
  return { ok: true, order, refund: refund?.ok ? refund.refund : null }
}
