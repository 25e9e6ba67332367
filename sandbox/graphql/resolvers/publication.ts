// Publications: where products are published, from when, and the two mutations that change it.
import {
  isPublished,
  type Publication,
  publicationsOf,
  publishDateOf,
  setPublication,
} from '#sandbox/commerce/publish-product.ts'
import type { Product, ShopState } from '#sandbox/state/nouns.ts'
import { connectInOrder, type PageArgs } from '../connection.ts'
import { gid, idOf, parseGid } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  type Resolver,
  type Resolvers,
  refuseUnsupported,
  Typed,
} from '../resolver.ts'
import { exactCount } from './count.ts'
import { touchProduct } from './touch-product.ts'

interface PublicationInput {
  publicationId?: string | null
  publishDate?: string | null
}

interface Args {
  id: string
  input: PublicationInput[]
}

interface OnPublication {
  product: Product
  publication: Publication
}

interface PublishedArgs extends PageArgs {
  onlyPublished?: boolean
}

const EPOCH = '1970-01-01T00:00:00.000Z'

function findPublication(state: ShopState, globalId: string | null | undefined): Publication | undefined {
  const id = globalId ? idOf(globalId, 'Publication') : ''
  return publicationsOf(state).find((publication) => publication.id === id)
}

/** Publications that the product is on, planned ones among them. */
function placesOf(state: ShopState, product: Product): OnPublication[] {
  return publicationsOf(state)
    .filter(({ id }) => publishDateOf(product, id) !== null)
    .map((publication) => ({ product, publication }))
}

function isLive({ product, publication }: OnPublication, { sandbox }: GraphqlContext): boolean {
  return isPublished(product, publication.id, sandbox.clock.now())
}

function changePublications(
  name: string,
  { id, input }: Args,
  context: GraphqlContext,
  dateOf: (input: PublicationInput, publication: Publication) => string | null | { problem: string },
) {
  const { state } = context
  if (parseGid(id)?.type === 'Collection') throw notImplemented(`${name} of a collection`)
  const product = state.products[idOf(id, 'Product')]
  if (!product)
    return { publishable: null, shop: state.shop, userErrors: [problem(['id'], 'Product does not exist')] }
  const changes: Array<{ publicationId: string; from: string | null }> = []
  const userErrors = input.flatMap((one, index) => {
    refuseUnsupported(one, ['publicationId', 'publishDate'], 'PublicationInput')
    const field = ['input', String(index)]
    const publication = findPublication(state, one.publicationId)
    if (!publication)
      return [problem([...field, 'publicationId'], 'Publication does not exist or is not publishable')]
    const from = dateOf(one, publication)
    if (from !== null && typeof from === 'object') return [problem([...field, 'publishDate'], from.problem)]
    changes.push({ publicationId: publication.id, from })
    return []
  })
  if (userErrors.length > 0) return { publishable: null, shop: state.shop, userErrors }
  for (const { publicationId, from } of changes) setPublication(state, product, publicationId, from)
  touchProduct(context, id)
  context.sandbox.changed()
  return { publishable: new Typed('Product', product), shop: state.shop, userErrors: [] }
}

function problem(field: string[], message: string) {
  return { field, message }
}

const findOne: Resolver = (_root, { id }: { id: string }, { state }) => findPublication(state, id) ?? null

