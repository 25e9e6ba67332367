import { expect, test } from 'vitest'
import { builtStatement, figuresThatAddUp, lineSums, particulars, returnSums } from './test-statement.ts'
import { toStatementCsv } from './to-statement-csv.ts'

const document = builtStatement(
  particulars(),
  figuresThatAddUp({
    openingMinor: 3_000n,
    lines: [lineSums('Hoop', 6), returnSums('Hoop'), lineSums('=cmd()', 1)],
    maturities: [{ on: '2026-06-09', amountMinor: 500n }],
  }),
)

/** Rows without quotes inside them: enough for what is asked here. */
function rowsOf(csv: string): Array<Record<string, string>> {
  const [head = '', ...rows] = csv.trimEnd().split('\r\n')
  const columns = head.split(',')
  return rows.map((row) =>
    Object.fromEntries(
      row.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell, i) => [columns[i], cell.replace(/,$/, '')]) ?? [],
    ),
  )
}

test('opening, lines, bonuses, adjustments, recoupment and payments add up to closing in the file alone', () => {
  const rows = rowsOf(toStatementCsv(document))
  const cents = (record: RegExp) =>
    rows
      .filter((row) => record.test(row.record ?? ''))
      .reduce((sum, row) => sum + BigInt((row.amount ?? '').replace('.', '')), 0n)
  const moved =
    cents(/^(opening|line|bonus|adjustment_.*|payment_(sent|returned))$/) - cents(/^advance_recouped$/)
  expect(moved).toBe(cents(/^closing$/))
  expect(cents(/^(payable|carry_forward)$/)).toBe(cents(/^closing$/))
})

test('every one of the thirteen sections has its rows, and a product’s name runs no formula', () => {
  const csv = toStatementCsv(document, { hash: 'ab12', code: 'X-1' })
  const records = new Set(rowsOf(csv).map((row) => row.record))
  for (const record of [
    'payer',
    'payee',
    'agreement',
    'opening',
    'line',
    'line_return_of_earlier',
    'reserve_closing',
    'advance_closing',
    'earned_bonus',
    'paid_in_year_in_kind',
    'payable',
    'closing',
    'held_until',
    'carry_forward',
    'questions_until',
    'document_hash',
    'verification_code',
    'chain_head',
  ])
    expect(records).toContain(record)
  expect(csv).toContain("'=cmd()")
})

test('what of a line was sold in drops is named beside it, and not added up again', () => {
  const rose = { titles: ['Rose night'], units: 2, royaltyMinor: 250n }
  const thorn = { titles: ['Thorn night', 'Rose night'], units: 1, royaltyMinor: 125n }
  const lines = [
    lineSums('Hoop', 6, { drops: rose }),
    lineSums('Hoop', 2, { soldIn: '2026-04', drops: thorn }),
  ]
  const sold = builtStatement(particulars(), figuresThatAddUp({ openingMinor: 3_000n, lines }))
  expect(sold.lines[0]?.drops).toEqual({
    titles: ['Rose night', 'Thorn night'],
    units: 3,
    royaltyMinor: '375',
  })
  const rows = rowsOf(toStatementCsv(sold)).filter(({ record }) => record === 'line_sold_in_drops')
  expect(rows).toMatchObject([{ description: '"Rose night, Thorn night"', net_units: '3', amount: '' }])
  expect(document.lines.some((line) => 'drops' in line)).toBe(false)
})
