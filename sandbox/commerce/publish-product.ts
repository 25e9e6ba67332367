// Where a product can be found: a shop's publications, and from when a product is on which of them.
import type { Product, ShopState } from '#sandbox/state/nouns.ts'

export interface Publication {
  id: string
  name: string
  handle: string
  /** Only the online store keeps a publish date in the future. */
  supportsFuturePublishing: boolean
}

/** The channels of every sandbox shop; ids differ from shop to shop, as Shopify's do. */
export function publicationsOf({ shop }: ShopState): Publication[] {
  return [
    { id: `${shop.id}1`, name: 'Online Store', handle: 'online_store', supportsFuturePublishing: true },
    { id: `${shop.id}2`, name: 'Point of Sale', handle: 'pos', supportsFuturePublishing: false },
  ]
}

export function onlineStoreOf(state: ShopState): Publication {
  const [onlineStore] = publicationsOf(state)
  if (!onlineStore) throw new Error('sandbox: a shop without an online store')
  return onlineStore
}

/** From when the product is on a publication, past or planned; null: it is not. */
export function publishDateOf(product: Product, publicationId: string): string | null {
  if (!product.publications) return product.createdAt
  return product.publications[publicationId] ?? null
}

export function isPublished(product: Product, publicationId: string, now: Date): boolean {
  const from = publishDateOf(product, publicationId)
  return from !== null && Date.parse(from) <= now.getTime()
}

/** Sets (a date) or takes away (null) one publication; the others stay as they are. */
export function setPublication(
  state: ShopState,
  product: Product,
  publicationId: string,
  from: string | null,
): void {
  const dates = publicationsOf(state).map(({ id }): [string, string | null] => [
    id,
    id === publicationId ? from : publishDateOf(product, id),
  ])
  product.publications = Object.fromEntries(
    dates.filter((entry): entry is [string, string] => entry[1] !== null),
  )
}
