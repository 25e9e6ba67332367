import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeAccount, shopAccounts } from './accounts.ts'
import { draftJournal } from './journal-draft.ts'
import { journalForDispute, royaltyJournalForDispute } from './post-dispute.ts'
import { journalForMaturity, journalForReserveRelease, withStage } from './post-maturity.ts'
import { journalForRerate } from './post-rerate.ts'
import { journalForSale } from './post-sale.ts'
import { journalForSuspense } from './post-suspense.ts'
import { readRoyaltyArithmetic, readSaleArithmetic } from './read-arithmetic.ts'
import type { RoyaltyLine } from './royalty-line.ts'
import { rateSales } from './sale-rate.ts'
import { payee, royaltyLine, sale } from './test-facts.ts'
import { orderResidual } from './tie-out.ts'
import { isBalanced, trialBalance, trialBalanceText } from './trial-balance.ts'

type Postings = Record<string, bigint>
const postingsOf = (draft: { postings: Array<{ account: string; amountMinor: bigint }> } | null): Postings =>
  Object.fromEntries((draft?.postings ?? []).map(({ account, amountMinor }) => [account, amountMinor]))

test('a product sale splits into tax, revenue and royalties', () => {
  const { draft, line } = journalForSale(sale(), royaltyLine([payee('ana', 1000), payee('dora', 1500)]))
  expect(postingsOf(draft)).toEqual({
    receivable: 11_900n,
    tax: -1_900n,
    'revenue/product': -10_000n,
    'royalty-expense': 2_500n,
    'creator/ana/held': -1_000n,
    'creator/dora/held': -1_500n,
  })
  expect(draft?.factKey).toBe('sale/1')
  expect(line?.cumulativeNetMinor).toBe(10_000n)
  const arithmetic = readSaleArithmetic(JSON.parse(JSON.stringify(draft?.arithmetic)))
  expect(arithmetic).toMatchObject({
    listMinor: '12000',
    discountMinor: '2000',
    netMinor: '10000',
    productId: '70',
  })
  expect(arithmetic.royalty?.payees[0]).toMatchObject({
    targetMinor: '1000',
    postedBeforeMinor: '0',
    deltaMinor: '1000',
  })
  expect(arithmetic.royalty?.merchantTargetMinor).toBe('7500')
})

test.each([
  ['gift_card', 'gift-cards', 'liability'],
  ['shipping', 'revenue/shipping', 'revenue'],
  ['tip', 'tips', 'liability'],
  ['duty', 'duties', 'liability'],
  ['fee', 'fees', 'revenue'],
  ['additional_fee', 'fees', 'revenue'],
  ['adjustment', 'adjustments', 'revenue'],
  ['unknown', 'adjustments', 'revenue'],
])('a %s sale goes to %s and pays no royalty', (lineType, account, kind) => {
  const { draft, line } = journalForSale(sale({ lineType }), royaltyLine([payee('ana', 1000)]))
  expect(postingsOf(draft)).toEqual({ receivable: 11_900n, tax: -1_900n, [account]: -10_000n })
  expect(describeAccount(account).kind).toBe(kind)
  expect(line?.cumulativeNetMinor).toBe(0n)
})

test('test orders and free items post nothing', () => {
  const line = royaltyLine([payee('ana', 1000)])
  expect(journalForSale(sale({ isTest: true }), line)).toEqual({ draft: null, line })
  expect(journalForSale(sale({ totalMinor: 0n, taxMinor: 0n, discountMinor: 12_000n }), line).draft).toBe(
    null,
  )
})

test('a sale is never rated on the line of another', () => {
  expect(() => journalForSale(sale({ lineItemId: 12n }), royaltyLine([payee('ana', 1000)]))).toThrow(
    /not of line/,
  )
})

/** A line sold once and given back in pieces, in any order. */
const returnedInPieces = fc
  .record({
    net: fc.bigInt({ min: 1n, max: 5_000_000n }),
    tax: fc.bigInt({ min: 0n, max: 900_000n }),
    cuts: fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 6 }),
    shares: fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.constantFrom(0, 175, 290)), {
      minLength: 1,
      maxLength: 5,
    }),
    release: fc.option(fc.nat(6)),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  })
  .map(({ net, tax, cuts, shares, release, currency }) => {
    const points = [0, ...cuts, 1_000].sort((left, right) => left - right).map(BigInt)
    const pieces = points.slice(1).map((point, index) => {
      const before = points[index] ?? 0n
      const cut = (whole: bigint) => (whole * point) / 1_000n - (whole * before) / 1_000n
      return { net: cut(net), tax: cut(tax) }
    })
    return { net, tax, pieces, shares, release, currency }
  })

