import type { Messages, StatementWords } from '../messages/en.ts'
import { fill } from '../messages/messages-for.ts'
import { type AmountWriter, writePeriod } from './figures.ts'

/** Everything that writing a statement out for one reader takes. */
export interface Telling extends AmountWriter {
  locale: string
  words: Messages['sections']
  statementWords: StatementWords
}

/** "2026-05" as "May 2026", "2026-Q2" as "Q2 2026"; anything else as it is. */
export function writeMonth(label: string, { locale, statementWords }: Telling): string {
  return writePeriod(label, locale, (parts) => fill(statementWords.quarter, parts))
}
