// The newest rehearsal of a drop as its page shows it: how far it is, or what it found.
import { loadDrop } from '#app/adapters/db/drop-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { DropStatus } from '#app/domain/drops/drop.ts'
import type { Rehearsal } from '#app/domain/drops/rehearsal.ts'
import type { ShopContext } from '../context.ts'
import { type TaskView, toTaskView } from './task-view.server.ts'

export interface RehearsalView {
  drop: { id: string; title: string; status: DropStatus; timeZone: string }
  /** Null: it was never rehearsed. */
  task: TaskView | null
  /** Of the last one that came to its end. */
  result: Rehearsal | null
  /** The plan, or the drop, changed since. */
  isOutdated: boolean
  canRehearse: boolean
}

/** Null when the drop is unknown. */
export async function readRehearsal(
  { db, shop }: Pick<ShopContext, 'db' | 'shop'>,
  dropId: string,
): Promise<RehearsalView | null> {
  if (!isRowId(dropId)) return null
  return db.inShop(shop.id, async (tx) => {
    const drop = await loadDrop(tx, shop.id, dropId)
    if (!drop) return null
    const where = { shopId: shop.id, kind: 'rehearse', input: { path: ['dropId'], equals: dropId } }
    const orderBy = { createdAt: 'desc' } as const
    const newest = await tx.longTask.findFirst({ where, orderBy })
    const done =
      newest?.status === 'done'
        ? newest
        : await tx.longTask.findFirst({ where: { ...where, status: 'done' }, orderBy })
    // Written by the rehearsal from this very type.
    const result = (done?.result ?? null) as unknown as Rehearsal | null
    return {
      drop: { id: drop.id, title: drop.title, status: drop.status, timeZone: drop.timeZone },
      task: newest && toTaskView(newest),
      result,
      isOutdated: result !== null && result.revision !== drop.revision,
      canRehearse: drop.status === 'draft' || drop.status === 'scheduled',
    }
  })
}
