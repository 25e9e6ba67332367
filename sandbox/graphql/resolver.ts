// What a resolver is here: explicit per type and field. A field of a listed type without a resolver is refused by name.
import { GraphQLError } from 'graphql'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'

export interface GraphqlContext {
  sandbox: Sandbox
  state: ShopState
  shopDomain: string
  /** Granted scopes, without what they imply. */
  scopes: ReadonlySet<string>
}

// Method syntax makes parameters bivariant: each resolver names the source and the arguments that its field really has.
export type Resolver<Source = unknown> = {
  resolve(source: Source, args: unknown, context: GraphqlContext): unknown
}['resolve']
export type TypeResolvers = Record<string, Resolver>
export type Resolvers = Record<string, TypeResolvers>

/** Resolvers of one type whose source is `Source`. */
export function fields<Source>(resolvers: Record<string, Resolver<Source>>): TypeResolvers {
  return resolvers
}

/** Fields that are properties of the noun, under the same name. */
export function plain<Source extends object>(
  ...names: Array<keyof Source & string>
): Record<string, Resolver<Source>> {
  return Object.fromEntries(names.map((name) => [name, (source: Source) => source[name]]))
}

/** A value in an interface or union position: it carries its concrete type. */
export class Typed {
  readonly typeName: string
  readonly value: unknown
  constructor(typeName: string, value: unknown) {
    this.typeName = typeName
    this.value = value
  }
}

export function notImplemented(what: string): GraphQLError {
  return new GraphQLError(`sandbox: ${what} is not implemented`, {
    extensions: { code: 'SANDBOX_NOT_IMPLEMENTED' },
  })
}

/** Refuses, by name, input fields that the sandbox would otherwise ignore. null and absent are the same. */
export function refuseUnsupported(input: object, supported: readonly string[], where: string): void {
  for (const [name, value] of Object.entries(input)) {
    if (value === null || value === undefined || supported.includes(name)) continue
    if (Array.isArray(value) && value.length === 0) continue
    throw notImplemented(`input ${where}.${name}`)
  }
}
