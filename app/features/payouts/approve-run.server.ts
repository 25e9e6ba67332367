// Somebody says yes to a run. As many different people as the shop asks for, before it can be sent.
import type { Prisma } from '#app/adapters/db/generated/client.ts'
import { type Approval, addApproval, stepRun } from '#app/domain/payouts/payout-state.ts'
import { UNKNOWN_PERSON } from '#app/domain/proposals/proposal.ts'
import type { ShopContext } from '../context.ts'
import { gatherFrozen } from './frozen-facts.server.ts'
import { type LockedRun, lockRun, recordPayoutEvent, touchRun } from './run-store.server.ts'

export type ApproveRunResult =
  | { ok: true; complete: boolean }
  | {
      ok: false
      reason:
        | 'unknown_run'
        | 'changed_meanwhile'
        | 'second_person_needed'
        | 'person_unknown'
        | `run_is_${LockedRun['status']}`
    }

/** `revision`: of the run as the person saw it. */
export async function approveRun(
  ctx: ShopContext,
  input: { runId: string; revision: number; actor: string },
): Promise<ApproveRunResult> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<ApproveRunResult> => {
    const run = await lockRun(tx, input.runId)
    if (!run) return { ok: false, reason: 'unknown_run' }
    const step = stepRun(run.status, 'approve')
    if (!step.ok) return step
    if (!step.changed) return { ok: true, complete: true }
    const needed = run.approvalsNeeded
    const before = readApprovals(run.approvals)
    // Two visitors of whom nobody knows who they are could be one.
    if (needed > 1 && input.actor === UNKNOWN_PERSON) return { ok: false, reason: 'person_unknown' }
    // The same person again: either the second click of one, or somebody who is asked to find a colleague.
    if (before.some(({ by }) => by === input.actor)) return { ok: false, reason: 'second_person_needed' }
    if (run.revision !== input.revision) return { ok: false, reason: 'changed_meanwhile' }
    const now = ctx.clock.now()
    const { approvals, complete } = addApproval(before, { by: input.actor, at: now.toISOString() }, needed)
    if (complete) {
      await tx.payout.updateMany({ where: { runId: run.id, status: 'draft' }, data: { status: 'approved' } })
    }
    await touchRun(tx, run, {
      approvals: approvals.map((approval) => ({ ...approval })),
      ...(complete ? { status: 'approved' as const } : {}),
    })
    const ids = run.payouts.map(({ creatorId }) => creatorId)
    const frozen = complete ? await gatherFrozen(tx, shop.id, ids, now) : null
    const facts = {
      count: approvals.length,
      needed,
      ...(frozen ? { frozen: frozen as unknown as Prisma.InputJsonObject } : {}),
    }
    await recordPayoutEvent(tx, {
      shopId: shop.id,
      runId: run.id,
      at: now,
      kind: 'run_approved',
      actor: input.actor,
      facts,
    })
    return { ok: true, complete }
  })
}

export function readApprovals(stored: unknown): Approval[] {
  if (!Array.isArray(stored)) return []
  return stored.flatMap((entry: unknown) => {
    const { by, at } = (entry ?? {}) as Record<string, unknown>
    return typeof by === 'string' && typeof at === 'string' ? [{ by, at }] : []
  })
}
