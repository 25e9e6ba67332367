import { formatPercent } from '#app/domain/money/percent.ts'
import type { StatementDocument, StatementLine } from '#app/domain/statements/statement-document.ts'
import { fill, nameFact } from '../messages/messages-for.ts'
import { type Telling, writeMonth } from './telling.ts'

export interface LineFacts {
  key: string
  position: string
  product: string
  /** Role, agreement and version. */
  terms: string
  share: string
  unitsSold: string
  unitsReturned: string
  netUnits: string
  soldCount: number
  returnedCount: number
  list: string
  /** Negative, as what is taken off the list value; with what else the agreement takes off. */
  discounts: string
  net: string
  returns: string
  netAfterReturns: string
  royalty: string
  /** With its currency. */
  royaltyMoney: string
  /** Returns of pieces that stood on earlier statements, and what else a reader would ask. */
  notes: string[]
  journals: string
}

export function presentLines(document: StatementDocument, telling: Telling): LineFacts[] {
  const agreements = new Map(document.agreements.map((agreement) => [agreement.versionId, agreement]))
  return document.lines.map((line) => presentLine(line, agreements.get(line.versionId), telling))
}

function presentLine(
  line: StatementLine,
  agreement: StatementDocument['agreements'][number] | undefined,
  telling: Telling,
): LineFacts {
  const { locale, plain, money, words, statementWords } = telling
  const role = agreement?.role === 'design_owner' ? statementWords.designOwner : statementWords.promoter
  const { title, version } = agreement ?? { title: '', version: 0 }
  const span =
    line.firstJournal === line.lastJournal ? line.firstJournal : `${line.firstJournal}–${line.lastJournal}`
  return {
    key: line.key,
    position: String(line.position),
    product: line.product,
    terms: `${role} · ${fill(statementWords.agreementVersion, { title, version })}`,
    share: writePercent(line.shareBps, locale),
    unitsSold: count(line.unitsSold, locale),
    unitsReturned: count(line.unitsReturned, locale),
    netUnits: count(line.netUnits, locale),
    soldCount: line.unitsSold,
    returnedCount: line.unitsReturned,
    list: plain(line.listMinor),
    discounts: plain(-BigInt(line.discountMinor)),
    net: plain(line.netMinor),
    returns: plain(line.returnsMinor),
    netAfterReturns: plain(line.netAfterReturnsMinor),
    royalty: plain(line.royaltyMinor),
    royaltyMoney: money(line.royaltyMinor),
    notes: [
      ...(line.deductionMinor === '0'
        ? []
        : [nameFact(statementWords, { label: words.deduction, value: money(-BigInt(line.deductionMinor)) })]),
      ...(agreement?.hasTiers ? [words.hasTiers] : []),
      ...(line.drops
        ? [
            fill(words.inDrops, {
              drops: line.drops.titles.join(', '),
              units: count(line.drops.units, locale),
              amount: money(line.drops.royaltyMinor),
            }),
          ]
        : []),
      ...line.earlierReturns.map((part) =>
        fill(words.earlierReturn, {
          units: count(part.units, locale),
          month: writeMonth(part.soldIn, telling),
          statement: part.statement ?? '–',
          amount: money(part.returnsMinor),
        }),
      ),
    ],
    journals: line.entries > 1 ? `${span} (${count(line.entries, locale)})` : span,
  }
}

export function presentTotals(document: StatementDocument, { locale, plain }: Telling) {
  const { lines } = document
  const sum = (pick: (line: StatementLine) => string) =>
    lines.reduce((total, line) => total + BigInt(pick(line)), 0n)
  const units = (pick: (line: StatementLine) => number) =>
    count(
      lines.reduce((total, line) => total + pick(line), 0),
      locale,
    )
  return {
    unitsSold: units((line) => line.unitsSold),
    unitsReturned: units((line) => line.unitsReturned),
    netUnits: units((line) => line.netUnits),
    list: plain(sum((line) => line.listMinor)),
    discounts: plain(-sum((line) => line.discountMinor)),
    net: plain(sum((line) => line.netMinor)),
    returns: plain(sum((line) => line.returnsMinor)),
    netAfterReturns: plain(sum((line) => line.netAfterReturnsMinor)),
    royalty: plain(document.royaltiesMinor),
  }
}

export function writePercent(bps: number, locale: string): string {
  return formatPercent(bps, locale).replace(/\u202f/g, '\u00a0')
}

export function count(units: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(units)
}
