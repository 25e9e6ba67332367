// Exchange, rounding and the subledger's counting, case by case.
import { expect, test } from 'vitest'
import { journalForRerate } from './post-rerate.ts'
import { journalForSale } from './post-sale.ts'
import { journalForSettlement, settlementTarget } from './post-settlement.ts'
import { newLine } from './royalty-line.ts'
import { amountInProportion, rateSales } from './sale-rate.ts'
import { payee, posted, royaltyLine, sale } from './test-facts.ts'
import { toLedgerCsv } from './to-csv.ts'
import { hledgerPreamble } from './to-hledger.ts'
import { isBalanced } from './trial-balance.ts'

const YEN = { presentmentCurrency: 'JPY', discountMinor: 0n }

test('a proportion is rounded half away from zero', () => {
  expect([
    amountInProportion(5n, 1n, 2n),
    amountInProportion(-5n, 1n, 2n),
    amountInProportion(5n, -1n, 2n),
    amountInProportion(-5n, -1n, 2n),
    amountInProportion(7n, 1n, 3n),
    amountInProportion(0n, 1n, 3n),
  ]).toEqual([3n, -3n, -3n, 3n, 2n, 0n])
})

test('each line, and each kind of charge, is rated by its own sale', () => {
  const bought = (
    saleId: bigint,
    lineItemId: bigint | null,
    totalMinor: bigint,
    presentmentMinor: bigint,
  ) => {
    const lineType = lineItemId === null ? 'shipping' : 'product'
    return sale({
      ...YEN,
      saleId,
      lineItemId,
      lineType,
      totalMinor,
      taxMinor: 0n,
      presentmentMinor,
      presentmentTaxMinor: 0n,
    })
  }
  const facts = [
    bought(1n, 11n, 1_000n, 2_000n),
    bought(2n, 12n, 3_000n, 3_000n),
    bought(3n, null, 500n, 750n),
    // More of the first line, at another rate.
    bought(4n, 11n, 1_100n, 2_000n),
    bought(5n, 11n, -700n, -1_000n),
    bought(6n, 12n, -700n, -1_000n),
    bought(7n, null, -700n, -150n),
    bought(8n, 11n, -700n, -1_000n),
    bought(9n, 11n, -700n, -2_000n),
  ]
  const net = [...rateSales(facts)].map(([saleId, { netMinor, fxMinor }]) => [saleId, netMinor, fxMinor])
  expect(net).toEqual([
    [1n, 1_000n, 0n],
    [2n, 3_000n, 0n],
    [3n, 500n, 0n],
    [4n, 1_100n, 0n],
    [5n, -525n, -175n],
    [6n, -1_000n, 300n],
    [7n, -100n, -600n],
    [8n, -525n, -175n],
    [9n, -1_050n, 350n],
  ])
})

test('the tax of a return goes by its own proportion, step by step', () => {
  const at = (
    saleId: bigint,
    totalMinor: bigint,
    taxMinor: bigint,
    presentmentMinor: bigint,
    presentmentTaxMinor: bigint,
  ) => sale({ ...YEN, saleId, totalMinor, taxMinor, presentmentMinor, presentmentTaxMinor })
  const rated = rateSales([
    at(1n, 1_190n, 190n, 2_380n, 380n),
    at(2n, -400n, -60n, -700n, -95n),
    at(3n, -400n, -60n, -700n, -95n),
    at(4n, -300n, -40n, -980n, -190n),
  ])
  expect([...rated.values()].map(({ taxMinor }) => taxMinor)).toEqual([190n, -48n, -47n, -95n])
  // Without tax abroad there is none to give back.
  const untaxed = rateSales([at(1n, 1_190n, 190n, 2_000n, 0n), at(2n, -595n, -95n, -1_000n, 0n)])
  expect(untaxed.get(2n)).toEqual({ netMinor: -500n, taxMinor: 0n, fxMinor: -95n })
})

test('a sale of nothing abroad is no return', () => {
  const free = sale({
    ...YEN,
    saleId: 2n,
    totalMinor: 0n,
    taxMinor: 0n,
    presentmentMinor: 3n,
    presentmentTaxMinor: 0n,
  })
  const bought = sale({
    ...YEN,
    totalMinor: 100n,
    taxMinor: 0n,
    presentmentMinor: 200n,
    presentmentTaxMinor: 0n,
  })
  expect(rateSales([bought, free]).get(2n)).toEqual({ netMinor: 0n, taxMinor: 0n, fxMinor: 0n })
})

