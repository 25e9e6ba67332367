// Extracts the Functions schemas of one API version from the npm package @shopify/dev-mcp: SDL without descriptions, one copy per
// function beside its input query, where Shopify's own tools look for it. How to get the package: see extract.mjs.
// Usage: node sandbox/shopify-schema/extract-functions.mjs PATH_TO_UNPACKED_PACKAGE 2026-10
import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { buildClientSchema, printSchema } from 'graphql'

const COPIES = { cart_checkout_validation: ['drop-gate'], discount: ['drop-price'] }

const [packageFolder, version] = process.argv.slice(2)
if (!packageFolder || !version) {
  console.error('usage: node sandbox/shopify-schema/extract-functions.mjs PATH_TO_UNPACKED_PACKAGE VERSION')
  process.exit(2)
}
const extensions = path.join(import.meta.dirname, '..', '..', 'extensions')
for (const [api, handles] of Object.entries(COPIES)) {
  const packed = fs.readFileSync(path.join(packageFolder, 'dist/data', `functions_${api}_${version}.json.gz`))
  const { data } = JSON.parse(gunzipSync(packed).toString('utf8'))
  const bare = JSON.parse(JSON.stringify(data, (key, value) => (key === 'description' ? undefined : value)))
  const text = `${printSchema(buildClientSchema(bare))}\n`
  for (const handle of handles) fs.writeFileSync(path.join(extensions, handle, 'schema.graphql'), text)
}
