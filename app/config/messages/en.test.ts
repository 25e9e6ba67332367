// Every message that a screen asks for exists: a missing one would show its key to a merchant.
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { screenLocale, screenMessages } from './i18n.ts'

function sources(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) return sources(file)
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [file] : []
  })
}

const app = path.resolve(import.meta.dirname, '../..')
const asked = [path.join(app, 'components'), path.join(app, 'routes')].flatMap(sources).flatMap((file) =>
  [...fs.readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([\w/-]+(?:\.[\w/-]+)+)'/g)].map((match) => ({
    key: match[1] ?? '',
    file: path.relative(app, file),
  })),
)

test('every literal key of a screen has its English', () => {
  const i18n = screenMessages('en')
  const missing = asked.filter(({ key }) => !i18n.exists(key) && !i18n.exists(`${key}_other`))
  expect(missing).toEqual([])
  expect(asked.length).toBeGreaterThan(100)
})

test.each([
  ['en-GB', 'en'],
  ['xx', 'en'],
  ['', 'en'],
  ['constructor', 'en'],
])('a reader of %j gets %s', (wanted, locale) => {
  expect(screenLocale(wanted)).toBe(locale)
})

test('names are shown as they are', () => {
  const name = '<b>{{x}} $t(common.save)'
  expect(screenMessages('en').t('ledger.account.held', { creator: name })).toBe(`${name}, in return window`)
})
