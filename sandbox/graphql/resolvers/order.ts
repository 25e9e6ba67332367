import { openAuthorizations } from '#sandbox/commerce/payments.ts'
import type { MoneyBag, Order, PostalAddress, Sale } from '#sandbox/state/nouns.ts'
import { connectInOrder, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  plain,
  type Resolver,
  type Resolvers,
} from '../resolver.ts'
import { agreementConnection } from './agreement.ts'
import { exactCount } from './count.ts'
import { disputeSummaries } from './dispute.ts'
import { shippingLinesOf, taxLine } from './line-item.ts'
import { metafieldFields } from './metafield.ts'
import { addBags, moneyBag, subtractBags, timesBag, ZERO_BAG } from './money.ts'
import { orderChargeFields } from './order-charges.ts'
import { isVisible, type OrderListArgs, orderConnection, searchOrders } from './order-list.ts'
import { currentTaxes } from './order-taxes.ts'

function findOrder(context: GraphqlContext, id: string): Order | null {
  const order = context.state.orders[idOf(id, 'Order')]
  return order && isVisible(context, order) ? order : null
}

/** A money field of the order, in both currencies. */
function bag(of: (order: Order) => MoneyBag): Resolver<Order> {
  return (order) => moneyBag(of(order), order)
}

function salesOf(order: Order, wanted: (sale: Sale) => boolean = () => true): Sale[] {
  return order.agreements.flatMap(({ sales }) => sales).filter(wanted)
}

function received(order: Order): MoneyBag {
  const taken = order.transactions.filter(
    ({ kind, status }) => status === 'SUCCESS' && (kind === 'SALE' || kind === 'CAPTURE'),
  )
  return addBags(ZERO_BAG, ...taken.map(({ amount }) => amount))
}

function refunded(order: Order): MoneyBag {
  return addBags(ZERO_BAG, ...order.refunds.map(({ total }) => total))
}

function linesAfterDiscounts(order: Order): MoneyBag {
  return addBags(
    ZERO_BAG,
    ...order.lineItems.map((line) => subtractBags(timesBag(line.unitPrice, line.quantity), line.discount)),
  )
}

function returnStatus(order: Order): string {
  const statuses = new Set(order.returns.map(({ status }) => status))
  if (statuses.has('REQUESTED')) return 'RETURN_REQUESTED'
  if (statuses.has('OPEN')) return 'IN_PROGRESS'
  return statuses.has('CLOSED') ? 'RETURNED' : 'NO_RETURN'
}

