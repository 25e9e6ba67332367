import { csvRecord } from '../csv/csv-text.ts'
import { toDecimalText } from '../money/format-amount.ts'
import type { LocalDate } from '../time/instant.ts'

/** One creator's year in the columns that EU platforms collect. What Filigree does not hold stays empty: nothing is filed by this. */
export interface SellerYear {
  name: string
  country: string | null
  vatNumber: string | null
  taxNumberEnding: string | null
  accountEnding: string | null
  payments: ReadonlyArray<{ paidOn: LocalDate; amountMinor: bigint; feesMinor: bigint }>
}

const COLUMNS = [
  'year',
  'name',
  'country',
  'vat_number',
  'tax_number_last_digits',
  'account_last_digits',
  ...['q1', 'q2', 'q3', 'q4'].flatMap((quarter) => [
    `${quarter}_consideration`,
    `${quarter}_activities`,
    `${quarter}_withheld`,
  ]),
  'currency',
]

/** RFC 4180, a row for each creator, quarters by payment date. A merchant who pays its own creators is probably no platform: optional. */
export function toSellerYearCsv(sellers: readonly SellerYear[], year: number, currency: string): string {
  const rows = sellers.map((seller) => {
    const quarters = [1, 2, 3, 4].flatMap((quarter) => {
      const paid = seller.payments.filter(
        ({ paidOn }) =>
          Number(paidOn.slice(0, 4)) === year && Math.ceil(Number(paidOn.slice(5, 7)) / 3) === quarter,
      )
      const sum = (pick: 'amountMinor' | 'feesMinor') =>
        paid.reduce((total, payment) => total + payment[pick], 0n)
      return [
        { decimal: toDecimalText(sum('amountMinor'), currency) },
        { decimal: String(paid.length) },
        { decimal: toDecimalText(sum('feesMinor'), currency) },
      ]
    })
    const { name, country, vatNumber, taxNumberEnding, accountEnding } = seller
    const person = [name, country ?? '', vatNumber ?? '', taxNumberEnding ?? '', accountEnding ?? '']
    return csvRecord([{ decimal: String(year) }, ...person, ...quarters, currency])
  })
  return [csvRecord(COLUMNS), ...rows].join('')
}
