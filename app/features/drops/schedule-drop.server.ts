// Schedules a drop: everything that must be right is right, the waves' units are set aside, and from then on runners have it.
import { releaseDropLease, takeDropLease } from '../../adapters/db/drop-lease.ts'
import { loadDrop, recordDropEvent, type StoredDrop, savePressed } from '../../adapters/db/drop-store.ts'
import { isRowId, newRowId } from '../../adapters/db/row-id.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { type Consequence, type PressRefusal, pressDrop } from '../../domain/drops/drop-state.ts'
import { isBlocked, type PreflightItem } from '../../domain/drops/preflight.ts'
import type { ShopContext } from '../context.ts'
import { type CheckedDrop, checkDrop } from './check-drop.server.ts'
import { fitDrop, lockRoom } from './fit-drop.server.ts'
import { type ReserveOutcome, reserveWaves } from './reserve-waves.server.ts'

export type ScheduleOutcome =
  | { ok: true; changed: boolean; consequences: Consequence[]; items: PreflightItem[] }
  | { ok: false; reason: 'unknown_drop' | 'changed_meanwhile' }
  /** A runner is still bringing Shopify to what was pressed before: try again in a moment. */
  | { ok: false; reason: 'being_settled' }
  | ({ ok: false } & PressRefusal)
  | { ok: false; reason: 'preflight_red'; items: PreflightItem[] }
  | { ok: false; reason: 'no_online_store' }
  | { ok: false; reason: 'not_reserved'; title: string; units: number; because: string }
  | AdminRefusal

/** Whoever dies between reserving and scheduling leaves a draft with units in reserve: they go back after so long. */
const GIVE_BACK_AFTER_MS = 10 * 60_000

export async function scheduleDrop(
  context: ShopContext,
  { dropId, revision }: { dropId: string; revision: number },
  actor: string,
): Promise<ScheduleOutcome> {
  const { db, shop } = context
  if (!isRowId(dropId)) return { ok: false, reason: 'unknown_drop' }
  const known = await db.inShop(shop.id, (tx) => loadDrop(tx, shop.id, dropId))
  if (!known) return { ok: false, reason: 'unknown_drop' }
  const lease = await takeDropLease(db, shop.id, dropId, `schedule/${newRowId()}`)
  if (!lease) return { ok: false, reason: 'being_settled' }
  try {
    const drop = await announce(context, dropId)
    if (!drop) return { ok: false, reason: 'unknown_drop' }
    const pressed = pressDrop(drop, { kind: 'schedule' }, context.clock.now().toISOString())
    if (!pressed.ok) return pressed
    if (!pressed.changed) return { ok: true, changed: false, consequences: [], items: [] }
    if (drop.revision !== revision) return { ok: false, reason: 'changed_meanwhile' }
    const checked = await checkDrop(context, drop)
    if (!checked.ok) return checked
    const { items } = checked
    if (isBlocked(items)) return { ok: false, reason: 'preflight_red', items }
    const reserved = await reserveWaves(context, drop, lease)
    if (!reserved.ok) return notReserved(drop, reserved)
    return await enter(context, drop, checked, actor)
  } finally {
    await releaseDropLease(db, lease)
  }
}

/** Written before the first unit is moved. */
async function announce({ db, shop, clock }: ShopContext, dropId: string): Promise<StoredDrop | null> {
  return db.inShop(shop.id, async (tx) => {
    const drop = await loadDrop(tx, shop.id, dropId, { lock: true })
    if (drop?.status !== 'draft') return drop
    const settlesAt = new Date(clock.now().getTime() + GIVE_BACK_AFTER_MS)
    await tx.drop.update({ where: { id: dropId }, data: { settlesAt } })
    return drop
  })
}

async function enter(
  context: ShopContext,
  reserved: StoredDrop,
  { publicationGid, listed, items }: CheckedDrop,
  actor: string,
): Promise<ScheduleOutcome> {
  const { db, shop, clock } = context
  return db.inShop(shop.id, async (tx): Promise<ScheduleOutcome> => {
    await lockRoom(tx, shop.id)
    const drop = await loadDrop(tx, shop.id, reserved.id, { lock: true })
    if (!drop) return { ok: false, reason: 'unknown_drop' }
    // Changed between: what was reserved for the old plan goes back when the draft is settled.
    if (drop.revision !== reserved.revision) return { ok: false, reason: 'changed_meanwhile' }
    const now = clock.now()
    const pressed = pressDrop(drop, { kind: 'schedule' }, now.toISOString())
    if (!pressed.ok) return pressed
    // Another drop took the room since preflight looked: what was reserved goes back as above, and the next look says why.
    const fit = await fitDrop(context, tx, { ...drop, status: 'scheduled' })
    if (fit.checkout ?? fit.config) return { ok: false, reason: 'changed_meanwhile' }
    await savePressed(tx, drop, pressed, now)
    await tx.drop.update({ where: { id: drop.id }, data: { publicationGid } })
    for (const [position, { productId }] of drop.offers.entries())
      await tx.dropOffer.updateMany({
        where: { dropId: drop.id, position },
        data: { wasPublished: listed.get(productId) ?? false },
      })
    await recordDropEvent(tx, { shopId: shop.id, dropId: drop.id, at: now, kind: 'schedule', actor })
    return { ok: true, changed: true, consequences: pressed.consequences, items }
  })
}

function notReserved(
  drop: StoredDrop,
  { wave, refusal }: Extract<ReserveOutcome, { ok: false }>,
): ScheduleOutcome {
  const title = drop.offers.find(({ variantId }) => variantId === wave.variantId)?.title ?? ''
  return { ok: false, reason: 'not_reserved', title, units: wave.units, because: refusal.reason }
}
