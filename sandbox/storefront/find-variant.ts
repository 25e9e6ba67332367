// Products as the storefront sees them: drafts and archived ones do not exist here.
import { levelsOf } from '#sandbox/commerce/stock.ts'
import type { Product, ShopState, Variant } from '#sandbox/state/nouns.ts'

export interface VariantOfProduct {
  product: Product
  variant: Variant
}

export function findActiveVariant(state: ShopState, variantId: string): VariantOfProduct | undefined {
  for (const product of activeProducts(state)) {
    const variant = product.variants.find((candidate) => candidate.id === variantId)
    if (variant) return { product, variant }
  }
  return undefined
}

export function activeProducts(state: ShopState): Product[] {
  return Object.values(state.products)
    .filter((product) => product.status === 'ACTIVE')
    .sort((a, b) => a.title.localeCompare(b.title))
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
