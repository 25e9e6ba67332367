// An app with two small functions beside its shopify.app.toml, for tests that need functions to exist.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** Writes the app into a new folder. Answers the path of its shopify.app.toml. */
export function writeSampleApp(scopes = 'write_validations'): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-app-'))
  const app = path.join(root, 'shopify.app.toml')
  fs.writeFileSync(app, `[access_scopes]\nscopes = "${scopes}"\n`)
  writeFunction(root, 'gate', 'cart.validations.generate.run')
  writeFunction(root, 'price', 'cart.lines.discounts.generate.run')
  return app
}

function writeFunction(root: string, handle: string, target: string): void {
  const folder = path.join(root, 'extensions', handle)
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'run.graphql'), 'query Input { cart { lines { quantity } } }')
  fs.writeFileSync(
    path.join(folder, 'shopify.extension.toml'),
    `api_version = "2026-10"
[[extensions]]
type = "function"
handle = "${handle}"
name = "${handle}"
[[extensions.targeting]]
target = "${target}"
input_query = "run.graphql"
export = "run"
`,
  )
}
