// A captured refund as plain facts.
import { addBags, isZero, type MinorBag, mapBag, negateBag, ZERO } from './minor-bag.ts'
import { absolute } from './money.ts'
import {
  child,
  id,
  list,
  PayloadProblem,
  pathOf,
  quantity,
  type Source,
  text,
  time,
} from './payload-fields.ts'
import { type PayloadMoney, readMoney, readMoneySet, readPositive } from './payload-money.ts'

export interface CapturedRefundLine {
  id: string | null
  lineItemId: string | null
  quantity: number
  restockType: string
  /** Null: not said; then in proportion to the line. */
  subtotal: MinorBag | null
  tax: MinorBag | null
}

export interface CapturedRefund {
  id: string
  /** Null: the payload does not say whose it is. */
  orderId: string | null
  createdAt: string | null
  note: string
  lines: CapturedRefundLine[]
  /** Shipping given back, as positive amounts. */
  shipping: { amount: MinorBag; tax: MinorBag } | null
  duties: MinorBag
  /** Signed as in the payload: negative gives more back than the goods were worth. */
  adjustment: MinorBag
  /** Money that went back; null: the payload has no transactions. */
  paidBack: MinorBag | null
}

/** The refunds inside an order payload, each once, in order of time. */
export function readRefunds(money: PayloadMoney, order: Source): CapturedRefund[] {
  const all = (list(order, 'refunds') ?? []).map((refund) => readRefund(money, refund))
  return all
    .filter(({ id: refundId }, index) => all.findIndex((one) => one.id === refundId) === index)
    .sort((a, b) => (a.createdAt ?? '').localeCompare(b.createdAt ?? ''))
}

export function readRefund(money: PayloadMoney, refund: Source): CapturedRefund {
  const refundId = id(refund, 'id') ?? id(refund, 'admin_graphql_api_id')
  if (refundId === null) throw new PayloadProblem('missing_id', `${pathOf(refund, 'id')}: is missing.`)
  const adjustments = (list(refund, 'order_adjustments') ?? []).map((one) => readAdjustment(money, one))
  const isShipping = (kind: string) => kind === 'shipping_refund'
  const sumOf = (wanted: boolean, of: 'amount' | 'tax') =>
    addBags(ZERO, ...adjustments.filter(({ kind }) => isShipping(kind) === wanted).map((one) => one[of]))
  const hasShipping = adjustments.some(({ kind }) => isShipping(kind))
  // Shipping given back is written with either sign; given back it was.
  const shipping = hasShipping
    ? { amount: mapBag(sumOf(true, 'amount'), absolute), tax: mapBag(sumOf(true, 'tax'), absolute) }
    : readRefundedShipping(money, refund)
  return {
    id: refundId,
    orderId: id(refund, 'order_id'),
    createdAt: time(refund, 'processed_at') ?? time(refund, 'created_at'),
    note: text(refund, 'note') ?? '',
    lines: (list(refund, 'refund_line_items') ?? []).map((line) => readRefundLine(money, line)),
    shipping,
    duties: readRefundedDuties(money, refund),
    adjustment: addBags(sumOf(false, 'amount'), sumOf(false, 'tax')),
    paidBack: readPaidBack(money, refund),
  }
}

function readRefundLine(money: PayloadMoney, line: Source): CapturedRefundLine {
  const item = child(line, 'line_item')
  return {
    id: id(line, 'id'),
    lineItemId: id(line, 'line_item_id') ?? (item && id(item, 'id')),
    quantity: quantity(line, 'quantity') ?? 0,
    restockType: text(line, 'restock_type') ?? 'no_restock',
    subtotal: readPositive(money, line, 'subtotal'),
    tax: readPositive(money, line, 'total_tax'),
  }
}

function readAdjustment(money: PayloadMoney, adjustment: Source) {
  return {
    kind: text(adjustment, 'kind') ?? 'refund_discrepancy',
    amount: readMoney(money, adjustment, 'amount') ?? ZERO,
    tax: readMoney(money, adjustment, 'tax_amount') ?? ZERO,
  }
}

/** Newer versions list shipping by line. */
function readRefundedShipping(money: PayloadMoney, refund: Source): CapturedRefund['shipping'] {
  const lines = list(refund, 'refund_shipping_lines') ?? []
  if (lines.length === 0) return null
  const sum = (key: string) => addBags(ZERO, ...lines.map((line) => readPositive(money, line, key) ?? ZERO))
  const tax = lines.map((line) =>
    addBags(ZERO, ...(list(line, 'tax_lines') ?? []).map((one) => readPositive(money, one, 'price') ?? ZERO)),
  )
  const amount = sum('subtotal_amount')
  return isZero(amount) && tax.every(isZero) ? null : { amount, tax: addBags(sum('total_tax'), ...tax) }
}

function readRefundedDuties(money: PayloadMoney, refund: Source): MinorBag {
  const duties = list(refund, 'refund_duties') ?? list(refund, 'duties') ?? []
  const amounts = duties.map(
    (duty) =>
      readPositive(money, duty, 'amount') ??
      readMoneySet(money, duty) ??
      readPositive(money, duty, 'price') ??
      ZERO,
  )
  const sum = addBags(ZERO, ...amounts)
  return isZero(sum) ? (readPositive(money, refund, 'total_duties') ?? ZERO) : sum
}

/** Sum of the refund transactions that did not fail. Null when there are none, or none in a currency that can be read. */
function readPaidBack(money: PayloadMoney, refund: Source): MinorBag | null {
  const moved = (list(refund, 'transactions') ?? []).filter((one) => {
    const kind = text(one, 'kind') ?? 'refund'
    return kind.toLowerCase() === 'refund'
  })
  if (moved.length === 0) return null
  const standing = moved.filter((one) => !/^(failure|error)$/i.test(text(one, 'status') ?? 'success'))
  const amounts = standing.map((one) => readTransaction(money, one))
  return amounts.some((amount) => amount === null)
    ? null
    : addBags(ZERO, ...amounts.flatMap((amount) => amount ?? []))
}

function readTransaction(money: PayloadMoney, transaction: Source): MinorBag | null {
  const currency = text(transaction, 'currency')
  if (child(transaction, 'amount_set'))
    return magnitude(
      readMoney(money, { ...transaction, fields: { amount_set: transaction.fields.amount_set } }, 'amount'),
    )
  if (currency !== null && currency !== money.currency) return null
  return magnitude(readMoney(money, transaction, 'amount') ?? ZERO)
}

function magnitude(bag: MinorBag | null): MinorBag | null {
  return bag && (bag.shop < 0n ? negateBag(bag) : bag)
}
