// A statement as its readers see it: every figure, date and sentence written out once. Mail, PDF and web page lay these out and compute nothing.
import { formatPercent } from '#app/domain/money/percent.ts'
import type {
  StatementDocument,
  StatementLine,
  StatementParty,
} from '#app/domain/statements/statement-document.ts'
import type { StatementWords } from '../messages/en.ts'
import { fill, voiceFor } from '../messages/messages-for.ts'
import {
  type AmountWriter,
  amountWriter,
  type CanShow,
  writeDate,
  writeDates,
  writeMoment,
  writePeriod,
} from './figures.ts'

export interface LineFacts {
  key: string
  product: string
  /** Role, agreement and version. */
  terms: string
  share: string
  unitsSold: string
  unitsReturned: string
  soldCount: number
  returnedCount: number
  list: string
  /** Negative, as what is taken off the list value. */
  discounts: string
  net: string
  returns: string
  netAfterReturns: string
  royalty: string
  /** With its currency. */
  royaltyMoney: string
  journals: string[]
}

interface BalanceRow {
  key: 'opening' | 'royalties' | 'adjustments' | 'payments' | 'closing'
  label: string
  amount: string
}

export interface StatementFacts {
  language: string
  locale: string
  words: StatementWords
  number: string
  /** "May 2026" */
  period: string
  /** "May 1 – 31, 2026" */
  dates: string
  issued: string
  issuedAt: string
  daysIn: string
  currencyNote: string
  payer: StatementParty
  payee: StatementParty
  payable: string
  isPayable: boolean
  royalties: string
  /** Opening, royalties, adjustments, payments and closing, in adding order. */
  balance: BalanceRow[]
  held: string
  hasHeld: boolean
  carryForward: string
  /** Why what is not paid now is not. */
  carryReason: string
  maturities: Array<{ on: string; date: string; amount: string }>
  lines: LineFacts[]
  totals: Pick<
    LineFacts,
    'unitsSold' | 'unitsReturned' | 'list' | 'discounts' | 'net' | 'returns' | 'netAfterReturns' | 'royalty'
  >
  adjustments: Array<{ key: string; date: string; description: string; amount: string; journal: string }>
  payments: Array<{ key: string; date: string; method: string; reference: string; amount: string }>
  basis: string[]
  questions: string | null
  hash: string
  chainHead: { label: string; value: string }
  previous: { number: string; hash: string } | null
}

/** `hash` is the hex SHA-256 of the document's canonical text. */
export function presentStatement(
  document: StatementDocument,
  options: { hash: string; canShow?: CanShow },
): StatementFacts {
  const { language, locale, messages } = voiceFor(document.locale)
  const words = messages.statement
  const amounts = amountWriter(document.currency, locale, options.canShow ?? (() => true))
  return {
    language,
    locale,
    words,
    ...presentHead(document, locale, words),
    ...presentPosition(document, locale, words, amounts),
    lines: document.lines.map((line, index) => presentLine(line, index, locale, words, amounts)),
    totals: presentTotals(document, locale, amounts),
    ...presentMoves(document, locale, amounts),
    basis: document.basis,
    questions: document.contact ? fill(words.questions, { contact: document.contact }) : null,
    hash: options.hash,
    chainHead: { label: fill(words.chainHead, { seq: document.chain.seq }), value: document.chain.head },
    previous: document.previousStatement,
  }
}

function presentHead(document: StatementDocument, locale: string, words: StatementWords) {
  return {
    number: document.number,
    period: writePeriod(document.period, locale, (parts) => fill(words.quarter, parts)),
    dates: writeDates(document.from, document.to, locale),
    issued: writeMoment(document.issuedAt, locale, document.timeZone),
    issuedAt: document.issuedAt,
    daysIn: fill(words.daysIn, { timeZone: document.timeZone.replaceAll('_', ' ') }),
    currencyNote: fill(words.currencyNote, { currency: document.currency }),
    payer: document.payer,
    payee: document.payee,
  }
}