test('a new line has earned nothing; everybody waits, with what is to be kept back', () => {
  const decided = {
    payees: [payee('ana', 1000)],
    capped: true,
    holds: new Map([['ana', { reserveBps: 250 }]]),
  }
  const line = newLine(11n, '2026-05-03', decided)
  expect(line).toEqual({
    lineItemId: 11n,
    soldOn: '2026-05-03',
    dropId: null,
    payees: decided.payees,
    capped: true,
    cumulativeNetMinor: 0n,
    posted: new Map(),
    standings: new Map([['ana', { stage: 'held', reserveBps: 250 }]]),
    disputeLost: false,
  })
})

test.each([
  ['order', 10_000n, 2, 2],
  ['return', -10_000n, 2, -2],
  ['return', -10_000n, -2, -2],
  ['update', -10_000n, -2, -2],
  ['update', 10_000n, 2, 2],
  ['return', 0n, 1, -1],
  ['order', 10_000n, null, 0],
])('%s of %s with quantity %s counts %s units', (actionType, totalMinor, quantity, units) => {
  const line = royaltyLine([payee('ana', 1000)], {
    cumulativeNetMinor: 20_000n,
    posted: new Map([['ana-v1', 2_000n]]),
  })
  const booked = journalForSale(
    sale({ actionType, totalMinor, quantity, taxMinor: 0n, discountMinor: 0n }),
    line,
  )
  const entries = booked.draft?.entries ?? []
  // A return of nothing moves no money: no journal, so no row.
  expect(entries.map((entry) => entry.units)).toEqual(totalMinor === 0n ? [] : [units])
})

test('a line without payees, and one that is no product, has no royalty part', () => {
  expect(journalForSale(sale(), royaltyLine([])).draft?.arithmetic.royalty).toBe(null)
  expect(journalForSale(sale(), null).draft?.arithmetic.royalty).toBe(null)
  const gift = sale({ lineType: 'gift_card' })
  expect(journalForSale(gift, royaltyLine([payee('ana', 1000)])).draft?.entries).toEqual([])
})

test('a re-rating counts pieces only for whoever comes or goes, not for who stays', () => {
  const stays = payee('ana', 1000)
  const line = royaltyLine([stays, payee('ben', 500)], {
    cumulativeNetMinor: 10_000n,
    posted: new Map([
      ['ana-v1', 1_000n],
      ['ben-v1', 500n],
    ]),
  })
  const { draft } = journalForRerate(line, {
    rerateId: 'r',
    at: '2026-07-01T00:00:00.000Z',
    orderId: 5n,
    productId: 70n,
    title: 'Dew ring',
    currency: 'EUR',
    sold: { units: 3, listMinor: 11_000n, discountMinor: 1_000n },
    decided: { payees: [stays, payee('cleo', 700)], capped: false },
  })
  expect(draft?.arithmetic.productId).toBe('70')
  expect(
    draft?.entries
      .filter(({ royaltyMinor }) => royaltyMinor !== 0n)
      .map(({ creatorId, units, listMinor, netMinor, royaltyMinor }) => [
        creatorId,
        units,
        listMinor,
        netMinor,
        royaltyMinor,
      ]),
  ).toEqual([
    ['cleo', 3, 11_000n, 10_000n, 700n],
    ['ben', -3, -11_000n, -10_000n, -500n],
  ])
})

const settled = {
  refundedMinor: 0n,
  presentmentRefundedMinor: 0n,
  paidRoundingMinor: 0n,
  refundRoundingMinor: 0n,
}
const abroad = (saleId: bigint, totalMinor: bigint, presentmentMinor: bigint) =>
  sale({ ...YEN, saleId, totalMinor, taxMinor: 0n, presentmentMinor, presentmentTaxMinor: 0n })

test('at home only the coins are rounded', () => {
  const sales = [sale()]
  const target = settlementTarget(
    {
      ...settled,
      refundedMinor: 500n,
      presentmentRefundedMinor: 500n,
      paidRoundingMinor: 2n,
      refundRoundingMinor: -1n,
    },
    sales,
    rateSales(sales),
  )
  expect(target).toEqual({ fxMinor: 0n, roundingMinor: -3n })
})

