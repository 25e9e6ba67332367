import { createHash } from 'node:crypto'
import type { Metafield, ShopState } from '#sandbox/state/nouns.ts'
import { expandAppNamespace } from '../app-identity.ts'
import { connect, type PageArgs } from '../connection.ts'
import { gid, parseGid } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  plain,
  type Resolver,
  type Resolvers,
} from '../resolver.ts'

export interface MetafieldSource {
  metafield: Metafield
  ownerId: string
}

const OWNER_TYPES: Record<string, string> = {
  AppInstallation: 'API_PERMISSION',
  Collection: 'COLLECTION',
  Customer: 'CUSTOMER',
  DiscountAutomaticNode: 'DISCOUNT',
  DiscountCodeNode: 'DISCOUNT',
  DiscountNode: 'DISCOUNT',
  Location: 'LOCATION',
  Order: 'ORDER',
  Product: 'PRODUCT',
  ProductVariant: 'PRODUCTVARIANT',
  Shop: 'SHOP',
  Validation: 'VALIDATION',
}

export function isOwnerType(type: string): boolean {
  return Object.hasOwn(OWNER_TYPES, type)
}

/** The owner's metafields, as the list that holds them. */
export function metafieldsOf(state: ShopState, ownerId: string): Metafield[] {
  const owner = parseGid(ownerId)
  if (owner?.type === 'Product') return state.products[owner.id]?.metafields ?? []
  if (owner?.type === 'AppInstallation') return state.shop.installation?.metafields ?? []
  state.ownerMetafields ??= {}
  const key = owner?.type === 'DiscountNode' ? discountOwnerId(state, owner.id) : ownerId
  const list = state.ownerMetafields[key] ?? []
  state.ownerMetafields[key] = list
  return list
}

/** Discounts of both kinds are nodes of one more type; their metafields are the same ones. */
function discountOwnerId(state: ShopState, id: string): string {
  return gid(state.automaticDiscounts?.[id] ? 'DiscountAutomaticNode' : 'DiscountCodeNode', id)
}

/** What Shopify compares before it overwrites. */
export function digestOf(metafield: Metafield): string {
  return createHash('sha256').update(`${metafield.type}\n${metafield.value}`).digest('hex')
}

/** `metafield` and `metafields` of an owner. */
export function metafieldFields<Owner>(idOfOwner: (owner: Owner) => string): Record<string, Resolver<Owner>> {
  return {
    metafield: (owner, args: { namespace?: string | null; key: string }, { state }: GraphqlContext) => {
      const [namespace, key] = wanted(args.namespace, args.key)
      const ownerId = idOfOwner(owner)
      const found = metafieldsOf(state, ownerId).find((one) => one.namespace === namespace && one.key === key)
      return found ? { metafield: found, ownerId } : null
    },
    metafields: (
      owner,
      args: PageArgs & { namespace?: string | null; keys?: string[] | null },
      { state },
    ) => {
      const ownerId = idOfOwner(owner)
      const namespace = args.namespace == null ? undefined : expandAppNamespace(args.namespace)
      const keys = args.keys?.map((key) => wanted(undefined, key).join('.'))
      const found = metafieldsOf(state, ownerId).filter(
        (one) =>
          (namespace === undefined || one.namespace === namespace) &&
          (keys === undefined || keys.includes(`${one.namespace}.${one.key}`)),
      )
      const toNode = (metafield: Metafield): MetafieldSource => ({ metafield, ownerId })
      return connect(found, args, ({ id }) => ({ value: '', id }), toNode)
    },
  }
}

/** A key may carry its namespace: "namespace.key". */
function wanted(namespace: string | null | undefined, key: string): [namespace: string, key: string] {
  const dot = namespace == null ? key.lastIndexOf('.') : -1
  return dot === -1
    ? [expandAppNamespace(namespace), key]
    : [expandAppNamespace(key.slice(0, dot)), key.slice(dot + 1)]
}

export const metafieldResolvers: Resolvers = {
  Metafield: fields<MetafieldSource>({
    ...Object.fromEntries(
      Object.entries(plain<Metafield>('namespace', 'key', 'type', 'value')).map(([name, resolve]) => [
        name,
        ({ metafield }: MetafieldSource, args: unknown, context: GraphqlContext) =>
          resolve(metafield, args, context),
      ]),
    ),
    id: ({ metafield }) => gid('Metafield', metafield.id),
    legacyResourceId: ({ metafield }) => metafield.id,
    compareDigest: ({ metafield }) => digestOf(metafield),
    sizeInBytes: ({ metafield }) => Buffer.byteLength(metafield.value),
    jsonValue: ({ metafield }) => jsonValue(metafield.type, metafield.value),
    ownerType: ({ ownerId }) => {
      const type = OWNER_TYPES[parseGid(ownerId)?.type ?? '']
      if (!type) throw notImplemented(`owner type of ${ownerId}`)
      return type
    },
  }),
}

/** The value as JSON: texts stay texts, everything that is spelled as JSON is parsed. */
export function jsonValue(type: string, value: string): unknown {
  const spelledAsJson =
    /^(list\.|json$|rich_text_field$|boolean$|number_integer$|money$|dimension$|volume$|weight$|rating$|link$)/
  return spelledAsJson.test(type) ? (JSON.parse(value) as unknown) : value
}
