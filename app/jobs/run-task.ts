// Goes on with long work: which use case a kind of task is. A task that breaks says why on its page, and can be resumed from there.
import { endTask } from '../adapters/db/long-task-store.ts'
import type { ShopContext } from '../features/context.ts'
import { runRerate } from '../features/ledger/rerate-agreement.server.ts'
import { runSimulation } from '../features/ledger/simulate-terms.server.ts'

export async function runTask(context: ShopContext, taskId: string): Promise<void> {
  const { db, shop, clock, log } = context
  const task = await db.inShop(shop.id, (tx) => tx.longTask.findUnique({ where: { id: taskId } }))
  if (!task) return
  try {
    if (task.kind === 'simulate') await runSimulation(context, taskId)
    else if (task.kind === 'rerate') await runRerate(context, taskId)
    else throw new Error(`no work is known for a task of kind ${task.kind}`)
  } catch (error) {
    log.error({ shopId: shop.id, taskId, kind: task.kind, error }, 'a long task broke off')
    const message = error instanceof Error ? error.message : String(error)
    await db.inShop(shop.id, (tx) =>
      endTask(tx, taskId, { status: 'failed', error: message, at: clock.now() }),
    )
  }
}
