// The input of a function: its own query, executed over the shop's state. A field that the sandbox does not know is refused by name.
import { execute, GraphQLError, type GraphQLFieldResolver, getOperationAST } from 'graphql'
import { expandAppNamespace } from '#sandbox/graphql/app-identity.ts'
import { gid } from '#sandbox/graphql/gid.ts'
import { jsonValue, metafieldsOf } from '#sandbox/graphql/resolvers/metafield.ts'
import type { Customer, Metafield, Product, ShopState, Variant } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { valueForFunctions } from './function-config.ts'
import type { FunctionExtension } from './function-extensions.ts'
import { checkInputQuery, schemaOf } from './function-schema.ts'
import { localTimeFields, shopClock } from './shop-clock.ts'

/** Shopify does not give functions larger values. */
const MOST_METAFIELD_BYTES = 10_000

export interface OccasionLine {
  id: string
  product: Product
  variant: Variant
  quantity: number
  properties: Record<string, string>
}

/** A cart at a step of the buyer's way. */
export interface Occasion {
  step: 'CART_INTERACTION' | 'CHECKOUT_INTERACTION' | 'CHECKOUT_COMPLETION'
  lines: OccasionLine[]
  attributes: Record<string, string>
  email: string | null
  customer: Customer | null
  isAuthenticated: boolean
  /** ISO 639, upper case. */
  language: string
}

/** Whose metafields configure the function. */
export interface FunctionOwner {
  type: 'Validation' | 'DiscountAutomaticNode'
  id: string
  discountClasses?: string[]
}

interface Source {
  sandbox: Sandbox
  state: ShopState
  occasion: Occasion
  owner: FunctionOwner
}

type Fields = Record<string, (args: Record<string, unknown>) => unknown>

/** Errors: throws when the query cannot be executed, as when a variable that must be there is not: to Shopify the function has failed then. */
export function buildFunctionInput(extension: FunctionExtension, source: Source): unknown {
  const { document } = checkInputQuery(extension)
  const result = execute({
    schema: schemaOf(extension),
    document,
    rootValue: rootOf(source),
    variableValues: variablesOf(extension, source),
    fieldResolver: resolveField,
    typeResolver: (value: { __typename?: string }) => value.__typename,
  })
  if (result instanceof Promise) throw new Error('sandbox: the input of a function is read at once')
  if (result.errors) throw new Error(result.errors.map(({ message }) => message).join('; '))
  return JSON.parse(JSON.stringify(result.data)) as unknown
}

const resolveField: GraphQLFieldResolver<Fields, unknown> = (source, args, _context, info) => {
  const field = source[info.fieldName]
  if (field === undefined)
    throw new GraphQLError(`sandbox: field ${info.parentType.name}.${info.fieldName} is not implemented`)
  return typeof field === 'function' ? field(args) : field
}

/** Each variable of the query from the key of that name in the owner's metafield; null where there is none. */
function variablesOf(extension: FunctionExtension, source: Source): Record<string, unknown> {
  const document = checkInputQuery(extension).document
  const declared = getOperationAST(document)?.variableDefinitions ?? []
  const { variables } = extension
  const owner = gid(source.owner.type, source.owner.id)
  const text = variables && readMetafield(source, owner, variables.namespace, variables.key, true)?.value
  const given = text ? (JSON.parse(text) as Record<string, unknown>) : {}
  return Object.fromEntries(
    declared.map(({ variable }) => [variable.name.value, given[variable.name.value] ?? null]),
  )
}

function rootOf(source: Source): Fields {
  const { state, occasion, owner } = source
  return {
    buyerJourney: () => ({ step: () => occasion.step }),
    cart: () => cartOf(source),
    localization: () => ({
      language: () => ({ isoCode: () => occasion.language }),
      country: () => ({ isoCode: () => state.shop.country }),
    }),
    presentmentCurrencyRate: () => '1.0',
    shop: () => ({
      localTime: () => localTimeFields(shopClock(source.sandbox.clock.now(), state.shop.timeZone)),
      ...metafieldField(source, gid('Shop', state.shop.id)),
    }),
    validation: () => metafieldField(source, gid(owner.type, owner.id), true),
    discount: () => ({
      discountClasses: () => owner.discountClasses ?? [],
      ...metafieldField(source, gid(owner.type, owner.id), true),
    }),
    enteredDiscountCodes: () => [],
    triggeringDiscountCode: () => null,
  }
}

