// A refund written into its order: record, agreement, money.
import type { Order, Refund, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
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
import { parseRatio, spread } from './money.ts'
import { converter, orderConverter } from './order-input.ts'
import { roundingOf } from './order-payment.ts'
import { addTransaction, settleStatus } from './payments.ts'
import type { RefundMoney } from './refund-money.ts'
import { appendAgreement, plainMoney, type SaleDraft } from './sales.ts'
import { emitEvent, emitOrderChange } from './shop-events.ts'
import type { BackLine } from './take-back.ts'
import type { BackDuty } from './take-back-charges.ts'

export interface TakenBack {
  lines: BackLine[]
  sales: SaleDraft[]
  shipping: MinorBag | null
  duties: BackDuty[]
}

export interface Transfer {
  share: bigint
  gateway?: string
  parentId?: string
}

export interface RefundFacts extends TakenBack, RefundMoney {
  note: string
  at: string
  discrepancyReason?: Refund['discrepancyReason']
  returnId?: string
  /** Where the money goes; default: where it came from last. */
  gateway?: string
  parentId?: string
  /** Over several payments, in proportion to `share`; overrides `gateway` and `parentId`. */
  transfers?: Transfer[]
  /** Of the day of the refund: shop money × rate = the buyer's money. Default: today's of the shop, else the order's own. */
  rate?: string
  /** Cash: minor units of the smallest coin. */
  coin?: bigint
  omitAdjustmentSale?: boolean
}

/** Writes a refund with its agreement and money into the order. */
export function recordRefund(sandbox: Sandbox, state: ShopState, order: Order, facts: RefundFacts): Refund {
  const { amount, adjustment, at, duties, discrepancyReason, returnId } = facts
  const moved = exchange(state, order, amount, facts.rate)
  const refund: Refund = {
    id: sandbox.nextId('refund'),
    note: facts.note,
    createdAt: at,
    lines: facts.lines.map((line) => refundLine(sandbox, order, line)),
    shipping: facts.shipping && writeBag(facts.shipping, order),
    adjustment: isZero(adjustment) ? null : writeBag(adjustment, order),
    total: writeBag(moved, order),
    ...(duties.length > 0 && {
      duties: duties.map(({ dutyId, amount: back }) => ({ dutyId, amount: writeBag(back, order) })),
    }),
    ...(discrepancyReason && { discrepancyReason }),
    ...(returnId && { returnId }),
  }
  for (const line of facts.lines) {
    const item = order.lineItems.find(({ id }) => id === line.lineItemId)
    if (item) item.currentQuantity -= line.quantity
  }
  order.refunds.push(refund)
  const sales = [...facts.sales]
  if (facts.omitAdjustmentSale) {
    order.currentTotal = writeBag(addBags(readBag(order.currentTotal, order), adjustment), order)
  } else if (!isZero(adjustment)) {
    sales.push({
      actionType: 'RETURN',
      lineType: 'ADJUSTMENT',
      lineItemId: null,
      quantity: null,
      ...plainMoney(adjustment),
    })
  }
  appendAgreement(sandbox, order, { kind: 'REFUND', happenedAt: at, subjectId: refund.id, sales })
  moveMoney(sandbox, order, refund, facts, moved)
  settleStatus(order)
  return refund
}

function refundLine(sandbox: Sandbox, order: Order, line: BackLine): Refund['lines'][number] {
  const { total, tax } = line.money
  // A line without units gives back its tax alone.
  const subtotal = line.quantity === 0 ? ZERO : order.taxesIncluded ? total : subtractBags(total, tax)
  return {
    id: sandbox.nextId('refund-line'),
    lineItemId: line.lineItemId,
    quantity: line.quantity,
    restockType: line.restock.toLowerCase(),
    subtotal: writeBag(subtotal, order),
    tax: writeBag(tax, order),
  }
}

/** The buyer gets the money of the order; what that costs the shop is settled at the rate of the day. */
function exchange(state: ShopState, order: Order, amount: MinorBag, given: string | undefined): MinorBag {
  const rate = parseRatio(given ?? state.shop.exchangeRates?.[order.presentmentCurrency] ?? '')
  if (!rate || rate.numerator <= 0n || order.currency === order.presentmentCurrency) return amount
  const inverse = { numerator: rate.denominator, denominator: rate.numerator }
  const { presentment } = amount
  return { shop: converter(order.presentmentCurrency, order.currency, inverse)(presentment), presentment }
}

function moveMoney(
  sandbox: Sandbox,
  order: Order,
  refund: Refund,
  facts: RefundFacts,
  moved: MinorBag,
): void {
  const { amount, at, coin, gateway, parentId } = facts
  if (isZero(amount)) return
  const paidBy = order.transactions.filter(({ kind }) => kind === 'SALE' || kind === 'CAPTURE')
  const transfers = facts.transfers ?? [{ share: 1n, gateway, parentId }]
  const shares = (bag: MinorBag) => {
    const weights = transfers.map(({ share }) => share)
    const [shop, presentment] = [spread(bag.shop, weights), spread(bag.presentment, weights)]
    return transfers.map((_, index) => ({ shop: shop[index] ?? 0n, presentment: presentment[index] ?? 0n }))
  }
  const settled = shares(amount)
  refund.transactionIds = shares(moved).map((part, index) => {
    const transfer = transfers[index]
    const parent = paidBy.find(({ id }) => id === transfer?.parentId) ?? paidBy.at(-1)
    return addTransaction(sandbox, order, {
      kind: 'REFUND',
      amount: part,
      createdAt: at,
      gateway: transfer?.gateway ?? parent?.gateway,
      parentId: parent?.id,
      rounding: coin === undefined ? undefined : negateBag(roundingOf(part, coin, orderConverter(order))),
      settles: moved.shop === amount.shop ? undefined : settled[index],
    }).id
  })
}

/** Order and refund are told of: refunds/create, then orders/updated. */
export function tellRefund(sandbox: Sandbox, state: ShopState, order: Order, refund: Refund): void {
  emitOrderChange(sandbox, state.shop.domain, order)
  emitEvent(sandbox, state.shop.domain, 'refunds/create', refund.id, { orderId: order.id })
  emitEvent(sandbox, state.shop.domain, 'orders/updated', order.id)
}
