// The words of an offer: the same on the page, in the mail and in the evidence of its acceptance.
import { describeTerms } from '#app/domain/agreements/describe-terms.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { type ScopeTitles, titleMaps } from './scope-titles.server.ts'

export interface OfferWords {
  /** Of the reader. */
  locale: string
  retroactive: boolean
}

/** One sentence each, in reading order, in the reader's language: what a creator accepts is kept in the words in which they read it. */
export function termsSentences(terms: AgreementTerms, titles: ScopeTitles, words: OfferWords): string[] {
  return describeTerms(terms, {
    ...words,
    ...titleMaps(titles),
  }).map((sentence) => sentence.text)
}
