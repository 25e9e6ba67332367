import type { Sentence } from '#app/domain/sentence.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import type { Messages } from '../messages/en.ts'
import { fill, fillCount, nameFact, voiceFor } from '../messages/messages-for.ts'
import { writeMoment, writePeriod } from '../presentation/figures.ts'
import type { LineFacts } from '../presentation/line-facts.ts'
import type { FactSection } from '../presentation/section-facts.ts'
import { presentStatement, type StatementFacts } from '../presentation/statement-facts.ts'

export interface StatementMailInput {
  document: StatementDocument
  /** Hex SHA-256 of the document's canonical text. */
  hash: string
  /** Signed address of the creator's page of this statement. */
  url: string
  /** ISO instant until which the address works. */
  urlExpiresAt: string
  /** Public page on which number and code are verified. */
  verifyUrl: string
  /** The two sentences of describeChange. */
  change: readonly Sentence[]
}

/** All that the mail says, in the creator's language; HTML and text are laid out from it. */
export interface StatementMailWords {
  facts: StatementFacts
  subject: string
  preview: string
  greeting: string
  intro: string
  changesTitle: string
  changes: string[]
  /** When held royalties become payable: each date, or the span when there are many (the PDF lists them all). */
  maturities: string[]
  /** The best earning lines, and how many the PDF has beyond them. */
  lines: Array<{ key: string; product: string; detail: string; royalty: string }>
  moreLines: string | null
  button: string
  url: string
  attached: string
  linkExpires: string
  why: string
  /** Everything after the lines; long lists are cut, the PDF has them whole. */
  sections: FactSection[]
  /** Payer and payee by their legal names. */
  parties: string[]
  fingerprint: string
  verify: string
}

const LINES_SHOWN = 6
const DATES_SHOWN = 4
const ITEMS_SHOWN = 6

export function wordStatementMail({
  document,
  hash,
  url,
  urlExpiresAt,
  verifyUrl,
  change,
}: StatementMailInput): StatementMailWords {
  const { locale, messages } = voiceFor(document.locale)
  const mail = messages.statementMail
  const facts = presentStatement(document, { hash })
  const { period, payable, earned, number } = facts
  const top = topLines(document, facts.lines)
  const more = facts.lines.length - top.length
  const shop = document.payer.name
  return {
    facts,
    subject: facts.isPayable
      ? fill(mail.subjectPayable, { period, amount: payable })
      : fill(mail.subjectNothing, { period }),
    preview: fill(mail.preview, { royalties: earned, period, payable }),
    greeting: fill(mail.greeting, { name: document.payee.name }),
    intro: fill(mail.intro, { number, shop, period }),
    changesTitle: mail.changes,
    changes: change.map((sentence) => sayChange(sentence, messages, locale)),
    maturities: sayMaturities(facts),
    lines: top.map((line) => ({
      key: line.key,
      product: line.product,
      detail: lineDetail(line, mail, locale),
      royalty: line.royaltyMoney,
    })),
    moreLines:
      more > 0 ? fillCount({ one: mail.moreLinesOne, many: mail.moreLinesMany }, more, locale) : null,
    button: mail.button,
    url,
    attached: mail.attached,
    linkExpires: fill(mail.linkExpires, { date: writeMoment(urlExpiresAt, locale, document.timeZone) }),
    why: fill(mail.why, { shop }),
    parties: [
      nameFact(facts.words, { label: facts.words.payer, value: facts.payer.name }),
      nameFact(facts.words, { label: facts.words.payee, value: facts.payee.name }),
    ],
    sections: facts.sections.map((section) => shorten(section, facts)),
    fingerprint: fill(mail.fingerprint, { number, hash }),
    verify: fill(messages.sections.verifyAt, { url: verifyUrl, number, code: facts.code }),
  }
}

/** A comparison in the reader's language; one that has no words there is said in English rather than not at all. */
function sayChange(sentence: Sentence, messages: Messages, locale: string): string {
  const patterns: Record<string, string> = messages.change
  const pattern = Object.hasOwn(patterns, sentence.key) ? patterns[sentence.key] : undefined
  if (!pattern) return sentence.text
  const { period } = sentence.params
  const named: Record<string, string> =
    typeof period === 'string'
      ? { period: writePeriod(period, locale, (parts) => fill(messages.statement.quarter, parts)) }
      : {}
  return fill(pattern, { ...sentence.params, ...named })
}

function sayMaturities({ maturities }: StatementFacts): string[] {
  const [first, last] = [maturities[0], maturities.at(-1)]
  if (first && last && maturities.length > DATES_SHOWN) return [`${first.when} – ${last.when}`]
  return maturities.map((maturity) => maturity.sentence)
}

function shorten(section: FactSection, facts: StatementFacts): FactSection {
  const more = section.items.length - ITEMS_SHOWN
  if (more <= 0) return section
  const note = fill(facts.sectionWords.moreItems, { count: more })
  return { ...section, items: section.items.slice(0, ITEMS_SHOWN), notes: [note, ...section.notes] }
}

/** Best earning first; the document's order decides ties. */
function topLines(document: StatementDocument, lines: readonly LineFacts[]): LineFacts[] {
  const royalties = new Map(document.lines.map((line) => [line.key, BigInt(line.royaltyMinor)]))
  const earned = (line: LineFacts) => royalties.get(line.key) ?? 0n
  return [...lines]
    .sort((left, right) => (earned(left) === earned(right) ? 0 : earned(left) > earned(right) ? -1 : 1))
    .slice(0, LINES_SHOWN)
}

function lineDetail(line: LineFacts, mail: Messages['statementMail'], locale: string): string {
  const sold = fillCount({ one: mail.unitsSoldOne, many: mail.unitsSoldMany }, line.soldCount, locale)
  const returned = fillCount(
    { one: mail.unitsReturnedOne, many: mail.unitsReturnedMany },
    line.returnedCount,
    locale,
  )
  return [sold, ...(line.returnedCount > 0 ? [returned] : []), line.share].join(' · ')
}
