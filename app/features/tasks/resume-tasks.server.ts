// Open work whose job is gone: its last worker died, or the queue gave it up. Without this it would stand as running for ever, and keep others from starting.
import { setDueDate } from '#app/adapters/db/calendar.ts'
import { lookAfterTasks } from '#app/adapters/db/long-task-store.ts'
import type { ShopContext } from '../context.ts'

/** Asks for a job for every open task that has none that waits or runs, and says when to look again: not at all once nothing is open. */
export async function resumeTasks({
  db,
  shop,
  clock,
  queue,
  log,
}: Pick<ShopContext, 'db' | 'shop' | 'clock' | 'queue' | 'log'>): Promise<void> {
  await db.inShop(shop.id, async (tx) => {
    // Emptied before looking: whoever starts a task meanwhile waits for this row, and notes a date of their own.
    await setDueDate(tx, shop.id, 'resume-tasks', null)
    const open = await tx.longTask.findMany({
      where: { shopId: shop.id, status: { in: ['queued', 'running'] } },
      select: { id: true },
    })
    if (open.length === 0) return
    const living = await queue.living('run-task')
    for (const { id } of open.filter((task) => !living.has(task.id))) {
      log.warn({ shopId: shop.id, taskId: id }, 'a long task without a job is taken up again')
      await queue.enqueue(tx, 'run-task', { shopId: shop.id, taskId: id })
    }
    await lookAfterTasks(tx, shop.id, clock.now())
  })
}
