import type { Order, Refund, Return } from '#sandbox/state/nouns.ts'
import { connectInOrder, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, type Resolvers, Typed } from '../resolver.ts'
import { findLine, findShippingLine } from './line-item.ts'
import { moneyBag, ZERO_BAG } from './money.ts'
import { visibleOrders } from './order-list.ts'

interface RefundSource {
  order: Order
  refund: Refund
}

interface RefundLineSource extends RefundSource {
  refundLine: Refund['lines'][number]
}

interface ReturnSource {
  order: Order
  return: Return
}

interface ReturnLineSource extends ReturnSource {
  returnLine: Return['lines'][number]
}

export function findRefund(context: GraphqlContext, id: string): RefundSource | null {
  for (const order of visibleOrders(context)) {
    const refund = order.refunds.find((one) => one.id === id)
    if (refund) return { order, refund }
  }
  return null
}

export function findReturn(context: GraphqlContext, id: string): ReturnSource | null {
  for (const order of visibleOrders(context)) {
    const found = order.returns.find((one) => one.id === id)
    if (found) return { order, return: found }
  }
  return null
}

export const refundResolvers: Resolvers = {
  QueryRoot: fields({
    refund: (_root, { id }: { id: string }, context: GraphqlContext) =>
      findRefund(context, idOf(id, 'Refund')),
    return: (_root, { id }: { id: string }, context) => findReturn(context, idOf(id, 'Return')),
  }),
  Refund: fields<RefundSource>({
    id: ({ refund }) => gid('Refund', refund.id),
    legacyResourceId: ({ refund }) => refund.id,
    note: ({ refund }) => refund.note,
    createdAt: ({ refund }) => refund.createdAt,
    processedAt: ({ refund }) => refund.createdAt,
    updatedAt: ({ refund }) => refund.createdAt,
    order: ({ order }) => order,
    totalRefundedSet: ({ order, refund }) => moneyBag(refund.total, order),
    refundLineItems: ({ order, refund }, args: PageArgs) =>
      connectInOrder(refund.lines, args, (refundLine): RefundLineSource => ({ order, refund, refundLine })),
    refundShippingLines: ({ order, refund }, args: PageArgs) =>
      connectInOrder(refund.shipping ? [refund.shipping] : [], args, (amount) => ({
        id: gid('RefundShippingLine', refund.id),
        shippingLine: findShippingLine(order, undefined),
        subtotalAmountSet: moneyBag(amount, order),
      })),
    orderAdjustments: ({ order, refund }, args: PageArgs) =>
      connectInOrder(refund.adjustment ? [refund.adjustment] : [], args, (amount) => ({
        id: gid('OrderAdjustment', refund.id),
        reason: 'REFUND_DISCREPANCY',
        amountSet: moneyBag(amount, order),
        taxAmountSet: moneyBag(ZERO_BAG, order),
      })),
  }),
  RefundLineItem: fields<RefundLineSource>({
    id: ({ refundLine }) => gid('RefundLineItem', refundLine.id),
    lineItem: ({ order, refundLine }) => findLine(order, refundLine.lineItemId),
    quantity: ({ refundLine }) => refundLine.quantity,
    restockType: ({ refundLine }) => refundLine.restockType.toUpperCase(),
    restocked: ({ refundLine }) => refundLine.restockType.toUpperCase() !== 'NO_RESTOCK',
    subtotalSet: ({ order, refundLine }) => moneyBag(refundLine.subtotal, order),
    totalTaxSet: ({ order, refundLine }) => moneyBag(refundLine.tax, order),
  }),
  Return: fields<ReturnSource>({
    id: (source) => gid('Return', source.return.id),
    name: ({ order, return: one }) => `${order.name}-R${order.returns.indexOf(one) + 1}`,
    status: (source) => source.return.status,
    createdAt: (source) => source.return.createdAt,
    closedAt: (source) => (source.return.status === 'CLOSED' ? source.return.processedAt : null),
    order: ({ order }) => order,
    totalQuantity: (source) => source.return.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    returnLineItems: (source, args: PageArgs) =>
      connectInOrder(
        source.return.lines,
        args,
        (returnLine) => new Typed('ReturnLineItem', { ...source, returnLine }),
      ),
  }),
  ReturnLineItem: fields<ReturnLineSource>({
    id: ({ returnLine }) => gid('ReturnLineItem', returnLine.id),
    quantity: ({ returnLine }) => returnLine.quantity,
    processedQuantity: (source) => (source.return.processedAt ? source.returnLine.quantity : 0),
    unprocessedQuantity: (source) => (source.return.processedAt ? 0 : source.returnLine.quantity),
    processableQuantity: (source) => (source.return.status === 'OPEN' ? source.returnLine.quantity : 0),
    returnReason: ({ returnLine }) => (/^[A-Z_]+$/.test(returnLine.reason) ? returnLine.reason : 'OTHER'),
    returnReasonNote: ({ returnLine }) => (/^[A-Z_]+$/.test(returnLine.reason) ? '' : returnLine.reason),
    customerNote: () => null,
    fulfillmentLineItem: ({ order, returnLine }) => ({
      id: gid('FulfillmentLineItem', returnLine.lineItemId),
      lineItem: findLine(order, returnLine.lineItemId),
      quantity: returnLine.quantity,
    }),
  }),
}
