// Products with the collections that they are in: by id, or all of the shop page by page.
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import {
  ProductCollectionsPageDocument,
  type ProductFieldsFragment,
  ProductsByIdsDocument,
  ProductsPageDocument,
} from './generated/operations.ts'
import { numberOfGid, toGid } from './gid.ts'

export interface FetchedProduct {
  productId: bigint
  title: string
  handle: string
  /** active | archived | draft | unlisted */
  status: string
  imageUrl: string | null
  /** Lowest variant price in minor units of the shop's currency. */
  priceMinor: bigint
  collectionIds: bigint[]
}

export type FetchProductsResult = { ok: true; products: FetchedProduct[]; missing: bigint[] } | AdminRefusal

export type ProductsPage = { ok: true; products: FetchedProduct[]; isLast: boolean } | AdminRefusal

// A product costs 6 points and one for each collection asked for: 30 products ask for at most 780.
const PRODUCTS_PER_REQUEST = 30
const COLLECTIONS_PER_PRODUCT = 20
const COLLECTIONS_PER_PAGE = 250

export async function fetchProducts(
  shopify: AdminApi,
  productIds: readonly bigint[],
): Promise<FetchProductsResult> {
  const ids = [...new Set(productIds)]
  const products: FetchedProduct[] = []
  const missing: bigint[] = []
  for (let start = 0; start < ids.length; start += PRODUCTS_PER_REQUEST) {
    const batch = ids.slice(start, start + PRODUCTS_PER_REQUEST)
    const answer = await shopify.request(ProductsByIdsDocument, {
      ids: batch.map((id) => toGid('Product', id)),
      collectionsPerProduct: COLLECTIONS_PER_PRODUCT,
    })
    if (!answer.ok) return answer
    for (const [index, id] of batch.entries()) {
      const node = answer.data.nodes[index]
      if (node?.__typename !== 'Product') {
        missing.push(id)
        continue
      }
      const read = await readProduct(shopify, node)
      if (!read.ok) return read
      products.push(read.product)
    }
  }
  return { ok: true, products, missing }
}

/** All products of the shop; a refusal is yielded too and ends the walk. */
export async function* listProducts(shopify: AdminApi): AsyncGenerator<ProductsPage, void, void> {
  let after: string | null = null
  for (;;) {
    const answer: Awaited<ReturnType<typeof askProducts>> = await askProducts(shopify, after)
    if (!answer.ok) {
      yield answer
      return
    }
    const { nodes, pageInfo } = answer.data.products
    const products: FetchedProduct[] = []
    for (const node of nodes) {
      const read = await readProduct(shopify, node)
      if (!read.ok) {
        yield read
        return
      }
      products.push(read.product)
    }
    yield { ok: true, products, isLast: !pageInfo.hasNextPage }
    if (!pageInfo.hasNextPage) return
    after = pageInfo.endCursor
  }
}

function askProducts(shopify: AdminApi, after: string | null) {
  return shopify.request(ProductsPageDocument, {
    first: PRODUCTS_PER_REQUEST,
    after,
    collectionsPerProduct: COLLECTIONS_PER_PRODUCT,
  })
}

async function readProduct(
  shopify: AdminApi,
  node: ProductFieldsFragment,
): Promise<{ ok: true; product: FetchedProduct } | AdminRefusal> {
  const collectionIds = node.collections.nodes.map(({ id }) => numberOfGid(id))
  let after = node.collections.pageInfo.hasNextPage ? node.collections.pageInfo.endCursor : null
  while (after !== null) {
    const answer = await shopify.request(ProductCollectionsPageDocument, {
      productId: node.id,
      first: COLLECTIONS_PER_PAGE,
      after,
    })
    if (!answer.ok) return answer
    const page = answer.data.product?.collections
    collectionIds.push(...(page?.nodes ?? []).map(({ id }) => numberOfGid(id)))
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  }
  const { amount, currencyCode } = node.priceRangeV2.minVariantPrice
  const price = parseAmount(amount, currencyCode)
  return {
    ok: true,
    product: {
      productId: numberOfGid(node.id),
      title: node.title,
      handle: node.handle,
      status: node.status.toLowerCase(),
      imageUrl: node.featuredMedia?.preview?.image?.url ?? null,
      // Shown as a hint only; sales carry their own amounts.
      priceMinor: price.ok ? price.minor : 0n,
      collectionIds,
    },
  }
}
