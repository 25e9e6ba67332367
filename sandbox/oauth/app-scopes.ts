// The access scopes that shopify.app.toml asks for.
import fs from 'node:fs'
import { parse } from 'smol-toml'

/** Scopes of `[access_scopes] scopes`, sorted. Errors: a file that cannot be read or names no scopes is thrown by name. */
export function readAppScopes(appTomlPath: string): string[] {
  const toml = parse(fs.readFileSync(appTomlPath, 'utf8'))
  const section = toml.access_scopes
  const scopes =
    typeof section === 'object' && section !== null && 'scopes' in section ? section.scopes : undefined
  if (typeof scopes !== 'string') throw new Error(`${appTomlPath} has no [access_scopes] scopes.`)
  return scopes
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '')
    .sort()
}
