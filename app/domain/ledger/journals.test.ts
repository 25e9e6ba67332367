// Every kind of journal word by word: names, dates, arithmetic, postings and subledger stand on statements and under seals, so none of it may change
// unseen. A wanted change shows in the golden file's diff.
import { expect, test } from 'vitest'
import { describeAccount, shopAccounts } from './accounts.ts'
import type { JournalDraft } from './journal-draft.ts'
import { arithmeticText, contentText, placeText } from './journal-hash.ts'
import { disputeStage, holdsRoyalties, journalForDispute, royaltyJournalForDispute } from './post-dispute.ts'
import { journalForMaturity, journalForReserveRelease, withStage } from './post-maturity.ts'
import { journalForRerate } from './post-rerate.ts'
import { journalForSale } from './post-sale.ts'
import { journalForSuspense } from './post-suspense.ts'
import { readRoyaltyArithmetic, readSaleArithmetic } from './read-arithmetic.ts'
import { distribute, reserveOf, stageAfterHold } from './royalty-buckets.ts'
import type { RoyaltyLine } from './royalty-line.ts'
import { rateSales } from './sale-rate.ts'
import { payee, posted, royaltyLine, sale } from './test-facts.ts'
import { orderResidual } from './tie-out.ts'
import { toLedgerCsv } from './to-csv.ts'
import { accountCodeFromHledger, hledgerAccount, toHledger } from './to-hledger.ts'

const AT = '2026-06-02T22:00:00.000Z'
const payees = [
  payee('ana', 1250, { deductPaymentFeeBps: 290 }),
  payee('ben', 500, {
    role: 'design_owner',
    agreedShareBps: 600,
    evidence: { kind: 'ownership', productId: '70' },
  }),
]

function told(): JournalDraft[] {
  const drafts: Array<JournalDraft | null> = []
  let line: RoyaltyLine = royaltyLine(payees, {
    capped: true,
    standings: new Map([['ben', { stage: 'held', reserveBps: 1_500 }]]),
  })
  const keep = (booked: { draft: JournalDraft | null; line: RoyaltyLine | null }) => {
    drafts.push(booked.draft)
    if (booked.line) line = booked.line
  }
  keep(journalForSale(sale({ quantity: 2 }), line))
  const change = { orderId: 5n, creatorId: 'ben', currency: 'EUR', at: AT }
  drafts.push(journalForMaturity(line, change, 'reserved'))
  line = withStage(line, 'ben', 'reserved')
  const back = { saleId: 2n, actionType: 'return', quantity: 1, happenedAt: '2026-06-03T08:00:00.000Z' }
  keep(journalForSale(sale({ ...back, totalMinor: -5_950n, taxMinor: -950n, discountMinor: -1_000n }), line))
  drafts.push(journalForReserveRelease(line, change))
  const dispute = {
    disputeId: 9n,
    orderId: 5n,
    type: 'CHARGEBACK',
    status: 'LOST',
    amountMinor: 5_950n,
    currency: 'EUR',
    at: AT,
  }
  for (const status of ['NEEDS_RESPONSE', 'LOST'])
    drafts.push(
      bookedDispute(
        journalForDispute(
          { ...dispute, status },
          { pendingMinor: status === 'LOST' ? 5_950n : 0n, lossMinor: 0n },
        ),
      ),
    )
  const disputed = { title: 'Dew ring', productId: 70n }
  keep(royaltyJournalForDispute(dispute, { line, ...disputed }, true))
  keep(royaltyJournalForDispute({ ...dispute, status: 'WON' }, { line, ...disputed, productId: null }, false))
  keep(
    journalForRerate(line, {
      rerateId: 'run-1',
      at: AT,
      orderId: 5n,
      productId: null,
      title: 'Dew ring',
      currency: 'EUR',
      sold: { units: 1, listMinor: 6_000n, discountMinor: 1_000n },
      decided: { payees: [payee('ana', 2000, { agreementVersionId: 'ana-v2' })], capped: false },
    }),
  )
  const suspense = {
    orderId: 5n,
    currency: 'EUR',
    orderUpdatedAt: AT,
    residualMinor: -25n,
    inSuspenseMinor: 10n,
    isTest: false,
  }
  drafts.push(journalForSuspense(suspense))
  const shipping = { lineType: 'shipping', lineItemId: null, productId: null, quantity: null, title: '' }
  drafts.push(
    journalForSale(sale({ saleId: 3n, ...shipping, totalMinor: 950n, taxMinor: 0n, discountMinor: 0n }), null)
      .draft,
  )
  return drafts.flatMap((draft) => (draft === null ? [] : [draft]))
}

const bookedDispute = (booked: ReturnType<typeof journalForDispute>) => (booked.ok ? booked.draft : null)

