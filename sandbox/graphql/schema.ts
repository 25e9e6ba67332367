// Shopify's published Admin schema, built once when it is first needed.
import fs from 'node:fs'
import path from 'node:path'
import { buildSchema, type GraphQLSchema } from 'graphql'
import { tightenScalars } from './scalars.ts'

/** The one version that the sandbox speaks. */
export const API_VERSION = '2026-10'

const folder = path.join(import.meta.dirname, '..', 'shopify-schema')
let built: GraphQLSchema | undefined

export function adminSchema(): GraphQLSchema {
  if (built) return built
  const text = fs.readFileSync(path.join(folder, `admin.${API_VERSION}.graphql`), 'utf8')
  // The text was printed from Shopify's own introspection: checking it again would only cost time.
  built = buildSchema(text, { assumeValid: true, assumeValidSDL: true, noLocation: true })
  tightenScalars(built)
  return built
}

let scopes: Record<string, string[]> | undefined

/** Scopes that "Type" or "Type.field" asks for; any one of a list suffices. */
export function publishedScopes(): Readonly<Record<string, string[]>> {
  scopes ??= JSON.parse(
    fs.readFileSync(path.join(folder, `admin-scopes.${API_VERSION}.json`), 'utf8'),
  ) as Record<string, string[]>
  return scopes
}
