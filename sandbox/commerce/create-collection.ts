import type { Collection } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findShopState } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'

export interface CreateCollectionInput {
  title: string
  handle: string
  productIds: string[]
}

export function createCollection(
  sandbox: Sandbox,
  shopDomain: string,
  { title, handle, productIds }: CreateCollectionInput,
): { ok: true; collection: Collection } | Refusal<'unknown_shop' | 'handle_taken' | 'unknown_product'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const { state } = found
  if (Object.values(state.collections).some((collection) => collection.handle === handle)) {
    return refuse('handle_taken', `handle: ${handle} is taken.`)
  }
  const unknown = productIds.find((id) => !state.products[id])
  if (unknown !== undefined) return refuse('unknown_product', `productIds: there is no product ${unknown}.`)
  const collection: Collection = {
    id: sandbox.nextId('collection'),
    title,
    handle,
    productIds: [...new Set(productIds)],
    updatedAt: sandbox.clock.now().toISOString(),
  }
  state.collections[collection.id] = collection
  sandbox.changed()
  return { ok: true, collection }
}
