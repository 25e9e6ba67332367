import type { Order, Transaction } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder } from './find-nouns.ts'
import { type MinorBag, readBag, subtractBags } from './minor-bag.ts'
import { lesser, parseMoney } from './money.ts'
import { orderConverter, toShopMoney } from './order-input.ts'
import { addTransaction, netPaid, openAuthorizations, settleStatus } from './payments.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitOrderChange } from './shop-events.ts'

export interface CapturePaymentInput {
  /** Decimal in the shop's currency; default: everything that is owed. */
  amount?: string
  /** The same in the buyer's currency. */
  presentmentAmount?: string
  /** The authorization; default: the first that has something left, or a new payment where there is none. */
  parentId?: string
  /** What is left of the authorization is voided. */
  final?: boolean
}

export type CapturePaymentRefusal = Refusal<
  | 'unknown_shop'
  | 'unknown_order'
  | 'unknown_transaction'
  | 'nothing_to_capture'
  | 'invalid_amount'
  | 'amount_exceeds_capturable'
>

/** Takes what the buyer owes: an authorization captured, an invoice paid, an edit's difference settled (orders/paid when all is paid). */
export function capturePayment(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  { amount: asked, presentmentAmount, parentId, final = false }: CapturePaymentInput = {},
): { ok: true; order: Order; transaction: Transaction } | CapturePaymentRefusal {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order } = found
  const owed = subtractBags(readBag(order.currentTotal, order), netPaid(order))
  if (owed.shop <= 0n || order.cancelledAt) {
    return refuse('nothing_to_capture', `Nothing is owed for order ${order.name}.`)
  }
  const open = openAuthorizations(order)
  const authorization =
    parentId === undefined ? open[0] : open.find(({ transaction }) => transaction.id === parentId)
  if (parentId !== undefined && !authorization) {
    return refuse('unknown_transaction', `parentId: ${parentId} is no authorization with something left.`)
  }
  const amount =
    presentmentAmount === undefined
      ? readAsked(order, asked, owed)
      : readPresentment(order, presentmentAmount, owed)
  if (!amount.ok) return amount
  const most = parentId === undefined ? owed.shop : lesser(owed.shop, authorization?.left.shop ?? 0n)
  if (amount.bag.shop > most) {
    return refuse(
      'amount_exceeds_capturable',
      `amount: ${presentmentAmount ?? asked} is more than can be captured.`,
    )
  }
  const createdAt = sandbox.clock.now().toISOString()
  const parent = authorization && authorization.left.shop >= amount.bag.shop ? authorization : undefined
  const transaction = addTransaction(sandbox, order, {
    kind: parent ? 'CAPTURE' : 'SALE',
    amount: amount.bag,
    createdAt,
    gateway: parent?.transaction.gateway,
    parentId: parent?.transaction.id,
  })
  const rest = parent && subtractBags(parent.left, amount.bag)
  if (final && rest && rest.shop > 0n) {
    addTransaction(sandbox, order, { kind: 'VOID', amount: rest, createdAt, parentId: parent.transaction.id })
  }
  settleStatus(order)
  const isPaid =
    order.financialStatus === 'PAID' || netPaid(order).shop >= readBag(order.currentTotal, order).shop
  emitOrderChange(
    sandbox,
    shopDomain,
    order,
    ...(isPaid ? ['orders/paid'] : ['orders/partially_paid']),
    'orders/updated',
  )
  return { ok: true, order, transaction }
}

function readAsked(
  order: Order,
  asked: string | undefined,
  owed: MinorBag,
): { ok: true; bag: MinorBag } | Refusal<'invalid_amount'> {
  if (asked === undefined) return { ok: true, bag: owed }
  const shop = parseMoney(asked, order.currency)
  if (shop === null || shop <= 0n) {
    return refuse('invalid_amount', `amount: "${asked}" is no amount in ${order.currency}.`)
  }
  if (shop === owed.shop) return { ok: true, bag: owed }
  return { ok: true, bag: { shop, presentment: lesser(orderConverter(order)(shop), owed.presentment) } }
}

function readPresentment(
  order: Order,
  asked: string,
  owed: MinorBag,
): { ok: true; bag: MinorBag } | Refusal<'invalid_amount' | 'amount_exceeds_capturable'> {
  const presentment = parseMoney(asked, order.presentmentCurrency)
  if (presentment === null || presentment <= 0n) {
    return refuse('invalid_amount', `amount: "${asked}" is no amount in ${order.presentmentCurrency}.`)
  }
  if (presentment > owed.presentment) {
    return refuse('amount_exceeds_capturable', `amount: ${asked} is more than can be captured.`)
  }
  if (presentment === owed.presentment) return { ok: true, bag: owed }
  return { ok: true, bag: { shop: lesser(toShopMoney(order)(presentment), owed.shop), presentment } }
}
