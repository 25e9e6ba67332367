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
  return addBags(ZERO, ...moved.map(({ amount, settles }) => readBag(settles ?? amount, order)))
}

/** Money taken and kept, at the order's own rate. A refund that is on its way counts as given back. */
export function netPaid(order: Order): MinorBag {
  const taken = sum(order, ['SALE', 'CAPTURE'], ['SUCCESS'])
  return subtractBags(taken, sum(order, ['REFUND'], ['SUCCESS', 'PENDING']))
}

export function addTransaction(
  sandbox: Sandbox,
  order: Order,
  transaction: {
    kind: Transaction['kind']
    amount: MinorBag
    createdAt: string
    gateway?: string
    parentId?: string
    rounding?: MinorBag
    settles?: MinorBag
  },
): Transaction {
  const { parentId, rounding, settles } = transaction
  const added: Transaction = {
    id: sandbox.nextId('transaction'),
    kind: transaction.kind,
    status: 'SUCCESS',
    gateway: transaction.gateway ?? 'shopify_payments',
    amount: writeBag(transaction.amount, order),
    createdAt: transaction.createdAt,
    ...(parentId !== undefined && { parentId }),
    ...(rounding && { rounding: writeBag(rounding, order) }),
    ...(settles && { settles: writeBag(settles, order) }),
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
  if (voided && paid.shop === 0n) return 'VOIDED'
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

/** What is authorized and neither captured nor voided, by authorization. */
export function openAuthorizations(order: Order): Array<{ transaction: Transaction; left: MinorBag }> {
  const succeeded = order.transactions.filter(({ status }) => status === 'SUCCESS')
  // Captures and voids of older states name no parent: there was one authorization, and it is used up.
  if (succeeded.some(({ kind, parentId }) => (kind === 'VOID' || kind === 'CAPTURE') && !parentId)) return []
  return succeeded
    .filter(({ kind }) => kind === 'AUTHORIZATION')
    .flatMap((transaction) => {
      const children = succeeded.filter(({ parentId }) => parentId === transaction.id)
      if (children.some(({ kind }) => kind === 'VOID')) return []
      const taken = children.map(({ amount }) => readBag(amount, order))
      const left = subtractBags(readBag(transaction.amount, order), addBags(ZERO, ...taken))
      return left.shop > 0n ? [{ transaction, left }] : []
    })
}

/** What rounding to the smallest coin added to the cash that was taken, and to the cash that was given back. */
export function cashRounding(order: Order): { paid: MinorBag; refunded: MinorBag } {
  const of = (isRefund: boolean) => {
    const moved = order.transactions.filter(({ kind }) => (kind === 'REFUND') === isRefund)
    return addBags(ZERO, ...moved.flatMap(({ rounding }) => (rounding ? [readBag(rounding, order)] : [])))
  }
  return { paid: of(false), refunded: of(true) }
}
