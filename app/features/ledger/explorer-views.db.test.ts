import { expect, test } from 'vitest'
import { proposeAdjustment } from '#app/features/adjustments/propose-adjustment.server.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { bookOrders, createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { readBalanceHistory } from './balance-history-view.server.ts'
import { readBalances } from './balances-view.server.ts'
import { parseJournalListQuery } from './journal-list-query.ts'
import { readJournalList } from './journal-list-view.server.ts'
import { readJournal } from './journal-view.server.ts'
import { matureHolds } from './mature-holds.server.ts'
import { readMaturities } from './maturities-view.server.ts'
import { readSuspense } from './suspense-view.server.ts'

const search = (ctx: PartnerTestContext, text: string) =>
  readJournalList(ctx, parseJournalListQuery(new URLSearchParams(text)))
const summed = (amounts: Array<string | null>) =>
  String(amounts.reduce((sum, amount) => sum + BigInt(amount ?? 0), 0n))

test('product, account and month narrow the list, and the sum is the figure that led there', async () => {
  await using ctx = await createPartnerContext()
  const { maya } = await createBookedShop(ctx)
  const ofProduct = await search(ctx, 'product=2')
  expect(ofProduct.rows.map((row) => `${row.kind} ${row.orderName}`).sort()).toEqual([
    'maturity #2',
    'maturity #2',
    'sale #2',
    'sale #2',
  ])
  expect((await search(ctx, 'product=404')).rows).toEqual([])

  const balances = await readBalances(ctx)
  for (const { code, currency, balanceMinor } of balances.accounts) {
    const listed = await search(ctx, `account=${code}&currency=${currency}`)
    expect([code, listed.sums]).toEqual([code, [{ currency, sumMinor: balanceMinor }]])
    expect([code, summed(listed.rows.map((row) => row.accountMinor))]).toEqual([code, balanceMinor])
  }
  const held = await search(ctx, `creator=${maya.id}&account=held`)
  expect(held.sums).toEqual([{ currency: 'USD', sumMinor: '-300' }])

  const before = await search(ctx, 'account=receivable&until=2026-04')
  expect(before.rows.map((row) => row.orderName)).toEqual(['#3', '#2', '#2', '#1'])
  expect(summed(before.rows.map((row) => row.accountMinor))).toBe(before.sums[0]?.sumMinor)
  expect((await search(ctx, 'account=receivable&period=2026-03')).rows.map((row) => row.orderName)).toEqual([
    '#2',
    '#1',
  ])
  expect((await search(ctx, 'account=receivable&period=2031-01')).rows).toEqual([])
  const elsewhere = await readJournalList(
    ctx.forShop(await createShop(ctx.db)),
    parseJournalListQuery(new URLSearchParams(`creator=${maya.id}`)),
  )
  expect(elsewhere.rows).toEqual([])
})

test.each(['creator', 'creator and kind', 'account', 'product'])(
  'pages filtered by %s neither lose nor repeat a journal, down and up',
  async (filter) => {
    await using ctx = await createPartnerContext()
    const maya = await createCreator(ctx.db, ctx.shop, { name: 'Maya Linden', handle: 'MAYA' })
    await createAgreement(ctx.db, ctx.shop, maya.id)
    await createCode(ctx.db, ctx.shop, maya.id, 'MAYA10')
    const orders = Array.from({ length: 130 }, (_, index) => ({
      orderId: BigInt(index + 1),
      codes: index % 2 === 0 ? ['MAYA10'] : [],
      lines: [{ lineItemId: BigInt(index + 1), productId: BigInt(index % 2), netMinor: 1000n }],
    }))
    await bookOrders(ctx, orders)
    const text = {
      creator: `creator=${maya.id}`,
      'creator and kind': `creator=${maya.id}&kind=sale`,
      account: `account=royalty-expense`,
      product: 'product=0',
    }[filter]
    const down: string[][] = []
    let page = await search(ctx, text ?? '')
    down.push(page.rows.map((row) => row.seq))
    while (page.olderThan) {
      page = await search(ctx, `${text}&before=${page.olderThan}`)
      down.push(page.rows.map((row) => row.seq))
    }
    expect(down.flat()).toEqual(Array.from({ length: 65 }, (_, index) => String(129 - index * 2)))
    const up = await search(ctx, `${text}&after=${page.newerThan}`)
    expect(up.rows.map((row) => row.seq)).toEqual(down[0])
    expect(up.newerThan).toBeNull()
  },
)

test('balances over time end where the balances stand, for all and for one creator', async () => {
  await using ctx = await createPartnerContext()
  const { maya, noah } = await createBookedShop(ctx)
  const all = await readBalanceHistory(ctx, { creatorId: null, currency: null })
  expect(
    all.months.map(({ month, isClosed, balance, owedMinor }) => [
      month,
      isClosed,
      balance.held,
      balance.available,
      owedMinor,
    ]),
  ).toEqual([
    ['2026-03', true, '3900', '0', '3900'],
    ['2026-04', true, '0', '2400', '2400'],
    ['2026-05', false, '300', '2400', '2700'],
  ])
  expect(all.months.map(({ moved }) => moved.available)).toEqual(['0', '2400', '0'])
  const balances = await readBalances(ctx)
  for (const creator of [maya, noah]) {
    const own = await readBalanceHistory(ctx, { creatorId: creator.id, currency: null })
    const now = balances.creators.find(({ creatorId }) => creatorId === creator.id)
    const { balance, owedMinor } = own.months.at(-1) ?? {}
    expect([balance?.held, balance?.available, owedMinor]).toEqual([
      now?.heldMinor,
      now?.payableMinor,
      now?.totalMinor,
    ])
  }
})

