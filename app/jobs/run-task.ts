// Goes on with long work: which use case a kind of task is. A task that breaks says why on its page, and can be resumed from there.
import { claimTask, failTask } from '../adapters/db/long-task-store.ts'
import type { ShopContext } from '../features/context.ts'
import { runRehearsal } from '../features/drops/rehearse-drop.server.ts'
import { runRerate } from '../features/ledger/rerate-agreement.server.ts'
import { runSimulation } from '../features/ledger/simulate-terms.server.ts'

/** Workers that may die over one task, one after the other, before it waits for a person. */
const MOST_ATTEMPTS = 5

const works: Record<string, (context: ShopContext, taskId: string) => Promise<void>> = {
  rehearse: runRehearsal,
  rerate: runRerate,
  simulate: runSimulation,
}

export async function runTask(context: ShopContext, taskId: string, attempt: number): Promise<void> {
  const { db, shop } = context
  const task = await db.inShop(shop.id, (tx) => tx.longTask.findUnique({ where: { id: taskId } }))
  if (!task) return
  const work = works[task.kind]
  if (!work) return giveUp(context, taskId, `no work is known for a task of kind ${task.kind}`)
  // Only a worker that was killed leaves its attempt without a word.
  if (attempt > MOST_ATTEMPTS) return giveUp(context, taskId, `its worker died ${MOST_ATTEMPTS} times`)
  await work(context, taskId)
}

async function giveUp({ db, shop, clock, log }: ShopContext, taskId: string, error: string): Promise<void> {
  log.error({ shopId: shop.id, taskId, reason: error }, 'a long task is given up')
  await db.inShop(shop.id, async (tx) => {
    const claim = await claimTask(tx, shop.id, taskId)
    if (claim) await failTask(tx, claim, { error, at: clock.now() })
  })
}
