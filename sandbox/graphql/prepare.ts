// From request text to a checked operation. Documents are remembered: an app sends the same few again and again.
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { adminSchema } from './schema.ts'

const REMEMBERED = 300

interface Checked {
  document: DocumentNode | undefined
  errors: readonly GraphQLError[]
}

const remembered = new Map<string, Checked>()

export type Prepared =
  | { ok: true; document: DocumentNode; operation: OperationDefinitionNode }
  | { ok: false; errors: GraphQLFormattedError[] }

/** Parses and validates against the real schema. */
export function prepare(query: string, operationName: string | undefined): Prepared {
  const { document, errors } = checked(query)
  if (errors.length > 0 || !document) return { ok: false, errors: errors.map(shopifyError) }
  const operation = getOperationAST(document, operationName)
  if (!operation) {
    const message = operationName ? `No operation named "${operationName}"` : 'An operation name is required'
    return { ok: false, errors: [{ message }] }
  }
  return { ok: true, document, operation }
}

function checked(query: string): Checked {
  const known = remembered.get(query)
  if (known) return known
  const fresh = check(query)
  if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value ?? '')
  remembered.set(query, fresh)
  return fresh
}

function check(query: string): Checked {
  try {
    const document = parse(query)
    return { document, errors: validate(adminSchema(), document) }
  } catch (error) {
    if (error instanceof GraphQLError) return { document: undefined, errors: [error] }
    throw error
  }
}

/** Shopify words and codes the commonest mistakes in its own way; apps and people look for these. */
export function shopifyError(error: GraphQLError): GraphQLFormattedError {
  const formatted = error.toJSON()
  const unknownField = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message)
  if (unknownField) {
    const [, fieldName, typeName] = unknownField
    return {
      ...formatted,
      message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
      extensions: { code: 'undefinedField', typeName, fieldName },
    }
  }
  const missing = /^Field "(\w+)" argument "(\w+)" of type/.exec(error.message)
  if (missing) {
    const [, name, args] = missing
    return {
      ...formatted,
      message: `Field '${name}' is missing required arguments: ${args}`,
      extensions: { code: 'missingRequiredArguments', className: 'Field', name, arguments: args },
    }
  }
  const unknownArgument = /^Unknown argument "(\w+)" on field "\w+\.(\w+)"/.exec(error.message)
  if (unknownArgument) {
    const [, argumentName, name] = unknownArgument
    return {
      ...formatted,
      message: `Field '${name}' doesn't accept argument '${argumentName}'`,
      extensions: { code: 'argumentNotAccepted', name, typeName: 'Field', argumentName },
    }
  }
  return formatted
}
