import { nameFact } from '../messages/messages-for.ts'
import type { FactItem } from '../presentation/section-facts.ts'
import type { StatementMailWords } from './statement-mail-words.ts'

/** The mail for readers without HTML: everything that the HTML says, in the same order. */
export function composeStatementText(words: StatementMailWords): string {
  const { facts } = words
  const labels = facts.words
  const pair = (label: string, value: string) => nameFact(labels, { label, value })
  const blocks = [
    [words.greeting, '', words.intro],
    [pair(labels.payableNow, facts.payable), ...facts.carrySentences],
    ...(words.changes.length > 0 ? [titled(words.changesTitle, words.changes)] : []),
    titled(labels.balance, [
      ...facts.balance.map((row) => pair(row.label, row.amount)),
      ...(words.maturities.length > 0 ? [`${labels.becomesPayable}:`] : []),
      ...words.maturities.map((maturity) => `  ${maturity}`),
    ]),
    titled(labels.lines, [
      ...(words.lines.length === 0 ? [labels.noLines] : []),
      ...words.lines.map((line) => pair(`${line.product} (${line.detail})`, line.royalty)),
      ...(words.moreLines ? [words.moreLines] : []),
    ]),
    ...words.sections.map((section) =>
      titled(section.title, [
        ...section.items.map((item) => pair(itemText(item), item.amount)),
        ...section.rows.map((row) => pair(row.label, row.amount)),
        ...section.notes,
      ]),
    ),
    [pair(words.button, words.url), words.linkExpires, words.attached],
    [...words.parties, words.why, words.fingerprint, words.verify],
  ]
  // Plain text has no use for spaces that do not break.
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`.replace(/\u00a0/g, ' ')
}

function itemText({ date, text, detail }: FactItem): string {
  return [...(date ? [date] : []), text, ...(detail ? [detail] : [])].join(' · ')
}

function titled(title: string, lines: readonly string[]): string[] {
  return [title.toUpperCase(), ...lines]
}
