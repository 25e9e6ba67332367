// Fields of a form as they were typed: each is trimmed and checked once, and what is wrong is named by field.
import { hasUnreadable } from './plain-text.ts'
import { isLocalDate, type LocalDate } from './time/instant.ts'

export interface FormTexts<Field extends string> {
  /** Null when nothing was typed. */
  text(field: Field, longest: number): string | null
  lines(field: Field, most: number, longest: number): string[]
  date(field: Field): LocalDate | null
  country(field: Field): string | null
  refuse(field: Field, reason: string): void
  /** What was refused so far, the first reason of each field. */
  refused: Partial<Record<Field, string>>
}

export function readTexts<Field extends string>(
  input: Readonly<Partial<Record<Field, string>>>,
): FormTexts<Field> {
  const refused: Partial<Record<Field, string>> = {}
  const refuse = (field: Field, reason: string) => {
    refused[field] ??= reason
  }
  const text = (field: Field, longest: number): string | null => {
    const value = (input[field] ?? '').trim()
    if (value.length > longest) refuse(field, 'too_long')
    if (hasUnreadable(value)) refuse(field, 'unreadable')
    return value === '' ? null : value
  }
  return {
    refused,
    refuse,
    text,
    lines(field, most, longest) {
      const lines = (text(field, most * (longest + 2)) ?? '').split(/\r?\n/).map((line) => line.trim())
      const kept = lines.filter((line) => line !== '')
      if (kept.length > most || kept.some((line) => line.length > longest)) refuse(field, 'too_long')
      return kept
    },
    date(field) {
      const value = text(field, 10)
      if (value === null) return null
      if (isLocalDate(value)) return value
      refuse(field, 'date_malformed')
      return null
    },
    country(field) {
      const code = text(field, 2)?.toUpperCase() ?? null
      if (code !== null && !/^[A-Z]{2}$/.test(code)) refuse(field, 'country_malformed')
      return code
    },
  }
}
