// Shopify's global ids: gid://shopify/Order/5000001
import { GraphQLError } from 'graphql'

export interface Gid {
  type: string
  id: string
}

export function gid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`
}

export function parseGid(text: string): Gid | undefined {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/([A-Za-z0-9_-]+)(\?.*)?$/.exec(text)
  const [, type, id] = match ?? []
  return type && id ? { type, id } : undefined
}

/** The id inside a global id of one of the given types. Errors: malformed text, or another type, as Shopify words it. */
export function idOf(text: string, ...types: string[]): string {
  const parsed = parseGid(text)
  if (!parsed) {
    throw new GraphQLError(`Invalid global id '${text}'`, {
      extensions: { code: 'argumentLiteralsIncompatible' },
    })
  }
  if (!types.includes(parsed.type)) {
    throw new GraphQLError(`Invalid id: ${text}`, { extensions: { code: 'RESOURCE_NOT_FOUND' } })
  }
  return parsed.id
}
