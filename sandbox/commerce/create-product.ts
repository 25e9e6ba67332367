import type { Image, Product, ShopState, Variant } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { drawnPicture } from './drawn-picture.ts'
import { findShopState } from './find-nouns.ts'
import { parseMoney } from './money.ts'
import { type Refusal, refuse } from './refusal.ts'
import { addLevel } from './stock.ts'

export interface CreateVariantInput {
  title?: string
  sku?: string
  price: string
  compareAtPrice?: string | null
  unitCost?: string | null
  /** Default: DENY. */
  inventoryPolicy?: Variant['inventoryPolicy']
  /** Units available at the first location; absent: not tracked. */
  available?: number
}

export interface CreateProductInput {
  title: string
  /** Default: from the title. */
  handle?: string
  descriptionHtml?: string
  vendor?: string
  productType?: string
  tags?: string[]
  /** Default: ACTIVE. */
  status?: Product['status']
  /** false: in no channel yet. Default: in all of them. */
  published?: boolean
  /** Default: one that the sandbox draws. */
  images?: Image[]
  variants: CreateVariantInput[]
}

export type CreateProductRefusal = Refusal<
  'unknown_shop' | 'invalid_title' | 'handle_taken' | 'no_variants' | 'invalid_amount' | 'invalid_quantity'
>

export function createProduct(
  sandbox: Sandbox,
  shopDomain: string,
  input: CreateProductInput,
): { ok: true; product: Product } | CreateProductRefusal {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const { state } = found
  const problem = problemWith(state, input)
  if (problem) return problem
  const now = sandbox.clock.now().toISOString()
  const title = input.title.trim()
  const handle = input.handle ?? freeHandle(state, input.title)
  const product: Product = {
    id: sandbox.nextId('product'),
    title,
    handle,
    descriptionHtml: input.descriptionHtml ?? '',
    vendor: input.vendor ?? state.shop.name,
    productType: input.productType ?? '',
    tags: input.tags ?? [],
    status: input.status ?? 'ACTIVE',
    images: input.images ?? [drawnPicture(shopDomain, { title, handle })],
    variants: input.variants.map((variant) => createVariant(sandbox, variant)),
    metafields: [],
    ...(input.published === false && { publications: {} }),
    createdAt: now,
    updatedAt: now,
  }
  state.products[product.id] = product
  product.variants.forEach((variant, index) => {
    const available = input.variants[index]?.available
    if (available !== undefined) addLevel(sandbox, state, variant.inventoryItemId, available)
  })
  sandbox.changed()
  return { ok: true, product }
}

function createVariant(sandbox: Sandbox, input: CreateVariantInput): Variant {
  return {
    id: sandbox.nextId('variant'),
    title: input.title ?? 'Default Title',
    sku: input.sku ?? '',
    price: input.price,
    compareAtPrice: input.compareAtPrice ?? null,
    inventoryItemId: sandbox.nextId('inventory-item'),
    inventoryPolicy: input.inventoryPolicy ?? 'DENY',
    unitCost: input.unitCost ?? null,
  }
}

function problemWith(state: ShopState, input: CreateProductInput): CreateProductRefusal | null {
  if (input.title.trim() === '') return refuse('invalid_title', 'title: must not be empty.')
  if (input.variants.length === 0)
    return refuse('no_variants', 'variants: a product needs at least one variant.')
  if (
    input.handle !== undefined &&
    Object.values(state.products).some(({ handle }) => handle === input.handle)
  ) {
    return refuse('handle_taken', `handle: ${input.handle} is taken.`)
  }
  for (const [index, variant] of input.variants.entries()) {
    for (const field of ['price', 'compareAtPrice', 'unitCost'] as const) {
      const text = variant[field]
      const minor = text == null ? 0n : parseMoney(text, state.shop.currency)
      if (minor === null || minor < 0n) {
        return refuse(
          'invalid_amount',
          `variants[${index}].${field}: "${text}" is no amount in ${state.shop.currency}.`,
        )
      }
    }
    if (variant.available !== undefined && !Number.isSafeInteger(variant.available)) {
      return refuse('invalid_quantity', `variants[${index}].available: must be a whole number.`)
    }
  }
  return null
}

/** A handle as Shopify makes it: letters and digits joined by dashes, numbered when taken. */
export function freeHandle(state: Pick<ShopState, 'products'>, title: string): string {
  const base =
    title
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'product'
  const taken = new Set(Object.values(state.products).map(({ handle }) => handle))
  if (!taken.has(base)) return base
  let number = 1
  while (taken.has(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}
