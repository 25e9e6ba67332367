import type { Order } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder } from './find-nouns.ts'
import { readBag, subtractBags } from './minor-bag.ts'
import { addTransaction, netPaid, settleStatus } from './payments.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitOrderChange } from './shop-events.ts'

/** Takes everything that the buyer still owes: an authorization captured, an invoice paid, an edit's difference settled (orders/paid). */
export function capturePayment(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
): { ok: true; order: Order } | Refusal<'unknown_shop' | 'unknown_order' | 'nothing_to_capture'> {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order } = found
  const owed = subtractBags(readBag(order.currentTotal, order), netPaid(order))
  if (owed.shop <= 0n || order.cancelledAt) {
    return refuse('nothing_to_capture', `Nothing is owed for order ${order.name}.`)
  }
  const isAuthorized = order.financialStatus === 'AUTHORIZED'
  addTransaction(sandbox, order, {
    kind: isAuthorized ? 'CAPTURE' : 'SALE',
    amount: owed,
    createdAt: sandbox.clock.now().toISOString(),
  })
  settleStatus(order)
  emitOrderChange(sandbox, shopDomain, order, 'orders/paid', 'orders/updated')
  return { ok: true, order }
}
