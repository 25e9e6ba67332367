// return*: goods asked back, approved, processed piece by piece, exchanged.
import { type OpenReturnInput, openReturn } from '#sandbox/commerce/open-return.ts'
import { processReturn } from '#sandbox/commerce/process-return.ts'
import { moveReturn, type ReturnStep } from '#sandbox/commerce/return-status.ts'
import type { Order } from '#sandbox/state/nouns.ts'
import { idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  type Resolvers,
  refuseUnsupported,
} from '../resolver.ts'
import type { MoneyInput } from './edit-money.ts'
import { spellFraction, trimDecimal } from './money.ts'
import { findReturn } from './refund.ts'

interface LineInput {
  fulfillmentLineItemId: string
  quantity: number
  returnReason?: string | null
  returnReasonNote?: string | null
  returnReasonDefinitionId?: string | null
  restockingFee?: { percentage: number } | null
  customerNote?: string | null
}

interface ExchangeInput {
  variantId?: string | null
  quantity: number
  giftCardCodes?: string[] | null
  appliedDiscount?: {
    description?: string | null
    value: { amount?: MoneyInput | null; percentage?: number | null }
  } | null
}

interface CreateInput {
  orderId: string
  requestedAt?: string | null
  returnLineItems: LineInput[]
  exchangeLineItems?: ExchangeInput[] | null
  returnShippingFee?: { amount: MoneyInput } | null
}

interface Transfer {
  issueRefund?: {
    allowOverRefunding?: boolean | null
    orderTransactions: Array<{ parentId: string; transactionAmount: MoneyInput }>
    refundMethods?: unknown[] | null
  } | null
}

interface ProcessInput {
  returnId: string
  note?: string | null
  returnLineItems?: Array<{ id: string; quantity: number; dispositions?: unknown[] | null }> | null
  exchangeLineItems?: Array<{ id: string; quantity: number }> | null
  refundShipping?: { fullRefund?: boolean | null; shippingRefundAmount?: MoneyInput | null } | null
  refundDuties?: Array<{ dutyId: string; refundType?: 'FULL' | 'PROPORTIONAL' | null }> | null
  financialTransfer?: Transfer | null
}

function problem(field: string[], code: string, message: string) {
  return { return: null, userErrors: [{ field, code, message }] }
}

const CODES: Record<string, string> = {
  unknown_order: 'NOT_FOUND',
  unknown_return: 'NOT_FOUND',
  unknown_line: 'NOT_FOUND',
  unknown_return_line: 'NOT_FOUND',
  unknown_variant: 'NOT_FOUND',
  unknown_duty: 'NOT_FOUND',
  wrong_status: 'INVALID_STATE',
  return_not_open: 'INVALID_STATE',
  invalid_quantity: 'GREATER_THAN',
}

/** Which field of the input a refusal is about. */
const OPEN_FIELDS: Record<string, string> = {
  unknown_order: 'orderId',
  invalid_time: 'requestedAt',
  unknown_variant: 'exchangeLineItems',
  invalid_discount: 'exchangeLineItems',
}

const PROCESS_FIELDS: Record<string, string> = {
  unknown_return: 'returnId',
  return_not_open: 'returnId',
  no_lines: 'returnLineItems',
  unknown_return_line: 'returnLineItems',
  unknown_line: 'returnLineItems',
  invalid_quantity: 'returnLineItems',
  quantity_exceeds_remaining: 'returnLineItems',
  unknown_variant: 'exchangeLineItems',
  out_of_stock: 'exchangeLineItems',
  unknown_duty: 'refundDuties',
  invalid_amount: 'financialTransfer',
  unknown_transaction: 'financialTransfer',
  amount_exceeds_refundable: 'financialTransfer',
}

/** Fees, shipping and exchange discounts are given in the shop's currency here; another one is refused by name. */
function shopAmount({ amount, currencyCode }: MoneyInput, context: GraphqlContext, what: string): string {
  if (currencyCode !== context.state.shop.currency)
    throw notImplemented(`${what} in another currency than the shop’s`)
  return trimDecimal(amount)
}

