// Products that a captured order names and the shop does not have.
import type { Product, ShopState, Variant } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { freeHandle } from './create-product.ts'
import { formatMoney } from './money.ts'
import type { CapturedLine } from './read-order-payload.ts'

/** Creates the line's product and variant as a draft where they are unknown. Lines without a product stay without. */
export function ensureProduct(sandbox: Sandbox, state: ShopState, line: CapturedLine): void {
  if (line.productId === null) return
  const product = state.products[line.productId] ?? draftProduct(sandbox, state, line.productId, line)
  state.products[product.id] = product
  if (line.variantId === null || product.variants.some(({ id }) => id === line.variantId)) return
  product.variants.push(draftVariant(sandbox, state, line.variantId, line))
}

function draftProduct(sandbox: Sandbox, state: ShopState, id: string, line: CapturedLine): Product {
  const now = sandbox.clock.now().toISOString()
  return {
    id,
    title: line.title,
    handle: freeHandle(state, line.title),
    descriptionHtml: '',
    vendor: line.vendor ?? state.shop.name,
    productType: line.isGiftCard ? 'Gift card' : '',
    tags: [],
    status: 'DRAFT',
    images: [],
    variants: [],
    metafields: [],
    createdAt: now,
    updatedAt: now,
  }
}

function draftVariant(sandbox: Sandbox, state: ShopState, id: string, line: CapturedLine): Variant {
  return {
    id,
    title: line.variantTitle ?? 'Default Title',
    sku: line.sku,
    price: formatMoney(line.unitPrice.shop, state.shop.currency),
    compareAtPrice: null,
    inventoryItemId: sandbox.nextId('inventory-item'),
    inventoryPolicy: 'CONTINUE',
    unitCost: null,
  }
}
