import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AgreementTerms } from '../agreements/terms.ts'
import type { JournalDraft } from '../ledger/journal-draft.ts'
import { royaltyJournalForDispute } from '../ledger/post-dispute.ts'
import { journalForSale } from '../ledger/post-sale.ts'
import type { RoyaltyLine } from '../ledger/royalty-line.ts'
import { payee, royaltyLine, sale } from '../ledger/test-facts.ts'
import { buildStatement } from './build-statement.ts'
import { canonicalDocument } from './canonical-document.ts'
import { describeChange } from './describe-change.ts'
import { settleBalance } from './settle-balance.ts'
import type { StatementDocument } from './statement-document.ts'
import type { StatementEntry, StatementInput } from './statement-input.ts'
import { statementNumber } from './statement-number.ts'
import { toStatementCsv } from './to-statement-csv.ts'

const terms: AgreementTerms = {
  role: 'promoter',
  scope: { kind: 'everything_attributed' },
  shareBps: 1000,
  net: { deductPaymentFeeBps: 0 },
  currency: 'EUR',
  period: 'monthly',
  minimumPayoutMinor: '2500',
  holdDays: 30,
  startsOn: '2026-01-01',
  endsOn: null,
}

function entriesOf(drafts: ReadonlyArray<JournalDraft | null>, creatorId = 'ana'): StatementEntry[] {
  return drafts.flatMap((draft, index) => {
    if (!draft) return []
    const own = draft.postings.filter((posting) => posting.account.startsWith(`creator/${creatorId}/`))
    const creditMinor = -own.reduce((sum, posting) => sum + posting.amountMinor, 0n)
    const { kind, effectiveAt } = draft
    return [
      {
        journalSeq: BigInt(index + 1),
        kind,
        effectiveAt,
        arithmetic: JSON.parse(JSON.stringify(draft.arithmetic)),
        creditMinor,
      },
    ]
  })
}

function input(more: Partial<StatementInput> = {}): StatementInput {
  const entries = more.entries ?? []
  const openingMinor = more.openingMinor ?? 0n
  const ledgerBalanceMinor = openingMinor + entries.reduce((sum, entry) => sum + entry.creditMinor, 0n)
  return {
    creatorId: 'ana',
    handle: 'lumen',
    sequence: 4,
    period: '2026-05',
    from: '2026-05-01',
    to: '2026-05-31',
    issuedAt: '2026-06-01T06:00:00.000Z',
    timeZone: 'Europe/Berlin',
    locale: 'en',
    payer: { name: 'Lumen Atelier', email: 'studio@lumen.example' },
    payee: { name: 'Ana Reyes', email: 'ana@reyes.example' },
    currency: 'EUR',
    contact: null,
    openingMinor,
    entries,
    payments: [],
    agreements: new Map([['ana-v1', { title: 'Summer', versionNumber: 2, terms }]]),
    heldMinor: 0n,
    ledgerBalanceMinor,
    maturities: [],
    minimumPayoutMinor: 2_500n,
    previousStatement: null,
    chain: { seq: 99n, head: 'abc' },
    ...more,
  }
}

function built(more: Partial<StatementInput> = {}): StatementDocument {
  const result = buildStatement(input(more))
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result.document
}

function monthOfSales() {
  const sold = journalForSale(sale({ quantity: 2 }), royaltyLine([payee('ana', 1000)]))
  const returned = journalForSale(
    sale({
      saleId: 2n,
      actionType: 'return',
      quantity: -1,
      totalMinor: -5_950n,
      taxMinor: -950n,
      discountMinor: -1_000n,
    }),
    sold.line,
  )
  const other = journalForSale(
    sale({
      saleId: 3n,
      lineItemId: 12n,
      productId: 71n,
      title: 'Brook cuff',
      totalMinor: 50_000n,
      taxMinor: 0n,
      discountMinor: 0n,
    }),
    royaltyLine([payee('ana', 1000)], { lineItemId: 12n }),
  )
  if (!other.line) throw new Error('no line')
  const lost = royaltyJournalForDispute(
    {
      disputeId: 9n,
      orderId: 5n,
      type: 'chargeback',
      status: 'lost',
      amountMinor: 50_000n,
      currency: 'EUR',
      at: '2026-05-31T22:30:00.000Z',
    },
    { line: other.line, title: 'Brook cuff', productId: 71n },
    true,
  )
  return [sold.draft, returned.draft, other.draft, lost.draft]
}

