// What the resource picker offers, in the shape that App Bridge hands to the app.
import { drawnPictureAddress } from '#sandbox/commerce/drawn-picture.ts'
import type { Collection, Product, ShopState, Variant } from '#sandbox/state/nouns.ts'
import type { PickerType } from './app-bridge/protocol.ts'
import { formatAmount } from './format-amount.ts'
import { stockOf } from './pages/products-page.ts'

export interface Choice {
  id: string
  label: string
  note: string
  image: string | null
  resource: Record<string, unknown>
}

export interface ChoiceQuery {
  type: PickerType
  words: string
  /** Global ids that are chosen already; they come back in `all` even when the search hides them. */
  selected: string[]
  onlyActive: boolean
}

const MOST = 100

export function pickerChoices(state: ShopState, query: ChoiceQuery): { found: Choice[]; all: Choice[] } {
  const every = everyChoice(state, query)
  const words = query.words.trim().toLowerCase()
  const found = every.filter((choice) => choice.label.toLowerCase().includes(words)).slice(0, MOST)
  return { found, all: every.filter((choice) => query.selected.includes(choice.id)) }
}

function everyChoice(state: ShopState, { type, onlyActive }: ChoiceQuery): Choice[] {
  if (type === 'collection') {
    return Object.values(state.collections)
      .sort((a, b) => a.title.localeCompare(b.title))
      .map((collection) => collectionChoice(collection))
  }
  const products = Object.values(state.products)
    .filter((product) => !onlyActive || product.status === 'ACTIVE')
    .sort((a, b) => a.title.localeCompare(b.title))
  return type === 'product'
    ? products.map((product) => productChoice(state, product))
    : products.flatMap((product) => product.variants.map((variant) => variantChoice(state, product, variant)))
}

function productChoice(state: ShopState, product: Product): Choice {
  const image = imageOf(state, product)
  return {
    id: gid('Product', product.id),
    label: product.title,
    note: `${stockOf(state, product)} in stock · ${formatAmount(product.variants[0]?.price ?? '0', state.shop.currency)}`,
    image,
    resource: {
      id: gid('Product', product.id),
      title: product.title,
      handle: product.handle,
      descriptionHtml: product.descriptionHtml,
      vendor: product.vendor,
      productType: product.productType,
      tags: product.tags,
      status: product.status,
      images: [{ id: gid('ProductImage', product.id), originalSrc: image, altText: product.title }],
      totalVariants: product.variants.length,
      totalInventory: stockOf(state, product),
      createdAt: product.createdAt,
      updatedAt: product.updatedAt,
      variants: product.variants.map((variant) => variantResource(product, variant)),
    },
  }
}

function variantChoice(state: ShopState, product: Product, variant: Variant): Choice {
  return {
    id: gid('ProductVariant', variant.id),
    label: variantName(product, variant),
    note: formatAmount(variant.price, state.shop.currency),
    image: imageOf(state, product),
    resource: variantResource(product, variant),
  }
}

function variantResource(product: Product, variant: Variant): Record<string, unknown> {
  return {
    id: gid('ProductVariant', variant.id),
    title: variant.title,
    displayName: variantName(product, variant),
    sku: variant.sku,
    price: variant.price,
    compareAtPrice: variant.compareAtPrice,
    inventoryPolicy: variant.inventoryPolicy,
    inventoryItem: { id: gid('InventoryItem', variant.inventoryItemId) },
    product: { id: gid('Product', product.id) },
  }
}

function collectionChoice(collection: Collection): Choice {
  return {
    id: gid('Collection', collection.id),
    label: collection.title,
    note: `${collection.productIds.length} products`,
    image: null,
    resource: {
      id: gid('Collection', collection.id),
      title: collection.title,
      handle: collection.handle,
      productsCount: collection.productIds.length,
      updatedAt: collection.updatedAt,
    },
  }
}

function variantName(product: Product, variant: Variant): string {
  return variant.title === 'Default Title' ? product.title : `${product.title} – ${variant.title}`
}

function imageOf(state: ShopState, product: Product): string {
  return drawnPictureAddress(state.shop.domain, product)
}

function gid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`
}