export const publicationResolvers: Resolvers = {
  QueryRoot: fields({
    publication: findOne,
    publications: (_root, args: PageArgs & { catalogType?: string | null }, { state }: GraphqlContext) => {
      if (args.catalogType && args.catalogType !== 'APP')
        throw notImplemented(`argument QueryRoot.publications(catalogType: ${args.catalogType})`)
      return connectInOrder(publicationsOf(state), args, (publication) => publication)
    },
    publicationsCount: (_root, _args, { state }) => exactCount(publicationsOf(state).length),
  }),
  Mutation: fields({
    publishablePublish: (_root, args: Args, context: GraphqlContext) =>
      changePublications('publishablePublish', args, context, ({ publishDate }, publication) => {
        const now = context.sandbox.clock.now()
        const from = publishDate ? new Date(publishDate) : now
        if (from > now && !publication.supportsFuturePublishing)
          return { problem: `${publication.name} does not support future publishing` }
        return from.toISOString()
      }),
    publishableUnpublish: (_root, args: Args, context: GraphqlContext) =>
      changePublications('publishableUnpublish', args, context, () => null),
  }),
  Publication: fields<Publication>({
    id: ({ id }) => gid('Publication', id),
    name: ({ name }) => name,
    autoPublish: () => true,
    supportsFuturePublishing: ({ supportsFuturePublishing }) => supportsFuturePublishing,
    catalog: ({ id, name }) =>
      new Typed('AppCatalog', { id: gid('AppCatalog', id), title: name, status: 'ACTIVE' }),
    channels: (publication, args: PageArgs) =>
      connectInOrder([publication], args, ({ id, name, handle, supportsFuturePublishing }) => ({
        id: gid('Channel', id),
        name,
        handle,
        supportsFuturePublishing,
      })),
  }),
  Product: fields<Product>({
    publishedAt: (product, _args, context) => {
      const [onlineStore] = placesOf(context.state, product)
      const isOnline = onlineStore?.publication.supportsFuturePublishing && isLive(onlineStore, context)
      return isOnline ? publishDateOf(product, onlineStore.publication.id) : null
    },
    publishedOnPublication: (product, { publicationId }: { publicationId: string }, context) => {
      const publication = findPublication(context.state, publicationId)
      return publication !== undefined && isLive({ product, publication }, context)
    },
    availablePublicationsCount: (product, _args, context) =>
      exactCount(placesOf(context.state, product).filter((place) => isLive(place, context)).length),
    // As documented, the first version's list keeps a place for every publication, published or not.
    resourcePublications: (product, args: PublishedArgs, context) => {
      const all = publicationsOf(context.state).map((publication) => ({ product, publication }))
      const wanted = args.onlyPublished === false ? all : all.filter((place) => isLive(place, context))
      return connectInOrder(wanted, args, (place) => place)
    },
    resourcePublicationsCount: (product, { onlyPublished }: PublishedArgs, context) => {
      const places = placesOf(context.state, product)
      const wanted = onlyPublished === false ? places : places.filter((place) => isLive(place, context))
      return exactCount(wanted.length)
    },
    resourcePublicationsV2: (
      product,
      args: PublishedArgs & { catalogType?: string | null },
      context: GraphqlContext,
    ) => {
      if (args.catalogType && args.catalogType !== 'APP')
        throw notImplemented(`argument Product.resourcePublicationsV2(catalogType: ${args.catalogType})`)
      const places = placesOf(context.state, product)
      const wanted = args.onlyPublished === false ? places : places.filter((place) => isLive(place, context))
      return connectInOrder(wanted, args, (place) => place)
    },
    unpublishedPublications: (product, args: PageArgs, context) =>
      connectInOrder(
        publicationsOf(context.state).filter((publication) => !isLive({ product, publication }, context)),
        args,
        (publication) => publication,
      ),
  }),
  ResourcePublication: fields<OnPublication>({
    // "Also true if it is scheduled to be published."
    isPublished: ({ product, publication }) => publishDateOf(product, publication.id) !== null,
    publishDate: ({ product, publication }) => publishDateOf(product, publication.id) ?? EPOCH,
    publication: ({ publication }) => publication,
    publishable: ({ product }) => new Typed('Product', product),
  }),
  ResourcePublicationV2: fields<OnPublication>({
    isPublished: (place, _args, context) => isLive(place, context),
    publishDate: ({ product, publication }) => publishDateOf(product, publication.id),
    publication: ({ publication }) => publication,
    publishable: ({ product }) => new Typed('Product', product),
  }),
}