test('what matures adds up to what is held and reserved, reserves in their own week', async () => {
  await using ctx = await createPartnerContext('2026-04-01T15:00:00Z')
  const maya = await createCreator(ctx.db, ctx.shop, { name: 'Maya Linden', handle: 'MAYA' })
  await createAgreement(ctx.db, ctx.shop, maya.id, makeTerms({ reserve: { bps: 2500, days: 60 } }))
  await createCode(ctx.db, ctx.shop, maya.id, 'MAYA10')
  const order = (orderId: bigint, placedAt: string, netMinor: bigint) => ({
    orderId,
    placedAt,
    codes: ['MAYA10'],
    lines: [{ lineItemId: orderId, netMinor }],
  })
  await bookOrders(ctx, [
    order(1n, '2026-03-02T15:00:00.000Z', 33_333n),
    order(2n, '2026-03-30T15:00:00.000Z', 10_000n),
  ])
  await matureHolds(ctx)
  const view = await readMaturities(ctx, { creatorId: null })
  const [balance] = (await readBalances(ctx)).creators
  expect(balance).toMatchObject({ heldMinor: '1000', payableMinor: '2500', reserveMinor: '833' })
  expect(view.totalMinor).toBe('1833')
  // Windows end on Wednesday 29 April; the reserves sixty days after their windows.
  expect(view.weeks.map(({ week, heldMinor, reserveMinor }) => [week, heldMinor, reserveMinor])).toEqual([
    ['2026-04-27', '750', '0'],
    ['2026-05-25', '0', '833'],
    ['2026-06-22', '0', '250'],
  ])
  expect(view.creators).toMatchObject([{ creatorId: maya.id, totalMinor: '1833', frozenMinor: '0' }])
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.royaltyHold.updateMany({ where: { orderId: 2n }, data: { disputed: true } }),
  )
  const frozen = await readMaturities(ctx, { creatorId: maya.id })
  expect([frozen.totalMinor, frozen.frozenMinor, frozen.weeks.map(({ week }) => week)]).toEqual([
    '1833',
    '1000',
    ['2026-05-25'],
  ])
  const sale = await readJournal(ctx, '1')
  expect(sale.ok && sale.journal.holds[0]?.reserve).toMatchObject({ bps: 2500, releasedAt: null })
  expect(sale.ok && sale.journal.entries.map((entry) => entry.royaltyMinor)).toEqual(['3333'])
})

test('a difference shows both sides of the sum; a named journal resolves it and tells its reason', async () => {
  await using ctx = await createPartnerContext()
  const lines = [{ lineItemId: 1n, netMinor: 5000n }]
  await bookOrders(ctx, [{ orderId: 1n, lines, unexplainedMinor: -150n }])
  const [item] = (await readSuspense(ctx)).open
  expect(item).toMatchObject({
    shopifyTotalMinor: '4850',
    salesTotalMinor: '5000',
    sales: 1,
    amountMinor: '-150',
    adjustment: null,
  })
  const asked = await proposeAdjustment(ctx, {
    formId: '7b3f0a52-6f53-4b1e-9d0a-3f5b8f2f1c11',
    actor: 'merchant',
    kind: 'suspense',
    creatorId: null,
    orderId: 1n,
    account: 'write-offs',
    amountMinor: -150n,
    currency: 'USD',
    incomeType: null,
    reason: 'Lost in the post',
    facts: {},
  })
  if (!asked.ok || asked.journalSeq === null) throw new Error('not posted')
  const after = await readSuspense(ctx)
  expect([after.open.length, after.balances]).toEqual([0, [{ currency: 'USD', balanceMinor: '0' }]])
  expect(after.resolved[0]?.adjustment).toEqual({
    status: 'posted',
    reason: 'Lost in the post',
    account: 'write-offs',
    journalSeq: String(asked.journalSeq),
  })
  const story = await readJournal(ctx, String(asked.journalSeq))
  expect(story.ok && story.journal.facts).toMatchObject({
    adjustment: 'suspense',
    reason: 'Lost in the post',
  })
})

test('an award tells why it came to its amount, step by step', async () => {
  await using ctx = await createPartnerContext('2026-03-02T15:00:00Z')
  const maya = await createCreator(ctx.db, ctx.shop, { name: 'Maya Linden', handle: 'MAYA' })
  const tiers = {
    basis: 'net' as const,
    window: 'agreement' as const,
    mode: 'marginal' as const,
    steps: [{ from: '10000', shareBps: 2000 }],
  }
  await createAgreement(ctx.db, ctx.shop, maya.id, makeTerms({ tiers }))
  await createCode(ctx.db, ctx.shop, maya.id, 'MAYA10')
  const lines = [{ lineItemId: 1n, netMinor: 15_000n }]
  await bookOrders(ctx, [{ orderId: 1n, placedAt: '2026-03-01T15:00:00.000Z', codes: ['MAYA10'], lines }])
  const [row] = (await search(ctx, 'kind=award')).rows
  expect(row).toMatchObject({ royaltyMinor: '500', saleMinor: null, creators: ['Maya Linden'] })
  const result = await readJournal(ctx, row?.seq ?? '')
  expect(result.ok && result.journal.award?.why.text).toContain('20%')
  expect(result.ok && result.journal.award?.steps.length).toBeGreaterThan(0)
  expect(result.ok && result.journal.creator?.name).toBe('Maya Linden')
})
