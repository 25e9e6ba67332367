import type { Order, Refund } from '#sandbox/state/nouns.ts'
import type { Return } from '#sandbox/state/return-nouns.ts'
import { connectInOrder, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, type Resolvers } from '../resolver.ts'
import { findLine, findShippingLine } from './line-item.ts'
import { moneyBag, ZERO_BAG } from './money.ts'
import { visibleOrders } from './order-list.ts'

export interface RefundSource {
  order: Order
  refund: Refund
}

interface RefundLineSource extends RefundSource {
  refundLine: Refund['lines'][number]
}

export interface ReturnSource {
  order: Order
  return: Return
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

/** OTHER is an input's word only; Shopify answers the plain discrepancy for it. */
function discrepancyReason({ discrepancyReason: reason }: Refund): string {
  return reason === undefined || reason === 'OTHER' ? 'REFUND_DISCREPANCY' : reason
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
    duties: ({ order, refund }) =>
      (refund.duties ?? []).map(({ dutyId, amount }) => {
        const duty = order.duties?.find(({ id }) => id === dutyId)
        return { amountSet: moneyBag(amount, order), originalDuty: duty ? { order, duty } : null }
      }),
    return: ({ order, refund }) => {
      const found = order.returns.find(({ id }) => id === refund.returnId)
      return found ? { order, return: found } : null
    },
    transactions: ({ order, refund }, args: PageArgs) =>
      connectInOrder(
        order.transactions.filter(({ id }) => refund.transactionIds?.includes(id)),
        args,
        (transaction) => ({ order, transaction }),
      ),
    orderAdjustments: ({ order, refund }, args: PageArgs) =>
      connectInOrder(refund.adjustment ? [refund.adjustment] : [], args, (amount) => ({
        id: gid('OrderAdjustment', refund.id),
        reason: discrepancyReason(refund),
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
}
