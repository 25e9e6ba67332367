// Products as the storefront sees them: drafts, archived and unpublished ones do not exist here; unlisted ones have only their own address.
import { isPublished, onlineStoreOf } from '#sandbox/commerce/publish-product.ts'
import { levelsOf } from '#sandbox/commerce/stock.ts'
import type { Product, ShopState, Variant } from '#sandbox/state/nouns.ts'

export interface VariantOfProduct {
  product: Product
  variant: Variant
}

/** The variant, if its product can be bought in the online store at that time. */
export function findActiveVariant(
  state: ShopState,
  variantId: string,
  now: Date,
): VariantOfProduct | undefined {
  for (const product of reachableProducts(state, now)) {
    const variant = product.variants.find((candidate) => candidate.id === variantId)
    if (variant) return { product, variant }
  }
  return undefined
}

/** Products with a page of their own. */
export function reachableProducts(state: ShopState, now: Date): Product[] {
  const onlineStore = onlineStoreOf(state).id
  return Object.values(state.products)
    .filter(
      (product) =>
        (product.status === 'ACTIVE' || product.status === 'UNLISTED') &&
        isPublished(product, onlineStore, now),
    )
    .sort((a, b) => a.title.localeCompare(b.title))
}

/** Products that lists and searches show. */
export function activeProducts(state: ShopState, now: Date): Product[] {
  return reachableProducts(state, now).filter((product) => product.status === 'ACTIVE')
}

/** Units available at all locations. */
export function availableUnits(state: ShopState, variant: Variant): number {
  return levelsOf(state, variant.inventoryItemId).reduce((sum, level) => sum + level.available, 0)
}

/** May `quantity` of it be sold? An item without any stock record is not tracked. */
export function canSell(state: ShopState, variant: Variant, quantity: number): boolean {
  if (variant.inventoryPolicy === 'CONTINUE' || levelsOf(state, variant.inventoryItemId).length === 0)
    return true
  return availableUnits(state, variant) >= quantity
}
