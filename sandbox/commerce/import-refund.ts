// A captured refund written into its order: the sales say what its lines say, the money what its transactions say.
import type { Order, Refund } from '#sandbox/state/nouns.ts'
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
import { formatMoney } from './money.ts'
import { addTransaction } from './payments.ts'
import type { CapturedLine } from './read-order-payload.ts'
import type { CapturedRefund, CapturedRefundLine } from './read-refund-payload.ts'
import { worthOf } from './refund-money.ts'
import {
  appendAgreement,
  balanceOfType,
  lineBalance,
  NO_MONEY,
  plainMoney,
  portion,
  type SaleDraft,
} from './sales.ts'

/** Answers what the refund took from the order by its own word: the money, else what its lines are worth. */
export function writeRefund(
  sandbox: Sandbox,
  order: Order,
  captured: CapturedRefund,
  notes: string[],
): MinorBag {
  const at = captured.createdAt ?? order.processedAt
  const lines = captured.lines.map((line) => writeLine(sandbox, order, captured.id, line, notes))
  const sales = [...lines.flatMap(({ sale }) => sale), ...otherSales(order, captured)]
  const adjustment = signedAdjustment(order, captured, sales, notes)
  if (!isZero(adjustment)) {
    sales.push({
      actionType: 'RETURN',
      lineType: 'ADJUSTMENT',
      lineItemId: null,
      quantity: null,
      ...plainMoney(adjustment),
    })
  }
  const worth = worthOf(sales)
  const total = captured.paidBack ?? worth
  const refund: Refund = {
    id: captured.id,
    note: captured.note,
    createdAt: at,
    lines: lines.flatMap(({ record }) => record ?? []),
    shipping: captured.shipping && writeBag(addBags(captured.shipping.amount, captured.shipping.tax), order),
    adjustment: isZero(adjustment) ? null : writeBag(adjustment, order),
    total: writeBag(total, order),
  }
  order.refunds.push(refund)
  appendAgreement(sandbox, order, { kind: 'REFUND', happenedAt: at, subjectId: refund.id, sales })
  if (!isZero(total)) addTransaction(sandbox, order, { kind: 'REFUND', amount: total, createdAt: at })
  return total
}

function writeLine(
  sandbox: Sandbox,
  order: Order,
  refundId: string,
  captured: CapturedRefundLine,
  notes: string[],
): { sale: SaleDraft; record: Refund['lines'][number] | null } {
  const line = order.lineItems.find(({ id }) => id === captured.lineItemId)
  const left = line?.currentQuantity ?? 0
  const balance = line ? lineBalance(order, line.id) : NO_MONEY
  const share =
    left > 0 ? portion(balance, BigInt(Math.min(captured.quantity, left)), BigInt(left)) : NO_MONEY
  const tax = captured.tax ?? (captured.subtotal ? ZERO : share.tax)
  const subtotal =
    captured.subtotal ?? (order.taxesIncluded ? share.total : subtractBags(share.total, share.tax))
  const total = order.taxesIncluded ? subtotal : addBags(subtotal, tax)
  const money = { total: negateBag(total), tax: negateBag(tax) }
  if (!line) {
    const isTip = captured.lineItemId !== null && order.imported?.tipLineIds.includes(captured.lineItemId)
    if (!isTip)
      notes.push(`Refund ${refundId} gives back line ${captured.lineItemId}, which the order does not have.`)
    const lineType = isTip ? 'TIP' : 'ADJUSTMENT'
    return {
      sale: { ...NO_MONEY, actionType: 'RETURN', lineType, lineItemId: null, quantity: null, ...money },
      record: null,
    }
  }
  if (captured.quantity > left) {
    notes.push(
      `Refund ${refundId} gives back ${captured.quantity} of ${line.title}, of which ${left} were left.`,
    )
  }
  line.currentQuantity = Math.max(0, left - captured.quantity)
  return {
    sale: {
      actionType: 'RETURN',
      lineType: line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT',
      lineItemId: line.id,
      quantity: -captured.quantity,
      ...money,
      discountBeforeTaxes: negateBag(share.discountBeforeTaxes),
      discountAfterTaxes: negateBag(share.discountAfterTaxes),
    },
    record: {
      id: captured.id ?? sandbox.nextId('refund-line'),
      lineItemId: line.id,
      quantity: captured.quantity,
      restockType: captured.restockType,
      subtotal: writeBag(subtotal, order),
      tax: writeBag(tax, order),
    },
  }
}

