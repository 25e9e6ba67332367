import type { Dispute } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findShopState, readTime } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitEvent } from './shop-events.ts'

export interface UpdateDisputeInput {
  status?: Dispute['status']
  /** An inquiry becomes a chargeback; never the other way. */
  type?: 'CHARGEBACK'
  happenedAt?: string
}

const NEXT: Record<Dispute['status'], Array<Dispute['status']>> = {
  NEEDS_RESPONSE: ['UNDER_REVIEW', 'WON', 'LOST', 'ACCEPTED'],
  UNDER_REVIEW: ['WON', 'LOST'],
  WON: [],
  LOST: [],
  ACCEPTED: [],
}

/** Moves a dispute on (disputes/update). Decided ones stay as they are. */
export function updateDispute(
  sandbox: Sandbox,
  shopDomain: string,
  disputeId: string,
  { status, type, happenedAt }: UpdateDisputeInput,
):
  | { ok: true; dispute: Dispute }
  | Refusal<'unknown_shop' | 'unknown_dispute' | 'invalid_time' | 'invalid_transition'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const dispute = found.state.disputes[disputeId]
  if (!dispute) return refuse('unknown_dispute', `There is no dispute ${disputeId}.`)
  const time = readTime(sandbox, happenedAt)
  if (!time.ok) return time
  if (status !== undefined && !NEXT[dispute.status].includes(status)) {
    return refuse(
      'invalid_transition',
      `status: a dispute that is ${dispute.status} cannot become ${status}.`,
    )
  }
  const escalates = type === 'CHARGEBACK' && dispute.type === 'INQUIRY'
  if (status === undefined && !escalates) {
    return refuse('invalid_transition', 'status, type: name a change.')
  }
  if (escalates && dispute.finalizedOn !== null) {
    return refuse(
      'invalid_transition',
      `type: a dispute that is ${dispute.status} cannot become a chargeback.`,
    )
  }
  if (escalates) dispute.type = 'CHARGEBACK'
  if (status !== undefined) {
    dispute.status = status
    if (NEXT[status].length === 0) dispute.finalizedOn = time.at
  }
  sandbox.changed()
  emitEvent(sandbox, shopDomain, 'disputes/update', dispute.id)
  return { ok: true, dispute }
}
