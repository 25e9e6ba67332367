// Goes through a long task one transaction a step, as long as it may: what a step did and how far it came stand or fall together.
import type { ShopTransaction } from '../adapters/db/database.ts'
import type { LongTask } from '../adapters/db/generated/client.ts'
import { beginTaskStep, claimTask, failTask } from '../adapters/db/long-task-store.ts'
import type { ShopContext } from './context.ts'

/** Saves how far it came, and says whether there is more to do. */
export type TaskStepWork = (tx: ShopTransaction, task: LongTask) => Promise<'goes_on' | 'ended'>

/**
 * `prepare`: what is read beforehand, outside of every transaction. What it or a step throws stands on the task's page. Errors: throws only
 * when not even that can be written down; then the job is to be tried again.
 */
export async function workInSteps(
  { db, shop, clock, log }: Pick<ShopContext, 'db' | 'shop' | 'clock' | 'log'>,
  taskId: string,
  { timeoutMs, prepare }: { timeoutMs: number; prepare?: () => Promise<void> },
  step: TaskStepWork,
): Promise<void> {
  const claim = await db.inShop(shop.id, (tx) => claimTask(tx, shop.id, taskId))
  if (!claim) return
  const takeStep = () =>
    db.inShop(
      shop.id,
      async (tx) => {
        const begun = await beginTaskStep(tx, claim, clock.now())
        return begun.ok && (await step(tx, begun.task)) === 'goes_on'
      },
      { timeoutMs },
    )
  try {
    await prepare?.()
    while (await takeStep());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    await db.inShop(shop.id, (tx) => failTask(tx, claim, { error: message, at: clock.now() }))
    log.error({ shopId: shop.id, taskId, error }, 'a long task broke off')
  }
}
