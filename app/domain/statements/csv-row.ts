import type { CsvCell } from '../csv/csv-text.ts'
import type { MinorText } from './statement-document.ts'

export const CSV_COLUMNS = [
  'record',
  'statement',
  'period',
  'date',
  'key',
  'description',
  'product_id',
  'role',
  'agreement',
  'agreement_version',
  'share_percent',
  'units_sold',
  'list',
  'discounts',
  'deductions',
  'net',
  'units_returned',
  'returns',
  'net_units',
  'net_after_returns',
  'amount',
  'currency',
  'original_statement',
  'original_line',
  'reference',
  'entries',
  'first_journal',
  'last_journal',
] as const

export type CsvRow = Partial<Record<(typeof CSV_COLUMNS)[number], CsvCell>>
export type WriteAmount = (minor: MinorText) => CsvCell
