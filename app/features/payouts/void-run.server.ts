// Takes a run back as a whole, before it was sent: nothing of it touched the books.
import { stepRun } from '#app/domain/payouts/payout-state.ts'
import type { ShopContext } from '../context.ts'
import { type LockedRun, lockRun, recordPayoutEvent, touchRun } from './run-store.server.ts'

export type VoidRunResult =
  | { ok: true; changed: boolean }
  | { ok: false; reason: 'unknown_run' | `run_is_${LockedRun['status']}` }

export async function voidRun(
  ctx: ShopContext,
  input: { runId: string; actor: string },
): Promise<VoidRunResult> {
  return ctx.db.inShop(ctx.shop.id, async (tx): Promise<VoidRunResult> => {
    const run = await lockRun(tx, input.runId)
    if (!run) return { ok: false, reason: 'unknown_run' }
    const step = stepRun(run.status, 'void')
    if (!step.ok) return step
    if (!step.changed) return { ok: true, changed: false }
    const now = ctx.clock.now()
    await tx.payout.updateMany({
      where: { runId: run.id, status: { in: ['draft', 'approved'] } },
      data: { status: 'voided', settledAt: now },
    })
    await touchRun(tx, run, { status: 'voided' })
    await recordPayoutEvent(tx, {
      shopId: ctx.shop.id,
      runId: run.id,
      at: now,
      kind: 'run_voided',
      actor: input.actor,
    })
    return { ok: true, changed: true }
  })
}
