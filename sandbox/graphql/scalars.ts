// Shopify's custom scalars refuse what Shopify refuses; a schema built from text would let everything pass.
import {
  GraphQLError,
  type GraphQLScalarType,
  type GraphQLSchema,
  isScalarType,
  Kind,
  valueFromASTUntyped,
} from 'graphql'

const DECIMAL = /^-?\d+(\.\d+)?$/
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

const CHECKS: Record<string, (value: unknown) => boolean> = {
  Decimal: isDecimal,
  Money: isDecimal,
  DateTime: (value) => typeof value === 'string' && DATE_TIME.test(value) && !Number.isNaN(Date.parse(value)),
  URL: (value) => typeof value === 'string' && URL.canParse(value),
  UnsignedInt64: (value) => /^\d+$/.test(String(value)),
}

function isDecimal(value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && DECIMAL.test(String(value))
}

/** Gives the schema's scalars their input checks. */
export function tightenScalars(schema: GraphQLSchema): void {
  for (const [name, accepts] of Object.entries(CHECKS)) {
    const type = schema.getType(name)
    if (isScalarType(type)) tighten(type, accepts)
  }
}

function tighten(type: GraphQLScalarType, accepts: (value: unknown) => boolean): void {
  const parse = (value: unknown): string => {
    if (!accepts(value)) throw new GraphQLError(`${JSON.stringify(value)} is no valid ${type.name}.`)
    return String(value)
  }
  type.parseValue = parse
  type.parseLiteral = (node, variables) =>
    // Numbers keep their spelling: 1.10 must not pass through a float.
    parse(
      node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : valueFromASTUntyped(node, variables),
    )
}
