import { csvRecord } from '../csv/csv-text.ts'
import { toDecimalText } from '../money/format-amount.ts'
import type { PostedJournal } from './journal-draft.ts'

/** Header of the ledger's CSV: one row a posting. */
export function ledgerCsvHeader(): string {
  return csvRecord([
    'journal',
    'fact',
    'kind',
    'effective_at',
    'recorded_at',
    'order',
    'line_item',
    'account',
    'amount',
    'currency',
    'hash',
  ])
}

/** Rows of one journal. Amounts are decimals, debits positive. */
export function ledgerCsvRows(journal: PostedJournal): string {
  return journal.postings
    .map(({ account, amountMinor }) =>
      csvRecord([
        { decimal: journal.seq.toString() },
        journal.factKey,
        journal.kind,
        journal.effectiveAt,
        journal.recordedAt,
        journal.orderId?.toString() ?? '',
        journal.lineItemId?.toString() ?? '',
        account,
        { decimal: toDecimalText(amountMinor, journal.currency) },
        journal.currency,
        journal.hash,
      ]),
    )
    .join('')
}

export function toLedgerCsv(journals: readonly PostedJournal[]): string {
  return [ledgerCsvHeader(), ...journals.map(ledgerCsvRows)].join('')
}
