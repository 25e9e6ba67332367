import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { fill } from '../messages/messages-for.ts'
import { writeDate } from './figures.ts'
import { presentAdjustments, presentBonuses, presentPayments } from './item-facts.ts'
import { writePercent } from './line-facts.ts'
import { presentTax } from './tax-facts.ts'
import { type Telling, writeMonth } from './telling.ts'

export interface FactItem {
  key: string
  date: string | null
  text: string
  detail: string | null
  amount: string
  /** Journal behind it; the last one where there are several. */
  journal: string | null
}

/** One section after the lines. Rows add up by label, items have a date and a story, notes are sentences. */
export interface FactSection {
  key:
    | 'bonuses'
    | 'adjustments'
    | 'reserve'
    | 'advance'
    | 'tax'
    | 'payments'
    | 'carry'
    | 'agreements'
    | 'questions'
  title: string
  items: FactItem[]
  rows: Array<{ key: string; label: string; amount: string; isTotal: boolean }>
  notes: string[]
}

/** All of them, always: a reader sees that a section is empty rather than missing. */
export function presentSections(document: StatementDocument, telling: Telling): FactSection[] {
  const { words } = telling
  const section = (key: FactSection['key'], parts: Partial<FactSection>): FactSection => {
    const made = { key, title: words[key], items: [], rows: [], notes: [], ...parts }
    const isEmpty = made.items.length + made.rows.length + made.notes.length === 0
    return isEmpty ? { ...made, notes: [words.none] } : made
  }
  return [
    section('bonuses', { items: presentBonuses(document, telling) }),
    section('adjustments', { items: presentAdjustments(document, telling) }),
    section('reserve', presentReserve(document, telling)),
    section('advance', presentAdvance(document, telling)),
    section('tax', presentTax(document, telling)),
    section('payments', { items: presentPayments(document, telling) }),
    section('carry', presentCarry(document, telling)),
    section('agreements', { notes: presentAgreements(document, telling) }),
    section('questions', { notes: presentQuestions(document, telling) }),
  ]
}

type Parts = Partial<FactSection>

function presentReserve({ reserve, agreements }: StatementDocument, telling: Telling): Parts {
  const { words, money, locale } = telling
  const notes = agreements.flatMap(({ title, version, reserve: terms }) =>
    terms
      ? [
          fill(words.reserveRate, {
            title,
            version,
            percent: writePercent(terms.bps, locale),
            days: terms.days,
          }),
        ]
      : [],
  )
  const isQuiet = [
    reserve.openingMinor,
    reserve.withheldMinor,
    reserve.releasedMinor,
    reserve.closingMinor,
  ].every((minor) => minor === '0')
  if (isQuiet) return { notes }
  return {
    notes,
    rows: [
      { key: 'opening', label: words.reserveOpening, amount: money(reserve.openingMinor), isTotal: false },
      { key: 'withheld', label: words.reserveWithheld, amount: money(reserve.withheldMinor), isTotal: false },
      ...reserve.releases.map(({ soldIn, amountMinor }) => ({
        key: soldIn,
        label: fill(words.reserveReleased, { month: writeMonth(soldIn, telling) }),
        amount: money(-BigInt(amountMinor)),
        isTotal: false,
      })),
      { key: 'closing', label: words.reserveClosing, amount: money(reserve.closingMinor), isTotal: true },
    ],
  }
}

function presentAdvance({ advance }: StatementDocument, { words, money, locale }: Telling): Parts {
  const { openingMinor, paidMinor, recoupedMinor, closingMinor } = advance
  if ([openingMinor, paidMinor, recoupedMinor, closingMinor].every((minor) => minor === '0')) return {}
  return {
    rows: [
      { key: 'opening', label: words.advanceOpening, amount: money(openingMinor), isTotal: false },
      { key: 'paid', label: words.advancePaid, amount: money(paidMinor), isTotal: false },
      {
        key: 'recouped',
        label: words.advanceRecouped,
        amount: money(-BigInt(recoupedMinor)),
        isTotal: false,
      },
      { key: 'closing', label: words.advanceClosing, amount: money(closingMinor), isTotal: true },
    ],
    notes: [...new Set(advance.recoupBps)].map((bps) =>
      fill(words.advanceRate, { percent: writePercent(bps, locale) }),
    ),
  }
}

function presentCarry(document: StatementDocument, { words, statementWords, money }: Telling): Parts {
  return {
    rows: [
      ...document.carryForward.map(({ reason, amountMinor }) => ({
        key: reason,
        label: fill(words[`carry.${reason}`], { minimum: money(document.minimumPayoutMinor) }),
        amount: money(amountMinor),
        isTotal: false,
      })),
      {
        key: 'carried',
        label: statementWords.carryForward,
        amount: money(document.carryForwardMinor),
        isTotal: true,
      },
    ],
  }
}

function presentAgreements(document: StatementDocument, telling: Telling): string[] {
  const { words, statementWords, locale } = telling
  const named = document.agreements.map((agreement) => {
    const role = agreement.role === 'promoter' ? statementWords.promoter : statementWords.designOwner
    const fee = agreement.deductPaymentFeeBps
    return [
      `${fill(statementWords.agreementVersion, { title: agreement.title, version: agreement.version })} (${role}, ${agreement.agreementId.slice(0, 8)}).`,
      `${fill(words.share, { percent: writePercent(agreement.shareBps, locale) })}${agreement.hasTiers ? `, ${words.hasTiers}` : ''}.`,
      ...(fee > 0 ? [fill(words.netFee, { percent: writePercent(fee, locale) })] : []),
    ].join(' ')
  })
  return [words.netBasis, ...named]
}

function presentQuestions(document: StatementDocument, { words, statementWords, locale }: Telling): string[] {
  return [
    fill(words.questionsUntil, { date: writeDate(document.questionsUntil, locale) }),
    ...(document.contact ? [fill(statementWords.questions, { contact: document.contact })] : []),
    fill(words.inspection, { shop: document.payer.name }),
  ]
}