function lineOf(line: LineInput): OpenReturnInput['lines'][number] {
  if (line.returnReasonDefinitionId)
    throw notImplemented('input ReturnLineItemInput.returnReasonDefinitionId')
  return {
    lineItemId: idOf(line.fulfillmentLineItemId, 'FulfillmentLineItem'),
    quantity: line.quantity,
    reason: line.returnReason ?? (line.returnReasonNote || undefined),
    customerNote: line.customerNote ?? undefined,
    restockingFee: line.restockingFee ? spellFraction(line.restockingFee.percentage / 100) : undefined,
  }
}

function exchangeOf(line: ExchangeInput, context: GraphqlContext) {
  if (!line.variantId) throw notImplemented('input ExchangeLineItemInput without variantId')
  if (line.giftCardCodes?.length) throw notImplemented('input ExchangeLineItemInput.giftCardCodes')
  const value = line.appliedDiscount?.value
  return {
    variantId: idOf(line.variantId, 'ProductVariant'),
    quantity: line.quantity,
    discountPercentage: value?.percentage == null ? undefined : spellFraction(value.percentage / 100),
    discountAmount: value?.amount ? shopAmount(value.amount, context, 'an exchange discount') : undefined,
  }
}

function open(input: CreateInput, argument: string, request: boolean, context: GraphqlContext) {
  const outcome = openReturn(context.sandbox, context.shopDomain, idOf(input.orderId, 'Order'), {
    lines: input.returnLineItems.map(lineOf),
    exchange: input.exchangeLineItems?.map((line) => exchangeOf(line, context)),
    shippingFee: input.returnShippingFee
      ? shopAmount(input.returnShippingFee.amount, context, 'a return shipping fee')
      : undefined,
    request,
    happenedAt: input.requestedAt ?? undefined,
  })
  if (outcome.ok) return { return: { order: outcome.order, return: outcome.return }, userErrors: [] }
  const field = OPEN_FIELDS[outcome.reason] ?? 'returnLineItems'
  return problem([argument, field], CODES[outcome.reason] ?? 'INVALID', outcome.message)
}

function create(input: CreateInput, context: GraphqlContext) {
  refuseUnsupported(
    { ...input, notifyCustomer: null, unprocessed: null },
    ['orderId', 'requestedAt', 'returnLineItems', 'exchangeLineItems', 'returnShippingFee'],
    'ReturnInput',
  )
  return open(input, 'returnInput', false, context)
}

function request(input: CreateInput, context: GraphqlContext) {
  refuseUnsupported(input, ['orderId', 'returnLineItems', 'returnShippingFee'], 'ReturnRequestInput')
  return open(input, 'input', true, context)
}

function move(id: string, step: ReturnStep, field: string[], context: GraphqlContext) {
  const found = findReturn(context, idOf(id, 'Return'))
  if (!found) return problem(field, 'NOT_FOUND', 'Return does not exist.')
  const outcome = moveReturn(context.sandbox, context.shopDomain, found.order.id, found.return.id, step)
  if (outcome.ok) return { return: { order: outcome.order, return: outcome.return }, userErrors: [] }
  return problem(field, CODES[outcome.reason] ?? 'INVALID', outcome.message)
}