function presentPosition(
  document: StatementDocument,
  locale: string,
  words: StatementWords,
  { money }: AmountWriter,
) {
  const row = (key: BalanceRow['key'], minor: bigint | string): BalanceRow => ({
    key,
    label: words[key],
    amount: money(minor),
  })
  const paid = BigInt(document.paymentsMinor)
  return {
    payable: money(document.payableMinor),
    isPayable: BigInt(document.payableMinor) > 0n,
    royalties: money(document.royaltiesMinor),
    balance: [
      row('opening', document.openingMinor),
      row('royalties', document.royaltiesMinor),
      row('adjustments', document.adjustmentsMinor),
      // Paid money leaves the balance.
      ...(paid === 0n && document.payments.length === 0 ? [] : [row('payments', -paid)]),
      row('closing', document.closingMinor),
    ],
    held: money(document.heldMinor),
    hasHeld: BigInt(document.heldMinor) !== 0n,
    carryForward: money(document.carryForwardMinor),
    carryReason: carryReason(document, words, money),
    maturities: document.maturities.map(({ on, amountMinor }) => ({
      on,
      date: writeDate(on, locale),
      amount: money(amountMinor),
    })),
  }
}

function carryReason(
  document: StatementDocument,
  words: StatementWords,
  money: AmountWriter['money'],
): string {
  const amount = money(document.carryForwardMinor)
  switch (document.carryForwardReason) {
    case 'below_minimum':
      return fill(words.carriedBelowMinimum, { amount, minimum: money(document.minimumPayoutMinor) })
    case 'in_return_window':
      return fill(words.carriedInReturnWindow, { amount })
    case 'negative_balance':
      return fill(words.carriedNegative, { amount })
    case 'awaiting_payout':
      return fill(words.carriedAwaitingPayout, { amount })
    case 'nothing_due':
      return words.carriedNothing
  }
}

function presentLine(
  line: StatementLine,
  index: number,
  locale: string,
  words: StatementWords,
  { money, plain }: AmountWriter,
): LineFacts {
  const role = line.role === 'promoter' ? words.promoter : words.designOwner
  const agreement = fill(words.agreementVersion, {
    title: line.agreementTitle,
    version: line.agreementVersion,
  })
  return {
    key: `${index}`,
    product: line.product,
    terms: `${role} · ${agreement}`,
    share: formatPercent(line.shareBps, locale).replace(/\u202f/g, '\u00a0'),
    unitsSold: count(line.unitsSold, locale),
    unitsReturned: count(line.unitsReturned, locale),
    soldCount: line.unitsSold,
    returnedCount: line.unitsReturned,
    list: plain(line.listMinor),
    discounts: plain(-BigInt(line.discountMinor)),
    net: plain(line.netMinor),
    returns: plain(line.returnsMinor),
    netAfterReturns: plain(line.netAfterReturnsMinor),
    royalty: plain(line.royaltyMinor),
    royaltyMoney: money(line.royaltyMinor),
    journals: line.journals,
  }
}

function presentTotals(
  document: StatementDocument,
  locale: string,
  { plain }: AmountWriter,
): StatementFacts['totals'] {
  const { lines } = document
  const sum = (pick: (line: StatementLine) => string) =>
    lines.reduce((total, line) => total + BigInt(pick(line)), 0n)
  return {
    unitsSold: count(
      lines.reduce((total, line) => total + line.unitsSold, 0),
      locale,
    ),
    unitsReturned: count(
      lines.reduce((total, line) => total + line.unitsReturned, 0),
      locale,
    ),
    list: plain(sum((line) => line.listMinor)),
    discounts: plain(-sum((line) => line.discountMinor)),
    net: plain(sum((line) => line.netMinor)),
    returns: plain(sum((line) => line.returnsMinor)),
    netAfterReturns: plain(sum((line) => line.netAfterReturnsMinor)),
    royalty: plain(document.royaltiesMinor),
  }
}

function presentMoves(document: StatementDocument, locale: string, { money }: AmountWriter) {
  return {
    adjustments: document.adjustments.map((entry, index) => ({
      key: `${index}`,
      date: writeMoment(entry.at, locale, document.timeZone),
      description: entry.description,
      amount: money(entry.amountMinor),
      journal: entry.journal,
    })),
    payments: document.payments.map((entry, index) => ({
      key: `${index}`,
      date: writeMoment(entry.at, locale, document.timeZone),
      method: entry.method,
      reference: entry.reference,
      amount: money(entry.amountMinor),
    })),
  }
}

function count(units: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(units)
}
