// A statement as its readers see it: every figure, date and sentence written out once. Mail, PDF and web page lay these out and compute nothing.
import type { StatementDocument, StatementParty } from '#app/domain/statements/statement-document.ts'
import { verificationCode } from '#app/domain/statements/verification-code.ts'
import type { Messages, StatementWords } from '../messages/en.ts'
import { fill, voiceFor } from '../messages/messages-for.ts'
import {
  type AmountWriter,
  amountWriter,
  type CanShow,
  writeDate,
  writeDates,
  writeMoment,
} from './figures.ts'
import { type LineFacts, presentLines, presentTotals } from './line-facts.ts'
import { foldMaturities, type MaturityFacts } from './maturity-facts.ts'
import { type FactSection, presentSections } from './section-facts.ts'
import { type Telling, writeMonth } from './telling.ts'

export interface BalanceRow {
  key: 'opening' | 'royalties' | 'bonuses' | 'adjustments' | 'recouped' | 'payments' | 'closing'
  label: string
  amount: string
}

export interface PartyFacts {
  name: string
  /** Legal name where it differs, address, VAT number, mail address. */
  details: string[]
}

export interface StatementFacts {
  language: string
  locale: string
  words: StatementWords
  sectionWords: Messages['sections']
  /** Statement, or self-billing invoice with the wording that the law asks for. */
  title: string
  number: string
  /** "May 2026" */
  period: string
  /** "May 1 – 31, 2026" */
  dates: string
  issued: string
  issuedAt: string
  daysIn: string
  currencyNote: string
  shop: string
  payer: PartyFacts
  payee: PartyFacts
  payable: string
  isPayable: boolean
  earned: string
  /** Opening to closing, in adding order. */
  balance: BalanceRow[]
  /** What becomes of the closing balance: payable, and what is carried forward by reason. */
  carried: Array<{ key: string; label: string; amount: string }>
  carrySentences: string[]
  maturities: MaturityFacts[]
  lines: LineFacts[]
  totals: ReturnType<typeof presentTotals>
  /** Everything after the lines, in order; a section without anything says so. */
  sections: FactSection[]
  questions: string | null
  hash: string
  code: string
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
  const telling: Telling = { locale, words: messages.sections, statementWords: words, ...amounts }
  return {
    language,
    locale,
    words,
    sectionWords: messages.sections,
    ...presentHead(document, telling),
    ...presentPosition(document, telling, amounts),
    lines: presentLines(document, telling),
    totals: presentTotals(document, telling),
    sections: presentSections(document, telling),
    questions: document.contact ? fill(words.questions, { contact: document.contact }) : null,
    hash: options.hash,
    code: verificationCode(options.hash),
    chainHead: { label: fill(words.chainHead, { seq: document.chain.seq }), value: document.chain.head },
    previous: document.previousStatement,
  }
}

function presentHead(document: StatementDocument, telling: Telling) {
  const { locale, statementWords: words } = telling
  return {
    title: document.selfBilling
      ? fill(telling.words.selfBillingNumber, { number: document.selfBilling.number })
      : words.title,
    number: document.number,
    period: writeMonth(document.period, telling),
    dates: writeDates(document.from, document.to, locale),
    issued: writeMoment(document.issuedAt, locale, document.timeZone),
    issuedAt: document.issuedAt,
    daysIn: fill(words.daysIn, { timeZone: document.timeZone.replaceAll('_', ' ') }),
    currencyNote: fill(words.currencyNote, { currency: document.currency }),
    shop: document.payer.name,
    payer: presentParty(document.payer, telling),
    payee: presentParty(document.payee, telling),
  }
}

function presentParty(party: StatementParty, { words, locale }: Telling): PartyFacts {
  return {
    name: party.legalName,
    details: [
      ...(party.name === party.legalName ? [] : [party.name]),
      ...party.address,
      ...(party.address.length > 0 && party.country ? [writeCountry(party.country, locale)] : []),
      ...(party.vatNumber ? [fill(words.vatNumber, { number: party.vatNumber })] : []),
      ...(party.companyNumber ? [fill(words.companyNumber, { number: party.companyNumber })] : []),
      ...(party.email ? [party.email] : []),
    ],
  }
}

function presentPosition(document: StatementDocument, telling: Telling, { money }: AmountWriter) {
  const { words, statementWords } = telling
  const row = (key: BalanceRow['key'], label: string, minor: bigint | string): BalanceRow => ({
    key,
    label,
    amount: money(minor),
  })
  const when = (isShown: boolean, made: BalanceRow) => (isShown ? [made] : [])
  const { recoupedMinor } = document.advance
  const reasons = document.carryForward.map(({ reason, amountMinor }) => {
    const minimum = money(document.minimumPayoutMinor)
    return { key: reason, label: fill(words[`carry.${reason}`], { minimum }), amount: money(amountMinor) }
  })
  return {
    payable: money(document.payableMinor),
    isPayable: BigInt(document.payableMinor) > 0n,
    earned: money(BigInt(document.royaltiesMinor) + BigInt(document.bonusesMinor)),
    balance: [
      row('opening', statementWords.opening, document.openingMinor),
      row('royalties', statementWords.royalties, document.royaltiesMinor),
      ...when(document.bonuses.length > 0, row('bonuses', words.bonuses, document.bonusesMinor)),
      row('adjustments', words.adjustmentsShort, document.adjustmentsMinor),
      ...when(recoupedMinor !== '0', row('recouped', words.recouped, -BigInt(recoupedMinor))),
      // Paid money leaves the balance.
      ...when(document.payments.length > 0, row('payments', words.payments, -BigInt(document.paymentsMinor))),
      row('closing', statementWords.closing, document.closingMinor),
    ],
    carried: reasons,
    carrySentences: sayCarried(document, reasons, telling),
    maturities: foldMaturities(document.maturities, telling, (on) => writeDate(on, telling.locale)),
  }
}

function sayCarried(
  document: StatementDocument,
  reasons: ReadonlyArray<{ label: string; amount: string }>,
  { words }: Telling,
): string[] {
  if (reasons.length > 0)
    return reasons.map(({ label, amount }) => fill(words.carriedShort, { amount, reason: label }))
  return [BigInt(document.payableMinor) > 0n ? words.payableInFull : words.nothingCarried]
}

/** As the reader's language names it. */
function writeCountry(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
}
