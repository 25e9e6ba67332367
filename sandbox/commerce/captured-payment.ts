// The payment behind a captured order: payloads tell of it by status only.
import type { Order } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { addBags, type MinorBag, readBag, subtractBags } from './minor-bag.ts'
import { type Source, text } from './payload-fields.ts'
import { type PayloadMoney, readPositive } from './payload-money.ts'
import { addTransaction, settleStatus } from './payments.ts'

const STATUSES: Record<string, Order['financialStatus']> = {
  pending: 'PENDING',
  authorized: 'AUTHORIZED',
  partially_paid: 'PARTIALLY_PAID',
  paid: 'PAID',
  partially_refunded: 'PARTIALLY_REFUNDED',
  refunded: 'REFUNDED',
  voided: 'VOIDED',
}

/** The status that the payload gives; an orders/paid payload without one is of a paid order. */
export function readFinancialStatus(payload: Source, notes: string[]): Order['financialStatus'] | null {
  const spelled = text(payload, 'financial_status')?.toLowerCase() ?? null
  if (spelled === null) return null
  const status = STATUSES[spelled]
  if (!status) notes.push(`financial_status: "${spelled}" is not known; read as paid.`)
  return status ?? null
}

/** Adds the payment that makes the order's balance what the status says. Call when total and refunds are written. */
export function writePayment(
  sandbox: Sandbox,
  order: Order,
  payload: Source,
  money: PayloadMoney,
  refunded: MinorBag,
): void {
  const status = readFinancialStatus(payload, money.notes)
  const gateway = readGateway(payload)
  const worth = addBags(readBag(order.currentTotal, order), refunded)
  const owed = status === 'PARTIALLY_PAID' ? readPositive(money, payload, 'total_outstanding') : null
  const amount = owed ? subtractBags(worth, owed) : worth
  const isOpen = status === 'PENDING' || status === 'VOIDED'
  if (!isOpen && amount.shop > 0n) {
    const kind = status === 'AUTHORIZED' ? 'AUTHORIZATION' : 'SALE'
    const payment = addTransaction(sandbox, order, { kind, amount, createdAt: order.processedAt, gateway })
    // It came before what was given back.
    order.transactions = [payment, ...order.transactions.filter((one) => one !== payment)]
  }
  if (status) order.financialStatus = status
  else settleStatus(order)
}

function readGateway(payload: Source): string {
  const { payment_gateway_names: names } = payload.fields
  const first: unknown = Array.isArray(names) ? names[0] : undefined
  return typeof first === 'string' && first !== '' ? first : (text(payload, 'gateway') ?? 'shopify_payments')
}
