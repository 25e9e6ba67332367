// The words of an offer: the same on the page, in the mail and in the evidence of its acceptance.
import { describeTerms } from '#app/domain/agreements/describe-terms.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import type { ScopeTitles } from './scope-titles.server.ts'

/** One sentence each, in reading order. One wording for everyone, its figures and dates too: what is agreed reads alike wherever it is shown. */
export function termsSentences(terms: AgreementTerms, titles: ScopeTitles): string[] {
  return describeTerms(terms, {
    locale: 'en',
    productTitles: new Map(Object.entries(titles.products)),
    collectionTitles: new Map(Object.entries(titles.collections)),
  }).map((sentence) => sentence.text)
}
