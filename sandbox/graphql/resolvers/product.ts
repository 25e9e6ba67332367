import type { Image, InventoryLevel, Product, ShopState, Variant } from '#sandbox/state/nouns.ts'
import { connect, connectInOrder, cursorFor, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  plain,
  type Resolver,
  type Resolvers,
  Typed,
} from '../resolver.ts'
import { compileSearch, type SearchFields } from '../search-query.ts'
import { type Sorts, sortedBy } from '../sort-keys.ts'
import { exactCount } from './count.ts'
import { metafieldFields } from './metafield.ts'
import { compareDecimals, moneyV2 } from './money.ts'

/** A variant knows its product only by being in it. */
export interface VariantSource {
  product: Product
  variant: Variant
}

interface ListArgs extends PageArgs {
  query?: string | null
  sortKey?: string
}

const PRODUCT_SEARCH: SearchFields<Product> = {
  text: (product) => [product.title, product.vendor, product.productType, product.handle, ...product.tags],
  fields: {
    id: { kind: 'number', of: (product) => Number(product.id) },
    title: { kind: 'text', of: (product) => [product.title] },
    handle: { kind: 'text', of: (product) => [product.handle] },
    vendor: { kind: 'text', of: (product) => [product.vendor] },
    product_type: { kind: 'text', of: (product) => [product.productType] },
    status: { kind: 'text', of: (product) => [product.status] },
    tag: { kind: 'text', of: (product) => product.tags },
    sku: { kind: 'text', of: (product) => product.variants.map(({ sku }) => sku) },
    created_at: { kind: 'time', of: (product) => product.createdAt },
    updated_at: { kind: 'time', of: (product) => product.updatedAt },
  },
}

const VARIANT_SEARCH: SearchFields<VariantSource> = {
  text: ({ product, variant }) => [product.title, variant.title, variant.sku],
  fields: {
    id: { kind: 'number', of: ({ variant }) => Number(variant.id) },
    product_id: { kind: 'number', of: ({ product }) => Number(product.id) },
    sku: { kind: 'text', of: ({ variant }) => [variant.sku] },
    title: { kind: 'text', of: ({ variant }) => [variant.title] },
    updated_at: { kind: 'time', of: ({ product }) => product.updatedAt },
  },
}

export function variantsOf(product: Product): VariantSource[] {
  return product.variants.map((variant) => ({ product, variant }))
}

export function findVariant(state: ShopState, variantId: string): VariantSource | null {
  for (const product of Object.values(state.products)) {
    const variant = product.variants.find(({ id }) => id === variantId)
    if (variant) return { product, variant }
  }
  return null
}

export const PRODUCT_SORTS: Sorts<Product> = {
  ID: () => '',
  TITLE: (product) => product.title.toLowerCase(),
  CREATED_AT: (product) => Date.parse(product.createdAt),
  UPDATED_AT: (product) => Date.parse(product.updatedAt),
  VENDOR: (product) => product.vendor.toLowerCase(),
  PRODUCT_TYPE: (product) => product.productType.toLowerCase(),
}

/** An item that is kept nowhere is not tracked, and never runs out. */
export function isTracked(state: ShopState, variant: Variant): boolean {
  return Object.values(state.inventoryLevels).some(
    (level) => level.inventoryItemId === variant.inventoryItemId,
  )
}

function stockOf(state: ShopState, variant: Variant): number {
  const levels = Object.values(state.inventoryLevels)
  return levels.reduce((sum: number, level: InventoryLevel) => {
    return level.inventoryItemId === variant.inventoryItemId ? sum + level.available : sum
  }, 0)
}

function mediaOf(product: Product): Typed[] {
  return product.images.map((image, index) => {
    const source = { image, id: `${product.id}${index + 1}` }
    return new Typed('MediaImage', {
      id: gid('MediaImage', source.id),
      alt: image.altText,
      image: source,
      preview: { image: source, status: 'READY' },
      mediaContentType: 'IMAGE',
      status: 'READY',
    })
  })
}

const imageConnection: Resolver<Product> = (product, args: PageArgs) =>
  connectInOrder(product.images, args, (image, index) => ({ image, id: `${product.id}${index + 1}` }))

