import type { Collection } from '#sandbox/state/nouns.ts'
import { connect, connectInOrder, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, notImplemented, plain, type Resolvers } from '../resolver.ts'
import { compileSearch, type SearchFields } from '../search-query.ts'
import { exactCount } from './count.ts'
import { metafieldFields } from './metafield.ts'
import { productKey } from './product.ts'

const COLLECTION_SEARCH: SearchFields<Collection> = {
  text: (collection) => [collection.title, collection.handle],
  fields: {
    id: { kind: 'number', of: (collection) => Number(collection.id) },
    title: { kind: 'text', of: (collection) => [collection.title] },
    handle: { kind: 'text', of: (collection) => [collection.handle] },
    updated_at: { kind: 'time', of: (collection) => collection.updatedAt },
  },
}

function sortValue(sortKey: string | undefined, collection: Collection): string | number {
  switch (sortKey ?? 'ID') {
    case 'ID':
      return ''
    case 'TITLE':
      return collection.title.toLowerCase()
    case 'UPDATED_AT':
      return Date.parse(collection.updatedAt)
    default:
      throw notImplemented(`sort key ${sortKey}`)
  }
}

export const collectionResolvers: Resolvers = {
  QueryRoot: fields({
    collection: (_root, { id }: { id: string }, { state }: GraphqlContext) =>
      state.collections[idOf(id, 'Collection')] ?? null,
    collectionByHandle: (_root, args: { handle: string }, { state }) =>
      Object.values(state.collections).find(({ handle }) => handle === args.handle) ?? null,
    collections: (_root, args: PageArgs & { query?: string | null; sortKey?: string }, { state }) => {
      const found = Object.values(state.collections).filter(compileSearch(args.query, COLLECTION_SEARCH))
      const keyOf = (collection: Collection) => ({
        value: sortValue(args.sortKey, collection),
        id: collection.id,
      })
      return connect(found, args, keyOf, (collection) => collection)
    },
  }),
  Collection: fields<Collection>({
    ...plain<Collection>('title', 'handle', 'updatedAt'),
    ...metafieldFields((collection: Collection) => gid('Collection', collection.id)),
    id: (collection) => gid('Collection', collection.id),
    legacyResourceId: (collection) => collection.id,
    description: () => '',
    descriptionHtml: () => '',
    hasProduct: (collection, { id }: { id: string }) => collection.productIds.includes(idOf(id, 'Product')),
    productsCount: (collection) => exactCount(collection.productIds.length),
    products: (collection, args: PageArgs & { sortKey?: string }, { state }) => {
      const products = collection.productIds.flatMap((id) => state.products[id] ?? [])
      if (args.sortKey === 'COLLECTION_DEFAULT' || args.sortKey === 'MANUAL') {
        return connectInOrder(
          args.reverse ? products.reverse() : products,
          { ...args, reverse: false },
          (product) => product,
        )
      }
      const sortKey = args.sortKey === 'CREATED' ? 'CREATED_AT' : args.sortKey
      return connect(
        products,
        args,
        (product) => productKey(sortKey, product),
        (product) => product,
      )
    },
  }),
}
