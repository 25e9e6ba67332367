// Lists of orders: which are visible, how they are searched and sorted.
import type { Order } from '#sandbox/state/nouns.ts'
import { type Connection, connect, type PageArgs } from '../connection.ts'
import type { GraphqlContext } from '../resolver.ts'
import { compileSearch, type SearchFields } from '../search-query.ts'
import { type Sorts, sortedBy } from '../sort-keys.ts'

/** Without read_all_orders Shopify shows the last 60 days only. */
const VISIBLE_DAYS = 60

export interface OrderListArgs extends PageArgs {
  query?: string | null
  sortKey?: string
}

const ORDER_SEARCH: SearchFields<Order> = {
  text: (order) => [order.name, order.email, ...order.tags],
  fields: {
    id: { kind: 'number', of: (order) => Number(order.id) },
    name: { kind: 'text', of: (order) => [order.name, order.name.replace(/^#/, '')] },
    email: { kind: 'text', of: (order) => [order.email] },
    tag: { kind: 'text', of: (order) => order.tags },
    sku: { kind: 'text', of: (order) => order.lineItems.map(({ sku }) => sku) },
    discount_code: { kind: 'text', of: (order) => order.discountCodes },
    source_name: { kind: 'text', of: (order) => [order.sourceName] },
    test: { kind: 'text', of: (order) => [String(order.test)] },
    customer_id: {
      kind: 'number',
      of: (order) => (order.customerId === null ? null : Number(order.customerId)),
    },
    financial_status: { kind: 'text', of: (order) => [order.financialStatus] },
    status: { kind: 'word', matches: hasStatus },
    created_at: { kind: 'time', of: (order) => order.createdAt },
    processed_at: { kind: 'time', of: (order) => order.processedAt },
    updated_at: { kind: 'time', of: (order) => order.updatedAt },
  },
}

const ORDER_SORTS: Sorts<Order> = {
  ID: () => '',
  CREATED_AT: (order) => Date.parse(order.createdAt),
  PROCESSED_AT: (order) => Date.parse(order.processedAt),
  UPDATED_AT: (order) => Date.parse(order.updatedAt),
  ORDER_NUMBER: (order) => order.number,
  FINANCIAL_STATUS: (order) => order.financialStatus,
}

/** The sandbox never closes an order: not cancelled is open. */
function hasStatus(order: Order, word: string): boolean | undefined {
  switch (word) {
    case 'any':
      return true
    case 'open':
    case 'not_closed':
      return order.cancelledAt === null
    case 'closed':
      return false
    case 'cancelled':
      return order.cancelledAt !== null
    default:
      return undefined
  }
}

export function isVisible({ scopes, sandbox }: GraphqlContext, order: Order): boolean {
  if (scopes.has('read_all_orders')) return true
  return Date.parse(order.createdAt) >= sandbox.clock.now().getTime() - VISIBLE_DAYS * 24 * 3600 * 1000
}

export function visibleOrders(context: GraphqlContext): Order[] {
  return Object.values(context.state.orders).filter((order) => isVisible(context, order))
}

export function searchOrders(
  context: GraphqlContext,
  orders: Order[],
  query: string | null | undefined,
): Order[] {
  return visibleOnly(context, orders).filter(compileSearch(query, ORDER_SEARCH))
}

function visibleOnly(context: GraphqlContext, orders: Order[]): Order[] {
  return orders.filter((order) => isVisible(context, order))
}

export function orderConnection(
  orders: Order[],
  args: OrderListArgs,
  defaultSortKey: string,
  context: GraphqlContext,
): Connection<Order> {
  const found = searchOrders(context, orders, args.query)
  return connect(found, args, sortedBy(ORDER_SORTS, args.sortKey ?? defaultSortKey), (order) => order)
}
