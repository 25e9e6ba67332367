// Whose stock an inventory item counts.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { InventoryItemByIdDocument } from './generated/operations.ts'
import { numberOfGid, toGid } from './gid.ts'

export interface InventoryItemProduct {
  productId: bigint
  variantId: bigint
}

/** `item` is null when Shopify no longer knows it. */
export type FetchInventoryItemResult = { ok: true; item: InventoryItemProduct | null } | AdminRefusal

export async function fetchInventoryItem(
  shopify: AdminApi,
  inventoryItemId: bigint,
): Promise<FetchInventoryItemResult> {
  const answer = await shopify.request(InventoryItemByIdDocument, {
    id: toGid('InventoryItem', inventoryItemId),
  })
  if (!answer.ok) return answer
  const variant = answer.data.inventoryItem?.variant
  if (!variant) return { ok: true, item: null }
  return {
    ok: true,
    item: { productId: numberOfGid(variant.product.id), variantId: numberOfGid(variant.id) },
  }
}
