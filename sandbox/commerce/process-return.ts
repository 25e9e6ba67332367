// Goods that came back: the sales of the return are made now, and the money goes back with it unless it is to wait.
import type { Order, Refund } from '#sandbox/state/nouns.ts'
import type { Return } from '#sandbox/state/return-nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { type DraftReturnRefusal, draftReturn, type ProcessedUnits } from './draft-return.ts'
import { findOrder, readTime } from './find-nouns.ts'
import { isZero } from './minor-bag.ts'
import { decideMoney, worthOf } from './refund-money.ts'
import { recordRefund, tellRefund } from './refund-record.ts'
import { type AskedTransfer, readSettlement, type SettlementReason } from './refund-settlement.ts'
import { type Refusal, refuse } from './refusal.ts'
import { isProcessed } from './return-progress.ts'
import { appendAgreement } from './sales.ts'
import { emitEvent, emitOrderChange } from './shop-events.ts'
import { checkStock, commitStock, restock } from './stock.ts'
import { takeBackShipping } from './take-back.ts'
import { type AskedDuty, takeBackDuties } from './take-back-charges.ts'

export interface ProcessReturnInput extends ProcessedUnits {
  /** Default: true, what the goods were worth as far as it was paid. A decimal in the shop's currency: that much. False: later. */
  refund?: boolean | string
  /** The same in the buyer's currency. */
  presentmentRefund?: string
  /** Over several payments; in the place of the two above. */
  transfers?: AskedTransfer[]
  /** 'full', or a decimal in the shop's currency, taxes included. */
  shipping?: string
  duties?: AskedDuty[]
  /** Default: true. */
  restock?: boolean
  note?: string
  /** The fault that Shopify had: what the refund differs by moves the order's total, and no sale says so. */
  omitAdjustmentSale?: boolean
  happenedAt?: string
}

export type ProcessReturnRefusal =
  | DraftReturnRefusal
  | Refusal<
      | 'unknown_shop'
      | 'unknown_order'
      | 'invalid_time'
      | 'unknown_return'
      | 'return_not_open'
      | 'amount_exceeds_refundable'
      | 'out_of_stock'
      | 'unknown_duty'
      | SettlementReason
    >

/** Processes an open return or a part of it (returns/process, and refunds/create when money goes back). Nothing changes when it is refused. */
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
  const ids = { nextId: () => 'trial' }
  const trial = draftReturn(ids, state, structuredClone(order), structuredClone(one), input)
  if (!trial.ok) return trial
  const stock = checkStock(state, trial.needs)
  if (!stock.ok) return stock
  const shipping = takeBackShipping(order, input.shipping)
  if (!shipping.ok) return shipping
  const duties = takeBackDuties(order, input.duties ?? [], trial.lines)
  if (!duties.ok) return duties
  const charges = [...shipping.sales, ...duties.sales]
  const asked = {
    amount: typeof input.refund === 'string' ? input.refund : undefined,
    presentmentAmount: input.presentmentRefund,
  }
  const settlement = readSettlement(order, input)
  if (!settlement.ok) return settlement
  const money = decideMoney(order, { ...asked, ...settlement.amounts }, worthOf([...trial.sales, ...charges]))
  if (!money.ok) return money

  const done = draftReturn(sandbox, state, order, one, input)
  if (!done.ok) throw new Error(`Return ${one.id} refused what its copy took: ${done.message}`)
  const sales = [...done.sales, ...charges]
  appendAgreement(sandbox, order, { kind: 'RETURN', happenedAt: time.at, subjectId: one.id, sales })
  for (const { lineItemId, quantity } of done.lines) {
    const line = order.lineItems.find(({ id }) => id === lineItemId)
    if (line && input.restock !== false) restock(sandbox, state, line.variantId, quantity)
  }
  commitStock(sandbox, state, done.needs)
  closeWhenProcessed(one, time.at)
  emitOrderChange(sandbox, shopDomain, order)
  emitEvent(sandbox, shopDomain, 'returns/process', one.id, { orderId })
  if (isProcessed(one)) emitEvent(sandbox, shopDomain, 'returns/close', one.id, { orderId })
  const isLater = input.refund === false && input.presentmentRefund === undefined && !settlement.amounts
  if (isLater || (isZero(money.amount) && isZero(money.adjustment))) {
    return { ok: true, order, return: one, refund: null }
  }
  // The goods are booked with the return; the refund carries the money and what it differs by.
  const refund = recordRefund(sandbox, state, order, {
    lines: [],
    sales: [],
    shipping: shipping.amount,
    duties: duties.duties,
    amount: money.amount,
    adjustment: money.adjustment,
    note: input.note ?? `Return of ${order.name}`,
    at: time.at,
    returnId: one.id,
    transfers: settlement.transfers,
    omitAdjustmentSale: input.omitAdjustmentSale,
  })
  tellRefund(sandbox, state, order, refund)
  return { ok: true, order, return: one, refund }
}

function closeWhenProcessed(one: Return, at: string): void {
  if (!isProcessed(one)) return
  one.status = 'CLOSED'
  one.processedAt = at
}
