// Access scopes: which field asks for which, and Shopify's refusal.
import { GraphQLError, type GraphQLResolveInfo, getNamedType } from 'graphql'
import { publishedScopes } from './schema.ts'

// Shopify's published list leaves these to the documentation's text.
const DOCUMENTED: Record<string, string[]> = {
  'Mutation.refundCreate': ['write_orders', 'write_marketplace_orders'],
}

/** Is one of the scopes granted? Writing implies reading. */
export function holdsOne(granted: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return wanted.some((scope) => granted.has(scope) || granted.has(scope.replace(/^read_/, 'write_')))
}

/** Scopes for a field: its own entry, else that of the type it answers (of the nodes, for a connection). Empty: none needed. */
export function scopesForField(parentType: string, field: string, answerType: string): readonly string[] {
  const published = publishedScopes()
  const key = `${parentType}.${field}`
  const named = answerType.replace(/Connection$/, '')
  return DOCUMENTED[key] ?? published[key] ?? published[named] ?? []
}

/** Throws ACCESS_DENIED when the field's scopes are not granted. */
export function requireFieldAccess(granted: ReadonlySet<string>, info: GraphQLResolveInfo): void {
  const wanted = scopesForField(info.parentType.name, info.fieldName, getNamedType(info.returnType).name)
  if (wanted.length > 0 && !holdsOne(granted, wanted)) throw accessDenied(info.fieldName, wanted)
}

/** Throws ACCESS_DENIED when the type, reached through an interface, asks for scopes that are not granted. */
export function requireTypeAccess(granted: ReadonlySet<string>, typeName: string, field: string): void {
  const wanted = publishedScopes()[typeName] ?? []
  if (wanted.length > 0 && !holdsOne(granted, wanted)) throw accessDenied(field, wanted)
}

/** Throws ACCESS_DENIED unless one of the scopes is granted. */
export function requireScopes(granted: ReadonlySet<string>, wanted: readonly string[], field: string): void {
  if (!holdsOne(granted, wanted)) throw accessDenied(field, wanted)
}

function accessDenied(field: string, wanted: readonly string[]): GraphQLError {
  const list = [...new Set(wanted)].map((scope) => `\`${scope}\``).join(' or ')
  const requiredAccess = `${list} access scope.`
  return new GraphQLError(`Access denied for ${field} field. Required access: ${requiredAccess}`, {
    extensions: {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess,
    },
  })
}