function playReturns(
  story: {
    net: bigint
    tax: bigint
    shares: Array<[number, number]>
    release: number | null
    currency: string
  },
  pieces: Array<{ net: bigint; tax: bigint }>,
) {
  const payees = story.shares.map(([bps, fee], index) =>
    payee(`c${index}`, bps, { deductPaymentFeeBps: fee }),
  )
  const drafts = []
  let line: RoyaltyLine | null = royaltyLine(payees)
  const facts = [
    sale({
      currency: story.currency,
      totalMinor: story.net + story.tax,
      taxMinor: story.tax,
      discountMinor: 0n,
    }),
    ...pieces.map((piece, index) =>
      sale({
        saleId: BigInt(index + 2),
        actionType: 'return',
        currency: story.currency,
        totalMinor: -(piece.net + piece.tax),
        taxMinor: -piece.tax,
        discountMinor: 0n,
      }),
    ),
  ]
  for (const [index, fact] of facts.entries()) {
    if (index === story.release && line) {
      drafts.push(
        journalForMaturity(
          line,
          { orderId: 5n, creatorId: 'c0', currency: story.currency, at: fact.happenedAt },
          'reserved',
        ),
      )
      line = withStage(line, 'c0', 'reserved')
    }
    const booked = journalForSale(fact, line)
    drafts.push(booked.draft)
    line = booked.line
  }
  return drafts.flatMap((draft) =>
    draft
      ? draft.postings.map((posting) => ({
          ...posting,
          currency: draft.currency,
          account: posting.account as string,
        }))
      : [],
  )
}

