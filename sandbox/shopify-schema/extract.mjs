// Extracts the Admin schema of one API version from the npm package @shopify/dev-mcp: SDL without descriptions, and the scopes
// that each type and field asks for. The package is large and is not a dependency: fetch and unpack it with `npm pack @shopify/dev-mcp`.
// Usage: node sandbox/shopify-schema/extract.mjs PATH_TO_UNPACKED_PACKAGE 2026-10
import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { buildClientSchema, printSchema } from 'graphql'

const [packageFolder, version] = process.argv.slice(2)
if (!packageFolder || !version) {
  console.error('usage: node sandbox/shopify-schema/extract.mjs PATH_TO_UNPACKED_PACKAGE VERSION')
  process.exit(2)
}
const packed = fs.readFileSync(path.join(packageFolder, 'dist/data', `admin_${version}.json.gz`))
const { data, offline_scopes: scopes } = JSON.parse(gunzipSync(packed).toString('utf8'))

const withoutDescriptions = JSON.parse(
  JSON.stringify(data, (key, value) => (key === 'description' ? undefined : value)),
)
const folder = import.meta.dirname
fs.writeFileSync(
  path.join(folder, `admin.${version}.graphql`),
  `${printSchema(buildClientSchema(withoutDescriptions))}\n`,
)

// Only entries that name a scope matter; alternatives ("a or b") stay together in one list: any one of them suffices.
const needed = {}
for (const item of scopes.items) {
  if (item.offlineScopes.length === 0) continue
  needed[item.type === 'field' ? `${item.typeName}.${item.fieldName}` : item.typeName] = item.offlineScopes
}
const sorted = Object.fromEntries(Object.entries(needed).sort(([a], [b]) => (a < b ? -1 : 1)))
fs.writeFileSync(path.join(folder, `admin-scopes.${version}.json`), `${JSON.stringify(sorted, null, 1)}\n`)
