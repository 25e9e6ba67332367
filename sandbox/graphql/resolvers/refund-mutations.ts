import { type RefundOrderInput, refundOrder } from '#sandbox/commerce/refund-order.ts'
import type { Order } from '#sandbox/state/nouns.ts'
import { gid, idOf } from '../gid.ts'
import { replayable } from '../idempotency.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  type Resolvers,
  refuseUnsupported,
} from '../resolver.ts'
import { trimDecimal } from './money.ts'
import { loadNode } from './node-lookup.ts'

interface RefundInput {
  orderId: string
  note?: string | null
  currency?: string | null
  processedAt?: string | null
  allowOverRefunding?: boolean | null
  refundLineItems?: Array<{
    lineItemId: string
    quantity: number
    restockType?: 'RETURN' | 'CANCEL' | 'NO_RESTOCK' | 'LEGACY_RESTOCK' | null
  }> | null
  shipping?: { amount?: string | null; fullRefund?: boolean | null } | null
  discrepancyReason?: RefundOrderInput['discrepancyReason'] | null
  refundDuties?: Array<{ dutyId: string; refundType?: 'FULL' | 'PROPORTIONAL' | null }> | null
  transactions?: Array<{
    amount: string
    kind: string
    orderId: string
    gateway?: string | null
    parentId?: string | null
  }> | null
}

const SUPPORTED = [
  'orderId',
  'note',
  'notify',
  'currency',
  'processedAt',
  'discrepancyReason',
  'refundDuties',
  'refundLineItems',
  'shipping',
  'transactions',
]

/** Which field of the input a refusal of the verb is about. */
const FIELDS: Record<string, string> = {
  unknown_order: 'orderId',
  unknown_line: 'refundLineItems',
  invalid_quantity: 'refundLineItems',
  quantity_exceeds_remaining: 'refundLineItems',
  invalid_amount: 'transactions',
  amount_exceeds_refundable: 'transactions',
  unknown_transaction: 'transactions',
  invalid_time: 'processedAt',
  unknown_duty: 'refundDuties',
}

interface Stored {
  orderId: string | null
  refundId: string | null
  problem: { field: string[] | null; message: string } | null
}

/** Shopify moves only the money that `transactions` names: none named, none moved. */
function toVerb(input: RefundInput, order: Order | undefined): RefundOrderInput {
  const { shipping, refundLineItems, transactions } = input
  const isBuyers = order !== undefined && input.currency != null && input.currency !== order.currency
  const lines = (refundLineItems ?? []).map(({ lineItemId, quantity, restockType }) => {
    if (restockType === 'LEGACY_RESTOCK') throw notImplemented('restock type LEGACY_RESTOCK')
    return {
      lineItemId: idOf(lineItemId, 'LineItem'),
      quantity,
      restock: restockType ?? ('NO_RESTOCK' as const),
    }
  })
  const otherKind = transactions?.find(({ kind }) => kind !== 'REFUND')
  if (otherKind) throw notImplemented(`refund transaction of kind ${otherKind.kind}`)
  return {
    lines,
    shipping: shipping?.fullRefund ? 'full' : (shipping?.amount ?? undefined),
    // None named, none moved.
    amount: '0',
    transfers: (transactions ?? []).map(({ amount, gateway, parentId }) => ({
      amount: trimDecimal(amount),
      isPresentment: isBuyers,
      gateway: gateway ?? undefined,
      parentId: parentId ? idOf(parentId, 'OrderTransaction') : undefined,
    })),
    duties: input.refundDuties?.map(({ dutyId, refundType }) => ({
      dutyId: idOf(dutyId, 'Duty'),
      type: refundType ?? 'FULL',
    })),
    discrepancyReason: input.discrepancyReason ?? undefined,
    note: input.note ?? '',
    happenedAt: input.processedAt ?? undefined,
  }
}

function refund(
  { input }: { input: RefundInput },
  context: GraphqlContext,
): { stored: Stored; failed: boolean } {
  const { allowOverRefunding, ...rest } = input
  if (allowOverRefunding) throw notImplemented('input RefundInput.allowOverRefunding')
  refuseUnsupported(rest, SUPPORTED, 'RefundInput')
  const orderId = idOf(input.orderId, 'Order')
  const order = context.state.orders[orderId]
  if (order && input.currency && ![order.currency, order.presentmentCurrency].includes(input.currency)) {
    const problem = { field: ['input', 'currency'], message: 'Currency must be the shop’s or the order’s.' }
    return { stored: { orderId: null, refundId: null, problem }, failed: true }
  }
  if (order && input.currency && input.currency !== order.currency && input.shipping?.amount) {
    throw notImplemented('a shipping amount in the buyer’s currency')
  }
  const outcome = refundOrder(context.sandbox, context.shopDomain, orderId, toVerb(input, order))
  if (outcome.ok) return { stored: { orderId, refundId: outcome.refund.id, problem: null }, failed: false }
  const field = FIELDS[outcome.reason]
  const problem = { field: field ? ['input', field] : null, message: outcome.message }
  return { stored: { orderId: null, refundId: null, problem }, failed: true }
}

export const refundMutations: Resolvers = {
  Mutation: fields({
    refundCreate: replayable('refundCreate', refund, ({ orderId, refundId, problem }: Stored, context) => ({
      order: orderId && (loadNode(gid('Order', orderId), context)?.value ?? null),
      refund: refundId && (loadNode(gid('Refund', refundId), context)?.value ?? null),
      userErrors: problem ? [problem] : [],
    })),
  }),
}
