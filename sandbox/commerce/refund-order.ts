// Goods or money given back. What was refunded and what it was worth may differ: an adjustment sale keeps the books true.
import type { Order, Refund, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder, readTime } from './find-nouns.ts'
import {
  addBags,
  isZero,
  type MinorBag,
  negateBag,
  readBag,
  subtractBags,
  writeBag,
  ZERO,
} from './minor-bag.ts'
import { parseMoney } from './money.ts'
import { addTransaction, netPaid, settleStatus } from './payments.ts'
import { adjustmentFor, suggestRefund } from './refund-arithmetic.ts'
import { type Refusal, refuse } from './refusal.ts'
import { appendAgreement, balanceOfType, plainMoney, type SaleDraft } from './sales.ts'
import { emitEvent, emitOrderChange } from './shop-events.ts'
import { restock } from './stock.ts'
import { type BackLine, takeBackLines, takeBackOthers, takeBackShipping } from './take-back.ts'

export interface RefundOrderInput {
  /** Everything that is left: lines, shipping, tip, duties. Overrides `lines`, `shipping` and `amount`. */
  full?: boolean
  lines?: Array<{ lineItemId: string; quantity: number; restock?: 'RETURN' | 'CANCEL' | 'NO_RESTOCK' }>
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
  const money = decideMoney(order, input, sumOf(back.sales))
  if (!money.ok) return money
  if (back.sales.length === 0 && isZero(money.amount)) {
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

export function tellRefund(sandbox: Sandbox, state: ShopState, order: Order, refund: Refund): void {
  emitOrderChange(sandbox, state.shop.domain, order)
  emitEvent(sandbox, state.shop.domain, 'refunds/create', refund.id, { orderId: order.id })
  emitEvent(sandbox, state.shop.domain, 'orders/updated', order.id)
}

interface TakenBack {
  lines: BackLine[]
  sales: SaleDraft[]
  shipping: MinorBag | null
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

function sumOf(sales: SaleDraft[]): MinorBag {
  return negateBag(addBags(ZERO, ...sales.map(({ total }) => total)))
}

type Money = { ok: true; amount: MinorBag; adjustment: MinorBag }

function decideMoney(
  order: Order,
  { amount, full }: RefundOrderInput,
  worth: MinorBag,
): Money | Refusal<'invalid_amount' | 'amount_exceeds_refundable'> {
  const paid = netPaid(order)
  const total = readBag(order.currentTotal, order)
  if (full) {
    // What remains after a full refund is nothing, whatever was adjusted before.
    const adjusted = balanceOfType(order, 'ADJUSTMENT').total
    return { ok: true, amount: paid, adjustment: negateBag(adjusted) }
  }
  const suggested = suggestRefund({ worth, paid, total })
  if (amount === undefined) {
    return {
      ok: true,
      amount: suggested,
      adjustment: adjustmentFor({ worth, paid, total, amount: suggested }),
    }
  }
  const asked = parseMoney(amount, order.currency)
  if (asked === null || asked < 0n) {
    return refuse('invalid_amount', `amount: "${amount}" is no amount in ${order.currency}.`)
  }
  if (asked > paid.shop) {
    const { shop } = writeBag(paid, order)
    return refuse(
      'amount_exceeds_refundable',
      `amount: ${amount} is more than the ${shop} that can be refunded.`,
    )
  }
  const money = inBothCurrencies(order, asked, suggested, paid)
  return { ok: true, amount: money, adjustment: adjustmentFor({ worth, paid, total, amount: money }) }
}

/** Shop money into both currencies at the order's own rate; all of it in one currency is all of it in the other. */
function inBothCurrencies(order: Order, asked: bigint, suggested: MinorBag, paid: MinorBag): MinorBag {
  if (asked === suggested.shop) return suggested
  if (asked === paid.shop) return paid
  if (asked === 0n) return ZERO
  const original = readBag(order.originalTotal, order)
  const converted =
    original.shop === 0n ? 0n : (asked * original.presentment + original.shop / 2n) / original.shop
  return { shop: asked, presentment: converted > paid.presentment ? paid.presentment : converted }
}

function variantOf(order: Order, lineItemId: string): string | null {
  return order.lineItems.find(({ id }) => id === lineItemId)?.variantId ?? null
}

/** Writes a refund with its agreement and money into the order. */
export function recordRefund(
  sandbox: Sandbox,
  order: Order,
  facts: TakenBack & { amount: MinorBag; adjustment: MinorBag; note: string; at: string },
): Refund {
  const { amount, adjustment, at } = facts
  const refund: Refund = {
    id: sandbox.nextId('refund'),
    note: facts.note,
    createdAt: at,
    lines: facts.lines.map((line) => ({
      id: sandbox.nextId('refund-line'),
      lineItemId: line.lineItemId,
      quantity: line.quantity,
      restockType: line.restock.toLowerCase(),
      subtotal: writeBag(
        order.taxesIncluded ? line.money.total : subtractBags(line.money.total, line.money.tax),
        order,
      ),
      tax: writeBag(line.money.tax, order),
    })),
    shipping: facts.shipping && writeBag(facts.shipping, order),
    adjustment: isZero(adjustment) ? null : writeBag(adjustment, order),
    total: writeBag(amount, order),
  }
  const sales = [...facts.sales]
  if (!isZero(adjustment)) {
    sales.push({
      actionType: 'RETURN',
      lineType: 'ADJUSTMENT',
      lineItemId: null,
      quantity: null,
      ...plainMoney(adjustment),
    })
  }
  for (const line of facts.lines) {
    const item = order.lineItems.find(({ id }) => id === line.lineItemId)
    if (item) item.currentQuantity -= line.quantity
  }
  order.refunds.push(refund)
  appendAgreement(sandbox, order, { kind: 'REFUND', happenedAt: at, subjectId: refund.id, sales })
  if (!isZero(amount)) addTransaction(sandbox, order, { kind: 'REFUND', amount, createdAt: at })
  settleStatus(order)
  return refund
}
