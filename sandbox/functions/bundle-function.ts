// The function's source in one script, as Shopify's tools bundle it before they compile it to WebAssembly.
import fs from 'node:fs'
import path from 'node:path'
import { buildSync } from 'esbuild'
import type { FunctionExtension } from './function-extensions.ts'

interface Bundle {
  stamp: string
  code: string
}

const bundles = new Map<string, Bundle>()

/** JavaScript that calls the exported `run` once with what `ShopifyFunction` hands it. Built again when a source file has changed. */
export function bundleFunction({ folder, handle }: Pick<FunctionExtension, 'folder' | 'handle'>): string {
  const sources = path.join(folder, 'src')
  const stamp = stampOf(sources)
  const known = bundles.get(folder)
  if (known?.stamp === stamp) return known.code
  const { outputFiles } = buildSync({
    stdin: {
      contents:
        "import { run } from './index.ts'\nShopifyFunction.writeOutput(run(ShopifyFunction.readInput()))\n",
      resolveDir: sources,
      sourcefile: `${handle}.entry.ts`,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2020',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    legalComments: 'none',
  })
  const code = outputFiles[0]?.text
  if (code === undefined) throw new Error(`${handle} has no bundle.`)
  bundles.set(folder, { stamp, code })
  return code
}

function stampOf(folder: string): string {
  return fs
    .readdirSync(folder)
    .map((name) => `${name}:${fs.statSync(path.join(folder, name)).mtimeMs}`)
    .join('|')
}
