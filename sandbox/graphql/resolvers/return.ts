import { findVariant } from '#sandbox/commerce/find-nouns.ts'
import { processedOf } from '#sandbox/commerce/return-progress.ts'
import type { Order } from '#sandbox/state/nouns.ts'
import type { ExchangeLine, ReturnFee, ReturnLine } from '#sandbox/state/return-nouns.ts'
import { connectInOrder, type PageArgs } from '../connection.ts'
import { gid } from '../gid.ts'
import { fields, type GraphqlContext, notImplemented, type Resolvers, Typed } from '../resolver.ts'
import { findLine } from './line-item.ts'
import { moneyBag } from './money.ts'
import type { ReturnSource } from './refund.ts'

interface LineSource extends ReturnSource {
  returnLine: ReturnLine
}

interface ExchangeSource extends ReturnSource {
  exchange: ExchangeLine
}

function processed(source: LineSource): number {
  return processedOf(source.return, source.returnLine)
}

function isReason(text: string): boolean {
  return /^[A-Z_]+$/.test(text)
}

/** A fee with its concrete fields. */
export function feeFields(fee: ReturnFee, order: Order) {
  return {
    id: gid(fee.kind === 'RESTOCKING' ? 'RestockingFee' : 'ReturnShippingFee', fee.id),
    amountSet: moneyBag(fee.amount, order),
    ...(fee.percentage !== null && { percentage: Number(fee.percentage) * 100 }),
  }
}

/** The fee that a sale charges; null when its return is not kept. */
export function findFee(order: Order, feeId: string | undefined): Typed | null {
  const fees = order.returns.flatMap((one) => [
    ...one.lines.flatMap(({ restockingFee }) => restockingFee ?? []),
    ...(one.shippingFee ? [one.shippingFee] : []),
  ])
  const fee = fees.find(({ id }) => id === feeId)
  if (!fee) return null
  return new Typed(fee.kind === 'RESTOCKING' ? 'RestockingFee' : 'ReturnShippingFee', feeFields(fee, order))
}

function refuseFilter(args: { processingStatus?: unknown }, field: string): void {
  if (args.processingStatus) throw notImplemented(`argument Return.${field}(processingStatus:)`)
}

export const returnResolvers: Resolvers = {
  Return: fields<ReturnSource>({
    id: (source) => gid('Return', source.return.id),
    name: ({ order, return: one }) => `${order.name}-R${order.returns.indexOf(one) + 1}`,
    status: (source) => source.return.status,
    createdAt: (source) => source.return.createdAt,
    closedAt: (source) => (source.return.status === 'CLOSED' ? source.return.processedAt : null),
    requestApprovedAt: (source) => source.return.requestApprovedAt ?? null,
    decline: (source) => source.return.decline ?? null,
    order: ({ order }) => order,
    totalQuantity: (source) => source.return.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    returnLineItems: (source, args: PageArgs & { processingStatus?: unknown }) => {
      refuseFilter(args, 'returnLineItems')
      return connectInOrder(
        source.return.lines,
        args,
        (returnLine) => new Typed('ReturnLineItem', { ...source, returnLine }),
      )
    },
    exchangeLineItems: (source, args: PageArgs & { processingStatus?: unknown }) => {
      refuseFilter(args, 'exchangeLineItems')
      return connectInOrder(source.return.exchange ?? [], args, (exchange) => ({ ...source, exchange }))
    },
    returnShippingFees: ({ order, return: one }) =>
      one.shippingFee ? [feeFields(one.shippingFee, order)] : [],
    refunds: ({ order, return: one }, args: PageArgs) =>
      connectInOrder(
        order.refunds.filter(({ returnId }) => returnId === one.id),
        args,
        (refund) => ({ order, refund }),
      ),
  }),
  ReturnLineItem: fields<LineSource>({
    id: ({ returnLine }) => gid('ReturnLineItem', returnLine.id),
    quantity: ({ returnLine }) => returnLine.quantity,
    processedQuantity: processed,
    unprocessedQuantity: (source) => source.returnLine.quantity - processed(source),
    processableQuantity: (source) =>
      source.return.status === 'OPEN' ? source.returnLine.quantity - processed(source) : 0,
    restockingFee: ({ order, returnLine }) =>
      returnLine.restockingFee ? feeFields(returnLine.restockingFee, order) : null,
    returnReason: ({ returnLine }) => (isReason(returnLine.reason) ? returnLine.reason : 'OTHER'),
    returnReasonNote: ({ returnLine }) => (isReason(returnLine.reason) ? '' : returnLine.reason),
    customerNote: ({ returnLine }) => returnLine.customerNote ?? null,
    fulfillmentLineItem: ({ order, returnLine }) => ({
      id: gid('FulfillmentLineItem', returnLine.lineItemId),
      lineItem: findLine(order, returnLine.lineItemId),
      quantity: returnLine.quantity,
    }),
  }),
  ExchangeLineItem: fields<ExchangeSource>({
    id: ({ exchange }) => gid('ExchangeLineItem', exchange.id),
    quantity: ({ exchange }) => exchange.quantity,
    processedQuantity: ({ exchange }) => exchange.processed,
    unprocessedQuantity: ({ exchange }) => exchange.quantity - exchange.processed,
    processableQuantity: ({ exchange, return: one }) =>
      one.status === 'OPEN' ? exchange.quantity - exchange.processed : 0,
    lineItems: ({ order, exchange }) => exchange.lineItemIds.map((id) => findLine(order, id)),
    lineItem: ({ order, exchange }) => {
      const [first] = exchange.lineItemIds
      return first === undefined ? null : findLine(order, first)
    },
    variantId: ({ exchange }) => gid('ProductVariant', exchange.variantId),
    productId: ({ exchange }, _args, { state }: GraphqlContext) => {
      const found = findVariant(state, exchange.variantId)
      return found ? gid('Product', found.product.id) : null
    },
    title: ({ exchange }, _args, { state }) => findVariant(state, exchange.variantId)?.product.title ?? null,
    variantTitle: ({ exchange }, _args, { state }) =>
      findVariant(state, exchange.variantId)?.variant.title ?? null,
    variantSku: ({ exchange }, _args, { state }) =>
      findVariant(state, exchange.variantId)?.variant.sku ?? null,
  }),
}
