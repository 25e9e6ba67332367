// One press on a drop: hold, resume, extend, abort, back to a draft. Previewed by the same rules that carry it out; a runner brings
// Shopify to it within about a second.
import { loadDrop, recordDropEvent, savePressed } from '../../adapters/db/drop-store.ts'
import { isRowId } from '../../adapters/db/row-id.ts'
import {
  type Consequence,
  pressDrop as decide,
  type Press,
  type PressRefusal,
} from '../../domain/drops/drop-state.ts'
import type { ShopContext } from '../context.ts'

/** Scheduling asks for more than a press: see schedule-drop. */
export type DropPress = Exclude<Press, { kind: 'schedule' }>

export type PressOutcome =
  | { ok: true; changed: boolean; consequences: Consequence[] }
  | { ok: false; reason: 'unknown_drop' }
  /** Somebody changed the drop since it was shown. */
  | { ok: false; reason: 'changed_meanwhile' }
  | ({ ok: false } & PressRefusal)

/** What would follow, now. Nothing is changed. */
export async function previewPress(
  { db, shop, clock }: ShopContext,
  dropId: string,
  press: Press,
): Promise<PressOutcome> {
  const drop = isRowId(dropId) ? await db.inShop(shop.id, (tx) => loadDrop(tx, shop.id, dropId)) : null
  if (!drop) return { ok: false, reason: 'unknown_drop' }
  const pressed = decide(drop, press, clock.now().toISOString())
  if (!pressed.ok) return pressed
  return { ok: true, changed: pressed.changed, consequences: pressed.consequences }
}

/** `revision`: of the drop as it was shown with its consequences. */
export async function pressDrop(
  { db, shop, clock }: ShopContext,
  { dropId, press, revision }: { dropId: string; press: DropPress; revision: number },
  actor: string,
): Promise<PressOutcome> {
  if (!isRowId(dropId)) return { ok: false, reason: 'unknown_drop' }
  return db.inShop(shop.id, async (tx): Promise<PressOutcome> => {
    const drop = await loadDrop(tx, shop.id, dropId, { lock: true })
    if (!drop) return { ok: false, reason: 'unknown_drop' }
    const now = clock.now()
    const pressed = decide(drop, press, now.toISOString())
    if (!pressed.ok) return pressed
    // A second click finds what the first one did.
    if (!pressed.changed) return { ok: true, changed: false, consequences: [] }
    if (drop.revision !== revision) return { ok: false, reason: 'changed_meanwhile' }
    await savePressed(tx, drop, pressed, now)
    const facts = {
      from: drop.status,
      to: pressed.status,
      ...(press.kind === 'extend' && { closeAt: press.closeAt }),
      ...(press.kind === 'resume' && { shift: press.shift }),
    }
    await recordDropEvent(tx, { shopId: shop.id, dropId, at: now, kind: press.kind, actor, facts })
    return { ok: true, changed: true, consequences: pressed.consequences }
  })
}