test('what a refund abroad cost beyond its worth is a difference of exchange, once', () => {
  const sales = [abroad(1n, 1_000n, 2_000n), abroad(2n, -480n, -1_000n)]
  const rated = rateSales(sales)
  // The sales say 20 already; the payment cost 530 for what was worth 500.
  const refund = { ...settled, refundedMinor: 530n, presentmentRefundedMinor: 1_000n }
  expect(settlementTarget(refund, sales, rated)).toEqual({ fxMinor: 50n, roundingMinor: 0n })
  // Money for which nothing came back: worth its part of what was sold.
  const goodwill = { ...settled, refundedMinor: 130n, presentmentRefundedMinor: 200n }
  expect(
    settlementTarget(goodwill, [abroad(1n, 1_000n, 2_000n)], rateSales([abroad(1n, 1_000n, 2_000n)])),
  ).toEqual({ fxMinor: 30n, roundingMinor: 0n })
  expect(settlementTarget({ ...goodwill, presentmentRefundedMinor: 0n }, sales, rated)).toEqual({
    fxMinor: 0n,
    roundingMinor: 0n,
  })
  // Nothing sold: nothing that it could be worth.
  const free = [abroad(1n, 0n, 0n)]
  expect(settlementTarget(goodwill, free, rateSales(free))).toEqual({ fxMinor: 130n, roundingMinor: 0n })
  expect(settlementTarget(goodwill, [abroad(1n, 1_000n, 2_000n)], new Map())).toEqual({
    fxMinor: 30n,
    roundingMinor: 0n,
  })
  const taxed = [
    sale({ ...YEN, totalMinor: 1_190n, taxMinor: 190n, presentmentMinor: 2_380n, presentmentTaxMinor: 380n }),
  ]
  expect(
    settlementTarget({ ...goodwill, presentmentRefundedMinor: 238n }, taxed, rateSales(taxed)).fxMinor,
  ).toBe(11n)
})

test('a settlement posts the step from where its accounts stand, and nothing when they stand there', () => {
  const order = { orderId: 5n, currency: 'EUR', orderUpdatedAt: '2026-06-02T22:00:00.000Z' }
  const draft = journalForSettlement(
    order,
    { fxMinor: 50n, roundingMinor: -3n },
    { fxMinor: 20n, roundingMinor: 1n },
  )
  expect(draft).toEqual({
    factKey: 'settlement/5/20..50/1..-3',
    kind: 'settlement',
    effectiveAt: '2026-06-02T22:00:00.000Z',
    orderId: 5n,
    lineItemId: null,
    saleId: null,
    currency: 'EUR',
    reversesSeq: null,
    arithmetic: { fxMinor: '50', fxBeforeMinor: '20', roundingMinor: '-3', roundingBeforeMinor: '1' },
    postings: [
      { account: 'fx-difference', amountMinor: 30n },
      { account: 'rounding', amountMinor: -4n },
      { account: 'receivable', amountMinor: -26n },
    ],
    entries: [],
  })
  expect(
    journalForSettlement(order, { fxMinor: 5n, roundingMinor: 1n }, { fxMinor: 5n, roundingMinor: 1n }),
  ).toBe(null)
})

test('a journal of no order leaves its columns empty, and currencies come sorted', () => {
  const draft = journalForSettlement(
    { orderId: 5n, currency: 'EUR', orderUpdatedAt: '2026-06-02T22:00:00.000Z' },
    { fxMinor: 5n, roundingMinor: 0n },
    { fxMinor: 0n, roundingMinor: 0n },
  )
  const row = toLedgerCsv(posted([draft && { ...draft, orderId: null }])).split('\n')[1]
  expect(row?.split(',').slice(5, 8)).toEqual(['', '', 'fx-difference'])
  expect(hledgerPreamble([], ['USD', 'EUR', 'USD'])).toBe(
    'decimal-mark .\ncommodity 1000.00 EUR\ncommodity 1000.00 USD\n',
  )
})

test('books balance when every currency does', () => {
  const total = (account: string, balanceMinor: bigint) => ({ account, currency: 'EUR', balanceMinor })
  expect(isBalanced([total('a', 5n), total('b', -2n), total('c', -3n)])).toBe(true)
  expect(isBalanced([total('a', 5n), total('b', 5n)])).toBe(false)
})
