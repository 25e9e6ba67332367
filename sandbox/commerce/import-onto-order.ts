// Captured payloads about an order that is there already: a later version of it, or a refund of its own.
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { readFinancialStatus } from './captured-payment.ts'
import { describeDifferences, readClaim } from './captured-totals.ts'
import { findRemovals, salesTotal, writeRefund, writeRemovals } from './import-refund.ts'
import { addBags, readBag, subtractBags, writeBag, ZERO } from './minor-bag.ts'
import { formatMoney } from './money.ts'
import { orderConverter } from './order-input.ts'
import { id, PayloadProblem, type Source, text, time } from './payload-fields.ts'
import type { PayloadMoney } from './payload-money.ts'
import { netPaid, settleStatus } from './payments.ts'
import { readGoods } from './read-order-payload.ts'
import { type CapturedRefund, readRefund, readRefunds } from './read-refund-payload.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitEvent, emitOrderChange } from './shop-events.ts'
import { addedSales } from './write-captured-order.ts'

export interface ImportedOrder {
  ok: true
  order: Order
  /** False: the payload was known, or added to an order that was. */
  created: boolean
  /** What was odd, in words; the same as the order's importNotes. */
  notes: string[]
  /** What the order says it is worth less what its sales come to: decimals. */
  difference: { shop: string; presentment: string }
}

export function importOutcome(order: Order, created: boolean): ImportedOrder {
  const difference = writeBag(subtractBags(readBag(order.currentTotal, order), salesTotal(order)), order)
  return { ok: true, order, created, notes: order.importNotes, difference }
}

/** A later version of a captured order: new refunds, status, cancellation and total; units removed and lines added by an edit. */
export function importLaterVersion(
  sandbox: Sandbox,
  state: ShopState,
  order: Order,
  { payload, money, fingerprint }: { payload: Source; money: PayloadMoney; fingerprint: string },
): ImportedOrder | Refusal<'id_taken'> {
  const { imported } = order
  if (!imported) {
    return refuse(
      'id_taken',
      `id: order ${order.id} was placed in this shop; a captured one cannot replace it.`,
    )
  }
  const payloadUpdatedAt = time(payload, 'updated_at')
  const isOlder =
    payloadUpdatedAt !== null &&
    imported.payloadUpdatedAt !== null &&
    payloadUpdatedAt < imported.payloadUpdatedAt
  if (imported.fingerprint === fingerprint || isOlder) return importOutcome(order, false)

  const { lines } = readGoods(money, payload, order.taxesIncluded)
  const unseen = readRefunds(money, payload).filter(
    (refund) => !order.refunds.some(({ id: seen }) => seen === refund.id),
  )
  const editedAt = payloadUpdatedAt ?? sandbox.clock.now().toISOString()
  const added = addedSales(sandbox, state, order, lines)
  writeRemovals(sandbox, order, [], added, editedAt)
  for (const refund of unseen) writeRefund(sandbox, order, refund, money.notes)
  const removals = findRemovals(order, lines, money.notes)
  writeRemovals(sandbox, order, removals, [], editedAt)
  const isEdited = added.length + removals.length > 0
  const refunded = addBags(ZERO, ...order.refunds.map(({ total }) => readBag(total, order)))
  const claim = readClaim(money, payload, refunded)
  money.notes.push(...describeDifferences(money, payload, order, claim, salesTotal(order)))
  if (claim) order.currentTotal = writeBag(claim.total, order)
  order.cancelledAt = time(payload, 'cancelled_at') ?? order.cancelledAt
  order.cancelReason = text(payload, 'cancel_reason') ?? order.cancelReason
  const status = readFinancialStatus(payload, money.notes)
  if (status) order.financialStatus = status
  order.importNotes = money.notes
  order.imported = { ...imported, fingerprint, payloadUpdatedAt }
  emitOrderChange(sandbox, state.shop.domain, order, 'orders/updated', ...(isEdited ? ['orders/edited'] : []))
  for (const refund of unseen) {
    emitEvent(sandbox, state.shop.domain, 'refunds/create', refund.id, { orderId: order.id })
  }
  if (order.cancelledAt) emitEvent(sandbox, state.shop.domain, 'orders/cancelled', order.id)
  return importOutcome(order, false)
}

/** A captured refunds/create payload. Its order must be there. */
export function importRefund(
  sandbox: Sandbox,
  state: ShopState,
  payload: Source,
): ImportedOrder | Refusal<'unknown_order'> {
  const orderId = id(payload, 'order_id')
  if (orderId === null) throw new PayloadProblem('missing_order_id', 'order_id: is missing.')
  const order = state.orders[orderId]
  if (!order) {
    return refuse(
      'unknown_order',
      `order_id: order ${orderId} is not here; import its orders/paid payload first.`,
    )
  }
  const money: PayloadMoney = {
    currency: order.currency,
    presentmentCurrency: order.presentmentCurrency,
    convert: orderConverter(order),
    hasConverted: false,
    notes: [],
  }
  const captured = readRefund(money, payload)
  if (order.refunds.some((refund) => refund.id === captured.id)) return importOutcome(order, false)
  applyRefund(sandbox, order, captured, money)
  emitOrderChange(sandbox, state.shop.domain, order)
  emitEvent(sandbox, state.shop.domain, 'refunds/create', captured.id, { orderId })
  emitEvent(sandbox, state.shop.domain, 'orders/updated', orderId)
  return importOutcome(order, false)
}

function applyRefund(sandbox: Sandbox, order: Order, captured: CapturedRefund, money: PayloadMoney): void {
  const before = readBag(order.currentTotal, order)
  const total = writeRefund(sandbox, order, captured, money.notes)
  const after = readBag(order.currentTotal, order)
  const byMoney = subtractBags(before, total)
  if (byMoney.shop !== after.shop) {
    const spelled = (minor: bigint) => formatMoney(minor, order.currency)
    money.notes.push(
      `Refund ${captured.id} gave ${spelled(total.shop)} ${order.currency} back, but its lines and adjustments come to ` +
        `${spelled(before.shop - after.shop)}: a difference of ${spelled(byMoney.shop - after.shop)}.`,
    )
    order.currentTotal = writeBag(byMoney, order)
  }
  // An order that was never paid stays what it was.
  if (netPaid(order).shop >= 0n) settleStatus(order)
  order.importNotes = [...order.importNotes, ...money.notes]
}
