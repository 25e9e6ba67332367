// Variants that a drop wants to sell, with what must be right about them before it may.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { DropPiecesDocument } from './generated/operations.ts'
import { numberOfGid, toGid } from './gid.ts'

export interface DropPiece {
  variantId: bigint
  variantTitle: string
  inventoryItemId: bigint
  /** Decimal text in the shop's currency. */
  price: string
  tracked: boolean
  /** For sale, at all locations together. */
  available: number
  /** Shopify sells below zero when this is so. */
  oversells: boolean
  productId: bigint
  productTitle: string
  productHandle: string
  /** ACTIVE, DRAFT … */
  status: string
  listed: boolean
  /** Null: no image. */
  image: { url: string; width: number | null; height: number | null } | null
}

export type FetchDropPiecesResult = { ok: true; pieces: DropPiece[] } | AdminRefusal

/** Variants that Shopify no longer knows are missing from the answer. */
export async function fetchDropPieces(
  shopify: AdminApi,
  variantIds: readonly bigint[],
  publicationGid: string,
): Promise<FetchDropPiecesResult> {
  const ids = variantIds.map((id) => toGid('ProductVariant', id))
  const answer = await shopify.request(DropPiecesDocument, { ids, publicationId: publicationGid })
  if (!answer.ok) return answer
  const pieces = answer.data.nodes.flatMap((node): DropPiece[] => {
    if (node?.__typename !== 'ProductVariant') return []
    const { product, inventoryItem } = node
    const media = product.featuredMedia
    const image = media?.__typename === 'MediaImage' ? (media.image ?? null) : null
    return [
      {
        variantId: numberOfGid(node.id),
        variantTitle: node.title,
        inventoryItemId: numberOfGid(inventoryItem.id),
        price: String(node.price),
        tracked: inventoryItem.tracked,
        available: node.inventoryQuantity ?? 0,
        oversells: node.inventoryPolicy === 'CONTINUE',
        productId: numberOfGid(product.id),
        productTitle: product.title,
        productHandle: product.handle,
        status: product.status,
        listed: product.publishedOnPublication,
        image: image && { url: image.url, width: image.width ?? null, height: image.height ?? null },
      },
    ]
  })
  return { ok: true, pieces }
}
