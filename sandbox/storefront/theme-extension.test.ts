import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { check } from '@shopify/theme-check-node'
import { expect, test } from 'vitest'
import { buildAssets } from '../../extensions/filigree-theme-src/build.ts'

const EXTENSION = fileURLToPath(new URL('../../extensions/filigree-theme', import.meta.url))

/** A copy, so that a test may break it. */
async function offensesOf(change?: (folder: string) => void): Promise<string[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'theme-check-'))
  try {
    for (const part of ['assets', 'blocks', 'locales', 'snippets']) {
      fs.cpSync(path.join(EXTENSION, part), path.join(folder, part), { recursive: true })
    }
    fs.writeFileSync(path.join(folder, '.theme-check.yml'), 'extends: theme-check:theme-app-extension\n')
    change?.(folder)
    const offenses = await check(folder)
    return offenses.map((offense) => `${offense.check}: ${offense.message} (${path.basename(offense.uri)})`)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

test("Shopify's theme check finds nothing in the extension", async () => {
  expect(await offensesOf()).toEqual([])
})

test('the theme check does look: a broken block is reported', async () => {
  const offenses = await offensesOf((folder) =>
    fs.writeFileSync(
      path.join(folder, 'blocks', 'broken.liquid'),
      '{% if cart %}{% schema %}{ "name": }{% endschema %}',
    ),
  )
  expect(offenses.length).toBeGreaterThan(0)
})

test('script and stylesheet keep within their limits, and no other file is loaded', () => {
  const assets = fs.readdirSync(path.join(EXTENSION, 'assets'))
  expect(assets.sort()).toEqual(['filigree.css', 'filigree.js'])
  const [style, script] = assets.map((file) => fs.readFileSync(path.join(EXTENSION, 'assets', file)))
  expect(script?.length).toBeLessThanOrEqual(6000)
  expect(gzipSync(script ?? '', { level: 9 }).length).toBeLessThanOrEqual(2500)
  expect(style?.length).toBeLessThanOrEqual(4000)
  expect(gzipSync(style ?? '', { level: 9 }).length).toBeLessThanOrEqual(1400)
})

test('the whole extension is small: Liquid and everything', () => {
  const files = fs
    .readdirSync(EXTENSION, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
  const sizeOf = (wanted: (name: string) => boolean) =>
    files
      .filter((file) => wanted(file.name))
      .reduce((sum, file) => sum + fs.statSync(path.join(file.parentPath, file.name)).size, 0)
  expect(sizeOf((name) => name.endsWith('.liquid'))).toBeLessThanOrEqual(60_000)
  expect(sizeOf(() => true)).toBeLessThanOrEqual(400_000)
})

test('what the extension ships is what its source builds', async () => {
  for (const [name, contents] of await buildAssets()) {
    const shipped = fs.readFileSync(path.join(EXTENSION, 'assets', name), 'utf8')
    expect(shipped, `${name} is older than its source: npm run build:theme`).toBe(
      Buffer.from(contents).toString(),
    )
  }
})

test('no page depends on when it was written: only samples of the theme editor know the present', () => {
  for (const folder of ['blocks', 'snippets']) {
    for (const file of fs.readdirSync(path.join(EXTENSION, folder))) {
      const source = fs.readFileSync(path.join(EXTENSION, folder, file), 'utf8')
      for (const match of source.matchAll(/'now'|"now"|\btoday\b/g)) {
        const before = source.slice(0, match.index)
        const condition = before.slice(before.lastIndexOf('  if '))
        expect(condition, file).toContain('request.design_mode')
      }
    }
  }
})

/** "a.b" of every text, with what it says. */
function textsOf(tree: object, at = ''): Array<[string, string]> {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[`${at}${key}`, value]] : textsOf(value as object, `${at}${key}.`),
  )
}

test.each(['', '.schema'])('every language has every text%s, with the same names in it', (kind) => {
  const read = (file: string) =>
    new Map(textsOf(JSON.parse(fs.readFileSync(path.join(EXTENSION, 'locales', file), 'utf8'))))
  const english = read(`en.default${kind}.json`)
  const namesIn = (text = '') => [...text.matchAll(/\{\{ (\w+) \}\}/g)].map(([, name]) => name).sort()
  for (const language of ['de', 'fr', 'it', 'es']) {
    const texts = read(`${language}${kind}.json`)
    expect([...texts.keys()]).toEqual([...english.keys()])
    for (const [key, text] of texts)
      expect(namesIn(text), `${language} ${key}`).toEqual(namesIn(english.get(key)))
  }
})
