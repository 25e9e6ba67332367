// Builds the storefront's script and stylesheet into the extension: npm run build:theme. Shopify ships assets as they are, so what is built is
// committed, and a test says when it is older than its source.
import fs from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { minify } from 'terser'

const SOURCE = import.meta.dirname
const ASSETS = path.join(SOURCE, '../filigree-theme/assets')

/** The files as they must be, by name. */
export async function buildAssets(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: {
      filigree: path.join(SOURCE, 'main.ts'),
      'filigree.style': path.join(SOURCE, 'filigree.css'),
    },
    bundle: true,
    // The script is left to terser, which needs a twentieth less for it: it has a limit.
    minifySyntax: true,
    minifyWhitespace: true,
    format: 'iife',
    target: ['es2022'],
    charset: 'utf8',
    tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
    legalComments: 'none',
    // Names of our own that no page and no answer knows.
    mangleProps: /^(shown|isAbroad|phase|stock|due|pause)$/,
    outdir: ASSETS,
    write: false,
  })
  const assets = new Map<string, Uint8Array>()
  for (const { path: file, contents, text } of outputFiles) {
    const name = path.basename(file).replace('.style', '')
    const { code } = name.endsWith('.js')
      ? await minify(text, {
          ecma: 2020,
          toplevel: true,
          compress: { passes: 3, unsafe_arrows: true, unsafe: true, pure_getters: true, keep_fargs: false },
        })
      : {}
    assets.set(name, code === undefined ? contents : Buffer.from(code))
  }
  return assets
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, contents] of await buildAssets()) {
    fs.writeFileSync(path.join(ASSETS, name), contents)
    console.log(`${name}: ${contents.length} bytes`)
  }
}
