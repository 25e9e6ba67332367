// Files for payment services and for people. Texts that people typed cannot run as formulas; amounts are exact decimal texts.
import { csvRecord } from '../csv/csv-text.ts'
import { toDecimalText } from '../money/format-amount.ts'
import { describeDetails } from './describe-details.ts'
import type { PayoutFileRow, PayoutFileRun } from './payout-file.ts'

/** PayPal reads at most so many payouts from one file. */
export const PAYPAL_MOST_ROWS = 5_000
/** Wise reads at most so many from one file. */
export const WISE_MOST_ROWS = 1_000

export type PayoutCsvResult =
  | { ok: true; text: string }
  | { ok: false; reason: 'no_transfers' | 'too_many_rows' }

/**
 * For upload in PayPal's Payouts page. It has no heading: recipient, amount, currency, customer id, note, wallet. `decimalSign`: as the
 * payer's country writes amounts; PayPal refuses the other one.
 */
export function toPaypalCsv(
  run: PayoutFileRun,
  rows: readonly PayoutFileRow[],
  decimalSign: '.' | ',',
): PayoutCsvResult {
  const records = rows.flatMap((row) => {
    if (row.method.kind !== 'paypal') return []
    const amount = toDecimalText(row.netMinor, row.currency)
    // With a comma it is text to CSV, and quoted by it.
    const cell = decimalSign === ',' ? amount.replace('.', ',') : { decimal: amount }
    return csvRecord([row.method.email, cell, row.currency, row.reference, remittanceOf(run, row), 'PAYPAL'])
  })
  return finish(records, PAYPAL_MOST_ROWS, [])
}

const WISE_HEADING = [
  'name',
  'recipientEmail',
  'paymentReference',
  'receiverType',
  'amountCurrency',
  'amount',
  'sourceCurrency',
  'targetCurrency',
]

/** For Wise's batch payments to addresses by email. The creator receives the exact amount: the target is what is fixed. */
export function toWiseCsv(run: PayoutFileRun, rows: readonly PayoutFileRow[]): PayoutCsvResult {
  const records = rows.flatMap((row) => {
    if (row.method.kind !== 'wise') return []
    return csvRecord([
      row.method.holder,
      row.method.email,
      row.reference,
      'PERSON',
      'target',
      { decimal: toDecimalText(row.netMinor, row.currency) },
      run.currency,
      row.currency,
    ])
  })
  return finish(records, WISE_MOST_ROWS, WISE_HEADING)
}

const PLAIN_HEADING = [
  'reference',
  'creator',
  'method',
  'pay to',
  'currency',
  'gross',
  'withheld',
  'net',
  'execute on',
  'run',
]

/** Everything of the run, for people and bookkeeping. */
export function toPlainCsv(run: PayoutFileRun, rows: readonly PayoutFileRow[]): PayoutCsvResult {
  const records = rows.map((row) =>
    csvRecord([
      row.reference,
      row.creatorName,
      row.method.kind,
      describeDetails(row.method),
      row.currency,
      { decimal: toDecimalText(row.grossMinor, row.currency) },
      { decimal: toDecimalText(row.withheldMinor, row.currency) },
      { decimal: toDecimalText(row.netMinor, row.currency) },
      run.executeOn,
      { decimal: String(run.number) },
    ]),
  )
  return finish(records, Number.MAX_SAFE_INTEGER, PLAIN_HEADING)
}

/** What the payee reads beside the amount. */
export function remittanceOf(run: PayoutFileRun, row: Pick<PayoutFileRow, 'reference'>): string {
  return `${run.shopName} royalties ${row.reference}`
}

function finish(records: string[], most: number, heading: readonly string[]): PayoutCsvResult {
  if (records.length === 0) return { ok: false, reason: 'no_transfers' }
  if (records.length > most) return { ok: false, reason: 'too_many_rows' }
  return { ok: true, text: `${heading.length > 0 ? csvRecord(heading) : ''}${records.join('')}` }
}
