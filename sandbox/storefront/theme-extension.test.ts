import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { check } from '@shopify/theme-check-node'
import { expect, test } from 'vitest'

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

test('the script stays under 2 KB on the wire', () => {
  const script = fs.readFileSync(path.join(EXTENSION, 'assets', 'creator-links.js'))
  expect(gzipSync(script).length).toBeLessThan(2048)
})

test('every language has every text', () => {
  const read = (file: string) => JSON.parse(fs.readFileSync(path.join(EXTENSION, 'locales', file), 'utf8'))
  const english = Object.keys(read('en.default.schema.json').creator_links)
  for (const language of ['de', 'fr', 'it', 'es']) {
    const texts = read(`${language}.schema.json`).creator_links
    expect(Object.keys(texts)).toEqual(english)
    expect(Object.values(texts).every((text) => typeof text === 'string' && text.length > 0)).toBe(true)
  }
})
