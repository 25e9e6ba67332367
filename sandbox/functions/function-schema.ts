// The Functions schema of an extension, the checks that its input query must pass before anything runs, and its output's.
import fs from 'node:fs'
import path from 'node:path'
import {
  buildSchema,
  coerceInputValue,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { FunctionExtension } from './function-extensions.ts'

export const MOST_QUERY_BYTES = 3000
export const MOST_QUERY_COST = 30
const LOOKUP_COST = 3
const LOOKUPS = new Set(['hasAnyTag', 'hasTags', 'inAnyCollection', 'inCollections'])

/** Which mutation of the schema takes a target's result. */
const RESULT_FIELDS: Record<string, string> = {
  'cart.validations.generate.run': 'cartValidationsGenerateRun',
  'cart.lines.discounts.generate.run': 'cartLinesDiscountsGenerateRun',
}

const schemas = new Map<string, GraphQLSchema>()

export function schemaOf({ folder }: Pick<FunctionExtension, 'folder'>): GraphQLSchema {
  const file = path.join(folder, 'schema.graphql')
  const known = schemas.get(file)
  if (known) return known
  const built = buildSchema(fs.readFileSync(file, 'utf8'), { assumeValid: true })
  schemas.set(file, built)
  return built
}

export interface QueryFacts {
  document: DocumentNode
  bytes: number
  cost: number
}

/** Parses and checks an input query. Errors: throws, with every problem, what Shopify would refuse at deployment. */
export function checkInputQuery(
  extension: Pick<FunctionExtension, 'folder' | 'handle' | 'inputQuery'>,
): QueryFacts {
  const schema = schemaOf(extension)
  const document = parse(extension.inputQuery)
  const problems = validate(schema, document).map(({ message }) => message)
  // Comments do not count; the query's own blanks do.
  const bytes = Buffer.byteLength(extension.inputQuery.replace(/#.*$/gm, ''))
  const cost = problems.length > 0 ? 0 : queryCost(schema, document)
  if (bytes > MOST_QUERY_BYTES) problems.push(`it has ${bytes} bytes, ${MOST_QUERY_BYTES} are allowed`)
  if (cost > MOST_QUERY_COST) problems.push(`it costs ${cost}, ${MOST_QUERY_COST} are allowed`)
  if (problems.length > 0) throw new Error(`The input query of ${extension.handle}: ${problems.join('; ')}.`)
  return { document, bytes, cost }
}

/**
 * Cost as Shopify documents it: a metafield 3 and nothing for what is read of it, each look-up of tags or collections 3, every other leaf 1,
 * `__typename` and plain objects nothing.
 */
export function queryCost(schema: GraphQLSchema, document: DocumentNode): number {
  const info = new TypeInfo(schema)
  let cost = 0
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node: FieldNode) {
        const type = info.getType()
        if (!type || node.name.value === '__typename') return undefined
        const named = getNamedType(type)
        if (named.name === 'Metafield') {
          cost += LOOKUP_COST
          return false
        }
        if (LOOKUPS.has(node.name.value)) cost += LOOKUP_COST
        else if (isLeafType(named)) cost += 1
        return undefined
      },
    }),
  )
  return cost
}

/** The function's output as the schema reads it, defaults filled in. Errors: throws for what the schema does not take. */
export function readOutput(extension: FunctionExtension, output: unknown): unknown {
  const name = RESULT_FIELDS[extension.target]
  const field = name ? schemaOf(extension).getMutationType()?.getFields()[name] : undefined
  const result = field?.args.find((argument) => argument.name === 'result')
  if (!result) throw new Error(`The schema of ${extension.handle} has no result for ${extension.target}.`)
  return coerceInputValue(output, result.type as GraphQLInputType, (where, invalid, error) => {
    throw new GraphQLError(
      `${extension.handle} answered ${JSON.stringify(invalid)} at result.${where.join('.')}: ${error.message}`,
    )
  })
}
