import type { Order, Product } from '#sandbox/state/nouns.ts'
import { requireScopes } from '../access.ts'
import { idOf, parseGid } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  type Resolvers,
  refuseUnsupported,
  type Typed,
} from '../resolver.ts'
import { loadNode } from './node-lookup.ts'
import { touchProduct } from './touch-product.ts'

interface ProductUpdate {
  id?: string | null
  title?: string | null
  handle?: string | null
  descriptionHtml?: string | null
  vendor?: string | null
  productType?: string | null
  status?: Product['status'] | null
  tags?: string[] | null
}

const UPDATABLE = ['id', 'title', 'handle', 'descriptionHtml', 'vendor', 'productType', 'status', 'tags']
const TAG_SCOPES: Record<string, string[]> = {
  Product: ['write_products'],
  Order: ['write_orders'],
  Customer: ['write_customers'],
}

interface TagArgs {
  id: string
  tags: string[]
}

export const productMutations: Resolvers = {
  Mutation: fields({
    productUpdate: (
      _root,
      args: { product?: ProductUpdate | null; input?: unknown; identifier?: unknown },
      context,
    ) => {
      if (args.input || args.identifier || !args.product)
        throw notImplemented('productUpdate without `product`')
      const { deleteConflictingConstrainedMetafields: _defaulted, ...input } = args.product as ProductUpdate &
        Record<string, unknown>
      refuseUnsupported(input, UPDATABLE, 'ProductUpdateInput')
      const product = context.state.products[idOf(input.id ?? '', 'Product')]
      if (!product)
        return { product: null, userErrors: [{ field: ['id'], message: 'Product does not exist' }] }
      if (input.title === '')
        return { product: null, userErrors: [{ field: ['title'], message: "Title can't be blank" }] }
      product.title = input.title ?? product.title
      product.handle = input.handle ?? product.handle
      product.descriptionHtml = input.descriptionHtml ?? product.descriptionHtml
      product.vendor = input.vendor ?? product.vendor
      product.productType = input.productType ?? product.productType
      product.status = input.status ?? product.status
      product.tags = input.tags ? normalTags(input.tags) : product.tags
      touchProduct(context, input.id ?? '')
      context.sandbox.changed()
      return { product, userErrors: [] }
    },
    tagsAdd: (_root, args: TagArgs, context: GraphqlContext) =>
      changeTags(args, context, 'tagsAdd', (now) => normalTags([...now, ...args.tags])),
    tagsRemove: (_root, args: TagArgs, context) => {
      const gone = new Set(args.tags.map((tag) => tag.trim().toLowerCase()))
      return changeTags(args, context, 'tagsRemove', (now) =>
        now.filter((tag) => !gone.has(tag.toLowerCase())),
      )
    },
  }),
}

/** Trimmed, without empty ones and repetitions, sorted as Shopify shows them. */
function normalTags(tags: string[]): string[] {
  const byFolded = new Map(tags.map((tag) => [tag.trim().toLowerCase(), tag.trim()]))
  byFolded.delete('')
  return [...byFolded.values()].sort()
}

function changeTags(
  { id }: TagArgs,
  context: GraphqlContext,
  field: string,
  change: (tags: string[]) => string[],
): { node: Typed | null; userErrors: unknown[] } {
  const type = parseGid(id)?.type ?? ''
  const wanted = TAG_SCOPES[type]
  if (!wanted) throw notImplemented(`${field} on ${type || id}`)
  requireScopes(context.scopes, wanted, field)
  const node = loadNode(id, context)
  if (!node) return { node: null, userErrors: [{ field: ['id'], message: `${type} does not exist` }] }
  const noun = node.value as Product | Order
  noun.tags = change(noun.tags)
  touchProduct(context, id)
  context.sandbox.changed()
  return { node, userErrors: [] }
}
