import type { Order, Transaction } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder } from './find-nouns.ts'
import { addTransaction, openAuthorizations, settleStatus } from './payments.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitOrderChange } from './shop-events.ts'

/** Lets an authorization go: nothing of it was or will be taken (orders/updated). The order keeps its worth and is VOIDED. */
export function voidPayment(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  { parentId }: { parentId?: string } = {},
):
  | { ok: true; order: Order; transaction: Transaction }
  | Refusal<'unknown_shop' | 'unknown_order' | 'unknown_transaction' | 'not_voidable'> {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order } = found
  const wanted = parentId ?? order.transactions.find(({ kind }) => kind === 'AUTHORIZATION')?.id
  const authorization = order.transactions.find(({ id }) => id === wanted)
  if (!authorization) {
    return refuse('unknown_transaction', `Order ${order.name} has no authorization ${parentId ?? ''}`.trim())
  }
  const open = openAuthorizations(order).find(({ transaction }) => transaction.id === authorization.id)
  const isCaptured = order.transactions.some(
    ({ kind, parentId: of }) => kind === 'CAPTURE' && of === authorization.id,
  )
  if (!open || isCaptured) {
    return refuse('not_voidable', `Transaction ${authorization.id} cannot be voided.`)
  }
  const transaction = addTransaction(sandbox, order, {
    kind: 'VOID',
    amount: open.left,
    createdAt: sandbox.clock.now().toISOString(),
    gateway: authorization.gateway,
    parentId: authorization.id,
  })
  settleStatus(order)
  emitOrderChange(sandbox, shopDomain, order, 'orders/updated')
  return { ok: true, order, transaction }
}
