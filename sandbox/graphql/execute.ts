// Running a checked operation: every field passes access, cost and the registry; what is not in the registry is refused by name.
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLTypeResolver,
} from 'graphql'
import { releaseExpired } from '#sandbox/commerce/draft-orders.ts'
import { requireFieldAccess, requireTypeAccess } from './access.ts'
import { CostMeter } from './cost.ts'
import { answerIdempotently } from './idempotency.ts'
import { type GraphqlContext, notImplemented, type Resolver, Typed } from './resolver.ts'
import { resolvers } from './resolvers/registry.ts'
import { adminSchema } from './schema.ts'

// Arguments that no resolver honours: ignoring them would answer another question than was asked.
const REFUSED_ARGUMENTS = ['savedSearchId']

interface Execution extends GraphqlContext {
  meter: CostMeter
}

/** Runs the operation; `actualCost` is what it touched. */
export async function runOperation(
  context: GraphqlContext,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Record<string, unknown>,
): Promise<{ result: ExecutionResult; actualCost: number }> {
  releaseExpired(context.sandbox, context.state)
  const meter = new CostMeter()
  const execution: Execution = { ...context, meter }
  const result = await execute({
    schema: adminSchema(),
    document,
    contextValue: execution,
    variableValues: variables,
    operationName,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  })
  return { result, actualCost: meter.points }
}

const resolveField: GraphQLFieldResolver<unknown, Execution> = (raw, args, context, info) => {
  context.meter.see(info)
  requireFieldAccess(context.scopes, info)
  for (const name of REFUSED_ARGUMENTS) {
    if (args[name] != null)
      throw notImplemented(`argument ${info.parentType.name}.${info.fieldName}(${name}:)`)
  }
  const source = raw instanceof Typed ? raw.value : raw
  const resolver = resolverOf(info.parentType.name, info.fieldName, source)
  if (info.parentType.name === 'Mutation') return answerIdempotently(resolver, args, context, info)
  return resolver(source, args, context)
}

function resolverOf(typeName: string, field: string, source: unknown): Resolver {
  const listed = resolvers[typeName]
  if (listed) {
    const resolver = listed[field]
    if (!resolver) throw notImplemented(`field ${typeName}.${field}`)
    return resolver
  }
  // Values without a listed type (money, payloads, connections) are built with exactly the fields that they have.
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, field)) {
    throw notImplemented(`field ${typeName}.${field}`)
  }
  const value: unknown = (source as Record<string, unknown>)[field]
  return () => value
}

const resolveType: GraphQLTypeResolver<unknown, Execution> = (value, context, info) => {
  if (!(value instanceof Typed))
    throw new Error(`sandbox: ${info.parentType.name}.${info.fieldName} answered no concrete type`)
  requireTypeAccess(context.scopes, value.typeName, info.fieldName)
  return value.typeName
}
