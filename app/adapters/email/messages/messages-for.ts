import { sentence } from '#app/domain/sentence.ts'
import { de } from './de.ts'
import { en, type Messages } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'

const languages: Record<string, Messages> = { en, de, fr, it, es }

export interface Voice {
  /** Language of the words: en, de, fr, it or es. */
  language: string
  /** For figures and dates. Always of the same language as the words. */
  locale: string
  messages: Messages
}

/** Words and manner for a creator. A locale that has no words here, or that is none, is spoken to in English. */
export function voiceFor(wanted: string): Voice {
  const locale = knownLocale(wanted)
  const language = locale.split('-')[0] ?? 'en'
  const messages = Object.hasOwn(languages, language) ? languages[language] : undefined
  return messages ? { language, locale, messages } : { language: 'en', locale: 'en', messages: en }
}

/** Fills the places of a message. A place without its figure is a bug and throws. */
export function fill(pattern: string, params: Record<string, string | number>): string {
  return sentence(pattern, pattern, params).text
}

/** A fact with its name before it, as the language puts it: French leaves a space before the colon. */
export function nameFact(
  { labelled }: { labelled: string },
  { label, value }: { label: string; value: string },
): string {
  return fill(labelled, { label, value })
}

/** Picks the form for one or for many and writes the count in the reader's manner. */
export function fillCount(forms: { one: string; many: string }, count: number, locale: string): string {
  const form = new Intl.PluralRules(locale).select(count) === 'one' ? forms.one : forms.many
  return fill(form, { count: new Intl.NumberFormat(locale).format(count) })
}

function knownLocale(wanted: string): string {
  try {
    return new Intl.Locale(wanted.trim()).toString()
  } catch {
    return 'en'
  }
}
