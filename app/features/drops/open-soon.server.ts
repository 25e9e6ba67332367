// Opens a planned drop in a moment: its timeline is moved, then it is scheduled as any other, preflight and all.
import { loadDrop } from '../../adapters/db/drop-store.ts'
import { isRowId } from '../../adapters/db/row-id.ts'
import { actsOpeningSoon } from '../../domain/drops/open-soon.ts'
import type { ShopContext } from '../context.ts'
import { changeDrop } from './plan-drop.server.ts'
import { type ScheduleOutcome, scheduleDrop } from './schedule-drop.server.ts'

/** A drop that cannot be scheduled keeps its moved times: it is still a draft. */
export async function openSoon(
  context: ShopContext,
  { dropId, revision }: { dropId: string; revision: number },
  actor: string,
): Promise<ScheduleOutcome> {
  const { db, shop, clock } = context
  const drop = isRowId(dropId) ? await db.inShop(shop.id, (tx) => loadDrop(tx, shop.id, dropId)) : null
  if (!drop) return { ok: false, reason: 'unknown_drop' }
  if (drop.status !== 'draft') return { ok: false, reason: `drop_is_${drop.status}` }
  const acts = actsOpeningSoon(drop.acts, clock.now().toISOString())
  if (!acts) return { ok: false, reason: 'plan_incomplete', problems: [{ reason: 'open_missing' }] }
  // Planned for a season that keeps other hours: it is meant by the shop's clock of today.
  const plan = { ...drop, acts, timeZone: shop.timeZone }
  const moved = await changeDrop(context, { dropId, plan, revision }, actor)
  if (!moved.ok) {
    if (moved.reason === 'plan_contradicts') return { ...moved, reason: 'plan_incomplete' }
    if (moved.reason.startsWith('drop_is_')) return moved as ScheduleOutcome
    // Whom or what the draft names is gone since it was shown.
    return { ok: false, reason: 'changed_meanwhile' }
  }
  return scheduleDrop(context, { dropId, revision: revision + 1 }, actor)
}
