import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contentText, placeText } from './journal-hash.ts'
import { journalForMaturity } from './post-maturity.ts'
import { journalForSale } from './post-sale.ts'
import { payee, posted, royaltyLine, sale } from './test-facts.ts'
import { toLedgerCsv } from './to-csv.ts'
import { accountCodeFromHledger, hledgerAccount, toHledger } from './to-hledger.ts'
import { trialBalance } from './trial-balance.ts'

const line = royaltyLine([payee('ana', 1000), payee('dora', 1250)])
const first = journalForSale(sale(), line)
const journals = posted([
  first.draft,
  journalForSale(
    sale({
      saleId: 2n,
      actionType: 'return',
      totalMinor: -5_950n,
      taxMinor: -950n,
      happenedAt: '2026-05-31T23:30:00.000Z',
    }),
    first.line,
  ).draft,
  journalForMaturity(
    royaltyLine([payee('ana', 1000)], { posted: new Map([['ana-v1', 500n]]) }),
    { orderId: 5n, creatorId: 'ana', currency: 'EUR', at: '2026-06-02T10:00:00.000Z' },
    'free',
  ),
  journalForSale(
    sale({ saleId: 3n, currency: 'JPY', totalMinor: 1200n, taxMinor: 0n, lineType: 'tip' }),
    null,
  ).draft,
  journalForSale(
    sale({ saleId: 4n, currency: 'KWD', totalMinor: 1234n, taxMinor: 4n, lineType: 'gift_card' }),
    null,
  ).draft,
])

test('hledger text declares commodities and accounts and dates by the shop', () => {
  const text = toHledger(journals, 'Europe/Berlin')
  expect(text).toContain('commodity 1000.00 EUR\ncommodity 1000. JPY\ncommodity 1000.000 KWD\n')
  expect(text).toContain('account filigree:creator:ana:held  ; type:L\n')
  expect(text).toContain(
    '2026-05-03 (1) sale  ; fact: sale/1\n' +
      '    filigree:receivable  119.00 EUR\n' +
      '    filigree:tax  -19.00 EUR\n' +
      '    filigree:revenue:product  -100.00 EUR\n',
  )
  expect(text).toContain('2026-06-01 (2) sale  ; fact: sale/2\n')
  expect(text).toContain('    filigree:receivable  1200 JPY\n')
  expect(accountCodeFromHledger(hledgerAccount('creator/ana/held'))).toBe('creator/ana/held')
  expect(accountCodeFromHledger('assets:cash')).toBe(null)
})

const hasHledger = spawnSync('hledger', ['--version']).status === 0

test.skipIf(!hasHledger)('hledger accepts the export and reaches the same balances', () => {
  const folder = mkdtempSync(join(tmpdir(), 'filigree-hledger-'))
  try {
    const file = join(folder, 'export.journal')
    writeFileSync(file, toHledger(journals, 'Europe/Berlin'))
    execFileSync('hledger', ['-f', file, 'check', '--strict'], { encoding: 'utf8' })
    const csv = execFileSync(
      'hledger',
      ['-f', file, 'balance', '--flat', '--no-total', '-O', 'csv', '--layout=bare'],
      {
        encoding: 'utf8',
      },
    )
    const theirs = csv
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.replaceAll('"', '').split(','))
      .map(
        ([name = '', currency = '', amount = '']) =>
          `${accountCodeFromHledger(name)} ${currency} ${BigInt(amount.replace('.', ''))}`,
      )
      .sort()
    const ours = trialBalance(
      journals.flatMap((journal) =>
        journal.postings.map((posting) => ({ ...posting, currency: journal.currency })),
      ),
    ).map((total) => `${total.account} ${total.currency} ${total.balanceMinor}`)
    expect(theirs).toEqual(ours.sort())
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the CSV has one row a posting with decimal amounts', () => {
  const rows = toLedgerCsv(journals).split('\r\n')
  expect(rows[1]).toBe(
    '1,sale/1,sale,2026-05-03T10:00:00.000Z,2026-05-04T00:00:00.000Z,5,11,receivable,119.00,EUR,ff',
  )
  expect(rows.filter((row) => row !== '').length).toBe(
    1 + journals.reduce((sum, journal) => sum + journal.postings.length, 0),
  )
  expect(rows.find((row) => row.includes(',tax,'))).toContain(',-19.00,')
})

test('the sealed text changes with every column', () => {
  const [journal] = journals
  if (!journal) throw new Error('no journal')
  const place = { shopId: 1, seq: 1n, periodId: 'p', recordedAt: journal.recordedAt }
  const places = [
    place,
    { ...place, shopId: 2 },
    { ...place, seq: 2n },
    { ...place, periodId: 'q' },
    { ...place, recordedAt: '2026-05-04T00:00:00.001Z' },
  ]
  expect(new Set(places.map(placeText)).size).toBe(places.length)
  const [head, ...rest] = journal.postings
  if (!head) throw new Error('no posting')
  const contents = [
    journal,
    { ...journal, factKey: 'sale/2' },
    { ...journal, kind: 'correction' as const },
    { ...journal, effectiveAt: '2026-05-03T10:00:00.001Z' },
    { ...journal, orderId: 6n },
    { ...journal, lineItemId: null },
    { ...journal, saleId: 2n },
    { ...journal, reversesSeq: 1n },
    { ...journal, currency: 'USD' },
    { ...journal, arithmeticText: `${journal.arithmeticText} ` },
    { ...journal, postings: rest },
    { ...journal, postings: [{ ...head, amountMinor: head.amountMinor + 1n }, ...rest] },
    { ...journal, postings: [{ ...head, account: 'tips' }, ...rest] },
    { ...journal, postings: [...rest, head] },
    { ...journal, entries: [] },
    ...changedEntries(journal),
  ]
  expect(new Set(contents.map(contentText)).size).toBe(contents.length)
})

/** The journal with its first entry changed, once for each column. */
function changedEntries(journal: (typeof journals)[number]) {
  const [first, ...others] = journal.entries
  if (!first) throw new Error('no entry')
  return Object.entries(first).map(([column, value]) => {
    const other =
      typeof value === 'bigint'
        ? value + 1n
        : typeof value === 'number'
          ? value + 1
          : value === null
            ? 'x'
            : `${value}x`
    return { ...journal, entries: [{ ...first, [column]: other }, ...others] }
  })
}
