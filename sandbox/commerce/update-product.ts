import type { Product } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findShopState } from './find-nouns.ts'
import { parseMoney } from './money.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitEvent } from './shop-events.ts'

export interface UpdateProductInput {
  title?: string
  descriptionHtml?: string
  vendor?: string
  productType?: string
  tags?: string[]
  status?: Product['status']
  variants?: Array<{ id: string; price?: string; inventoryPolicy?: 'DENY' | 'CONTINUE' }>
}

export type UpdateProductRefusal = Refusal<
  'unknown_shop' | 'unknown_product' | 'unknown_variant' | 'invalid_title' | 'invalid_amount'
>

/** Changes what is named and tells of it (products/update). Placed orders keep their prices. */
export function updateProduct(
  sandbox: Sandbox,
  shopDomain: string,
  productId: string,
  { variants = [], ...fields }: UpdateProductInput,
): { ok: true; product: Product } | UpdateProductRefusal {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const product = found.state.products[productId]
  if (!product) return refuse('unknown_product', `There is no product ${productId}.`)
  if (fields.title?.trim() === '') return refuse('invalid_title', 'title: must not be empty.')
  for (const [index, change] of variants.entries()) {
    if (!product.variants.some(({ id }) => id === change.id)) {
      return refuse('unknown_variant', `variants[${index}].id: ${product.title} has no variant ${change.id}.`)
    }
    const price = change.price === undefined ? 0n : parseMoney(change.price, found.state.shop.currency)
    if (price === null || price < 0n) {
      return refuse('invalid_amount', `variants[${index}].price: "${change.price}" is no price.`)
    }
  }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  Object.assign(product, Object.fromEntries(given))
  for (const { id, price, inventoryPolicy } of variants) {
    const variant = product.variants.find((one) => one.id === id)
    if (variant && price !== undefined) variant.price = price
    if (variant && inventoryPolicy) variant.inventoryPolicy = inventoryPolicy
  }
  product.updatedAt = sandbox.clock.now().toISOString()
  sandbox.changed()
  emitEvent(sandbox, shopDomain, 'products/update', product.id)
  return { ok: true, product }
}
