// Texts of a theme app extension in a language: locales/<language>.json, else the default one. Counts choose between one and other.
import fs from 'node:fs'
import path from 'node:path'
import { escapeHtml } from './liquid-engine.ts'

/** `values`: what the text's {{ names }} stand for. */
export type Translate = (key: string, values: Record<string, unknown>) => string | undefined

/** Errors: a language file that is no JSON is thrown. */
export function readTranslations(extensionFolder: string, locale: string): Translate {
  const texts = ['en.default', locale.split('-')[0]].map((name) => {
    const file = path.join(extensionFolder, 'locales', `${name}.json`)
    return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as unknown) : {}
  })
  return (key, values) => {
    const found = texts
      .toReversed()
      .map((tree) => memberOf(tree, key, values.count, locale))
      .find((text) => text !== undefined)
    if (found === undefined) return undefined
    const isHtml = key.split('.').at(-1)?.endsWith('_html')
    const filled = found.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => String(values[name] ?? ''))
    return isHtml ? filled : escapeHtml(filled)
  }
}

function memberOf(tree: unknown, key: string, count: unknown, locale: string): string | undefined {
  let value: unknown = tree
  for (const part of key.split('.')) value = asRecord(value)?.[part]
  const forms = asRecord(value)
  const form = forms && new Intl.PluralRules(locale).select(Number(count))
  const text = forms && form ? (forms[form] ?? forms.other) : value
  return typeof text === 'string' ? text : undefined
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
}