const CANCEL_REASONS = ['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'OTHER', 'STAFF']

/** Captured payloads carry reasons of every age; what Shopify has no name for is OTHER. */
function shopifyCancelReason(reason: string): string {
  const upper = reason.toUpperCase()
  return CANCEL_REASONS.includes(upper) ? upper : 'OTHER'
}

function transactions(order: Order, { first }: { first?: number | null; capturable?: boolean }) {
  const all = order.transactions.map((transaction) => ({ order, transaction }))
  return first == null ? all : all.slice(0, first)
}

const moneyFields: Record<string, Resolver<Order>> = {
  currentTotalPriceSet: bag((order) => order.currentTotal),
  totalPriceSet: bag((order) => order.originalTotal),
  originalTotalPriceSet: bag((order) => order.originalTotal),
  totalRefundedSet: bag(refunded),
  totalReceivedSet: bag(received),
  netPaymentSet: bag((order) => subtractBags(received(order), refunded(order))),
  totalTipReceivedSet: bag((order) => order.tip ?? ZERO_BAG),
  subtotalPriceSet: bag(linesAfterDiscounts),
  totalDiscountsSet: bag((order) =>
    addBags(
      ...shippingLinesOf(order).map(({ shipping }) => shipping.discount),
      ...order.lineItems.map(({ discount }) => discount),
    ),
  ),
  currentTotalTaxSet: bag((order) => addBags(ZERO_BAG, ...salesOf(order).map(({ tax }) => tax))),
  totalTaxSet: bag((order) => {
    const first = order.agreements.filter(({ kind }) => kind === 'ORDER').flatMap(({ sales }) => sales)
    return addBags(ZERO_BAG, ...first.map(({ tax }) => tax))
  }),
}

export const orderResolvers: Resolvers = {
  QueryRoot: fields({
    order: (_root, { id }: { id: string }, context: GraphqlContext) => findOrder(context, id),
    orderByIdentifier: (_root, { identifier }: { identifier: { id?: string } }, context) => {
      if (!identifier.id) throw notImplemented('argument QueryRoot.orderByIdentifier(identifier: customId)')
      return findOrder(context, identifier.id)
    },
    orders: (_root, args: OrderListArgs, context) =>
      orderConnection(Object.values(context.state.orders), args, 'PROCESSED_AT', context),
    ordersCount: (_root, { query }: { query?: string | null }, context) =>
      exactCount(searchOrders(context, Object.values(context.state.orders), query).length),
  }),
  MailingAddress: fields<PostalAddress>({
    ...plain<PostalAddress>('address1', 'city', 'zip'),
    countryCodeV2: ({ countryCode }) => countryCode,
  }),
  Order: fields<Order>({
    ...plain<Order>('name', 'number', 'email', 'note', 'tags', 'test', 'taxesIncluded', 'sourceName'),
    ...plain<Order>(
      'createdAt',
      'processedAt',
      'updatedAt',
      'cancelledAt',
      'customAttributes',
      'discountCodes',
    ),
    ...metafieldFields((order: Order) => gid('Order', order.id)),
    ...moneyFields,
    ...orderChargeFields,
    id: (order) => gid('Order', order.id),
    legacyResourceId: (order) => order.id,
    phone: (order) => order.phone ?? null,
    shippingAddress: (order) => order.shippingAddress ?? null,
    currencyCode: (order) => order.currency,
    presentmentCurrencyCode: (order) => order.presentmentCurrency,
    displayFinancialStatus: (order) => order.financialStatus,
    displayFulfillmentStatus: () => 'UNFULFILLED',
    returnStatus,
    cancelReason: ({ cancelReason }) => cancelReason && shopifyCancelReason(cancelReason),
    discountCode: (order) => order.discountCodes[0] ?? null,
    confirmed: () => true,
    closed: (order) => Boolean(order.closedAt),
    closedAt: (order) => order.closedAt ?? null,
    edited: (order) => order.agreements.some(({ kind }) => kind === 'ORDER_EDIT'),
    capturable: (order) => openAuthorizations(order).length > 0,
    fullyPaid: (order) =>
      !['PENDING', 'AUTHORIZED', 'PARTIALLY_PAID', 'VOIDED'].includes(order.financialStatus),
    unpaid: (order) => ['PENDING', 'AUTHORIZED'].includes(order.financialStatus),
    paymentGatewayNames: (order) => [...new Set(order.transactions.map(({ gateway }) => gateway))],
    customer: (order, _args, { state }) =>
      order.customerId ? (state.customers[order.customerId] ?? null) : null,
    lineItems: (order, args: PageArgs) => connectInOrder(order.lineItems, args, (line) => ({ order, line })),
    subtotalLineItemsQuantity: (order) => order.lineItems.reduce((sum, { quantity }) => sum + quantity, 0),
    currentSubtotalLineItemsQuantity: (order) =>
      order.lineItems.reduce((sum, { currentQuantity }) => sum + currentQuantity, 0),
    shippingLine: (order) => shippingLinesOf(order).find(({ shipping }) => !shipping.isRemoved) ?? null,
    shippingLines: (order, args: PageArgs & { includeRemovals?: boolean | null }) => {
      const shown = shippingLinesOf(order).filter(
        ({ shipping }) => args.includeRemovals || !shipping.isRemoved,
      )
      return connectInOrder(shown, args, (line) => line)
    },
    currentTaxLines: (order) => currentTaxes(order).map((tax) => taxLine(tax, order)),
    taxLines: (order) => order.lineItems.flatMap(({ taxes }) => taxes).map((tax) => taxLine(tax, order)),
    agreements: agreementConnection,
    transactions,
    transactionsCount: (order) => exactCount(order.transactions.length),
    refunds: (order, { first }: { first?: number | null }) =>
      order.refunds.slice(0, first ?? order.refunds.length).map((refund) => ({ order, refund })),
    returns: (order, args: PageArgs & { query?: string }) => {
      if (args.query) throw notImplemented('argument Order.returns(query:)')
      return connectInOrder(order.returns, args, (one) => ({ order, return: one }))
    },
    disputes: disputeSummaries,
  }),
}
