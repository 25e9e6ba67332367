import { formatMoney } from '../money/format-amount.ts'
import { formatPercent } from '../money/percent.ts'
import { joinWords, type Sentence, sentence } from '../sentence.ts'
import type { LocalDate } from '../time/instant.ts'
import type { AgreementScope, AgreementTerms } from './terms.ts'

export interface TermsWords {
  /** For numbers and dates inside the sentences. Default en. */
  locale?: string
  /** Titles by id; an id without title is shown as its number. */
  productTitles?: ReadonlyMap<string, string>
  collectionTitles?: ReadonlyMap<string, string>
}

/** The terms in plain words: what you get, on what, what net means, returns, when paid, hold, minimum, how long. */
export function describeTerms(terms: AgreementTerms, words: TermsWords = {}): Sentence[] {
  return [
    describeShare(terms, words),
    describeScope(terms, words),
    ...describeNet(terms, words),
    sentence(
      'terms.returns',
      'When a buyer returns something, your part of it is taken back at the same share: a full return leaves exactly zero. ' +
        'Goodwill refunds that belong to no item are borne by the shop.',
    ),
    describePeriod(terms),
    describeHold(terms),
    describeMinimum(terms, words),
    describeDuration(terms, words),
  ]
}

/** What net means under these terms, in one sentence: printed on statements as well. */
export function describeNetBasis(terms: AgreementTerms, words: TermsWords = {}): string {
  return describeNet(terms, words)
    .map((part) => part.text)
    .join(' ')
}

function describeShare(terms: AgreementTerms, words: TermsWords): Sentence {
  const share = formatPercent(terms.shareBps, words.locale ?? 'en')
  return terms.role === 'promoter'
    ? sentence('terms.get.promoter', 'You get {share} of the net value of every sale that you bring.', {
        share,
      })
    : sentence(
        'terms.get.design_owner',
        'You get {share} of the net value of every sale of your designs, whoever brings it.',
        {
          share,
        },
      )
}

function describeScope(terms: AgreementTerms, words: TermsWords): Sentence {
  const brought = terms.role === 'promoter' ? ' bought with your code or through your link' : ''
  const list = scopeTitles(terms.scope, words)
  switch (terms.scope.kind) {
    case 'everything_attributed':
      return sentence('terms.on.everything', 'It counts for every product{brought}.', { brought })
    case 'products':
      return sentence('terms.on.products', 'It counts for these products{brought}: {list}.', {
        brought,
        list,
      })
    case 'collections':
      return sentence(
        'terms.on.collections',
        'It counts for the products of these collections{brought}: {list}.',
        {
          brought,
          list,
        },
      )
  }
}

function scopeTitles(scope: AgreementScope, words: TermsWords): string {
  if (scope.kind === 'everything_attributed') return ''
  const [ids, titles] =
    scope.kind === 'products'
      ? [scope.productIds, words.productTitles]
      : [scope.collectionIds, words.collectionTitles]
  return joinWords(ids.map((id) => titles?.get(id) ?? `#${id}`))
}

function describeNet(terms: AgreementTerms, words: TermsWords): Sentence[] {
  const net = sentence(
    'terms.net',
    'Net is what buyers paid for the items after discounts, without tax, shipping, tips, gift cards, duties and fees, minus returns.',
  )
  const feeBps = terms.net.deductPaymentFeeBps
  if (feeBps === 0) return [net]
  const fee = formatPercent(feeBps, words.locale ?? 'en')
  return [
    net,
    sentence('terms.fee', 'A fixed {fee} of it is deducted for payment costs before your share is taken.', {
      fee,
    }),
  ]
}

function describePeriod(terms: AgreementTerms): Sentence {
  const { currency } = terms
  return terms.period === 'monthly'
    ? sentence(
        'terms.paid.monthly',
        'You get a statement after the end of every month. Amounts are in {currency}.',
        { currency },
      )
    : sentence(
        'terms.paid.quarterly',
        'You get a statement after the end of every quarter. Amounts are in {currency}.',
        {
          currency,
        },
      )
}

function describeHold(terms: AgreementTerms): Sentence {
  const days = terms.holdDays
  if (days === 0) return sentence('terms.hold.none', 'What you earn becomes payable at once.')
  if (days === 1) return sentence('terms.hold.one', 'What you earn becomes payable one day after the sale.')
  return sentence(
    'terms.hold',
    'What you earn becomes payable {days} days after the sale, when returns are no longer expected.',
    {
      days,
    },
  )
}

function describeMinimum(terms: AgreementTerms, words: TermsWords): Sentence {
  const minimum = BigInt(terms.minimumPayoutMinor)
  if (minimum === 0n)
    return sentence('terms.minimum.none', 'There is no minimum: whatever is payable is paid.')
  const amount = formatMoney(minimum, terms.currency, words.locale ?? 'en')
  return sentence(
    'terms.minimum',
    'Payouts start at {amount}; anything less is carried forward to the next statement.',
    { amount },
  )
}

function describeDuration(terms: AgreementTerms, words: TermsWords): Sentence {
  const start = formatDate(terms.startsOn, words)
  if (terms.endsOn === null) {
    return sentence(
      'terms.duration.open',
      'It starts on {start} and runs until one of you ends it. Earlier sales keep their terms.',
      {
        start,
      },
    )
  }
  const end = formatDate(terms.endsOn, words)
  return sentence(
    'terms.duration',
    'It runs from {start} to {end}, both days included. Sales in that time keep these terms.',
    {
      start,
      end,
    },
  )
}

function formatDate(date: LocalDate, words: TermsWords): string {
  // A calendar date has no zone: noon UTC shown in UTC is that date everywhere.
  const format = new Intl.DateTimeFormat(words.locale ?? 'en', { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${date}T12:00:00Z`))
}
