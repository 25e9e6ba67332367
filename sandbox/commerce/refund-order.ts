// Goods or money given back. What was refunded and what it was worth may differ: an adjustment sale keeps the books true.
import type { Order, Refund } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder, readTime } from './find-nouns.ts'
import { isZero } from './minor-bag.ts'
import { decideMoney, worthOf } from './refund-money.ts'
import { recordRefund, type TakenBack, tellRefund } from './refund-record.ts'
import { type Refusal, refuse } from './refusal.ts'
import { restock } from './stock.ts'
import { type AskedLine, takeBackLines, takeBackOthers, takeBackShipping } from './take-back.ts'

export interface RefundOrderInput {
  /** Everything that is left: lines, shipping, tip, duties. Overrides `lines`, `shipping` and `amount`. */
  full?: boolean
  lines?: AskedLine[]
  /** 'full', or a decimal in the shop's currency, taxes included. */
  shipping?: string
  /** Money given back, decimal in the shop's currency. Default: what was taken back is worth, as far as it was paid. */
  amount?: string
  note?: string
  /** ISO; default: now by the movable clock. */
  happenedAt?: string
}

export type RefundOrderRefusal = Refusal<
  | 'unknown_shop'
  | 'unknown_order'
  | 'unknown_line'
  | 'invalid_quantity'
  | 'quantity_exceeds_remaining'
  | 'invalid_amount'
  | 'amount_exceeds_refundable'
  | 'nothing_to_refund'
  | 'invalid_time'
>

/** Refunds an order (refunds/create). Nothing changes when it is refused. */
export function refundOrder(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  input: RefundOrderInput,
): { ok: true; order: Order; refund: Refund } | RefundOrderRefusal {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order, state } = found
  const time = readTime(sandbox, input.happenedAt)
  if (!time.ok) return time
  const back = input.full ? takeBackEverything(order) : takeBackAsked(order, input)
  if (!back.ok) return back
  const money = decideMoney(order, input, worthOf(back.sales))
  if (!money.ok) return money
  if (back.sales.length === 0 && isZero(money.amount) && isZero(money.adjustment)) {
    return refuse('nothing_to_refund', `Order ${order.name} has nothing left that this would refund.`)
  }
  const refund = recordRefund(sandbox, order, { ...back, ...money, note: input.note ?? '', at: time.at })
  for (const line of back.lines) {
    if (line.restock === 'NO_RESTOCK') continue
    restock(sandbox, state, variantOf(order, line.lineItemId), line.quantity)
  }
  tellRefund(sandbox, state, order, refund)
  return { ok: true, order, refund }
}

function takeBackEverything(order: Order): { ok: true } & TakenBack {
  const lines = order.lineItems
    .filter(({ currentQuantity }) => currentQuantity > 0)
    .map((line) => ({ lineItemId: line.id, quantity: line.currentQuantity, restock: 'RETURN' as const }))
  const goods = takeBackLines(order, lines)
  if (!goods.ok) throw new Error(`Order ${order.name} refused its own lines: ${goods.message}`)
  const shipping = takeBackShipping(order, 'full')
  if (!shipping.ok) throw new Error(`Order ${order.name} refused its own shipping: ${shipping.message}`)
  const sales = [...goods.sales, ...shipping.sales, ...takeBackOthers(order)]
  return { ok: true, lines: goods.lines, sales, shipping: shipping.amount }
}

function takeBackAsked(
  order: Order,
  input: RefundOrderInput,
): ({ ok: true } & TakenBack) | RefundOrderRefusal {
  const goods = takeBackLines(order, input.lines ?? [])
  if (!goods.ok) return goods
  const shipping = takeBackShipping(order, input.shipping)
  if (!shipping.ok) return shipping
  return {
    ok: true,
    lines: goods.lines,
    sales: [...goods.sales, ...shipping.sales],
    shipping: shipping.amount,
  }
}

function variantOf(order: Order, lineItemId: string): string | null {
  return order.lineItems.find(({ id }) => id === lineItemId)?.variantId ?? null
}