function otherSales(order: Order, { shipping, duties }: CapturedRefund): SaleDraft[] {
  const sales: SaleDraft[] = []
  const common = { ...NO_MONEY, actionType: 'RETURN' as const, lineItemId: null, quantity: null }
  if (shipping && !isZero(addBags(shipping.amount, shipping.tax))) {
    const given = addBags(shipping.amount, shipping.tax)
    const left = balanceOfType(order, 'SHIPPING')
    const isAll = left.total.shop === given.shop
    sales.push({
      ...common,
      lineType: 'SHIPPING',
      total: negateBag(given),
      tax: negateBag(shipping.tax),
      discountBeforeTaxes: isAll ? negateBag(left.discountBeforeTaxes) : ZERO,
      discountAfterTaxes: isAll ? negateBag(left.discountAfterTaxes) : ZERO,
    })
  }
  if (!isZero(duties)) sales.push({ ...common, lineType: 'DUTY', total: negateBag(duties) })
  return sales
}

/** The discrepancy is written with either sign; where only the other one agrees with the money, it is turned and said. */
function signedAdjustment(
  order: Order,
  { id, adjustment, paidBack }: CapturedRefund,
  sales: SaleDraft[],
  notes: string[],
): MinorBag {
  if (!paidBack || isZero(adjustment)) return adjustment
  const needed = worthOf(sales).shop - paidBack.shop
  if (needed === adjustment.shop || needed !== -adjustment.shop) return adjustment
  const spelled = formatMoney(adjustment.shop, order.currency)
  notes.push(
    `Refund ${id}: the discrepancy of ${spelled} has the other sign in this payload; its transactions decided.`,
  )
  return negateBag(adjustment)
}

/** Units that are gone although no refund of the payload took them: an edit did. */
export function findRemovals(
  order: Order,
  lines: CapturedLine[],
  notes: string[],
): Array<{ lineItemId: string; units: number }> {
  return lines.flatMap(({ id: lineId, currentQuantity }) => {
    const line = order.lineItems.find((one) => one.id === lineId)
    if (!line || currentQuantity === null || currentQuantity === line.currentQuantity) return []
    const units = line.currentQuantity - currentQuantity
    if (units > 0) return [{ lineItemId: line.id, units }]
    notes.push(
      `${line.title}: current_quantity is ${currentQuantity}, but ${line.currentQuantity} are left after the refunds.`,
    )
    return []
  })
}

/** Units that an edit took off without a refund of their own. */
export function writeRemovals(
  sandbox: Sandbox,
  order: Order,
  removals: Array<{ lineItemId: string; units: number }>,
  extra: SaleDraft[],
  at: string,
): void {
  const sales: SaleDraft[] = removals.flatMap(({ lineItemId, units }) => {
    const line = order.lineItems.find(({ id }) => id === lineItemId)
    if (!line) return []
    const share = portion(lineBalance(order, line.id), BigInt(units), BigInt(line.currentQuantity))
    line.currentQuantity -= units
    return [
      {
        actionType: 'RETURN',
        lineType: line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT',
        lineItemId: line.id,
        quantity: -units,
        total: negateBag(share.total),
        tax: negateBag(share.tax),
        discountBeforeTaxes: negateBag(share.discountBeforeTaxes),
        discountAfterTaxes: negateBag(share.discountAfterTaxes),
      },
    ]
  })
  appendAgreement(sandbox, order, {
    kind: 'ORDER_EDIT',
    happenedAt: at,
    subjectId: null,
    sales: [...sales, ...extra],
  })
}

/** What the order's sales add up to. */
export function salesTotal(order: Order): MinorBag {
  return addBags(
    ZERO,
    ...order.agreements.flatMap(({ sales }) => sales.map(({ total }) => readBag(total, order))),
  )
}
