// Goods or money given back. What was refunded and what it was worth may differ: an adjustment sale keeps the books true.
import type { Order, Refund } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder, readTime } from './find-nouns.ts'
import { isZero } from './minor-bag.ts'
import { decideMoney, worthOf } from './refund-money.ts'
import { recordRefund, type TakenBack, tellRefund } from './refund-record.ts'
import { type AskedTransfer, readSettlement, type SettlementReason } from './refund-settlement.ts'
import { type Refusal, refuse } from './refusal.ts'
import { balanceOfPart } from './sales.ts'
import { restock } from './stock.ts'
import { type AskedLine, takeBackLines, takeBackOthers, takeBackShipping } from './take-back.ts'
import { type AskedDuty, takeBackDuties, takeBackTaxes } from './take-back-charges.ts'

export interface RefundOrderInput {
  /** Everything that is left: lines, shipping, tip, duties. Overrides `lines`, `shipping` and `amount`. */
  full?: boolean
  lines?: AskedLine[]
  /** 'full', or a decimal in the shop's currency, taxes included. */
  shipping?: string
  /** Money given back, decimal in the shop's currency. Default: what was taken back is worth, as far as it was paid. */
  amount?: string
  /** The same in the buyer's currency. */
  presentmentAmount?: string
  duties?: AskedDuty[]
  /** Tax alone, of lines whose goods stay: 'full', or decimals in the shop's currency. */
  tax?: Array<{ lineItemId: string; amount: string }>
  tip?: boolean
  additionalFees?: boolean
  /** Why goods and money differ. */
  discrepancyReason?: Refund['discrepancyReason']
  gateway?: string
  /** The payment that is given back. */
  parentId?: string
  /** Over several payments: decimals in the currency of the amount, whose sum is it. Instead of `amount` or `presentmentAmount`. */
  transfers?: AskedTransfer[]
  /** Rate of the day: shop money × rate = the buyer's money. Default: the shop's of today, else the order's own. */
  rate?: string
  /** Cash: the smallest coin, such as "0.05". */
  cashRounding?: string
  /** The fault that Shopify had: what the refund differs by moves the order's total, and no sale says so. */
  omitAdjustmentSale?: boolean
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
  | SettlementReason
  | 'unknown_duty'
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
  const settlement = readSettlement(order, input)
  if (!settlement.ok) return settlement
  const back = input.full ? takeBackEverything(order) : takeBackAsked(order, input)
  if (!back.ok) return back
  const money = decideMoney(order, { ...input, ...settlement.amounts }, worthOf(back.sales))
  if (!money.ok) return money
  if (back.sales.length === 0 && isZero(money.amount) && isZero(money.adjustment)) {
    return refuse('nothing_to_refund', `Order ${order.name} has nothing left that this would refund.`)
  }
  const refund = recordRefund(sandbox, state, order, {
    ...back,
    amount: money.amount,
    adjustment: money.adjustment,
    coin: settlement.coin,
    transfers: settlement.transfers,
    rate: input.rate,
    gateway: input.gateway,
    parentId: input.parentId,
    discrepancyReason: input.discrepancyReason,
    omitAdjustmentSale: input.omitAdjustmentSale,
    note: input.note ?? '',
    at: time.at,
  })
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
  const duties = (order.duties ?? []).flatMap(({ id }) => {
    const { total } = balanceOfPart(order, 'DUTY', id)
    return isZero(total) ? [] : [{ dutyId: id, amount: total }]
  })
  return { ok: true, lines: goods.lines, sales, shipping: shipping.amount, duties }
}

function takeBackAsked(
  order: Order,
  input: RefundOrderInput,
): ({ ok: true } & TakenBack) | RefundOrderRefusal {
  const goods = takeBackLines(order, input.lines ?? [])
  if (!goods.ok) return goods
  const shipping = takeBackShipping(order, input.shipping)
  if (!shipping.ok) return shipping
  const duties = takeBackDuties(order, input.duties ?? [], goods.lines)
  if (!duties.ok) return duties
  const named = new Set(goods.lines.map(({ lineItemId }) => lineItemId))
  const twice = input.tax?.find(({ lineItemId }) => named.has(lineItemId))
  if (twice)
    return refuse('unknown_line', `tax: line ${twice.lineItemId} is given back with its tax already.`)
  const taxes = takeBackTaxes(order, input.tax ?? [])
  if (!taxes.ok) return taxes
  return {
    ok: true,
    lines: [...goods.lines, ...taxes.lines],
    sales: [
      ...goods.sales,
      ...taxes.sales,
      ...shipping.sales,
      ...duties.sales,
      ...(input.tip ? takeBackOthers(order, ['TIP']) : []),
      ...(input.additionalFees ? takeBackOthers(order, ['ADDITIONAL_FEE']) : []),
    ],
    shipping: shipping.amount,
    duties: duties.duties,
  }
}

function variantOf(order: Order, lineItemId: string): string | null {
  return order.lineItems.find(({ id }) => id === lineItemId)?.variantId ?? null
}
