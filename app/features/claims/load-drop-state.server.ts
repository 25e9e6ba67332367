// What the storefront may know of a drop at present, by the shop's domain and the drop's handle.
import type { Database } from '../../adapters/db/database.ts'
import { loadDropFacts } from '../../adapters/db/drop-facts.ts'
import type { StateFacts } from '../../domain/drops/state-document.ts'

export interface LoadedState {
  /** Null when there is no such shop. */
  shopId: number | null
  /** Null when the shop has no such drop, or has not decided upon it. */
  facts: StateFacts | null
  /** Without facts: the handles of all drops that the shop has decided upon, so that no other name is asked for in vain. */
  handles?: readonly string[]
}

export async function loadDropState(db: Database, shopDomain: string, handle: string): Promise<LoadedState> {
  return db.byDomain(
    shopDomain,
    async (tx, shop): Promise<LoadedState> => {
      if (!shop || shop.uninstalledAt) return { shopId: shop?.id ?? null, facts: null }
      const drop = await tx.drop.findUnique({
        where: { shopId_handle: { shopId: shop.id, handle } },
        select: { id: true },
      })
      const loaded = drop && (await loadDropFacts(tx, shop.id, drop.id))
      if (loaded?.state) return { shopId: shop.id, facts: loaded.state }
      const others = await tx.drop.findMany({
        where: { shopId: shop.id, status: { not: 'draft' }, handle: { not: handle } },
        select: { handle: true },
      })
      return { shopId: shop.id, facts: null, handles: others.map((each) => each.handle) }
    },
    // Drop, stock and claims of one moment: else a claim could stand beside the stock that ended it.
    { snapshot: true, timeoutMs: 5_000 },
  )
}