test('every kind of journal is sealed in these words', async () => {
  const drafts = told()
  expect(drafts).toHaveLength(11)
  const sealed = drafts.map((draft) =>
    contentText({ ...draft, arithmeticText: arithmeticText(draft.arithmetic) }),
  )
  await expect(`${sealed.join('\n\n')}\n`).toMatchFileSnapshot('./journals.golden.txt')
})

test('every kind of journal leaves in these words', async () => {
  const journals = posted(told())
  expect(journals.map((journal) => journal.reversesSeq)).toEqual(journals.map(() => null))
  const exported = `${toLedgerCsv(journals)}\n${toHledger(journals, 'Europe/Berlin')}`
  await expect(exported).toMatchFileSnapshot('./exports.golden.txt')
})

test('the place in the chain is said in one line', () => {
  const place = { shopId: 3, seq: 7n, periodId: 'a-period', recordedAt: AT }
  expect(placeText(place)).toBe('3 7 a-period 2026-06-02T22:00:00.000Z')
})

test('what is absent leaves its line empty, so that no two contents have the same text', () => {
  const [first] = told()
  if (!first) throw new Error('no journal')
  const text = (draft: JournalDraft) => contentText({ ...draft, arithmeticText: '{}' }).split('\n')
  expect(text({ ...first, orderId: null, lineItemId: null, saleId: null, entries: [] }).slice(3, 9)).toEqual([
    '',
    '',
    '',
    '',
    'EUR',
    '{}',
  ])
  expect(text({ ...first, reversesSeq: 4n }).slice(3, 7)).toEqual(['5', '11', '1', '4'])
  const turned = { ...first, entries: [...first.entries].reverse() }
  expect(text(turned)).toEqual(text(first))
})

test('arithmetic is read back as it was written', () => {
  const [sold, , returned] = told()
  expect(readSaleArithmetic(sold?.arithmetic)).toEqual(sold?.arithmetic)
  expect(readSaleArithmetic(returned?.arithmetic)).toEqual(returned?.arithmetic)
  expect(readRoyaltyArithmetic(sold?.arithmetic)).toEqual(sold?.arithmetic.royalty)
  expect(readRoyaltyArithmetic({ royalty: null })).toBe(null)
  expect(readRoyaltyArithmetic({})).toBe(null)
})

const [soundSale] = told()
const sound = soundSale?.arithmetic ?? {}
const royalty = sound.royalty as { payees: Array<Record<string, unknown>> }
const withPayee = (more: Record<string, unknown>) => ({
  ...sound,
  royalty: { ...royalty, payees: [{ ...royalty.payees[0], ...more }] },
})

test.each([
  ['no object', 7, 'arithmetic is not an object'],
  ['nothing', null, 'arithmetic is not an object'],
  ['no title', { ...sound, title: 1 }, 'arithmetic lacks title'],
  ['a net with decimals', { ...sound, netMinor: '1.5' }, "arithmetic's netMinor is no whole number: 1.5"],
  ['a net with a tail', { ...sound, netMinor: '15x' }, 'no whole number'],
  ['a net with a head', { ...sound, netMinor: 'x15' }, 'no whole number'],
  ['a product that is a number', { ...sound, productId: 70 }, 'arithmetic lacks productId'],
  ['royalties of nobody', { ...sound, royalty: {} }, 'royalty arithmetic without payees'],
  ['a strange role', withPayee({ role: 'owner' }), 'unknown role owner'],
  ['a strange bucket', withPayee({ bucket: 'advance' }), 'unknown bucket advance'],
  ['half a basis point', withPayee({ shareBps: 1.5 }), 'arithmetic lacks shareBps'],
  ['a share in words', withPayee({ shareBps: '5' }), 'arithmetic lacks shareBps'],
])('arithmetic with %s is a bug', (_name, value, message) => {
  expect(() => readSaleArithmetic(value)).toThrow(message)
})

test.each([
  ['NEEDS_RESPONSE', 'open', true],
  ['under_review', 'open', true],
  ['accepted', 'lost', false],
  ['lost', 'lost', false],
  ['won', 'returned', false],
  ['prevented', 'returned', false],
  ['charge_refunded', 'returned', false],
])('a chargeback that stands at %s is %s', (status, stage, holds) => {
  expect(disputeStage({ type: 'Chargeback', status })).toEqual({ ok: true, stage })
  expect(disputeStage({ type: 'inquiry', status })).toEqual({ ok: true, stage: 'inquiry' })
  expect(holdsRoyalties({ type: 'chargeback', status })).toBe(holds)
})

