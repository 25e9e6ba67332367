import { formatMoney } from '../money/format-amount.ts'
import { formatPercent } from '../money/percent.ts'
import { joinWords, type Sentence } from '../sentence.ts'
import type { LocalDate } from '../time/instant.ts'
import type { AgreementTerms } from './terms.ts'
import type { TermsKey } from './wording/en.ts'
import { say, type TermsVoice, termsVoice } from './wording/terms-words.ts'

export interface TermsWords {
  /** Language of the sentences, and of numbers and dates in them: en, de, fr, it, es; any other is spoken to in English. Default en. */
  locale?: string
  /** Titles by id; an id without title is shown as its number. */
  productTitles?: ReadonlyMap<string, string>
  collectionTitles?: ReadonlyMap<string, string>
  /** Agreed to reach back to sales before the acceptance. */
  retroactive?: boolean
}

/** How terms are written for one reader. */
export interface TermsWriter {
  voice: TermsVoice
  currency: string
  say: (key: TermsKey, params?: Sentence['params'], counted?: number | bigint) => Sentence
  percent: (bps: number) => string
  money: (minor: string) => string
  date: (date: LocalDate) => string
  products: (ids: readonly string[]) => string
  collections: (ids: readonly string[]) => string
}

export function writerFor(terms: Pick<AgreementTerms, 'currency'>, words: TermsWords): TermsWriter {
  const voice = termsVoice(words.locale ?? 'en')
  const list = (ids: readonly string[], titles: ReadonlyMap<string, string> | undefined) =>
    joinWords(
      ids.map((id) => titles?.get(id) ?? `#${id}`),
      voice.locale,
    )
  return {
    voice,
    currency: terms.currency,
    say: (key, params, counted) => say(voice, key, params, counted),
    percent: (bps) => formatPercent(bps, voice.locale),
    money: (minor) => formatMoney(BigInt(minor), terms.currency, voice.locale),
    date: (date) => formatDate(date, voice.locale),
    products: (ids) => list(ids, words.productTitles),
    collections: (ids) => list(ids, words.collectionTitles),
  }
}

function formatDate(date: LocalDate, locale: string): string {
  // A calendar date has no zone: noon UTC shown in UTC is that date everywhere.
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${date}T12:00:00Z`))
}
