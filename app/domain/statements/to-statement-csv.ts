import { type CsvCell, csvRecord } from '../csv/csv-text.ts'
import { toDecimalText } from '../money/format-amount.ts'
import { toPercentText } from '../money/percent.ts'
import type { MinorText, StatementDocument, StatementLine } from './statement-document.ts'

const COLUMNS = [
  'record',
  'statement',
  'period',
  'date',
  'description',
  'product_id',
  'role',
  'agreement',
  'agreement_version',
  'share_percent',
  'units_sold',
  'list',
  'discounts',
  'net',
  'units_returned',
  'returns',
  'net_after_returns',
  'amount',
  'currency',
  'journals',
] as const

type Column = (typeof COLUMNS)[number]
type Row = Partial<Record<Column, CsvCell>>

/** The statement as RFC 4180 text: opening balance, lines, adjustments, payments, and how the closing balance divides. */
export function toStatementCsv(document: StatementDocument): string {
  const amount = (minor: MinorText): CsvCell => ({ decimal: toDecimalText(BigInt(minor), document.currency) })
  const balance = (record: string, date: string, minor: MinorText, description = ''): Row => ({
    record,
    date,
    description,
    amount: amount(minor),
  })
  const rows: Row[] = [
    balance('opening', document.from, document.openingMinor),
    ...document.lines.map((line) => lineRow(line, amount)),
    ...document.adjustments.map((item) => ({
      ...balance('adjustment', item.at, item.amountMinor, item.description),
      journals: item.journal,
    })),
    ...document.payments.map((item) =>
      balance('payment', item.at, negated(item.amountMinor), `${item.method} ${item.reference}`),
    ),
    balance('closing', document.to, document.closingMinor),
    balance('held', document.to, document.heldMinor),
    ...document.maturities.map((item) => balance('held_until', item.on, item.amountMinor)),
    balance('payable', document.to, document.payableMinor),
    balance('carry_forward', document.to, document.carryForwardMinor, document.carryForwardReason),
  ]
  const constant: Row = { statement: document.number, period: document.period, currency: document.currency }
  const records = rows.map((row) => csvRecord(COLUMNS.map((column) => row[column] ?? constant[column] ?? '')))
  return [csvRecord(COLUMNS), ...records].join('')
}

function lineRow(line: StatementLine, amount: (minor: MinorText) => CsvCell): Row {
  return {
    record: 'line',
    description: line.product,
    product_id: line.productId ?? '',
    role: line.role,
    agreement: line.agreementTitle,
    agreement_version: { decimal: String(line.agreementVersion) },
    share_percent: { decimal: toPercentText(line.shareBps) },
    units_sold: { decimal: String(line.unitsSold) },
    list: amount(line.listMinor),
    discounts: amount(line.discountMinor),
    net: amount(line.netMinor),
    units_returned: { decimal: String(line.unitsReturned) },
    returns: amount(line.returnsMinor),
    net_after_returns: amount(line.netAfterReturnsMinor),
    amount: amount(line.royaltyMinor),
    journals: line.journals.join(' '),
  }
}

function negated(minor: MinorText): MinorText {
  return (-BigInt(minor)).toString()
}
