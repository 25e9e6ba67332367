// Goods that came back: the sales of the return are made now, and the money goes back with it unless it is to wait.
import type { Order, Refund, Return } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder, readTime } from './find-nouns.ts'
import { isZero } from './minor-bag.ts'
import { decideMoney, worthOf } from './refund-money.ts'
import { recordRefund, tellRefund } from './refund-record.ts'
import { type Refusal, refuse } from './refusal.ts'
import { appendAgreement } from './sales.ts'
import { emitEvent, emitOrderChange } from './shop-events.ts'
import { restock } from './stock.ts'
import { type LineRefusal, takeBackLines } from './take-back.ts'

export interface ProcessReturnInput {
  /** Default: true, what the goods were worth as far as it was paid. A decimal in the shop's currency: that much. False: later. */
  refund?: boolean | string
  /** Default: true. */
  restock?: boolean
  happenedAt?: string
}

export type ProcessReturnRefusal =
  | LineRefusal
  | Refusal<
      | 'unknown_shop'
      | 'unknown_order'
      | 'invalid_time'
      | 'unknown_return'
      | 'return_not_open'
      | 'invalid_amount'
      | 'amount_exceeds_refundable'
    >

/** Processes an open return (returns/process, and refunds/create when money goes back). Nothing changes when it is refused. */
export function processReturn(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  returnId: string,
  input: ProcessReturnInput = {},
): { ok: true; order: Order; return: Return; refund: Refund | null } | ProcessReturnRefusal {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order, state } = found
  const time = readTime(sandbox, input.happenedAt)
  if (!time.ok) return time
  const one = order.returns.find(({ id }) => id === returnId)
  if (!one) return refuse('unknown_return', `Order ${order.name} has no return ${returnId}.`)
  if (one.status !== 'OPEN') {
    return refuse('return_not_open', `Return ${returnId} is ${one.status.toLowerCase()}.`)
  }
  const goods = takeBackLines(order, one.lines)
  if (!goods.ok) return goods
  const amount = typeof input.refund === 'string' ? input.refund : undefined
  const money = decideMoney(order, { amount }, worthOf(goods.sales))
  if (!money.ok) return money

  appendAgreement(sandbox, order, {
    kind: 'RETURN',
    happenedAt: time.at,
    subjectId: one.id,
    sales: goods.sales,
  })
  for (const { lineItemId, quantity } of goods.lines) {
    const line = order.lineItems.find(({ id }) => id === lineItemId)
    if (line) line.currentQuantity -= quantity
    if (line && input.restock !== false) restock(sandbox, state, line.variantId, quantity)
  }
  one.status = 'CLOSED'
  one.processedAt = time.at
  emitOrderChange(sandbox, shopDomain, order)
  emitEvent(sandbox, shopDomain, 'returns/process', one.id, { orderId })
  if (input.refund === false || (isZero(money.amount) && isZero(money.adjustment))) {
    return { ok: true, order, return: one, refund: null }
  }
  // The goods are booked with the return; the refund carries the money and what it differs by.
  const refund = recordRefund(sandbox, order, {
    lines: [],
    sales: [],
    shipping: null,
    ...money,
    note: `Return of ${order.name}`,
    at: time.at,
  })
  tellRefund(sandbox, state, order, refund)
  return { ok: true, order, return: one, refund }
}
