// Tells the checkout how many pieces of each limited drop a customer has: counted from the books, written on the customer at Shopify. Counted
// whole each time, so that whatever comes twice, late or out of order ends in the same figure.
import { boughtByCustomerOf } from '../../adapters/db/drop-purchases.ts'
import { workExclusively } from '../../adapters/db/exclusive-work.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { readBoughtPieces, writeBoughtPieces } from '../../adapters/shopify/bought-pieces.ts'
import { BOUGHT_KEPT_MS, boughtValue } from '../../domain/drops/bought.ts'
import type { ShopContext } from '../context.ts'

export type CountBoughtOutcome =
  | { ok: true; changed: boolean }
  /** Somebody else writes, or has written. */
  | { ok: false; reason: 'try_again' }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

/** Of the customer of this order. Somebody whom the books do not know any more has nothing written on them. */
export async function countBought(context: ShopContext, orderId: bigint): Promise<CountBoughtOutcome> {
  const { db, shop, shopify, clock } = context
  const first = await readBoughtPieces(shopify, orderId)
  if (!first.ok) return first
  if (!first.bought) return { ok: true, changed: false }
  const name = `filigree-bought/${shop.id}/${first.bought.customerGid}`
  const done = await workExclusively(db, name, async (): Promise<CountBoughtOutcome> => {
    const read = await readBoughtPieces(shopify, orderId)
    if (!read.ok) return read
    if (!read.bought) return { ok: true, changed: false }
    // After what stands there was read: whoever writes in between is noticed.
    const endedAfter = new Date(clock.now().getTime() - BOUGHT_KEPT_MS)
    const bought = await db.inShop(shop.id, (tx) => boughtByCustomerOf(tx, shop.id, orderId, endedAfter))
    const value = boughtValue(bought)
    if (value === read.bought.value) return { ok: true, changed: false }
    const written = await writeBoughtPieces(shopify, read.bought, value)
    if (written.ok) return { ok: true, changed: true }
    return written.reason === 'stale' ? { ok: false, reason: 'try_again' } : written
  })
  return done.ok ? done.result : { ok: false, reason: 'try_again' }
}
