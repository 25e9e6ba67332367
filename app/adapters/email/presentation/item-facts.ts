import type {
  StatementAdjustment,
  StatementBonus,
  StatementDocument,
  StatementPayment,
} from '#app/domain/statements/statement-document.ts'
import { fill, nameFact } from '../messages/messages-for.ts'
import { writeDate } from './figures.ts'
import { count } from './line-facts.ts'
import type { FactItem } from './section-facts.ts'
import { type Telling, writeMonth } from './telling.ts'

export function presentBonuses(document: StatementDocument, telling: Telling): FactItem[] {
  return document.bonuses.map((bonus) => ({
    key: bonus.key,
    date: bonus.window ? writeMonth(bonus.window, telling) : null,
    text: wordsOf(telling.words, `bonus.${bonus.rule}`, bonus.title),
    detail: measuredOf(bonus, telling),
    amount: telling.money(bonus.amountMinor),
    journal: bonus.journal,
  }))
}

function measuredOf(bonus: StatementBonus, telling: Telling): string {
  const { words, money, locale } = telling
  const write = (value: string) => (bonus.unit === 'money' ? money(value) : count(Number(value), locale))
  const metric = wordsOf(words, `metric.${bonus.metric}`, bonus.metric)
  const measured = write(bonus.measured)
  return bonus.threshold === null
    ? fill(words.measuredOnly, { metric, measured })
    : fill(words.measured, { metric, measured, threshold: write(bonus.threshold) })
}

export function presentAdjustments(document: StatementDocument, telling: Telling): FactItem[] {
  return document.adjustments.map((item) => ({
    key: item.key,
    date: writeDate(item.at, telling.locale),
    text: fill(telling.words[`adjustment.${item.kind}`], { product: item.product ?? '' }),
    detail: detailOf(item, telling),
    amount: telling.money(item.amountMinor),
    journal: item.lastJournal,
  }))
}

function detailOf(item: StatementAdjustment, telling: Telling): string | null {
  const { words } = telling
  const { original } = item
  const parts = [
    ...(item.reason ? [item.reason] : []),
    ...(original?.statement
      ? [
          original.position === null
            ? fill(words.onStatementOnly, { statement: original.statement })
            : fill(words.onStatement, { statement: original.statement, position: original.position }),
        ]
      : []),
    ...(original?.soldIn ? [fill(words.soldIn, { month: writeMonth(original.soldIn, telling) })] : []),
  ]
  return parts.length > 0 ? parts.join(' · ') : null
}

export function presentPayments(document: StatementDocument, telling: Telling): FactItem[] {
  return document.payments.map((payment) => ({
    key: payment.key,
    date: writeDate(payment.at, telling.locale),
    text: nameFact(telling.statementWords, {
      label: telling.words[`payment.${payment.kind}`],
      value: methodOf(payment, telling),
    }),
    detail: [
      ...(payment.reference ? [fill(telling.words.reference, { reference: payment.reference })] : []),
      ...(payment.withheldMinor === '0'
        ? []
        : [fill(telling.words.withheldOf, { withheld: telling.money(payment.withheldMinor) })]),
    ].join(' · '),
    amount: telling.money(payment.grossMinor),
    journal: payment.journal,
  }))
}

function methodOf(payment: StatementPayment, { words }: Telling): string {
  const method = wordsOf(words, `method.${payment.method}`, payment.method)
  return payment.ending ? fill(words.paymentTo, { method, ending: payment.ending }) : method
}

/** Words of a name that the document carries; one that has none is shown as it is. */
function wordsOf(words: Telling['words'], key: string, otherwise: string): string {
  const all: Record<string, string> = words
  return (Object.hasOwn(all, key) ? all[key] : undefined) ?? otherwise
}