export const productResolvers: Resolvers = {
  QueryRoot: fields({
    product: (_root, { id }: { id: string }, { state }: GraphqlContext) =>
      state.products[idOf(id, 'Product')] ?? null,
    productByIdentifier: (
      _root,
      { identifier }: { identifier: { id?: string; handle?: string } },
      { state },
    ) => {
      if (identifier.id) return state.products[idOf(identifier.id, 'Product')] ?? null
      if (!identifier.handle)
        throw notImplemented('argument QueryRoot.productByIdentifier(identifier: customId)')
      return Object.values(state.products).find(({ handle }) => handle === identifier.handle) ?? null
    },
    products: (_root, args: ListArgs, { state }) => {
      const found = Object.values(state.products).filter(compileSearch(args.query, PRODUCT_SEARCH))
      return connect(found, args, sortedBy(PRODUCT_SORTS, args.sortKey ?? 'ID'), (product) => product)
    },
    productsCount: (_root, args: ListArgs, { state }) =>
      exactCount(Object.values(state.products).filter(compileSearch(args.query, PRODUCT_SEARCH)).length),
    productVariant: (_root, { id }: { id: string }, { state }) =>
      findVariant(state, idOf(id, 'ProductVariant')),
    productVariants: (_root, args: ListArgs, { state }) => {
      if (args.sortKey && args.sortKey !== 'ID') throw notImplemented(`sort key ${args.sortKey}`)
      const all = Object.values(state.products).flatMap(variantsOf)
      const found = all.filter(compileSearch(args.query, VARIANT_SEARCH))
      return connect(
        found,
        args,
        ({ variant }) => ({ value: '', id: variant.id }),
        (source) => source,
      )
    },
  }),
  Product: fields<Product>({
    ...plain<Product>(
      'title',
      'handle',
      'vendor',
      'productType',
      'tags',
      'status',
      'descriptionHtml',
      'createdAt',
      'updatedAt',
    ),
    ...metafieldFields((product: Product) => gid('Product', product.id)),
    id: (product) => gid('Product', product.id),
    legacyResourceId: (product) => product.id,
    defaultCursor: (product) => cursorFor({ value: '', id: product.id }),
    description: (product, { truncateAt }: { truncateAt?: number | null }) => {
      const text = product.descriptionHtml
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
      return truncateAt ? text.slice(0, truncateAt) : text
    },
    hasOnlyDefaultVariant: (product) => product.variants.length === 1,
    isGiftCard: () => false,
    onlineStoreUrl: (product, _args, { state }) =>
      product.status === 'ACTIVE' ? `https://${state.shop.domain}/products/${product.handle}` : null,
    variants: (product, args: PageArgs) => connectInOrder(variantsOf(product), args, (source) => source),
    variantsCount: (product) => exactCount(product.variants.length),
    totalInventory: (product, _args, { state }) =>
      product.variants.reduce((sum, variant) => sum + stockOf(state, variant), 0),
    tracksInventory: (product, _args, { state }) =>
      product.variants.some((variant) => isTracked(state, variant)),
    images: imageConnection,
    options: (product) => [
      {
        id: gid('ProductOption', product.id),
        name: 'Title',
        position: 1,
        values: product.variants.map(({ title }) => title),
      },
    ],
    featuredMedia: (product) => mediaOf(product)[0] ?? null,
    media: (product, args: PageArgs) => connectInOrder(mediaOf(product), args, (media) => media),
    featuredImage: (product) => {
      const [image] = product.images
      return image ? { image, id: `${product.id}1` } : null
    },
    collections: (product, args: PageArgs, { state }) => {
      const holding = Object.values(state.collections).filter(({ productIds }) =>
        productIds.includes(product.id),
      )
      return connect(
        holding,
        args,
        ({ id }) => ({ value: '', id }),
        (collection) => collection,
      )
    },
    inCollection: (product, { id }: { id: string }, { state }) =>
      state.collections[idOf(id, 'Collection')]?.productIds.includes(product.id) ?? false,
    priceRangeV2: (product, _args, { state }) => {
      const prices = product.variants.map(({ price }) => price).sort(compareDecimals)
      const { currency } = state.shop
      return {
        minVariantPrice: moneyV2(prices[0] ?? '0', currency),
        maxVariantPrice: moneyV2(prices.at(-1) ?? '0', currency),
      }
    },
  }),
  ProductVariant: fields<VariantSource>({
    ...metafieldFields(({ variant }: VariantSource) => gid('ProductVariant', variant.id)),
    id: ({ variant }) => gid('ProductVariant', variant.id),
    legacyResourceId: ({ variant }) => variant.id,
    title: ({ variant }) => variant.title,
    displayName: ({ product, variant }) => `${product.title} - ${variant.title}`,
    sku: ({ variant }) => variant.sku,
    price: ({ variant }) => variant.price,
    compareAtPrice: ({ variant }) => variant.compareAtPrice,
    inventoryPolicy: ({ variant }) => variant.inventoryPolicy,
    inventoryQuantity: ({ variant }, _args, { state }) => stockOf(state, variant),
    sellableOnlineQuantity: ({ variant }, _args, { state }) => stockOf(state, variant),
    availableForSale: ({ variant }, _args, { state }) =>
      variant.inventoryPolicy === 'CONTINUE' || !isTracked(state, variant) || stockOf(state, variant) > 0,
    position: ({ product, variant }) => product.variants.indexOf(variant) + 1,
    product: ({ product }) => product,
    inventoryItem: (source) => source,
    image: ({ product }) => {
      const [image] = product.images
      return image ? { image, id: `${product.id}1` } : null
    },
    selectedOptions: ({ variant }) => [{ name: 'Title', value: variant.title }],
    taxable: () => true,
    createdAt: ({ product }) => product.createdAt,
    updatedAt: ({ product }) => product.updatedAt,
  }),
  Image: fields<{ image: Image; id: string }>({
    id: ({ id }) => gid('ProductImage', id),
    altText: ({ image }) => image.altText,
    width: ({ image }) => image.width ?? 2048,
    height: ({ image }) => image.height ?? 2048,
    url: ({ image }, _args, { sandbox }) => new URL(image.url, sandbox.options.sandboxUrl).href,
  }),
}
