// Whose language a reader of terms gets, and how a sentence of it is filled.
import { type Sentence, sentence } from '../../sentence.ts'
import { de } from './de.ts'
import { en, type TermsKey, type TermsWording } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'

const wordings: Record<string, TermsWording> = { en, de, fr, it, es }

export const termsLanguages: readonly string[] = Object.keys(wordings)

export interface TermsVoice {
  /** en, de, fr, it or es */
  language: string
  /** For figures and dates: of the same language as the words. */
  locale: string
  wording: TermsWording
}

/** The reader's own language where terms are written in it, else English. "de-CH" is German with Swiss figures. */
export function termsVoice(wanted: string): TermsVoice {
  const locale = knownLocale(wanted)
  const language = new Intl.Locale(locale).language
  const wording = Object.hasOwn(wordings, language) ? wordings[language] : undefined
  return wording ? { language, locale, wording } : { language: 'en', locale: 'en', wording: en }
}

function knownLocale(wanted: string): string {
  try {
    return new Intl.Locale(wanted.trim()).toString()
  } catch {
    return 'en'
  }
}

/** One sentence. `counted` picks the form for one or many and fills `{count}`, written in the reader's manner. */
export function say(
  voice: TermsVoice,
  key: TermsKey,
  params: Sentence['params'] = {},
  counted?: number | bigint,
): Sentence {
  const pattern = voice.wording[key]
  if (counted === undefined) {
    if (typeof pattern !== 'string') throw new Error(`sentence ${key} lacks its count`)
    return sentence(key, pattern, params)
  }
  const count = new Intl.NumberFormat(voice.locale).format(counted)
  if (typeof pattern === 'string') return sentence(key, pattern, { ...params, count })
  const form = new Intl.PluralRules(voice.locale).select(Number(counted)) === 'one' ? 'one' : 'other'
  return sentence(key, pattern[form], { ...params, count })
}