test('lines sum up product by product, returns apart, disputes as adjustments', () => {
  const document = built({ entries: entriesOf(monthOfSales()), openingMinor: 3_000n })
  expect(document.number).toBe('LUMEN-0004')
  expect(
    document.lines.map((line) => [
      line.product,
      line.unitsSold,
      line.listMinor,
      line.discountMinor,
      line.netMinor,
      line.unitsReturned,
      line.returnsMinor,
      line.netAfterReturnsMinor,
      line.royaltyMinor,
      line.journals,
    ]),
  ).toEqual([
    ['Brook cuff', 1, '50000', '0', '50000', 0, '0', '50000', '5000', ['3']],
    ['Dew ring', 2, '12000', '2000', '10000', 1, '-5000', '5000', '500', ['1', '2']],
  ])
  expect(document.adjustments).toEqual([
    {
      at: '2026-06-01',
      description: 'Payment for Brook cuff was charged back and the dispute was lost',
      amountMinor: '-5000',
      journal: '4',
    },
  ])
  expect([document.royaltiesMinor, document.adjustmentsMinor, document.closingMinor]).toEqual([
    '5500',
    '-5000',
    '3500',
  ])
  expect([document.payableMinor, document.carryForwardMinor, document.carryForwardReason]).toEqual([
    '3500',
    '0',
    'awaiting_payout',
  ])
  expect(document.basis).toEqual([expect.stringContaining('Summer, version 2: Net is what buyers paid')])
})

test('only the own part of a shared line stands on a statement', () => {
  const both = royaltyLine([payee('ana', 1000), payee('dora', 2000)])
  const { draft } = journalForSale(sale(), both)
  const document = built({
    creatorId: 'dora',
    entries: entriesOf([draft], 'dora'),
    agreements: new Map([['dora-v1', { title: 'Design', versionNumber: 1, terms }]]),
  })
  expect(document.lines.map((line) => line.royaltyMinor)).toEqual(['2000'])
  expect(canonicalDocument(document)).not.toContain('ana-')
})

test('a maturity is no line: it only shows as what is still held', () => {
  const [sold] = monthOfSales()
  const maturity: StatementEntry = {
    journalSeq: 9n,
    kind: 'maturity',
    effectiveAt: '2026-05-30T00:00:00.000Z',
    arithmetic: {},
    creditMinor: 0n,
  }
  const document = built({
    entries: [...entriesOf([sold ?? null]), maturity],
    heldMinor: 600n,
    maturities: [
      { on: '2026-06-20', amountMinor: 400n },
      { on: '2026-06-10', amountMinor: 100n },
      { on: '2026-06-20', amountMinor: 100n },
    ],
    minimumPayoutMinor: 0n,
  })
  expect(document.lines.length).toBe(1)
  expect(document.maturities).toEqual([
    { on: '2026-06-10', amountMinor: '100' },
    { on: '2026-06-20', amountMinor: '500' },
  ])
  expect([document.payableMinor, document.carryForwardMinor, document.carryForwardReason]).toEqual([
    '400',
    '600',
    'in_return_window',
  ])
})

test.each<[string, Partial<StatementInput>, string]>([
  ['the ledger says otherwise', { ledgerBalanceMinor: 1n }, 'closing_differs_from_ledger'],
  ['held royalty has no date', { heldMinor: 1n, minimumPayoutMinor: 0n }, 'maturities_differ_from_held'],
  [
    'a credit differs from its arithmetic',
    {
      entries: entriesOf(monthOfSales()).map((entry) => ({ ...entry, creditMinor: entry.creditMinor + 1n })),
    },
    'entry_does_not_add_up',
  ],
  [
    'an agreement is unknown',
    { entries: entriesOf(monthOfSales()), agreements: new Map() },
    'unknown_agreement_version',
  ],
  [
    'a maturity moves the balance',
    {
      entries: [
        {
          journalSeq: 1n,
          kind: 'maturity',
          effectiveAt: '2026-05-30T00:00:00.000Z',
          arithmetic: {},
          creditMinor: 5n,
        },
      ],
    },
    'entry_does_not_add_up',
  ],
])('no statement is built when %s', (_, more, reason) => {
  expect(buildStatement(input(more))).toMatchObject({ ok: false, reason })
})

test('closing is opening plus royalties plus adjustments, and payable plus carried forward', () => {
  const story = fc.array(fc.tuple(fc.bigInt({ min: 1n, max: 900_000n }), fc.nat(1_000), fc.boolean()), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(
      story,
      fc.bigInt({ min: -50_000n, max: 50_000n }),
      fc.bigInt({ min: 0n, max: 20_000n }),
      (sales, openingMinor, minimumPayoutMinor) => {
        const drafts: Array<JournalDraft | null> = []
        for (const [index, [net, returned, lost]] of sales.entries()) {
          const lineItemId = BigInt(index)
          const start = royaltyLine([payee('ana', 1000), payee('dora', 333)], { lineItemId })
          const fact = { lineItemId, taxMinor: 0n, discountMinor: 0n, productId: BigInt(index % 3) }
          const first = journalForSale(sale({ ...fact, saleId: BigInt(index), totalMinor: net }), start)
          const back = journalForSale(
            sale({
              ...fact,
              saleId: BigInt(index) + 1_000n,
              totalMinor: -((net * BigInt(returned)) / 1_000n),
            }),
            first.line,
          )
          drafts.push(first.draft, back.draft)
          const line: RoyaltyLine | null = back.line
          if (lost && line) {
            const fact = {
              disputeId: lineItemId,
              orderId: 5n,
              type: 'chargeback',
              status: 'lost',
              amountMinor: net,
              currency: 'EUR',
              at: '2026-05-20T00:00:00.000Z',
            }
            drafts.push(royaltyJournalForDispute(fact, { line, title: 'x', productId: null }, true).draft)
          }
        }
        const entries = entriesOf(drafts).filter((entry) => entry.creditMinor !== 0n)
        const document = built({ entries, openingMinor, minimumPayoutMinor })
        const [opening, royalties, adjustments, closing, payable, carried] = [
          document.openingMinor,
          document.royaltiesMinor,
          document.adjustmentsMinor,
          document.closingMinor,
          document.payableMinor,
          document.carryForwardMinor,
        ].map(BigInt)
        expect((opening ?? 0n) + (royalties ?? 0n) + (adjustments ?? 0n)).toBe(closing)
        expect((payable ?? 0n) + (carried ?? 0n)).toBe(closing)
        expect(document.lines.reduce((sum, line) => sum + BigInt(line.royaltyMinor), 0n)).toBe(royalties)
        expect((payable ?? 0n) >= 0n).toBe(true)
      },
    ),
    { numRuns: 150 },
  )
})

