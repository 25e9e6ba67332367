// Who may be paid now, how much, and what stands against it.
import type { TaxFormStatus } from '../tax/form-status.ts'
import type { IsoInstant } from '../time/instant.ts'
import { isMethodKind } from './method-details.ts'
import { type LimitProblem, limitProblem, takesCurrency } from './method-limits.ts'
import { type PayoutAmounts, payoutAmounts } from './payout-amounts.ts'

/** Reasons that stand against a payout. */
export type PayoutException =
  | 'negative'
  | 'nothing_due'
  | 'no_method'
  | 'method_currency'
  | 'method_on_hold'
  | 'risk_hold'
  | LimitProblem
  | 'below_minimum'
  | 'disputed'
  | 'tax_form_missing'
  | 'creator_archived'

/** These cannot be waived; of the others the merchant may say: pay all the same. */
const BLOCKING: ReadonlySet<PayoutException> = new Set([
  'negative',
  'nothing_due',
  'no_method',
  'method_currency',
  'method_on_hold',
  'risk_hold',
  'above_method_limit',
  'whole_amounts_only',
])

export interface PayoutCandidate {
  currency: string
  /** Credit on the creator's available account; negative when returns outweighed it. */
  availableMinor: bigint
  /** In runs that are not sent yet. */
  pendingMinor: bigint
  /** Of the standing agreements; null when none names one. */
  minimumMinor: bigint | null
  method: { kind: string; currency: string; holdUntil: IsoInstant | null } | null
  /** Of every payment, for the tax office. */
  withholdingBps: number
  onRiskHold: boolean
  /** Royalty that became payable and whose order is disputed now. */
  hasDisputedSales: boolean
  taxForm: TaxFormStatus
  isArchived: boolean
  now: IsoInstant
}

export interface PayoutJudgement {
  /** What would be paid, before tax is withheld; never above what is available. */
  grossMinor: bigint
  /** How that divides; null when there is nothing to pay. */
  amounts: PayoutAmounts | null
  exceptions: PayoutException[]
  /** ready: choose it; waivable: only when somebody says so; blocked: not at all. */
  verdict: 'ready' | 'waivable' | 'blocked'
}

export function judgePayout(candidate: PayoutCandidate): PayoutJudgement {
  const due = candidate.availableMinor - candidate.pendingMinor
  const exceptions: PayoutException[] = []
  if (due < 0n) exceptions.push('negative')
  if (due === 0n) exceptions.push('nothing_due')
  const amounts = due > 0n ? payoutAmounts(due, candidate.withholdingBps) : null
  exceptions.push(...judgeMethod(candidate, amounts))
  if (candidate.onRiskHold) exceptions.push('risk_hold')
  if (due > 0n && candidate.minimumMinor !== null && due < candidate.minimumMinor) {
    exceptions.push('below_minimum')
  }
  if (candidate.hasDisputedSales) exceptions.push('disputed')
  if (candidate.taxForm === 'missing' || candidate.taxForm === 'expired') exceptions.push('tax_form_missing')
  if (candidate.isArchived) exceptions.push('creator_archived')
  return { grossMinor: due > 0n ? due : 0n, amounts, exceptions, verdict: verdictOf(exceptions) }
}

function judgeMethod(
  { method, currency, now }: PayoutCandidate,
  amounts: PayoutAmounts | null,
): PayoutException[] {
  if (!method) return ['no_method']
  const { kind, holdUntil } = method
  if (!isMethodKind(kind) || method.currency !== currency || !takesCurrency(kind, currency))
    return ['method_currency']
  if (holdUntil !== null && Date.parse(holdUntil) > Date.parse(now)) return ['method_on_hold']
  const problem = amounts && limitProblem(kind, currency, amounts.netMinor)
  return problem ? [problem] : []
}

function verdictOf(exceptions: readonly PayoutException[]): PayoutJudgement['verdict'] {
  if (exceptions.some((reason) => BLOCKING.has(reason))) return 'blocked'
  return exceptions.length > 0 ? 'waivable' : 'ready'
}

/** What a run's history keeps of whom it pays although something stood against it: "reason/creator". */
export function waivedOf(
  chosen: ReadonlyArray<{ creatorId: string; exceptions: readonly PayoutException[] }>,
): string[] {
  return chosen.flatMap(({ creatorId, exceptions }) =>
    exceptions.filter((reason) => !BLOCKING.has(reason)).map((reason) => `${reason}/${creatorId}`),
  )
}
