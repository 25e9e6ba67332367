import { type CancelOrderInput, cancelOrder } from '#sandbox/commerce/cancel-order.ts'
import { setArchived } from '#sandbox/commerce/close-order.ts'
import { openReturn } from '#sandbox/commerce/open-return.ts'
import { processReturn } from '#sandbox/commerce/process-return.ts'
import { gid, idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  type Resolvers,
  refuseUnsupported,
} from '../resolver.ts'
import { addDecimals } from './money.ts'
import { findReturn } from './refund.ts'

interface CancelArgs {
  orderId: string
  reason: string
  restock: boolean
  refund?: boolean | null
  refundMethod?: { originalPaymentMethodsRefund?: boolean | null; storeCreditRefund?: unknown } | null
  staffNote?: string | null
}

interface CreateArgs {
  returnInput: {
    orderId: string
    requestedAt?: string | null
    returnLineItems: Array<{ fulfillmentLineItemId: string; quantity: number; returnReason?: string | null }>
  }
}

interface ProcessArgs {
  input: {
    returnId: string
    returnLineItems?: Array<{ id: string; quantity: number }> | null
    financialTransfer?: {
      issueRefund?: { orderTransactions: Array<{ transactionAmount: { amount: string } }> } | null
    } | null
  }
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

function returnProblem(field: string[], code: string, message: string) {
  return { return: null, userErrors: [{ field, code, message }] }
}

function create({ returnInput: input }: CreateArgs, { sandbox, shopDomain }: GraphqlContext) {
  refuseUnsupported(
    { ...input, notifyCustomer: null, unprocessed: null },
    ['orderId', 'requestedAt', 'returnLineItems'],
    'ReturnInput',
  )
  const outcome = openReturn(sandbox, shopDomain, idOf(input.orderId, 'Order'), {
    lines: input.returnLineItems.map(({ fulfillmentLineItemId, quantity, returnReason }) => ({
      lineItemId: idOf(fulfillmentLineItemId, 'FulfillmentLineItem'),
      quantity,
      reason: returnReason ?? undefined,
    })),
    happenedAt: input.requestedAt ?? undefined,
  })
  if (outcome.ok) return { return: { order: outcome.order, return: outcome.return }, userErrors: [] }
  const field = outcome.reason === 'unknown_order' ? 'orderId' : 'returnLineItems'
  return returnProblem(
    ['returnInput', field],
    outcome.reason === 'unknown_order' ? 'NOT_FOUND' : 'INVALID',
    outcome.message,
  )
}

function process({ input }: ProcessArgs, context: GraphqlContext) {
  const { sandbox, shopDomain } = context
  refuseUnsupported(
    { ...input, notifyCustomer: null },
    ['returnId', 'returnLineItems', 'financialTransfer'],
    'ReturnProcessInput',
  )
  const found = findReturn(context, idOf(input.returnId, 'Return'))
  if (!found) return returnProblem(['input', 'returnId'], 'NOT_FOUND', 'Return does not exist.')
  const asked = new Map(
    input.returnLineItems?.map(({ id, quantity }) => [idOf(id, 'ReturnLineItem'), quantity]),
  )
  const isWhole =
    asked.size === found.return.lines.length &&
    found.return.lines.every(({ id, quantity }) => asked.get(id) === quantity)
  if (!isWhole) throw notImplemented('returnProcess of a part of a return')
  const moved = input.financialTransfer?.issueRefund?.orderTransactions.map(
    ({ transactionAmount }) => transactionAmount.amount,
  )
  const outcome = processReturn(sandbox, shopDomain, found.order.id, found.return.id, {
    refund: moved ? addDecimals(...moved) : false,
  })
  if (outcome.ok) return { return: { order: outcome.order, return: outcome.return }, userErrors: [] }
  return returnProblem(
    ['input', 'returnId'],
    outcome.reason === 'return_not_open' ? 'INVALID_STATE' : 'INVALID',
    outcome.message,
  )
}

export const orderMutations: Resolvers = {
  Mutation: fields({
    orderCancel: (_root, args: CancelArgs, context) => cancel(args, context),
    orderClose: (_root, { input }: InputId, context) => archive(input.id, true, context),
    orderOpen: (_root, { input }: InputId, context) => archive(input.id, false, context),
    returnCreate: (_root, args: CreateArgs, context) => create(args, context),
    returnProcess: (_root, args: ProcessArgs, context) => process(args, context),
  }),
}
