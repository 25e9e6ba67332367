// What may follow what, for one payout and for a run of them. Every step that is not in the tables is refused by name.

export type PayoutStatus = 'draft' | 'approved' | 'sent' | 'confirmed' | 'failed' | 'voided'
export type PayoutStep = 'approve' | 'send' | 'confirm' | 'fail' | 'void'
export type RunStatus = 'draft' | 'approved' | 'sent' | 'finished' | 'voided'
export type RunStep = 'approve' | 'send' | 'void'

export type Stepped<Status extends string, Reason extends string> =
  /** `changed` is false when it stands there already: a second click asks for nothing new. */
  { ok: true; status: Status; changed: boolean } | { ok: false; reason: Reason }

const PAYOUT_STEPS: Record<PayoutStep, Partial<Record<PayoutStatus, PayoutStatus>>> = {
  approve: { draft: 'approved' },
  send: { approved: 'sent' },
  confirm: { sent: 'confirmed' },
  // A bank may return a transfer days after it was confirmed.
  fail: { sent: 'failed', confirmed: 'failed' },
  // Marked as sent by mistake: nothing left the bank.
  void: { draft: 'voided', approved: 'voided', sent: 'voided' },
}
const PAYOUT_ENDS: Record<PayoutStep, PayoutStatus> = {
  approve: 'approved',
  send: 'sent',
  confirm: 'confirmed',
  fail: 'failed',
  void: 'voided',
}

const RUN_STEPS: Record<RunStep, Partial<Record<RunStatus, RunStatus>>> = {
  approve: { draft: 'approved' },
  send: { approved: 'sent' },
  // What was sent is settled payout by payout; the run as a whole cannot be taken back any more.
  void: { draft: 'voided', approved: 'voided' },
}
const RUN_ENDS: Record<RunStep, RunStatus> = { approve: 'approved', send: 'sent', void: 'voided' }

export function stepPayout(
  status: PayoutStatus,
  step: PayoutStep,
): Stepped<PayoutStatus, `payout_is_${PayoutStatus}`> {
  const next = PAYOUT_STEPS[step][status]
  if (next) return { ok: true, status: next, changed: true }
  if (PAYOUT_ENDS[step] === status) return { ok: true, status, changed: false }
  return { ok: false, reason: `payout_is_${status}` }
}

export function stepRun(status: RunStatus, step: RunStep): Stepped<RunStatus, `run_is_${RunStatus}`> {
  const next = RUN_STEPS[step][status]
  if (next) return { ok: true, status: next, changed: true }
  if (RUN_ENDS[step] === status) return { ok: true, status, changed: false }
  return { ok: false, reason: `run_is_${status}` }
}

/** What its payouts make of a run: finished when nothing of it is on its way any more, voided when nothing of it was ever sent. */
export function runStatusAfter(status: RunStatus, payouts: readonly PayoutStatus[]): RunStatus {
  if (status === 'voided' || status === 'finished') return status
  if (payouts.every((payout) => payout === 'voided')) return 'voided'
  if (status === 'sent' && payouts.every((payout) => payout !== 'sent')) return 'finished'
  return status
}

export interface Approval {
  by: string
  /** ISO instant. */
  at: string
}

/** Adds an approval. The same person counts once; `complete` when enough different people agreed. */
export function addApproval(
  approvals: readonly Approval[],
  approval: Approval,
  needed: number,
): { approvals: Approval[]; complete: boolean } {
  const known = approvals.some(({ by }) => by === approval.by)
  const all = known ? [...approvals] : [...approvals, approval]
  return { approvals: all, complete: new Set(all.map(({ by }) => by)).size >= needed }
}

export function isPayoutStatus(text: string): text is PayoutStatus {
  return Object.values(PAYOUT_ENDS).includes(text as PayoutStatus) || text === 'draft'
}

export function isRunStatus(text: string): text is RunStatus {
  return ['draft', 'approved', 'sent', 'finished', 'voided'].includes(text)
}