test('a dispute of an unknown kind or standing is refused by name', () => {
  expect(disputeStage({ type: 'complaint', status: 'won' })).toEqual({
    ok: false,
    reason: 'unknown_dispute_type',
  })
  expect(disputeStage({ type: 'chargeback', status: 'lunch' })).toEqual({
    ok: false,
    reason: 'unknown_dispute_status',
  })
})

test('the chart has each account once, of one kind', () => {
  const chart = shopAccounts().map((code) => `${code} ${describeAccount(code).kind}`)
  expect(chart).toMatchInlineSnapshot(`
    [
      "receivable asset",
      "revenue/product revenue",
      "revenue/shipping revenue",
      "tips liability",
      "tax liability",
      "gift-cards liability",
      "duties liability",
      "fees revenue",
      "adjustments revenue",
      "fx-difference expense",
      "rounding expense",
      "suspense liability",
      "write-offs expense",
      "royalty-expense expense",
      "award-expense expense",
      "correction-expense expense",
      "gifts-in-kind expense",
      "goods-given asset",
      "chargebacks-pending asset",
      "chargeback-losses expense",
      "payouts-in-transit liability",
      "withholding-payable liability",
      "bank asset",
    ]
  `)
  expect(describeAccount('creator/7/advance')).toEqual({
    code: 'creator/7/advance',
    kind: 'asset',
    creatorId: '7',
    bucket: 'advance',
  })
  for (const bucket of ['held', 'available', 'reserve'])
    expect(describeAccount(`creator/7/${bucket}`)).toEqual({
      code: `creator/7/${bucket}`,
      kind: 'liability',
      creatorId: '7',
      bucket,
    })
  for (const code of [
    'creator/7',
    'creator//held',
    'creator/7/held/8',
    'x/creator/7/held',
    'creator/7/lost',
    'toString',
    '',
  ])
    expect(() => describeAccount(code)).toThrow(`account ${code} is not in the chart`)
})

test('an account and its name in an export are one another’s', () => {
  expect(hledgerAccount('creator/7/held')).toBe('filigree:creator:7:held')
  expect(accountCodeFromHledger('filigree:creator:7:held')).toBe('creator/7/held')
  expect(accountCodeFromHledger('assets:bank')).toBe(null)
})

test('a reserve is rounded towards zero, and what is left of it is payable', () => {
  expect([reserveOf(999n, 1_500), reserveOf(-999n, 1_500), reserveOf(0n, 1_500)]).toEqual([149n, -149n, 0n])
  const buckets = (stage: 'held' | 'reserved' | 'free') =>
    Object.fromEntries(distribute(999n, { stage, reserveBps: 1_500 }))
  expect([buckets('held'), buckets('reserved'), buckets('free')]).toEqual([
    { held: 999n },
    { available: 850n, reserve: 149n },
    { available: 999n },
  ])
  expect([stageAfterHold(0), stageAfterHold(1)]).toEqual(['free', 'reserved'])
})

test('a return in the buyer’s currency is worth what it was sold for, to the last cent', () => {
  const abroad = { presentmentCurrency: 'JPY', discountMinor: 0n }
  const sold = sale({
    ...abroad,
    totalMinor: 1_190n,
    taxMinor: 190n,
    presentmentMinor: 1_948n,
    presentmentTaxMinor: 311n,
  })
  const back = (saleId: bigint, total: bigint, tax: bigint, presentment: bigint, presentmentTax: bigint) =>
    sale({
      ...abroad,
      saleId,
      actionType: 'return',
      totalMinor: total,
      taxMinor: tax,
      presentmentMinor: presentment,
      presentmentTaxMinor: presentmentTax,
    })
  const facts = [sold, back(2n, -410n, -60n, -649n, -103n), back(3n, -800n, -130n, -1_299n, -208n)]
  const rated = rateSales(facts)
  expect([...rated]).toEqual([
    [1n, { netMinor: 1_000n, taxMinor: 190n, fxMinor: 0n }],
    [2n, { netMinor: -334n, taxMinor: -63n, fxMinor: -13n }],
    [3n, { netMinor: -666n, taxMinor: -127n, fxMinor: -7n }],
  ])
  // At home nothing moves; nor where nothing was sold before.
  const home = sale({ saleId: 4n, totalMinor: -500n, taxMinor: 0n })
  expect(rateSales([sold, home]).get(4n)).toEqual({ netMinor: -500n, taxMinor: 0n, fxMinor: 0n })
  expect(rateSales([back(5n, -410n, -60n, -649n, -103n)]).get(5n)).toEqual({
    netMinor: -350n,
    taxMinor: -60n,
    fxMinor: 0n,
  })
})

test('an order ties out when its sales add up to its total', () => {
  expect([orderResidual(0n, []), orderResidual(100n, [60n, 40n]), orderResidual(100n, [60n, 50n])]).toEqual([
    0n,
    0n,
    -10n,
  ])
})
