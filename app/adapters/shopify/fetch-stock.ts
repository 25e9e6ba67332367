// All that Shopify holds of some pieces: every state that matters to what may be said of them, at every location.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { StockOfItemsDocument, type StockOfItemsQuery } from './generated/operations.ts'
import { numberOfGid, toGid } from './gid.ts'

export interface FetchedStock {
  inventoryItemId: bigint
  variantId: bigint
  isCounted: boolean
  sellsBeyondStock: boolean
  levels: Array<{
    locationId: bigint
    available: number
    reserved: number
    /** Safety stock. */
    keptBack: number
    incoming: number
    /** Shopify's time of the level, as its webhooks tell it. */
    observedAt: Date
  }>
}

export type FetchStockResult =
  | {
      ok: true
      pieces: FetchedStock[]
      /** Shopify does not know these any more. */
      missing: bigint[]
    }
  | AdminRefusal

// With 20 locations of 4 states an item may cost about 130 points; a request may cost 1,000.
const ITEMS_PER_REQUEST = 6

/** Errors: a piece at more than 20 locations throws: half of its stock would be no answer. */
export async function fetchStock(shopify: AdminApi, itemIds: readonly bigint[]): Promise<FetchStockResult> {
  const pieces: FetchedStock[] = []
  for (let from = 0; from < itemIds.length; from += ITEMS_PER_REQUEST) {
    const ids = itemIds.slice(from, from + ITEMS_PER_REQUEST).map((id) => toGid('InventoryItem', id))
    const answer = await shopify.request(StockOfItemsDocument, { ids })
    if (!answer.ok) return answer
    for (const node of answer.data.nodes)
      if (node?.__typename === 'InventoryItem') pieces.push(...readItem(node))
  }
  const found = new Set(pieces.map((piece) => piece.inventoryItemId))
  return { ok: true, pieces, missing: itemIds.filter((id) => !found.has(id)) }
}

type ItemNode = Extract<StockOfItemsQuery['nodes'][number], { __typename: 'InventoryItem' }>

function readItem({ id, tracked, variant, inventoryLevels }: ItemNode): FetchedStock[] {
  if (!variant) return []
  if (inventoryLevels.pageInfo.hasNextPage)
    throw new Error(`inventory item ${id} is at more locations than are read`)
  return [
    {
      inventoryItemId: numberOfGid(id),
      variantId: numberOfGid(variant.id),
      isCounted: tracked,
      sellsBeyondStock: variant.inventoryPolicy === 'CONTINUE',
      levels: inventoryLevels.nodes.map(({ location, quantities, updatedAt }) => {
        const of = (name: string) => quantities.find((each) => each.name === name)
        return {
          locationId: numberOfGid(location.id),
          available: of('available')?.quantity ?? 0,
          reserved: of('reserved')?.quantity ?? 0,
          keptBack: of('safety_stock')?.quantity ?? 0,
          incoming: of('incoming')?.quantity ?? 0,
          observedAt: new Date(updatedAt),
        }
      }),
    },
  ]
}
