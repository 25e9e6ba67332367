import type { Dispute, Order } from '#sandbox/state/nouns.ts'
import { connect, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, plain, type Resolver, type Resolvers } from '../resolver.ts'
import { compileSearch, type SearchFields } from '../search-query.ts'
import { moneyV2 } from './money.ts'

const DISPUTE_SEARCH: SearchFields<Dispute> = {
  text: (dispute) => [dispute.reason],
  fields: {
    id: { kind: 'number', of: (dispute) => Number(dispute.id) },
    status: { kind: 'text', of: (dispute) => [dispute.status] },
    initiated_at: { kind: 'time', of: (dispute) => dispute.initiatedAt },
  },
}

export const disputeSummaries: Resolver<Order> = (order, _args, { state }) =>
  Object.values(state.disputes)
    .filter(({ orderId }) => orderId === order.id)
    .map(({ id, type, status }) => ({ id: gid('OrderDisputeSummary', id), initiatedAs: type, status }))

const disputeConnection: Resolver = (_source, args: PageArgs & { query?: string | null }, { state }) => {
  const found = Object.values(state.disputes).filter(compileSearch(args.query, DISPUTE_SEARCH))
  return connect(
    found,
    args,
    ({ id }) => ({ value: '', id }),
    (dispute) => dispute,
  )
}

export const disputeResolvers: Resolvers = {
  QueryRoot: fields({
    dispute: (_root, { id }: { id: string }, { state }: GraphqlContext) =>
      state.disputes[idOf(id, 'ShopifyPaymentsDispute')] ?? null,
    disputes: disputeConnection,
    shopifyPaymentsAccount: (_root, _args, { state }) => state.shop,
  }),
  ShopifyPaymentsAccount: fields<GraphqlContext['state']['shop']>({
    ...plain<GraphqlContext['state']['shop']>('country'),
    id: (shop) => gid('ShopifyPaymentsAccount', shop.id),
    activated: () => true,
    defaultCurrency: (shop) => shop.currency,
    disputes: disputeConnection,
  }),
  ShopifyPaymentsDispute: fields<Dispute>({
    ...plain<Dispute>('type', 'status', 'initiatedAt', 'evidenceDueBy', 'finalizedOn'),
    id: (dispute) => gid('ShopifyPaymentsDispute', dispute.id),
    legacyResourceId: (dispute) => dispute.id,
    amount: (dispute) => moneyV2(dispute.amount, dispute.currency),
    evidenceSentOn: () => null,
    order: (dispute, _args, { state }) => state.orders[dispute.orderId] ?? null,
    reasonDetails: (dispute) => ({ reason: dispute.reason.toUpperCase(), networkReasonCode: null }),
  }),
}