/** What `financialTransfer` moves: nothing where it is absent. */
function refundOf(transfer: Transfer | null | undefined, order: Order) {
  const issued = transfer?.issueRefund
  if (!issued) return { refund: false }
  if (issued.allowOverRefunding) throw notImplemented('input ReturnProcessRefundInput.allowOverRefunding')
  if (issued.refundMethods?.length) throw notImplemented('input ReturnProcessRefundInput.refundMethods')
  const moved = issued.orderTransactions.map(({ transactionAmount }) => transactionAmount)
  const currencies = [...new Set(moved.map(({ currencyCode }) => currencyCode))]
  if (currencies.length > 1) throw notImplemented('a refund in several currencies at once')
  const [currency = order.currency] = currencies
  const isPresentment = currency !== order.currency
  if (!isPresentment || currency === order.presentmentCurrency) {
    return {
      refund: '0',
      transfers: issued.orderTransactions.map(({ parentId, transactionAmount }) => ({
        amount: trimDecimal(transactionAmount.amount),
        isPresentment,
        parentId: idOf(parentId, 'OrderTransaction'),
      })),
    }
  }
  throw notImplemented('a refund in a currency that is not the order’s')
}

function process(input: ProcessInput, context: GraphqlContext) {
  refuseUnsupported(
    { ...input, notifyCustomer: null },
    [
      'returnId',
      'note',
      'returnLineItems',
      'exchangeLineItems',
      'refundShipping',
      'refundDuties',
      'financialTransfer',
    ],
    'ReturnProcessInput',
  )
  const found = findReturn(context, idOf(input.returnId, 'Return'))
  if (!found) return problem(['input', 'returnId'], 'NOT_FOUND', 'Return does not exist.')
  const { refundShipping } = input
  const outcome = processReturn(context.sandbox, context.shopDomain, found.order.id, found.return.id, {
    lines: (input.returnLineItems ?? []).map(({ id, quantity, dispositions }) => {
      if (dispositions?.length) throw notImplemented('input ReturnProcessReturnLineItemInput.dispositions')
      return { id: idOf(id, 'ReturnLineItem'), quantity }
    }),
    exchange: (input.exchangeLineItems ?? []).map(({ id, quantity }) => ({
      id: idOf(id, 'ExchangeLineItem'),
      quantity,
    })),
    shipping: refundShipping?.fullRefund
      ? 'full'
      : refundShipping?.shippingRefundAmount
        ? shopAmount(refundShipping.shippingRefundAmount, context, 'a shipping refund')
        : undefined,
    duties: input.refundDuties?.map(({ dutyId, refundType }) => ({
      dutyId: idOf(dutyId, 'Duty'),
      type: refundType ?? 'FULL',
    })),
    note: input.note ?? undefined,
    ...refundOf(input.financialTransfer, found.order),
  })
  if (outcome.ok) return { return: { order: outcome.order, return: outcome.return }, userErrors: [] }
  const field = PROCESS_FIELDS[outcome.reason] ?? 'returnId'
  return problem(['input', field], CODES[outcome.reason] ?? 'INVALID', outcome.message)
}

interface DeclineInput {
  id: string
  declineReason: 'FINAL_SALE' | 'OTHER' | 'RETURN_PERIOD_ENDED'
  declineNote?: string | null
}

export const returnMutations: Resolvers = {
  Mutation: fields({
    returnCreate: (_root, args: { returnInput: CreateInput }, context: GraphqlContext) =>
      create(args.returnInput, context),
    returnRequest: (_root, { input }: { input: CreateInput }, context) => request(input, context),
    returnApproveRequest: (_root, { input }: { input: { id: string } }, context) =>
      move(input.id, { step: 'approve' }, ['input', 'id'], context),
    returnDeclineRequest: (_root, { input }: { input: DeclineInput }, context) => {
      const { id, declineReason: reason, declineNote } = input
      return move(id, { step: 'decline', reason, note: declineNote ?? undefined }, ['input', 'id'], context)
    },
    returnCancel: (_root, { id }: { id: string }, context) => move(id, { step: 'cancel' }, ['id'], context),
    returnClose: (_root, { id }: { id: string }, context) => move(id, { step: 'close' }, ['id'], context),
    returnReopen: (_root, { id }: { id: string }, context) => move(id, { step: 'reopen' }, ['id'], context),
    returnProcess: (_root, { input }: { input: ProcessInput }, context) => process(input, context),
  }),
}
