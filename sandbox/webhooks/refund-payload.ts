// A refund as refunds/create carries it, alone or inside its order.
import { isZero, type MinorBag, readBag, subtractBags } from '#sandbox/commerce/minor-bag.ts'
import type { Order, Refund, Sale, Transaction } from '#sandbox/state/nouns.ts'
import { gidOf, money, moneySet, restId } from './rest-money.ts'

export function refundPayload(order: Order, refund: Refund): Record<string, unknown> {
  return {
    id: restId(refund.id),
    admin_graphql_api_id: gidOf('Refund', refund.id),
    order_id: restId(order.id),
    created_at: refund.createdAt,
    processed_at: refund.createdAt,
    note: refund.note || null,
    user_id: null,
    refund_line_items: refund.lines.map((line) => ({
      id: restId(line.id),
      line_item_id: restId(line.lineItemId),
      quantity: line.quantity,
      restock_type: line.restockType,
      location_id: null,
      subtotal: line.subtotal.shop,
      subtotal_set: moneySet(readBag(line.subtotal, order), order),
      total_tax: line.tax.shop,
      total_tax_set: moneySet(readBag(line.tax, order), order),
    })),
    order_adjustments: adjustments(order, refund),
    duties: (refund.duties ?? []).map(({ dutyId, amount }) => ({
      duty_id: restId(dutyId),
      amount_set: moneySet(readBag(amount, order), order),
    })),
    return: refund.returnId ? { id: restId(refund.returnId) } : null,
    transactions: transactions(order, refund),
  }
}

/** Everything that the refund's agreement says beside its lines: shipping, tips, discrepancies. Negative: given back. */
function adjustments(order: Order, refund: Refund) {
  const agreement = order.agreements.find(
    ({ kind, subjectId }) => kind === 'REFUND' && subjectId === refund.id,
  )
  return (agreement?.sales ?? [])
    .filter(({ lineItemId, lineType }) => lineItemId === null && lineType !== 'DUTY')
    .map((sale) => adjustment(order, refund, sale))
}

function adjustment(order: Order, refund: Refund, sale: Sale) {
  const tax = readBag(sale.tax, order)
  const isShipping = sale.lineType === 'SHIPPING'
  return {
    id: restId(sale.id),
    order_id: restId(order.id),
    refund_id: restId(refund.id),
    kind: isShipping ? 'shipping_refund' : 'refund_discrepancy',
    reason: isShipping ? 'Shipping refund' : 'Refund discrepancy',
    ...money('amount', subtractBags(readBag(sale.total, order), tax), order),
    ...money('tax_amount', tax, order),
  }
}

function transactions(order: Order, refund: Refund) {
  const amount: MinorBag = readBag(refund.total, order)
  if (isZero(amount)) return []
  return transactionsOf(order, refund).map(({ id, status, gateway, amount: moved, parentId }) => ({
    id: restId(id),
    order_id: restId(order.id),
    parent_id: parentId ? restId(parentId) : null,
    kind: 'refund',
    status: status.toLowerCase(),
    gateway,
    amount: moved.shop,
    currency: order.currency,
    created_at: refund.createdAt,
    test: order.test,
  }))
}

/** Older states name no transaction: it is the one of that time and amount, or none is kept. */
function transactionsOf(order: Order, refund: Refund): Transaction[] {
  const ids = refund.transactionIds
  if (ids) return order.transactions.filter(({ id }) => ids.includes(id))
  const found = order.transactions.find(
    ({ kind, createdAt, amount }) =>
      kind === 'REFUND' && createdAt === refund.createdAt && amount.shop === refund.total.shop,
  )
  const { id, total, createdAt } = refund
  if (found) return [found]
  return [{ id, kind: 'REFUND', status: 'SUCCESS', gateway: 'shopify_payments', amount: total, createdAt }]
}
