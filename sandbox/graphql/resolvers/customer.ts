import type { Customer, Order } from '#sandbox/state/nouns.ts'
import { connect, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, notImplemented, plain, type Resolvers } from '../resolver.ts'
import { compileSearch, type SearchFields } from '../search-query.ts'
import { exactCount } from './count.ts'
import { metafieldFields } from './metafield.ts'
import { addDecimals, moneyV2 } from './money.ts'
import { type OrderListArgs, orderConnection, visibleOrders } from './order-list.ts'

const CUSTOMER_SEARCH: SearchFields<Customer> = {
  text: (customer) => [customer.firstName, customer.lastName, customer.email, customer.phone],
  fields: {
    id: { kind: 'number', of: (customer) => Number(customer.id) },
    email: { kind: 'text', of: (customer) => [customer.email] },
    first_name: { kind: 'text', of: (customer) => [customer.firstName] },
    last_name: { kind: 'text', of: (customer) => [customer.lastName] },
    phone: { kind: 'text', of: (customer) => [customer.phone] },
    tag: { kind: 'text', of: (customer) => customer.tags },
    created_at: { kind: 'time', of: (customer) => customer.createdAt },
  },
}

function ordersOf(context: GraphqlContext, customer: Customer): Order[] {
  return visibleOrders(context).filter(({ customerId }) => customerId === customer.id)
}

export const customerResolvers: Resolvers = {
  QueryRoot: fields({
    customer: (_root, { id }: { id: string }, { state }: GraphqlContext) =>
      state.customers[idOf(id, 'Customer')] ?? null,
    customers: (_root, args: PageArgs & { query?: string | null; sortKey?: string }, { state }) => {
      if (!['ID', 'CREATED_AT', undefined].includes(args.sortKey))
        throw notImplemented(`sort key ${args.sortKey}`)
      const found = Object.values(state.customers).filter(compileSearch(args.query, CUSTOMER_SEARCH))
      const sortValueOf = (customer: Customer) =>
        args.sortKey === 'CREATED_AT' ? Date.parse(customer.createdAt) : ''
      return connect(
        found,
        args,
        (customer) => ({ value: sortValueOf(customer), id: customer.id }),
        (customer) => customer,
      )
    },
    customersCount: (_root, args: { query?: string | null }, { state }) =>
      exactCount(Object.values(state.customers).filter(compileSearch(args.query, CUSTOMER_SEARCH)).length),
  }),
  Customer: fields<Customer>({
    ...plain<Customer>('firstName', 'lastName', 'email', 'phone', 'tags', 'createdAt'),
    ...metafieldFields((customer: Customer) => gid('Customer', customer.id)),
    id: (customer) => gid('Customer', customer.id),
    legacyResourceId: (customer) => customer.id,
    displayName: (customer) => `${customer.firstName} ${customer.lastName}`.trim() || customer.email,
    defaultEmailAddress: (customer) =>
      customer.email ? { emailAddress: customer.email, validFormat: true } : null,
    defaultPhoneNumber: (customer) => (customer.phone ? { phoneNumber: customer.phone } : null),
    state: () => 'DISABLED',
    verifiedEmail: () => true,
    numberOfOrders: (customer, _args, context) => String(ordersOf(context, customer).length),
    amountSpent: (customer, _args, context) => {
      const spent = ordersOf(context, customer).map(({ currentTotal }) => currentTotal.shop)
      return moneyV2(addDecimals(...spent), context.state.shop.currency)
    },
    orders: (customer, args: OrderListArgs, context) =>
      orderConnection(ordersOf(context, customer), args, 'ID', context),
  }),
}
