import { overwriteMetafield } from '#sandbox/functions/function-config.ts'
import type { Metafield } from '#sandbox/state/nouns.ts'
import { requireScopes } from '../access.ts'
import { expandAppNamespace } from '../app-identity.ts'
import { parseGid } from '../gid.ts'
import { fields, type GraphqlContext, type Resolvers } from '../resolver.ts'
import { digestOf, isOwnerType, type MetafieldSource, metafieldsOf } from './metafield.ts'
import { isValueOf, KNOWN_TYPES } from './metafield-values.ts'
import { loadNode } from './node-lookup.ts'
import { touchProduct } from './touch-product.ts'

const MOST_AT_ONCE = 25
const WRITE_SCOPES: Record<string, string[]> = {
  Collection: ['write_products'],
  Customer: ['write_customers'],
  DiscountAutomaticNode: ['write_discounts'],
  DiscountCodeNode: ['write_discounts'],
  DiscountNode: ['write_discounts'],
  Location: ['write_locations'],
  Order: ['write_orders'],
  Product: ['write_products'],
  ProductVariant: ['write_products'],
  Validation: ['write_validations'],
}

interface SetInput {
  ownerId: string
  namespace?: string | null
  key: string
  type?: string | null
  value: string
  compareDigest?: string | null
}

interface Problem {
  field: string[]
  code: string
  elementIndex: number
  message: string
}

export const metafieldMutations: Resolvers = {
  Mutation: fields({
    metafieldsSet: (_root, { metafields }: { metafields: SetInput[] }, context: GraphqlContext) => {
      if (metafields.length > MOST_AT_ONCE) {
        const message = `Exceeded the maximum metafields input limit of ${MOST_AT_ONCE}.`
        return {
          metafields: null,
          userErrors: [{ field: ['metafields'], code: 'LESS_THAN_OR_EQUAL_TO', elementIndex: null, message }],
        }
      }
      const problems = metafields.flatMap((input, index) => problemsOf(input, index, context))
      // All or nothing, as in Shopify.
      if (problems.length > 0) return { metafields: null, userErrors: problems }
      const saved = metafields.map((input) => save(input, context))
      context.sandbox.changed()
      return { metafields: saved, userErrors: [] }
    },
    metafieldsDelete: (
      _root,
      { metafields }: { metafields: Array<{ ownerId: string; namespace: string; key: string }> },
      context,
    ) => {
      const deletedMetafields = metafields.map(({ ownerId, namespace: given, key }) => {
        requireOwnerScope(ownerId, context, 'metafieldsDelete')
        const list = metafieldsOf(context.state, ownerId)
        const namespace = expandAppNamespace(given)
        const index = list.findIndex((one) => one.namespace === namespace && one.key === key)
        if (index === -1) return null
        list.splice(index, 1)
        touchProduct(context, ownerId)
        return { ownerId, namespace, key }
      })
      context.sandbox.changed()
      return { deletedMetafields, userErrors: [] }
    },
  }),
}

function requireOwnerScope(ownerId: string, { scopes }: GraphqlContext, field: string): void {
  const wanted = WRITE_SCOPES[parseGid(ownerId)?.type ?? '']
  if (wanted) requireScopes(scopes, wanted, field)
}

function problemsOf(input: SetInput, index: number, context: GraphqlContext): Problem[] {
  requireOwnerScope(input.ownerId, context, 'metafieldsSet')
  const problem = (field: string, code: string, message: string): Problem[] => [
    { field: ['metafields', String(index), field], code, elementIndex: index, message },
  ]
  const owner = parseGid(input.ownerId)
  if (!owner || !isOwnerType(owner.type) || !loadNode(input.ownerId, context)) {
    return problem('ownerId', 'INVALID', 'Owner does not exist.')
  }
  if (input.key.length < 2) return problem('key', 'TOO_SHORT', 'Key is too short (minimum is 2 characters)')
  if (input.key.length > 64) return problem('key', 'TOO_LONG', 'Key is too long (maximum is 64 characters)')
  const existing = existingOf(input, context)
  const type = input.type ?? existing?.type
  if (!type) return problem('type', 'BLANK', "Type can't be blank")
  if (!KNOWN_TYPES.test(type)) return problem('type', 'INCLUSION', 'Type is not a known metafield type')
  if (existing && existing.type !== type) {
    return problem(
      'type',
      'INVALID_TYPE',
      `Type must be '${existing.type}', the type of the existing metafield.`,
    )
  }
  if (input.value === '') return problem('value', 'BLANK', "Value can't be blank.")
  if (!isValueOf(type, input.value))
    return problem('value', 'INVALID_VALUE', `Value is invalid for type '${type}'.`)
  if (input.compareDigest !== undefined && input.compareDigest !== (existing ? digestOf(existing) : null)) {
    return problem('compareDigest', 'STALE_OBJECT', 'The resource has been updated since it was loaded.')
  }
  return []
}

function existingOf(input: SetInput, { state }: GraphqlContext): Metafield | undefined {
  const namespace = expandAppNamespace(input.namespace)
  return metafieldsOf(state, input.ownerId).find(
    (one) => one.namespace === namespace && one.key === input.key,
  )
}

/** Owners of functions' configuration. */
function isFunctionOwner(ownerId: string): boolean {
  return ['Validation', 'DiscountAutomaticNode', 'DiscountNode'].includes(parseGid(ownerId)?.type ?? '')
}

function save(input: SetInput, context: GraphqlContext): MetafieldSource {
  const existing = existingOf(input, context)
  touchProduct(context, input.ownerId)
  if (existing) {
    if (isFunctionOwner(input.ownerId)) overwriteMetafield(context.sandbox, existing, input.value)
    else existing.value = input.value
    return { metafield: existing, ownerId: input.ownerId }
  }
  const metafield: Metafield = {
    id: context.sandbox.nextId('metafield'),
    namespace: expandAppNamespace(input.namespace),
    key: input.key,
    type: input.type ?? '',
    value: input.value,
  }
  metafieldsOf(context.state, input.ownerId).push(metafield)
  return { metafield, ownerId: input.ownerId }
}
