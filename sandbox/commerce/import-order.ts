// Captured orders/paid and refunds/create payloads, imported as they are: the order is worth what the payload says, its sales say
// what the lines say, and where the two differ the difference is reported.
import { createHash } from 'node:crypto'
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { writePayment } from './captured-payment.ts'
import { describeDifferences, readCashRounding, readClaim } from './captured-totals.ts'
import { findShopState } from './find-nouns.ts'
import { type ImportedOrder, importLaterVersion, importOutcome, importRefund } from './import-onto-order.ts'
import { findRemovals, salesTotal, writeRefund, writeRemovals } from './import-refund.ts'
import { addBags, isZero, type MinorBag, writeBag, ZERO } from './minor-bag.ts'
import { flag, id, isRecord, PayloadProblem, parsePayload, type Source, time } from './payload-fields.ts'
import { type PayloadMoney, readCurrencies } from './payload-money.ts'
import { readGoods } from './read-order-payload.ts'
import { readRefunds } from './read-refund-payload.ts'
import { type Refusal, refuse } from './refusal.ts'
import { appendAgreement, plainMoney } from './sales.ts'
import { emitEvent, emitOrderChange } from './shop-events.ts'
import { startCapturedOrder, writeGoods } from './write-captured-order.ts'

const LARGEST_ORDER_NUMBER = 1_000_000_000
const TOPICS = ['orders/paid', 'orders/create', 'orders/updated', 'orders/cancelled', 'refunds/create']

/**
 * `payload`: JSON text or the parsed object. `topic`: when absent the payload decides. The same payload twice gives the same
 * order. Refusals name the field in `message`; nothing changes then.
 */
export function importPayload(
  sandbox: Sandbox,
  shopDomain: string,
  payload: unknown,
  topic?: string,
): ImportedOrder | Refusal {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  if (topic !== undefined && !TOPICS.includes(topic)) {
    return refuse('unsupported_topic', `topic: "${topic}" is none of ${TOPICS.join(', ')}.`)
  }
  const before = structuredClone(found.state)
  try {
    const value = typeof payload === 'string' ? parsePayload(payload) : payload
    const source = unwrap(value)
    const isRefund = topic === undefined ? looksLikeRefund(source) : topic === 'refunds/create'
    return isRefund
      ? importRefund(sandbox, found.state, source)
      : importOrder(sandbox, found.state, source, fingerprintOf(value))
  } catch (error) {
    if (!(error instanceof PayloadProblem)) throw error
    Object.assign(found.state, before)
    return refuse(error.reason, error.message)
  }
}

/** Exports wrap the payload as { "order": { … } } or { "refund": { … } }. */
function unwrap(value: unknown): Source {
  if (!isRecord(value)) throw new PayloadProblem('not_an_object', 'The payload is no JSON object.')
  const keys = Object.keys(value)
  const inner =
    keys.length === 1 && (keys[0] === 'order' || keys[0] === 'refund') ? value[keys[0]] : undefined
  return { fields: isRecord(inner) ? inner : value, path: '' }
}

function looksLikeRefund({ fields }: Source): boolean {
  return 'refund_line_items' in fields || ('order_id' in fields && !('line_items' in fields))
}

function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null'
  const entries = Object.keys(value).sort()
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}

function importOrder(
  sandbox: Sandbox,
  state: ShopState,
  payload: Source,
  fingerprint: string,
): ImportedOrder | Refusal {
  const orderId = id(payload, 'id') ?? id(payload, 'admin_graphql_api_id')
  if (orderId === null) throw new PayloadProblem('missing_id', 'id: is missing.')
  const known = state.orders[orderId]
  const money = readCurrencies(payload)
  if (known) return importLaterVersion(sandbox, state, known, { payload, money, fingerprint })

  const goods = readGoods(money, payload, flag(payload, 'taxes_included') ?? false)
  const refunds = readRefunds(money, payload)
  const order = startCapturedOrder(sandbox, state, payload, { orderId, money, fingerprint })
  const removedShipping = writeGoods(sandbox, state, order, goods)
  const refunded = addBags(ZERO, ...refunds.map((refund) => writeRefund(sandbox, order, refund, money.notes)))
  const removals = findRemovals(order, goods.lines, money.notes)
  writeRemovals(sandbox, order, removals, removedShipping, time(payload, 'updated_at') ?? order.processedAt)
  settleTotals(sandbox, order, payload, money, refunded)
  writePayment(sandbox, order, payload, money, refunded)
  order.importNotes = money.notes
  state.orders[order.id] = order
  if (order.number < LARGEST_ORDER_NUMBER)
    state.nextOrderNumber = Math.max(state.nextOrderNumber, order.number + 1)
  tell(sandbox, state, order)
  return importOutcome(order, true)
}

/** Cash rounding is a sale where the total contains it. The order's worth is the payload's own word. */
function settleTotals(
  sandbox: Sandbox,
  order: Order,
  payload: Source,
  money: PayloadMoney,
  refunded: MinorBag,
): void {
  const claim = readClaim(money, payload, refunded)
  const rounding = readCashRounding(money, payload)
  if (claim && !isZero(rounding) && claim.total.shop === salesTotal(order).shop + rounding.shop) {
    const sale = { lineItemId: null, quantity: null, ...plainMoney(rounding) }
    appendAgreement(sandbox, order, {
      kind: 'ORDER',
      happenedAt: order.processedAt,
      subjectId: null,
      sales: [{ actionType: 'ORDER', lineType: 'ADJUSTMENT', ...sale }],
    })
  }
  money.notes.push(...describeDifferences(money, payload, order, claim, salesTotal(order)))
  if (claim) order.currentTotal = writeBag(claim.total, order)
}

function tell(sandbox: Sandbox, state: ShopState, order: Order): void {
  const { domain } = state.shop
  const isPaid = !['PENDING', 'AUTHORIZED', 'VOIDED', 'PARTIALLY_PAID'].includes(order.financialStatus)
  emitOrderChange(sandbox, domain, order, 'orders/create', ...(isPaid ? ['orders/paid'] : []))
  for (const refund of order.refunds)
    emitEvent(sandbox, domain, 'refunds/create', refund.id, { orderId: order.id })
  if (order.agreements.some(({ kind }) => kind === 'ORDER_EDIT'))
    emitEvent(sandbox, domain, 'orders/edited', order.id)
  if (order.cancelledAt) emitEvent(sandbox, domain, 'orders/cancelled', order.id)
}
