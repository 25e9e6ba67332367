// Browser code of the sandbox is TypeScript; it is bundled once, when first asked for.
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const bundles = new Map<string, string>()

/** Script text of an entry file for a classic script tag. Errors: what esbuild refuses is thrown. */
export function browserBundle(entry: URL): string {
  const known = bundles.get(entry.href)
  if (known) return known
  const result = buildSync({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    write: false,
    minify: true,
    logLevel: 'silent',
  })
  const text = result.outputFiles[0]?.text
  if (text === undefined) throw new Error(`${entry.href} was bundled to nothing.`)
  bundles.set(entry.href, text)
  return text
}
