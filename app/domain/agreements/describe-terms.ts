import type { Sentence } from '../sentence.ts'
import {
  describeGuarantee,
  describeReserve,
  describeRetention,
  describeSubscription,
} from './describe-promises.ts'
import { describeTiers } from './describe-tiers.ts'
import type { AgreementTerms } from './terms.ts'
import { type TermsWords, type TermsWriter, writerFor } from './terms-writer.ts'
import { say, termsVoice } from './wording/terms-words.ts'

export type { TermsWords } from './terms-writer.ts'

/**
 * The terms in plain words, in the order in which they are read: what you get, on what, what net means, returns, what is promised beside,
 * when paid, hold, minimum, how long.
 */
export function describeTerms(terms: AgreementTerms, words: TermsWords = {}): Sentence[] {
  const writer = writerFor(terms, words)
  return [
    describeShare(terms, writer),
    ...(terms.tiers ? describeTiers(terms, terms.tiers, writer) : []),
    describeScope(terms, writer),
    ...describeNet(terms, writer),
    writer.say('terms.returns'),
    writer.say('terms.shared'),
    ...(terms.subscription ? describeSubscription(terms.subscription, writer) : []),
    ...(terms.retention ? describeRetention(terms.retention, writer) : []),
    ...(terms.guarantee ? describeGuarantee(terms.guarantee, writer) : []),
    describePeriod(terms, writer),
    describeHold(terms, writer),
    ...(terms.reserve ? [describeReserve(terms.reserve, writer)] : []),
    describeMinimum(terms, writer),
    describeDuration(terms, writer),
    ...(words.retroactive ? [writer.say('terms.retroactive', { start: writer.date(terms.startsOn) })] : []),
  ]
}

/** What net means under these terms, in a sentence or two: printed on statements as well. */
export function describeNetBasis(terms: AgreementTerms, words: TermsWords = {}): string {
  return describeNet(terms, writerFor(terms, words))
    .map((part) => part.text)
    .join(' ')
}

/** The word before a sentence that terms accepted before did not have. */
export function wordForNew(locale: string): string {
  return say(termsVoice(locale), 'terms.mark.new').text
}

/** Language in which a reader of this locale gets the terms. */
export function termsLanguage(locale: string): string {
  return termsVoice(locale).language
}

function describeShare(terms: AgreementTerms, writer: TermsWriter): Sentence {
  const key = `terms.get.${terms.role}` as const
  const share = writer.percent(terms.shareBps)
  return writer.say(terms.tiers ? `${key}.tiers` : key, { share })
}

export function describeScope({ role, scope }: AgreementTerms, writer: TermsWriter): Sentence {
  switch (scope.kind) {
    case 'everything_attributed':
      return writer.say(`terms.on.everything.${role}`)
    case 'products':
      return writer.say(`terms.on.products.${role}`, { list: writer.products(scope.productIds) })
    case 'collections':
      return writer.say(`terms.on.collections.${role}`, { list: writer.collections(scope.collectionIds) })
  }
}

export function describeNet(terms: AgreementTerms, writer: TermsWriter): Sentence[] {
  const feeBps = terms.net.deductPaymentFeeBps
  const net = writer.say('terms.net')
  return feeBps === 0 ? [net] : [net, writer.say('terms.fee', { fee: writer.percent(feeBps) })]
}

export function describePeriod({ period, currency }: AgreementTerms, writer: TermsWriter): Sentence {
  return writer.say(`terms.paid.${period}`, { currency })
}

export function describeHold({ holdDays }: AgreementTerms, writer: TermsWriter): Sentence {
  return holdDays === 0 ? writer.say('terms.hold.none') : writer.say('terms.hold', {}, holdDays)
}

export function describeMinimum(terms: AgreementTerms, writer: TermsWriter): Sentence {
  return BigInt(terms.minimumPayoutMinor) === 0n
    ? writer.say('terms.minimum.none')
    : writer.say('terms.minimum', { amount: writer.money(terms.minimumPayoutMinor) })
}

function describeDuration({ startsOn, endsOn }: AgreementTerms, writer: TermsWriter): Sentence {
  const start = writer.date(startsOn)
  return endsOn === null
    ? writer.say('terms.duration.open', { start })
    : writer.say('terms.duration', { start, end: writer.date(endsOn) })
}
