import { fill } from '../messages/messages-for.ts'
import type { StatementMailWords } from './statement-mail-words.ts'

/** The mail for readers without HTML: everything that the HTML says, in the same order. */
export function composeStatementText(words: StatementMailWords): string {
  const { facts } = words
  const labels = facts.words
  const pair = (label: string, value: string) => fill(labels.labelled, { label, value })
  const blocks = [
    [words.greeting, '', words.intro],
    [pair(labels.payableNow, facts.payable), facts.carryReason],
    titled(labels.balance, [
      ...facts.balance.map((row) => pair(row.label, row.amount)),
      ...(facts.hasHeld ? [pair(labels.held, facts.held)] : []),
      ...words.maturities.map((maturity) => `  ${maturity}`),
    ]),
    ...(words.changes.length > 0 ? [titled(words.changesTitle, words.changes)] : []),
    titled(labels.lines, [
      ...(words.lines.length === 0 ? [labels.noLines] : []),
      ...words.lines.map((line) => pair(`${line.product} (${line.detail})`, line.royalty)),
      ...(words.moreLines ? [words.moreLines] : []),
    ]),
    [pair(words.button, words.url), words.linkExpires, words.attached],
    [...(facts.questions ? [facts.questions] : []), words.why, words.fingerprint],
  ]
  // Plain text has no use for spaces that do not break.
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`.replace(/\u00a0/g, ' ')
}

function titled(title: string, lines: readonly string[]): string[] {
  return [title.toUpperCase(), ...lines]
}
