// Query cost: scalars 0, objects 1, a connection 2 plus its page size times a node's cost, a mutation 10.
// Objects that are mere values (money, counts, page infos, payloads and their errors) count as scalars.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'

export const MAX_QUERY_COST = 1000
const MAX_PAGE = 250
const MUTATION_COST = 10
const VALUE_TYPES = new Set([
  'QueryRoot',
  'Mutation',
  'MoneyBag',
  'MoneyV2',
  'PageInfo',
  'Count',
  'Attribute',
  'SelectedOption',
])

function ownCost(typeName: string): number {
  if (typeName.endsWith('Connection')) return 2
  return VALUE_TYPES.has(typeName) || /(Edge|Payload|Error)$/.test(typeName) ? 0 : 1
}

export interface CostAssessment {
  requested: number
  /** Connections asked without, or with an impossible, page size. */
  errors: GraphQLError[]
}

interface Walk {
  schema: GraphQLSchema
  fragments: Map<string, FragmentDefinitionNode>
  variables: Record<string, unknown>
  errors: GraphQLError[]
}

/** Cost of an operation before it runs. The document must be valid against the schema. */
export function assessCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): CostAssessment {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const walk: Walk = { schema, fragments, variables, errors: [] }
  const root = schema.getRootType(operation.operation)
  const requested = root ? selectionCost(walk, operation.selectionSet, root) : 0
  return { requested, errors: walk.errors }
}

function selectionCost(walk: Walk, selectionSet: SelectionSetNode, parent: GraphQLNamedType): number {
  let shared = 0
  // Behind an interface only one concrete type can come: the dearest counts.
  const alternatives = new Map<string, number>()
  for (const selection of selectionSet.selections) {
    if (isSkipped(walk, selection.directives ?? [])) continue
    if (selection.kind === Kind.FIELD) {
      shared += fieldCost(walk, selection, parent)
      continue
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(selection.name.value) : selection
    if (!fragment) continue
    const condition = fragment.typeCondition?.name.value
    const type = condition ? (walk.schema.getType(condition) ?? parent) : parent
    const cost = selectionCost(walk, fragment.selectionSet, type)
    if (isAbstractType(parent) && isObjectType(type)) {
      alternatives.set(type.name, (alternatives.get(type.name) ?? 0) + cost)
    } else shared += cost
  }
  return shared + Math.max(0, ...alternatives.values())
}

function fieldCost(walk: Walk, field: FieldNode, parent: GraphQLNamedType): number {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return 0
  const definition = parent.getFields()[field.name.value]
  if (!definition) return 0
  const named = getNamedType(definition.type)
  if (isLeafType(named) || !field.selectionSet) return 0
  const children = selectionCost(walk, field.selectionSet, named)
  if (named.name.endsWith('Connection')) return 2 + pageSize(walk, field) * children
  const mutation = parent.name === 'Mutation' ? MUTATION_COST : 0
  const own = mutation + ownCost(named.name) + children
  const inConnection = parent.name.endsWith('Connection')
  return isListType(getNullableType(definition.type)) && !inConnection ? own * listSize(walk, field) : own
}

function pageSize(walk: Walk, field: FieldNode): number {
  const first = argument(walk, field, 'first')
  const last = argument(walk, field, 'last')
  const refuse = (message: string): number => {
    walk.errors.push(new GraphQLError(message, { nodes: [field], extensions: { code: 'BAD_REQUEST' } }))
    return 0
  }
  if (typeof first === 'number' && typeof last === 'number')
    return refuse('providing both first and last is not supported')
  const size = first ?? last
  if (typeof size !== 'number') return refuse('you must provide one of first or last')
  const name = typeof first === 'number' ? 'first' : 'last'
  if (size < 1) return refuse(`${name} must be greater than 0`)
  if (size > MAX_PAGE) {
    return refuse(
      `${name} cannot exceed 250. To query larger amounts of data with fewer limits, bulk operations should be used instead.`,
    )
  }
  return size
}

/** Plain lists tell their size through `first` or through the list of what is asked for. */
function listSize(walk: Walk, field: FieldNode): number {
  const first = argument(walk, field, 'first')
  if (typeof first === 'number') return first
  const asked = argument(walk, field, 'ids') ?? argument(walk, field, 'names')
  return Array.isArray(asked) ? asked.length : 1
}

function argument(walk: Walk, field: FieldNode, name: string): unknown {
  const node = field.arguments?.find((candidate) => candidate.name.value === name)
  return node ? (valueFromASTUntyped(node.value, walk.variables) ?? undefined) : undefined
}

function isSkipped(walk: Walk, directives: NonNullable<FieldNode['directives']>): boolean {
  return directives.some(({ name, arguments: args }) => {
    const value = args?.[0] ? valueFromASTUntyped(args[0].value, walk.variables) : undefined
    return (name.value === 'skip' && value === true) || (name.value === 'include' && value === false)
  })
}

/** Counts what an execution really touches. */
export class CostMeter {
  #seen = new Set<object>()
  #points = 0

  /** Call for each field that is resolved: its parent object counts once. */
  see(info: GraphQLResolveInfo): void {
    if (info.parentType.name === 'Mutation') this.#points += MUTATION_COST
    const object = info.path.prev
    if (!object || this.#seen.has(object)) return
    this.#seen.add(object)
    this.#points += ownCost(info.parentType.name)
  }

  get points(): number {
    return this.#points
  }
}
