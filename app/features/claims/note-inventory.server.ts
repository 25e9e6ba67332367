// A webhook's count of stock: kept when it is news, and everything that it changes in what may be claimed is written with it.
import { dueNoLaterThan } from '../../adapters/db/calendar.ts'
import { refreshClaims } from '../../adapters/db/claim-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import { keepToldCount } from '../../adapters/db/stock-store.ts'

/** An `inventory_levels/update` receipt: facts carry locationId, available and updatedAt as text. */
export interface InventoryTold {
  resourceId: bigint | null
  facts: unknown
  triggeredAt: Date | null
  receivedAt: Date
}

export type NoteInventoryOutcome = 'newer' | 'same' | 'older' | 'unclear' | 'not_ours' | 'no_count'

export async function noteInventory(
  tx: ShopTransaction,
  shop: Shop,
  told: InventoryTold,
  now: Date,
): Promise<NoteInventoryOutcome> {
  const count = readCount(told)
  if (!count) return 'no_count'
  const outcome = await keepToldCount(tx, shop.id, count, now)
  // Two counts of one moment: only Shopify can say which holds.
  if (outcome === 'unclear') await dueNoLaterThan(tx, shop.id, 'watch-drops', now)
  if (outcome !== 'newer') return outcome
  const drops = await tx.drop.findMany({
    where: {
      shopId: shop.id,
      status: { in: ['scheduled', 'live'] },
      offers: { some: { inventoryItemId: count.inventoryItemId } },
    },
    select: { id: true },
  })
  for (const { id } of drops) await refreshClaims(tx, shop.id, id, now)
  return outcome
}

function readCount({ resourceId, facts, triggeredAt, receivedAt }: InventoryTold) {
  if (resourceId === null || typeof facts !== 'object' || facts === null) return null
  const { locationId, available, updatedAt } = facts as Record<string, unknown>
  if (typeof locationId !== 'string' || !/^\d{1,18}$/.test(locationId)) return null
  if (typeof available !== 'string' || !/^-?\d{1,9}$/.test(available)) return null
  const at = typeof updatedAt === 'string' ? Date.parse(updatedAt) : Number.NaN
  return {
    inventoryItemId: resourceId,
    locationId: BigInt(locationId),
    available: Number(available),
    observedAt: Number.isNaN(at) ? (triggeredAt ?? receivedAt) : new Date(at),
    triggeredAt,
  }
}
