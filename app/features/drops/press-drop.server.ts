// One press on a drop: hold, resume, extend, abort, back to a draft. Previewed by the same rules that carry it out; a runner brings
// Shopify to it within about a second.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { loadDrop, recordDropEvent, type StoredDrop, savePressed } from '../../adapters/db/drop-store.ts'
import { isRowId } from '../../adapters/db/row-id.ts'
import type { CheckoutRefusal } from '../../domain/drops/checkout-rules.ts'
import {
  type Consequence,
  pressDrop as decide,
  type Press,
  type Pressed,
  type PressRefusal,
} from '../../domain/drops/drop-state.ts'
import type { ConfigTooLarge } from '../../domain/drops/storefront-config.ts'
import type { ShopContext } from '../context.ts'
import { fitDrop, lockRoom } from './fit-drop.server.ts'

/** Scheduling asks for more than a press: see schedule-drop. */
export type DropPress = Exclude<Press, { kind: 'schedule' }>

export type PressOutcome =
  | { ok: true; changed: boolean; consequences: Consequence[] }
  | { ok: false; reason: 'unknown_drop' }
  /** Somebody changed the drop since it was shown. */
  | { ok: false; reason: 'changed_meanwhile' }
  | ({ ok: false } & PressRefusal)
  /** By the new times or as it would be told of, checkout or storefront has no room for it. */
  | CheckoutRefusal
  | ConfigTooLarge

/** What would follow, now. Nothing is changed. */
export async function previewPress(
  context: ShopContext,
  dropId: string,
  press: Press,
): Promise<PressOutcome> {
  const { db, shop, clock } = context
  if (!isRowId(dropId)) return { ok: false, reason: 'unknown_drop' }
  return db.inShop(shop.id, async (tx): Promise<PressOutcome> => {
    const drop = await loadDrop(tx, shop.id, dropId)
    if (!drop) return { ok: false, reason: 'unknown_drop' }
    const pressed = decide(drop, press, clock.now().toISOString())
    if (!pressed.ok) return pressed
    const misfit = await misfitOf(context, tx, drop, press, pressed)
    return misfit ?? { ok: true, changed: pressed.changed, consequences: pressed.consequences }
  })
}

/** Presses that give a drop a window that it does not have now. Scheduling is tried by preflight, which says more. */
async function misfitOf(
  context: ShopContext,
  tx: ShopTransaction,
  drop: StoredDrop,
  press: Press,
  pressed: Extract<Pressed, { ok: true }>,
): Promise<CheckoutRefusal | ConfigTooLarge | null> {
  if (!pressed.changed || (press.kind !== 'extend' && press.kind !== 'resume')) return null
  const { status, held, acts } = pressed
  const { checkout, config } = await fitDrop(context, tx, { ...drop, status, held, acts })
  return checkout ?? config
}

/** `revision`: of the drop as it was shown with its consequences. */
export async function pressDrop(
  context: ShopContext,
  { dropId, press, revision }: { dropId: string; press: DropPress; revision: number },
  actor: string,
): Promise<PressOutcome> {
  const { db, shop, clock } = context
  if (!isRowId(dropId)) return { ok: false, reason: 'unknown_drop' }
  return db.inShop(shop.id, async (tx): Promise<PressOutcome> => {
    await lockRoom(tx, shop.id)
    const drop = await loadDrop(tx, shop.id, dropId, { lock: true })
    if (!drop) return { ok: false, reason: 'unknown_drop' }
    const now = clock.now()
    const pressed = decide(drop, press, now.toISOString())
    if (!pressed.ok) return pressed
    // A second click finds what the first one did.
    if (!pressed.changed) return { ok: true, changed: false, consequences: [] }
    if (drop.revision !== revision) return { ok: false, reason: 'changed_meanwhile' }
    const misfit = await misfitOf(context, tx, drop, press, pressed)
    if (misfit) return misfit
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
