import { csvRecord } from '../csv/csv-text.ts'
import { toDecimalText } from '../money/format-amount.ts'
import { CSV_COLUMNS, type CsvRow } from './csv-row.ts'
import { headRows, lineRows, moveRows } from './csv-sections.ts'
import type { MinorText, StatementDocument } from './statement-document.ts'

/**
 * The statement as RFC 4180 text: a row for each figure, in the order of the sections, from the parties to the fingerprint of what came
 * before. `record` says what a row is. With the hash and code, the file can be verified like the PDF.
 */
export function toStatementCsv(document: StatementDocument, proof?: { hash: string; code: string }): string {
  const amount = (minor: MinorText) => ({ decimal: toDecimalText(BigInt(minor), document.currency) })
  const rows: CsvRow[] = [
    ...headRows(document, amount),
    { record: 'opening', date: document.from, amount: amount(document.openingMinor) },
    ...lineRows(document, amount),
    ...moveRows(document, amount),
    ...(proof
      ? [
          { record: 'document_hash', reference: proof.hash },
          { record: 'verification_code', reference: proof.code },
        ]
      : []),
    { record: 'chain_head', key: document.chain.seq, reference: document.chain.head },
  ]
  const constant: CsvRow = {
    statement: document.number,
    period: document.period,
    currency: document.currency,
  }
  const records = rows.map((row) =>
    csvRecord(CSV_COLUMNS.map((column) => row[column] ?? constant[column] ?? '')),
  )
  return [csvRecord(CSV_COLUMNS), ...records].join('')
}
