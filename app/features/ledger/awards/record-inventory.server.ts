// Keeps counts of stock that Shopify told us: what a guarantee on restocked pieces is proven by.
import { dueNoLaterThan } from '../../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { AdminRefusal } from '../../../adapters/shopify/admin-api.ts'
import {
  fetchInventoryItem,
  type InventoryItemProduct,
} from '../../../adapters/shopify/fetch-inventory-item.ts'
import { localDateOf } from '../../../domain/time/instant.ts'
import type { ShopContext } from '../../context.ts'

/** An `inventory_levels/update` receipt: facts carry locationId, available and updatedAt as text. */
export interface InventoryReceipt {
  eventId: string
  resourceId: bigint | null
  facts: unknown
  receivedAt: Date
}

export type RecordInventoryOutcome = { ok: true; stored: boolean } | AdminRefusal

/**
 * Stores the count. Whose item it is is asked of Shopify once an item, and only by shops that promised a restock. `alsoInTransaction` runs
 * in the same transaction. A delivery that says no count (stock that is not tracked) stores nothing.
 * What an earlier day's count can still change of a guarantee whose window has ended is settled by the next due work.
 */
export async function recordInventory(
  { db, shop, shopify, clock }: Pick<ShopContext, 'db' | 'shop' | 'shopify' | 'clock'>,
  receipt: InventoryReceipt,
  alsoInTransaction: (tx: ShopTransaction) => Promise<void> = async () => {},
): Promise<RecordInventoryOutcome> {
  const told = readCount(receipt)
  const known = told
    ? await db.inShop(shop.id, (tx) => knownProduct(tx, shop.id, told.inventoryItemId))
    : null
  const asks = told && known === 'ask'
  const fetched = asks ? await fetchInventoryItem(shopify, told.inventoryItemId) : null
  if (fetched && !fetched.ok) return fetched
  const product = fetched?.ok ? fetched.item : known === 'ask' ? null : known
  return db.inShop(shop.id, async (tx): Promise<RecordInventoryOutcome> => {
    let stored = 0
    if (told) {
      const { count } = await tx.inventoryObservation.createMany({
        data: [
          {
            ...told,
            shopId: shop.id,
            productId: product?.productId ?? null,
            variantId: product?.variantId ?? null,
          },
        ],
        // A second delivery of the same moment says the same.
        skipDuplicates: true,
      })
      stored = count
      const now = clock.now()
      const dayOf = (at: Date) => localDateOf(at.toISOString(), shop.timeZone)
      // Whose item it is was not known of its earlier counts either.
      const countsForEarlierDays = asks || dayOf(told.observedAt) < dayOf(now)
      if (stored > 0 && product && countsForEarlierDays)
        await dueNoLaterThan(tx, shop.id, 'settle-awards', now)
    }
    await alsoInTransaction(tx)
    return { ok: true, stored: stored > 0 }
  })
}

interface ToldCount {
  inventoryItemId: bigint
  locationId: bigint
  observedAt: Date
  available: number
  eventId: string
}

function readCount({ eventId, resourceId, facts, receivedAt }: InventoryReceipt): ToldCount | null {
  if (resourceId === null || typeof facts !== 'object' || facts === null) return null
  const { locationId, available, updatedAt } = facts as Record<string, unknown>
  if (typeof locationId !== 'string' || typeof available !== 'string') return null
  if (!/^\d{1,18}$/.test(locationId) || !/^-?\d{1,9}$/.test(available)) return null
  const at = typeof updatedAt === 'string' ? Date.parse(updatedAt) : Number.NaN
  const observedAt = Number.isNaN(at) ? receivedAt : new Date(at)
  return {
    inventoryItemId: resourceId,
    locationId: BigInt(locationId),
    observedAt,
    available: Number(available),
    eventId,
  }
}

/** What is known of the item; 'ask' when nothing is and somebody has to know. */
async function knownProduct(
  tx: ShopTransaction,
  shopId: number,
  inventoryItemId: bigint,
): Promise<InventoryItemProduct | 'ask' | null> {
  const promised = await tx.$queryRaw<unknown[]>`
    select 1 from agreement_version
    where shop_id = ${shopId} and status = 'accepted' and terms->'guarantee'->>'kind' = 'restock' limit 1`
  if (promised.length === 0) return null
  const seen = await tx.inventoryObservation.findFirst({
    where: { shopId, inventoryItemId, productId: { not: null } },
    select: { productId: true, variantId: true },
  })
  return seen?.productId && seen.variantId ? { productId: seen.productId, variantId: seen.variantId } : 'ask'
}
