// Money that moved for an order, against what the order is worth.
import type { Order, Transaction } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { addBags, isZero, type MinorBag, readBag, subtractBags, writeBag, ZERO } from './minor-bag.ts'

function sum(
  order: Order,
  kinds: Array<Transaction['kind']>,
  statuses: Array<Transaction['status']>,
): MinorBag {
  const moved = order.transactions.filter(
    ({ kind, status }) => kinds.includes(kind) && statuses.includes(status),
  )
  return addBags(ZERO, ...moved.map(({ amount }) => readBag(amount, order)))
}

/** Money taken and kept. A refund that is on its way counts as given back. */
export function netPaid(order: Order): MinorBag {
  const taken = sum(order, ['SALE', 'CAPTURE'], ['SUCCESS'])
  return subtractBags(taken, sum(order, ['REFUND'], ['SUCCESS', 'PENDING']))
}

export function addTransaction(
  sandbox: Sandbox,
  order: Order,
  transaction: { kind: Transaction['kind']; amount: MinorBag; createdAt: string; gateway?: string },
): Transaction {
  const added: Transaction = {
    id: sandbox.nextId('transaction'),
    kind: transaction.kind,
    status: 'SUCCESS',
    gateway: transaction.gateway ?? 'shopify_payments',
    amount: writeBag(transaction.amount, order),
    createdAt: transaction.createdAt,
  }
  order.transactions.push(added)
  return added
}

/** Sets the financial status that follows from the money. */
export function settleStatus(order: Order): void {
  order.financialStatus = statusOf(order)
}

function statusOf(order: Order): Order['financialStatus'] {
  const paid = netPaid(order)
  const givenBack = sum(order, ['REFUND'], ['SUCCESS', 'PENDING'])
  const voided = order.transactions.some(({ kind }) => kind === 'VOID')
  if (!isZero(givenBack)) return paid.shop === 0n ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  if (voided) return 'VOIDED'
  const worth = readBag(order.currentTotal, order)
  if (paid.shop >= worth.shop) {
    // A cancelled order that was never paid is voided, not paid.
    return order.cancelledAt && paid.shop === 0n && order.originalTotal.shop !== order.currentTotal.shop
      ? 'VOIDED'
      : 'PAID'
  }
  if (paid.shop > 0n) return 'PARTIALLY_PAID'
  return order.transactions.some(({ kind }) => kind === 'AUTHORIZATION') ? 'AUTHORIZED' : 'PENDING'
}
