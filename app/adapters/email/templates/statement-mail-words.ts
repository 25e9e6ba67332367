import type { Sentence } from '#app/domain/sentence.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import type { Messages } from '../messages/en.ts'
import { fill, fillCount, voiceFor } from '../messages/messages-for.ts'
import { writeMoment, writePeriod } from '../presentation/figures.ts'
import { type LineFacts, presentStatement, type StatementFacts } from '../presentation/statement-facts.ts'

export interface StatementMailInput {
  document: StatementDocument
  /** Hex SHA-256 of the document's canonical text. */
  hash: string
  /** Signed address of the creator's page of this statement. */
  url: string
  /** ISO instant until which the address works. */
  urlExpiresAt: string
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
  fingerprint: string
}

const LINES_SHOWN = 6
const DATES_SHOWN = 4

export function wordStatementMail({
  document,
  hash,
  url,
  urlExpiresAt,
  change,
}: StatementMailInput): StatementMailWords {
  const { locale, messages } = voiceFor(document.locale)
  const mail = messages.statementMail
  const facts = presentStatement(document, { hash })
  const { period, payable, royalties, number } = facts
  const top = topLines(document, facts.lines)
  const more = facts.lines.length - top.length
  const shop = document.payer.name
  return {
    facts,
    subject: facts.isPayable
      ? fill(mail.subjectPayable, { period, amount: payable })
      : fill(mail.subjectNothing, { period }),
    preview: fill(mail.preview, { royalties, period, payable }),
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
    fingerprint: fill(mail.fingerprint, { number, hash: hash.slice(0, 12) }),
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
  if (first && last && maturities.length > DATES_SHOWN) return [`${first.date} – ${last.date}`]
  return maturities.map((maturity) => `${maturity.date}: ${maturity.amount}`)
}

/** Best earning first; the document's order decides ties. */
function topLines(document: StatementDocument, lines: readonly LineFacts[]): LineFacts[] {
  const earned = (line: LineFacts) => BigInt(document.lines[Number(line.key)]?.royaltyMinor ?? 0)
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
