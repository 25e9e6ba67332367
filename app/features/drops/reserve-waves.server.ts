// Sets the units of a drop's waves aside: all of them, or none.
import { assertDropLease, type DropLease } from '../../adapters/db/drop-lease.ts'
import { renewReturnedWaves, type StoredDrop } from '../../adapters/db/drop-store.ts'
import type { Wave } from '../../domain/drops/drop.ts'
import type { ShopContext } from '../context.ts'
import { type MoveWaveOutcome, moveWave } from './move-wave.server.ts'

export type ReserveOutcome =
  | { ok: true }
  | { ok: false; wave: Wave; refusal: Extract<MoveWaveOutcome, { ok: false }> }

export async function reserveWaves(
  context: ShopContext,
  drop: StoredDrop,
  lease: DropLease,
): Promise<ReserveOutcome> {
  for (const wave of drop.waves) {
    const moved = await moveWave(context, drop, wave, 'reserved', async (tx, now) => {
      await assertDropLease(tx, lease)
      return now.status === 'draft' && now.revision === drop.revision
    })
    if (moved.ok) continue
    await returnWaves(context, drop, lease)
    return { ok: false, wave, refusal: moved }
  }
  return { ok: true }
}

/** Gives back what was set aside. What Shopify does not take now is given back when the draft is settled. */
async function returnWaves(context: ShopContext, drop: StoredDrop, lease: DropLease): Promise<void> {
  let isWhole = true
  for (const wave of drop.waves) {
    const moved = await moveWave(context, drop, wave, 'returned', async (tx) => {
      await assertDropLease(tx, lease)
      return true
    })
    isWhole &&= moved.ok
  }
  if (isWhole)
    await context.db.inShop(context.shop.id, (tx) => renewReturnedWaves(tx, context.shop.id, drop.id))
}
