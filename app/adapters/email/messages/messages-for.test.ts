import { expect, test } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import { fill, fillCount, voiceFor } from './messages-for.ts'

const translations = { de, fr, it, es }

/** Every message by section and key. */
function entries(messages: typeof en): Map<string, string> {
  const sections = Object.entries(messages)
  return new Map(
    sections.flatMap(([section, words]) =>
      Object.entries(words).map(([key, text]): [string, string] => [`${section}.${key}`, text]),
    ),
  )
}

function places(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()
}

test.each(Object.keys(translations))('%s fills the places that English fills', (language) => {
  const messages = entries(translations[language as keyof typeof translations])
  for (const [key, text] of entries(en)) {
    const translated = messages.get(key) ?? ''
    expect(translated.trim(), key).not.toBe('')
    // A translation may leave a figure out, but can never ask for one that it is not given.
    for (const place of places(translated)) expect(places(text), key).toContain(place)
  }
  expect([...messages.keys()].sort()).toEqual([...entries(en).keys()].sort())
})

test.each([
  ['de-CH', 'de', 'de-CH'],
  ['FR', 'fr', 'fr'],
  ['en-GB', 'en', 'en-GB'],
  ['nl', 'en', 'en'],
  ['', 'en', 'en'],
  ['not a locale', 'en', 'en'],
  ['constructor', 'en', 'en'],
])('%j is spoken to in %s', (wanted, language, locale) => {
  expect(voiceFor(wanted)).toMatchObject({ language, locale })
})

test('a place without its figure is a bug, not an empty word', () => {
  expect(() => fill('{amount} on {date}', { amount: '1' })).toThrow(/date/)
})

test('one and many are told apart, and large counts are grouped', () => {
  const forms = { one: '{count} ring', many: '{count} rings' }
  expect(fillCount(forms, 1, 'en')).toBe('1 ring')
  expect(fillCount(forms, 0, 'en')).toBe('0 rings')
  expect(fillCount(forms, 1200, 'de')).toBe('1.200 rings')
})
