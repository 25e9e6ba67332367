// Variants with their names and what each location has of them: for planning a drop.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { PieceStockDocument } from './generated/operations.ts'
import { numberOfGid, toGid } from './gid.ts'

export interface PieceStock {
  variantId: string
  productId: string
  inventoryItemId: string
  /** Of the product, with the variant's name where it has one. */
  title: string
  /** Decimal text in the shop's currency. */
  price: string
  imageUrl: string | null
  /** active | archived | draft | unlisted */
  status: string
  tracked: boolean
  /** Shopify goes on selling at zero. */
  sellsBeyondStock: boolean
  levels: Array<{ locationId: string; name: string; available: number; reserved: number }>
}

export type FetchPieceStockResult = { ok: true; pieces: PieceStock[] } | AdminRefusal

/** Of each piece so many locations are read: more would make the question too dear. */
const LOCATIONS = 15

/** Variants that Shopify no longer knows are missing from the answer. */
export async function fetchPieceStock(
  shopify: AdminApi,
  variantIds: readonly string[],
): Promise<FetchPieceStockResult> {
  if (variantIds.length === 0) return { ok: true, pieces: [] }
  const ids = variantIds.map((id) => toGid('ProductVariant', BigInt(id)))
  const answer = await shopify.request(PieceStockDocument, { ids, locations: LOCATIONS })
  if (!answer.ok) return answer
  const pieces = answer.data.nodes.flatMap((node): PieceStock[] => {
    if (node?.__typename !== 'ProductVariant') return []
    const { product, inventoryItem } = node
    return [
      {
        variantId: String(numberOfGid(node.id)),
        productId: String(numberOfGid(product.id)),
        inventoryItemId: String(numberOfGid(inventoryItem.id)),
        title: node.title === 'Default Title' ? product.title : `${product.title} – ${node.title}`,
        price: String(node.price),
        imageUrl: product.featuredMedia?.preview?.image?.url ?? null,
        status: product.status.toLowerCase(),
        tracked: inventoryItem.tracked,
        sellsBeyondStock: node.inventoryPolicy === 'CONTINUE',
        levels: inventoryItem.inventoryLevels.nodes
          .filter(({ location }) => location.isActive)
          .map(({ location, quantities }) => ({
            locationId: String(numberOfGid(location.id)),
            name: location.name,
            available: quantities.find(({ name }) => name === 'available')?.quantity ?? 0,
            reserved: quantities.find(({ name }) => name === 'reserved')?.quantity ?? 0,
          })),
      },
    ]
  })
  return { ok: true, pieces }
}
