// Stop and go on, for whoever watches a piece of long work.
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { requestStop, resumeTask } from '#app/adapters/db/long-task-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'

export type SteerTaskOutcome =
  | { ok: true }
  | { ok: false; reason: 'task_not_running' | 'task_not_stopped' | 'task_superseded' }

/** Takes effect after the step that the task is in; what was done stays done. */
export async function stopTask(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'queue'>,
  id: string,
): Promise<SteerTaskOutcome> {
  if (!isRowId(id)) return { ok: false, reason: 'task_not_running' }
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx): Promise<SteerTaskOutcome> => {
    const outcome = await requestStop(tx, shopId, id)
    if (!outcome.ok) return { ok: false, reason: 'task_not_running' }
    // Its worker may have died: whoever is free next looks at it, and finds nothing to do when it has stopped by itself.
    await ctx.queue.enqueue(tx, 'run-task', { shopId, taskId: id })
    return outcome
  })
}

/** Goes on where it stood, after a stop or a failure. Asking twice goes on once. */
export async function continueTask(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock' | 'queue'>,
  id: string,
): Promise<SteerTaskOutcome> {
  if (!isRowId(id)) return { ok: false, reason: 'task_not_stopped' }
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx): Promise<SteerTaskOutcome> => {
    const task = await tx.longTask.findFirst({ where: { shopId, id } })
    if (!task) return { ok: false, reason: 'task_not_stopped' }
    // As whoever starts one does: of two at once, the second sees the first.
    if (task.kind === 'rerate') await lockLedger(tx, shopId)
    // Two re-ratings at once would decide the same lines against each other.
    const newer = await tx.longTask.count({
      where: { shopId, kind: 'rerate', status: { in: ['queued', 'running'] }, id: { not: id } },
    })
    if (task.kind === 'rerate' && newer > 0) return { ok: false, reason: 'task_superseded' }
    const outcome = await resumeTask(tx, shopId, id, ctx.clock.now())
    if (!outcome.ok) return { ok: false, reason: 'task_not_stopped' }
    await ctx.queue.enqueue(tx, 'run-task', { shopId, taskId: id })
    return { ok: true }
  })
}
