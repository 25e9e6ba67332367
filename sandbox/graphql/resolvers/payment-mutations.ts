// Money of an order that is not refunded: captured, voided, marked as paid.
import { capturePayment } from '#sandbox/commerce/capture-payment.ts'
import { voidPayment } from '#sandbox/commerce/void-payment.ts'
import { idOf } from '../gid.ts'
import { fields, type GraphqlContext, type Resolvers } from '../resolver.ts'
import { trimDecimal } from './money.ts'
import { visibleOrders } from './order-list.ts'

interface CaptureArgs {
  input: {
    id: string
    amount: string
    currency?: string | null
    finalCapture?: boolean | null
    parentTransactionId: string
  }
}

const CAPTURE_FIELDS: Record<string, string> = {
  unknown_transaction: 'parentTransactionId',
  invalid_amount: 'amount',
  amount_exceeds_capturable: 'amount',
}

function capture({ input }: CaptureArgs, context: GraphqlContext) {
  const { sandbox, shopDomain, state } = context
  const orderId = idOf(input.id, 'Order')
  const order = state.orders[orderId]
  const currency = input.currency ?? order?.presentmentCurrency
  if (order && currency !== order.presentmentCurrency && currency !== order.currency) {
    const message = 'Currency must be the one of the order.'
    return { transaction: null, userErrors: [{ field: ['input', 'currency'], message }] }
  }
  const amount = trimDecimal(input.amount)
  const outcome = capturePayment(sandbox, shopDomain, orderId, {
    ...(currency === order?.currency ? { amount } : { presentmentAmount: amount }),
    parentId: idOf(input.parentTransactionId, 'OrderTransaction'),
    final: input.finalCapture ?? false,
  })
  if (outcome.ok) {
    return { transaction: { order: outcome.order, transaction: outcome.transaction }, userErrors: [] }
  }
  const field = CAPTURE_FIELDS[outcome.reason] ?? 'id'
  return { transaction: null, userErrors: [{ field: ['input', field], message: outcome.message }] }
}

function letGo(id: string, context: GraphqlContext) {
  const parentId = idOf(id, 'OrderTransaction')
  const order = visibleOrders(context).find(({ transactions }) =>
    transactions.some((transaction) => transaction.id === parentId),
  )
  const problem = (code: string, message: string) => ({
    transaction: null,
    userErrors: [{ field: ['parentTransactionId'], code, message }],
  })
  if (!order) return problem('TRANSACTION_NOT_FOUND', 'Transaction does not exist.')
  const outcome = voidPayment(context.sandbox, context.shopDomain, order.id, { parentId })
  if (outcome.ok) return { transaction: { order, transaction: outcome.transaction }, userErrors: [] }
  return problem('AUTH_NOT_VOIDABLE', outcome.message)
}

export const paymentMutations: Resolvers = {
  Mutation: fields({
    orderCapture: (_root, args: CaptureArgs, context: GraphqlContext) => capture(args, context),
    transactionVoid: (_root, { parentTransactionId }: { parentTransactionId: string }, context) =>
      letGo(parentTransactionId, context),
    orderMarkAsPaid: (_root, { input }: { input: { id: string } }, { sandbox, shopDomain }) => {
      const outcome = capturePayment(sandbox, shopDomain, idOf(input.id, 'Order'))
      if (outcome.ok) return { order: outcome.order, userErrors: [] }
      const message =
        outcome.reason === 'unknown_order' ? 'Order does not exist.' : 'Order cannot be marked as paid.'
      return { order: null, userErrors: [{ field: ['id'], message }] }
    },
  }),
}