test.each([
  [0n, 0n, 0n, 0n, 'nothing_due'],
  [5_000n, 0n, 2_500n, 5_000n, 'awaiting_payout'],
  [2_500n, 0n, 2_500n, 2_500n, 'awaiting_payout'],
  [2_499n, 0n, 2_500n, 0n, 'below_minimum'],
  [5_000n, 5_000n, 0n, 0n, 'in_return_window'],
  [5_000n, 1_000n, 2_500n, 4_000n, 'in_return_window'],
  [5_000n, 4_000n, 2_500n, 0n, 'below_minimum'],
  [-100n, 0n, 0n, 0n, 'negative_balance'],
  [-100n, 400n, 0n, 0n, 'negative_balance'],
  [300n, 400n, 0n, 0n, 'in_return_window'],
])('closing %i with %i held and minimum %i pays %i: %s', (closing, held, minimum, payable, reason) => {
  expect(settleBalance(closing, held, minimum)).toEqual({
    payableMinor: payable,
    carryForwardMinor: closing - payable,
    carryForwardReason: reason,
  })
})

test('the canonical text survives storage and changes with any figure', () => {
  const document = built({ entries: entriesOf(monthOfSales()) })
  expect(canonicalDocument(JSON.parse(JSON.stringify(document)))).toBe(canonicalDocument(document))
  expect(canonicalDocument({ ...document, closingMinor: '1' })).not.toBe(canonicalDocument(document))
})

test('the CSV quotes, guards formulas, and leaves negative amounts numbers', () => {
  const document = built({ entries: entriesOf(monthOfSales()) })
  const [line] = document.lines
  if (!line) throw new Error('no line')
  const hostile = {
    ...document,
    lines: [
      { ...line, product: '=HYPERLINK("http://x.example","ring, gold")' },
      { ...line, product: '@ring' },
    ],
  }
  const rows = toStatementCsv(hostile).split('\r\n')
  expect(rows[2]).toContain(`"'=HYPERLINK(""http://x.example"",""ring, gold"")"`)
  expect(rows[3]).toContain(",'@ring,")
  expect(rows.find((row) => row.startsWith('adjustment'))).toContain(',-50.00,EUR,4')
  const columns = rows[0]?.split(',').length
  expect(rows.filter((row) => row.startsWith('closing')).map((row) => row.split(',').length)).toEqual([
    columns,
  ])
})

test('two sentences say what changed and why', () => {
  const before = built({
    entries: entriesOf([journalForSale(sale(), royaltyLine([payee('ana', 1000)])).draft]),
    period: '2026-04',
  })
  const words = (now: StatementDocument, then: StatementDocument | null) =>
    describeChange(now, then).map((item) => item.text)
  const more = built({ entries: entriesOf(monthOfSales().slice(0, 3)) })
  expect(words(more, before)).toEqual([
    'Royalties are €55.00, €45.00 more than in 2026-04.',
    'Most of the difference is Brook cuff: €50.00 more, with 1 sold after 0 before.',
  ])
  expect(words(built(), before)).toEqual([
    'Royalties are €0.00, €10.00 less than in 2026-04.',
    'Most of the difference is Dew ring: €10.00 less, with 0 sold after 1 before.',
  ])
  const returns = built({ entries: entriesOf(monthOfSales().slice(0, 2)) })
  expect(words(returns, before)[1]).toBe('Most of the difference is Dew ring: €5.00 less, with 1 returned.')
  expect(words(before, null)).toEqual([
    'This is your first statement: royalties of €10.00.',
    'Most of it comes from Dew ring: €10.00.',
  ])
  expect(words(built({ entries: entriesOf(monthOfSales()) }), more)[1]).toBe(
    'Adjustments outside of sales change the balance by -€50.00.',
  )
})

test('statement numbers sort as text up to ten thousand', () => {
  expect([statementNumber('lumen', 4), statementNumber('lumen', 12_345)]).toEqual([
    'LUMEN-0004',
    'LUMEN-12345',
  ])
})