test('a full return in any pieces and order brings every account to exactly zero, released or not', () => {
  fc.assert(
    fc.property(
      returnedInPieces.chain((story) =>
        fc.tuple(fc.constant(story), fc.shuffledSubarray(story.pieces, { minLength: story.pieces.length })),
      ),
      ([story, shuffled]) => {
        expect(trialBalance(playReturns(story, shuffled))).toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})

test('after part of the pieces the creator has what one refund of the same amount would have left', () => {
  fc.assert(
    fc.property(returnedInPieces, fc.nat(6), (story, count) => {
      const some = story.pieces.slice(0, count)
      const whole = some.reduce((sum, piece) => ({ net: sum.net + piece.net, tax: sum.tax + piece.tax }), {
        net: 0n,
        tax: 0n,
      })
      const still = { ...story, release: null }
      expect(trialBalanceText(trialBalance(playReturns(still, some)))).toBe(
        trialBalanceText(trialBalance(playReturns(still, [whole]))),
      )
    }),
  )
})

test('two agreements of one creator on one line return to zero each for itself', () => {
  const both = [
    payee('ana', 333, { agreementVersionId: 'own' }),
    payee('ana', 777, { agreementVersionId: 'promo' }),
  ]
  let line: RoyaltyLine | null = royaltyLine(both)
  const sums = new Map<string, bigint>()
  const nets = [10_001n, -1n, -3_333n, -6_667n]
  for (const [index, net] of nets.entries()) {
    const booked = journalForSale(
      sale({ saleId: BigInt(index), totalMinor: net, taxMinor: 0n, discountMinor: 0n }),
      line,
    )
    line = booked.line
    for (const part of readRoyaltyArithmetic(booked.draft?.arithmetic)?.payees ?? []) {
      sums.set(part.agreementVersionId, (sums.get(part.agreementVersionId) ?? 0n) + BigInt(part.deltaMinor))
    }
  }
  expect([...sums]).toEqual([
    ['own', 0n],
    ['promo', 0n],
  ])
})

test('stored arithmetic that is damaged is a bug, not a zero', () => {
  const { draft } = journalForSale(sale(), royaltyLine([payee('ana', 1000)]))
  const broken = JSON.parse(JSON.stringify(draft?.arithmetic))
  broken.royalty.payees[0].deltaMinor = '1e3'
  expect(() => readRoyaltyArithmetic(broken)).toThrow(/deltaMinor/)
  expect(() => readSaleArithmetic({})).toThrow(/actionType/)
})

const dispute = {
  disputeId: 9n,
  orderId: 5n,
  type: 'CHARGEBACK',
  status: 'NEEDS_RESPONSE',
  amountMinor: 11_900n,
  currency: 'EUR',
  at: '2026-05-20T00:00:00.000Z',
}
const nothing = { pendingMinor: 0n, lossMinor: 0n }

test('a chargeback takes the money away, and it comes back when won', () => {
  const opened = journalForDispute(dispute, nothing)
  expect(opened.ok && postingsOf(opened.draft)).toEqual({
    'chargebacks-pending': 11_900n,
    receivable: -11_900n,
  })
  const review = journalForDispute(
    { ...dispute, status: 'under_review' },
    { pendingMinor: 11_900n, lossMinor: 0n },
  )
  expect(review.ok && review.draft).toBe(null)
  const won = journalForDispute({ ...dispute, status: 'won' }, { pendingMinor: 11_900n, lossMinor: 0n })
  expect(won.ok && postingsOf(won.draft)).toEqual({ 'chargebacks-pending': -11_900n, receivable: 11_900n })
})

test('a lost chargeback is a loss, also when its opening was never heard of', () => {
  const lost = journalForDispute({ ...dispute, status: 'lost' }, { pendingMinor: 11_900n, lossMinor: 0n })
  expect(lost.ok && postingsOf(lost.draft)).toEqual({
    'chargebacks-pending': -11_900n,
    'chargeback-losses': 11_900n,
  })
  const unheard = journalForDispute({ ...dispute, status: 'accepted' }, nothing)
  expect(unheard.ok && postingsOf(unheard.draft)).toEqual({
    'chargeback-losses': 11_900n,
    receivable: -11_900n,
  })
})

test('an inquiry moves no money, and what nobody knows is refused', () => {
  const inquiry = journalForDispute({ ...dispute, type: 'inquiry' }, nothing)
  expect(inquiry).toEqual({ ok: true, stage: 'inquiry', draft: null })
  expect(journalForDispute({ ...dispute, type: 'complaint' }, nothing)).toEqual({
    ok: false,
    reason: 'unknown_dispute_type',
  })
  expect(journalForDispute({ ...dispute, status: 'odd' }, nothing)).toEqual({
    ok: false,
    reason: 'unknown_dispute_status',
  })
})

test('a lost dispute takes the royalty back once: a later refund takes nothing more', () => {
  const sold = journalForSale(sale(), royaltyLine([payee('ana', 1000)]))
  if (!sold.line) throw new Error('no line')
  const disputed = { line: sold.line, title: 'Dew ring', productId: 70n }
  const lost = royaltyJournalForDispute({ ...dispute, status: 'lost' }, disputed, true)
  expect(postingsOf(lost.draft)).toEqual({ 'royalty-expense': -1_000n, 'creator/ana/held': 1_000n })
  expect(royaltyJournalForDispute(dispute, { ...disputed, line: lost.line }, true).draft).toBe(null)
  const refunded = journalForSale(
    sale({
      saleId: 2n,
      actionType: 'return',
      totalMinor: -11_900n,
      taxMinor: -1_900n,
      discountMinor: -2_000n,
    }),
    lost.line,
  )
  expect(postingsOf(refunded.draft)).toEqual({
    receivable: -11_900n,
    tax: 1_900n,
    'revenue/product': 10_000n,
  })
})

test('a loss that is undone restores what the line is worth by then', () => {
  const sold = journalForSale(sale(), royaltyLine([payee('ana', 1000)]))
  if (!sold.line) throw new Error('no line')
  const lost = royaltyJournalForDispute(dispute, { line: sold.line, title: '', productId: null }, true)
  const returned = journalForSale(sale({ saleId: 2n, totalMinor: -5_000n, taxMinor: 0n }), lost.line)
  if (!returned.line) throw new Error('no line')
  const restored = royaltyJournalForDispute(
    dispute,
    { line: returned.line, title: '', productId: null },
    false,
  )
  expect(postingsOf(restored.draft)).toEqual({ 'royalty-expense': 500n, 'creator/ana/held': -500n })
})

const matured = { orderId: 5n, creatorId: 'ana', currency: 'EUR', at: '2026-06-02T10:00:00.000Z' }

test('changes after the release go to the available account', () => {
  const sold = journalForSale(sale(), royaltyLine([payee('ana', 1000)]))
  if (!sold.line) throw new Error('no line')
  const returned = journalForSale(
    sale({ saleId: 2n, actionType: 'return', totalMinor: -10_000n, taxMinor: 0n }),
    withStage(sold.line, 'ana', 'free'),
  )
  expect(postingsOf(returned.draft)['creator/ana/available']).toBe(1_000n)
})

test('a hold that returns have emptied releases nothing', () => {
  const line = royaltyLine([payee('ana', 1000)])
  expect(journalForMaturity(line, matured, 'free')).toBe(null)
  const earned = { ...line, posted: new Map([['ana-v1', 1_000n]]) }
  expect(postingsOf(journalForMaturity(earned, matured, 'free'))).toEqual({
    'creator/ana/held': 1_000n,
    'creator/ana/available': -1_000n,
  })
})

test('a reserve stays back at maturity, shrinks with returns, and follows when its time has come', () => {
  const start = royaltyLine([payee('ana', 1000)], {
    standings: new Map([['ana', { stage: 'held', reserveBps: 2_000 }]]),
  })
  const sold = journalForSale(sale(), start)
  if (!sold.line) throw new Error('no line')
  expect(postingsOf(journalForMaturity(sold.line, matured, 'reserved'))).toEqual({
    'creator/ana/held': 1_000n,
    'creator/ana/available': -800n,
    'creator/ana/reserve': -200n,
  })
  const reserved = withStage(sold.line, 'ana', 'reserved')
  const returned = journalForSale(
    sale({ saleId: 2n, actionType: 'return', totalMinor: -5_000n, taxMinor: 0n, discountMinor: 0n }),
    reserved,
  )
  expect(postingsOf(returned.draft)).toMatchObject({
    'creator/ana/available': 400n,
    'creator/ana/reserve': 100n,
  })
  if (!returned.line) throw new Error('no line')
  expect(postingsOf(journalForReserveRelease(returned.line, matured))).toEqual({
    'creator/ana/reserve': 100n,
    'creator/ana/available': -100n,
  })
})

test('a refund at another exchange rate takes back what was earned, and names the difference', () => {
  const bought = sale({
    totalMinor: 8_500n,
    taxMinor: 0n,
    presentmentCurrency: 'USD',
    presentmentMinor: 10_000n,
  })
  const back = (saleId: bigint, totalMinor: bigint, presentmentMinor: bigint) =>
    sale({
      saleId,
      actionType: 'return',
      totalMinor,
      taxMinor: 0n,
      discountMinor: 0n,
      presentmentCurrency: 'USD',
      presentmentMinor,
    })
  const facts = [bought, back(2n, -3_101n, -3_333n), back(3n, -6_200n, -6_667n)]
  const rated = rateSales(facts)
  let line: RoyaltyLine | null = royaltyLine([payee('ana', 1000)])
  const drafts = facts.map((fact) => {
    const booked = journalForSale(fact, line, rated.get(fact.saleId))
    line = booked.line
    return booked.draft
  })
  expect(postingsOf(drafts[1] ?? null)).toEqual({
    receivable: -3_101n,
    'revenue/product': 2_833n,
    'fx-difference': 268n,
    'royalty-expense': -283n,
    'creator/ana/held': 283n,
  })
  const totals = trialBalance(
    drafts.flatMap((draft) => (draft?.postings ?? []).map((posting) => ({ ...posting, currency: 'EUR' }))),
  )
  expect(totals).toEqual([
    { account: 'fx-difference', currency: 'EUR', balanceMinor: 801n },
    { account: 'receivable', currency: 'EUR', balanceMinor: -801n },
  ])
})

test('a re-rating posts the difference, twice nothing, and back again restores every account', () => {
  const sold = journalForSale(sale(), royaltyLine([payee('ana', 1000)]))
  if (!sold.line) throw new Error('no line')
  const rerating = (rerateId: string, shareBps: number, version: string) => ({
    rerateId,
    at: '2026-07-01T00:00:00.000Z',
    orderId: 5n,
    productId: 70n,
    title: 'Dew ring',
    currency: 'EUR',
    sold: { units: 1, listMinor: 12_000n, discountMinor: 2_000n },
    decided: { payees: [payee('ana', shareBps, { agreementVersionId: version })], capped: false },
  })
  const raised = journalForRerate(sold.line, rerating('r1', 1500, 'ana-v2'))
  expect(postingsOf(raised.draft)).toEqual({ 'royalty-expense': 500n, 'creator/ana/held': -500n })
  expect(
    raised.draft?.entries.map((entry) => [
      entry.agreementVersionId,
      entry.netMinor,
      entry.royaltyMinor,
      entry.units,
    ]),
  ).toEqual([
    ['ana-v2', 10_000n, 1_500n, 1],
    ['ana-v1', -10_000n, -1_000n, -1],
  ])
  expect(journalForRerate(raised.line, rerating('r2', 1500, 'ana-v2')).draft).toBe(null)
  const lowered = journalForRerate(raised.line, rerating('r3', 1000, 'ana-v3'))
  expect(postingsOf(lowered.draft)).toEqual({ 'royalty-expense': -500n, 'creator/ana/held': 500n })
})

test('the rows of the subledger add up to what the journal credits', () => {
  fc.assert(
    fc.property(returnedInPieces, (story) => {
      const payees = story.shares.map(([bps, fee], index) =>
        payee(`c${index}`, bps, { deductPaymentFeeBps: fee }),
      )
      const { draft } = journalForSale(
        sale({ totalMinor: story.net, taxMinor: 0n, discountMinor: 0n }),
        royaltyLine(payees),
      )
      const credited = (draft?.postings ?? [])
        .filter(({ account }) => account.startsWith('creator/'))
        .reduce((sum, posting) => sum - posting.amountMinor, 0n)
      expect((draft?.entries ?? []).reduce((sum, entry) => sum + entry.royaltyMinor, 0n)).toBe(credited)
    }),
  )
})

test('what does not tie out stands in suspense, and leaves it when it does', () => {
  const order = {
    orderId: 5n,
    currency: 'EUR',
    orderUpdatedAt: '2026-05-03T10:00:00.000Z',
    inSuspenseMinor: 0n,
    isTest: false,
  }
  const residualMinor = orderResidual(12_000n, [11_900n, 150n])
  expect(residualMinor).toBe(-50n)
  const opened = journalForSuspense({ ...order, residualMinor })
  expect(postingsOf(opened)).toEqual({ receivable: -50n, suspense: 50n })
  expect(journalForSuspense({ ...order, residualMinor, inSuspenseMinor: -50n })).toBe(null)
  const healed = journalForSuspense({ ...order, residualMinor: 0n, inSuspenseMinor: -50n })
  expect(postingsOf(healed)).toEqual({ receivable: 50n, suspense: -50n })
  expect(healed?.factKey).not.toBe(opened?.factKey)
  expect(journalForSuspense({ ...order, residualMinor, isTest: true })).toBe(null)
})

test('drafts that do not balance are never made', () => {
  const input = {
    factKey: 'x',
    kind: 'correction' as const,
    effectiveAt: '2026-01-01T00:00:00.000Z',
    currency: 'EUR',
    arithmetic: {},
  }
  expect(() => draftJournal({ ...input, postings: [{ account: 'receivable', amountMinor: 1n }] })).toThrow(
    /out of balance by 1/,
  )
  const merged = draftJournal({
    ...input,
    postings: [
      { account: 'receivable', amountMinor: 2n },
      { account: 'receivable', amountMinor: 1n },
      { account: 'tax', amountMinor: 0n },
      { account: 'suspense', amountMinor: -3n },
    ],
  })
  expect(postingsOf(merged)).toEqual({ receivable: 3n, suspense: -3n })
})

test('accounts outside of the chart are refused', () => {
  expect(describeAccount('creator/ana/held')).toEqual({
    code: 'creator/ana/held',
    kind: 'liability',
    creatorId: 'ana',
    bucket: 'held',
  })
  for (const code of ['creator/ana/spent', 'cash', 'toString', 'creator//held'])
    expect(() => describeAccount(code)).toThrow(/chart/)
  expect(shopAccounts()).toContain('royalty-expense')
})

test('trial balances are the same bytes whatever the order, and say when they do not balance', () => {
  const postings = [
    { account: 'tax', currency: 'EUR', amountMinor: -5n },
    { account: 'receivable', currency: 'EUR', amountMinor: 5n },
    { account: 'suspense', currency: 'EUR', amountMinor: 1n },
    { account: 'suspense', currency: 'EUR', amountMinor: -1n },
  ]
  const text = trialBalanceText(trialBalance(postings))
  expect(text).toBe('receivable EUR 5\ntax EUR -5\n')
  expect(trialBalanceText(trialBalance([...postings].reverse()))).toBe(text)
  expect(isBalanced(trialBalance(postings))).toBe(true)
  expect(isBalanced(trialBalance([...postings, { account: 'tax', currency: 'USD', amountMinor: 1n }]))).toBe(
    false,
  )
})