function cartOf(source: Source): Fields {
  const { state, occasion } = source
  const { attributes, email, customer } = occasion
  return {
    attribute: ({ key }) => attributeOf(attributes, key),
    buyerIdentity: () =>
      email === null && customer === null
        ? null
        : {
            email: () => email,
            phone: () => customer?.phone ?? null,
            isAuthenticated: () => occasion.isAuthenticated,
            customer: () => customer && customerOf(source, customer),
          },
    lines: () =>
      occasion.lines.map((line) => ({
        id: () => gid('CartLine', line.id),
        quantity: () => line.quantity,
        attribute: ({ key }: Record<string, unknown>) => attributeOf(line.properties, key),
        cost: () => ({
          amountPerQuantity: () => ({
            amount: () => line.variant.price,
            currencyCode: () => state.shop.currency,
          }),
        }),
        merchandise: () => variantOf(source, line),
        sellingPlanAllocation: () => null,
      })),
  }
}

function attributeOf(attributes: Record<string, string>, key: unknown): Fields | null {
  const value = typeof key === 'string' && Object.hasOwn(attributes, key) ? attributes[key] : undefined
  return value === undefined ? null : { key: () => key, value: () => value }
}

function customerOf(source: Source, customer: Customer): Fields {
  const has = (tag: string) => customer.tags.some((one) => one.toLowerCase() === tag.toLowerCase())
  const tagsOf = (args: Record<string, unknown>) => args.tags as string[]
  return {
    id: () => gid('Customer', customer.id),
    email: () => customer.email,
    hasTags: (args) => tagsOf(args).map((tag) => ({ tag: () => tag, hasTag: () => has(tag) })),
    hasAnyTag: (args) => tagsOf(args).some(has),
    numberOfOrders: () =>
      Object.values(source.state.orders).filter(({ customerId }) => customerId === customer.id).length,
    ...metafieldField(source, gid('Customer', customer.id)),
  }
}

function variantOf(source: Source, { product, variant }: OccasionLine): object {
  return {
    __typename: 'ProductVariant',
    id: () => gid('ProductVariant', variant.id),
    sku: () => variant.sku,
    title: () => variant.title,
    ...metafieldField(source, gid('ProductVariant', variant.id)),
    product: () => ({
      id: () => gid('Product', product.id),
      handle: () => product.handle,
      title: () => product.title,
      hasAnyTag: (args: Record<string, unknown>) =>
        product.tags.some((tag) => (args.tags as string[]).includes(tag)),
      ...metafieldField(source, gid('Product', product.id)),
    }),
  }
}

function metafieldField(source: Source, ownerId: string, isConfig = false): Fields {
  return {
    metafield: ({ namespace, key }) => {
      const name = typeof namespace === 'string' ? namespace : '$app'
      const found = readMetafield(source, ownerId, name, String(key), isConfig)
      if (!found) return null
      return {
        type: () => found.type,
        value: () => found.value,
        jsonValue: () => jsonValue(found.type, found.value),
      }
    },
  }
}

function readMetafield(
  { sandbox, state }: Source,
  ownerId: string,
  namespace: string,
  key: string,
  isConfig: boolean,
): Pick<Metafield, 'type' | 'value'> | null {
  const spelled = expandAppNamespace(namespace)
  const found = metafieldsOf(state, ownerId).find((one) => one.namespace === spelled && one.key === key)
  if (!found) return null
  const value = isConfig ? valueForFunctions(sandbox, found) : found.value
  return Buffer.byteLength(value) > MOST_METAFIELD_BYTES ? null : { type: found.type, value }
}
