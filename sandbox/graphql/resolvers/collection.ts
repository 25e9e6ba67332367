import type { Collection } from '#sandbox/state/nouns.ts'
import { connect, connectInOrder, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, plain, type Resolvers } from '../resolver.ts'
import { compileSearch, type SearchFields } from '../search-query.ts'
import { type Sorts, sortedBy } from '../sort-keys.ts'
import { exactCount } from './count.ts'
import { metafieldFields } from './metafield.ts'
import { PRODUCT_SORTS } from './product.ts'

const COLLECTION_SEARCH: SearchFields<Collection> = {
  text: (collection) => [collection.title, collection.handle],
  fields: {
    id: { kind: 'number', of: (collection) => Number(collection.id) },
    title: { kind: 'text', of: (collection) => [collection.title] },
    handle: { kind: 'text', of: (collection) => [collection.handle] },
    updated_at: { kind: 'time', of: (collection) => collection.updatedAt },
  },
}

const COLLECTION_SORTS: Sorts<Collection> = {
  ID: () => '',
  TITLE: (collection) => collection.title.toLowerCase(),
  UPDATED_AT: (collection) => Date.parse(collection.updatedAt),
}

export const collectionResolvers: Resolvers = {
  QueryRoot: fields({
    collection: (_root, { id }: { id: string }, { state }: GraphqlContext) =>
      state.collections[idOf(id, 'Collection')] ?? null,
    collectionByHandle: (_root, args: { handle: string }, { state }) =>
      Object.values(state.collections).find(({ handle }) => handle === args.handle) ?? null,
    collections: (_root, args: PageArgs & { query?: string | null; sortKey?: string }, { state }) => {
      const found = Object.values(state.collections).filter(compileSearch(args.query, COLLECTION_SEARCH))
      const keyOf = sortedBy(COLLECTION_SORTS, args.sortKey ?? 'ID')
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
      return connect(products, args, sortedBy(PRODUCT_SORTS, sortKey ?? 'ID'), (product) => product)
    },
  }),
}
