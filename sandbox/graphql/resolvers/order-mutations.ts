import { type CancelOrderInput, cancelOrder } from '#sandbox/commerce/cancel-order.ts'
import { setArchived } from '#sandbox/commerce/close-order.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, notImplemented, type Resolvers } from '../resolver.ts'

interface CancelArgs {
  orderId: string
  reason: string
  restock: boolean
  refund?: boolean | null
  refundMethod?: { originalPaymentMethodsRefund?: boolean | null; storeCreditRefund?: unknown } | null
  staffNote?: string | null
}

function cancel(args: CancelArgs, { sandbox, shopDomain }: GraphqlContext) {
  if (!args.restock) throw notImplemented('orderCancel without restocking')
  if (args.refundMethod?.storeCreditRefund) throw notImplemented('orderCancel with store credit')
  const outcome = cancelOrder(sandbox, shopDomain, idOf(args.orderId, 'Order'), {
    reason: args.reason.toLowerCase() as CancelOrderInput['reason'],
    refund: args.refundMethod?.originalPaymentMethodsRefund ?? args.refund ?? false,
    note: args.staffNote ?? undefined,
  })
  if (outcome.ok) {
    // Shopify cancels in a job; here it is done when the answer is written.
    const job = { id: gid('Job', sandbox.nextId('job')), done: true }
    return { job, orderCancelUserErrors: [], userErrors: [] }
  }
  const code = outcome.reason === 'unknown_order' ? 'NOT_FOUND' : 'INVALID'
  const problem = { field: ['orderId'], code, message: outcome.message }
  return { job: null, orderCancelUserErrors: [problem], userErrors: [problem] }
}

interface InputId {
  input: { id: string }
}

function archive(id: string, isArchived: boolean, { sandbox, shopDomain }: GraphqlContext) {
  const outcome = setArchived(sandbox, shopDomain, idOf(id, 'Order'), isArchived)
  if (outcome.ok) return { order: outcome.order, userErrors: [] }
  return { order: null, userErrors: [{ field: ['id'], message: 'Order does not exist.' }] }
}

export const orderMutations: Resolvers = {
  Mutation: fields({
    orderCancel: (_root, args: CancelArgs, context) => cancel(args, context),
    orderClose: (_root, { input }: InputId, context) => archive(input.id, true, context),
    orderOpen: (_root, { input }: InputId, context) => archive(input.id, false, context),
  }),
}
