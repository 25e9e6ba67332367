import type { Dispute } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder, readTime } from './find-nouns.ts'
import { formatMoney, parseMoney } from './money.ts'
import { netPaid } from './payments.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitEvent } from './shop-events.ts'

export interface OpenDisputeInput {
  /** Default: CHARGEBACK. */
  type?: Dispute['type']
  /** Decimal in the shop's currency; default: all that is paid. */
  amount?: string
  /** Default: fraudulent. */
  reason?: string
  happenedAt?: string
}

const EVIDENCE_DAYS = 10
const DAY_MS = 86_400_000

/** A buyer's bank takes the payment back, or asks (disputes/create). The order's sales stay as they are. */
export function openDispute(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  { type = 'CHARGEBACK', amount, reason = 'fraudulent', happenedAt }: OpenDisputeInput = {},
):
  | { ok: true; dispute: Dispute }
  | Refusal<
      'unknown_shop' | 'unknown_order' | 'invalid_time' | 'invalid_amount' | 'dispute_open' | 'nothing_paid'
    > {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order, state } = found
  const time = readTime(sandbox, happenedAt)
  if (!time.ok) return time
  const isOpen = Object.values(state.disputes).some(
    (one) => one.orderId === orderId && one.finalizedOn === null,
  )
  if (isOpen) return refuse('dispute_open', `Order ${order.name} has an open dispute.`)
  const paid = netPaid(order).shop
  if (paid <= 0n) return refuse('nothing_paid', `Nothing is paid for order ${order.name}.`)
  const disputed = amount === undefined ? paid : parseMoney(amount, order.currency)
  if (disputed === null || disputed <= 0n || disputed > paid) {
    return refuse('invalid_amount', `amount: "${amount}" is not above 0 and at most what is paid.`)
  }
  const dispute: Dispute = {
    id: sandbox.nextId('dispute'),
    orderId,
    type,
    status: 'NEEDS_RESPONSE',
    amount: formatMoney(disputed, order.currency),
    currency: order.currency,
    reason,
    initiatedAt: time.at,
    evidenceDueBy: new Date(Date.parse(time.at) + EVIDENCE_DAYS * DAY_MS).toISOString(),
    finalizedOn: null,
  }
  state.disputes[dispute.id] = dispute
  sandbox.changed()
  emitEvent(sandbox, shopDomain, 'disputes/create', dispute.id)
  return { ok: true, dispute }
}
