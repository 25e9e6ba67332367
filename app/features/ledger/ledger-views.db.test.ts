import { expect, test } from 'vitest'
import { bookOrders, createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { readBalances } from './balances-view.server.ts'
import { type JournalListQuery, parseJournalListQuery } from './journal-list-query.ts'
import { readJournalList } from './journal-list-view.server.ts'
import { readJournal } from './journal-view.server.ts'
import { readSuspense } from './suspense-view.server.ts'

const all = parseJournalListQuery(new URLSearchParams())

test('the list shows newest first, with order, creators and both amounts', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const list = await readJournalList(ctx, all)
  const rows = list.rows.map((row) => [
    row.kind,
    row.action,
    row.orderName,
    row.saleMinor,
    row.royaltyMinor,
    row.creators,
  ])
  // The two royalties of one line mature together, in the order of their creators' ids.
  const together = rows.splice(1, 2)
  expect(together).toContainEqual(['maturity', null, '#2', null, '500', ['Noah Okafor']])
  expect(together).toContainEqual(['maturity', null, '#2', null, '1000', ['Maya Linden']])
  expect(rows).toEqual([
    ['sale', 'order', '#4', '3000', '300', ['Maya Linden']],
    ['maturity', null, '#1', null, '900', ['Maya Linden']],
    ['sale', 'order', '#3', '5000', null, []],
    ['sale', 'return', '#2', '-10000', '-1500', ['Maya Linden', 'Noah Okafor']],
    ['sale', 'order', '#2', '20000', '3000', ['Maya Linden', 'Noah Okafor']],
    ['sale', 'order', '#1', '9720', '900', ['Maya Linden']],
  ])
  expect(list.rows[1]?.title).toBe('Ring')
  expect([list.newerThan, list.olderThan, list.filtered]).toEqual([null, null, false])
  expect(list.periodOptions).toEqual(['2026-05', '2026-04', '2026-03'])
})

test('filters narrow the list, alone and together', async () => {
  await using ctx = await createPartnerContext()
  const { noah } = await createBookedShop(ctx)
  const orders = async (query: Partial<JournalListQuery>) =>
    (await readJournalList(ctx, { ...all, ...query })).rows.map((row) => `${row.kind} ${row.orderName}`)
  expect(await orders({ creatorId: noah.id })).toEqual(['maturity #2', 'sale #2', 'sale #2'])
  expect(await orders({ creatorId: noah.id, kind: 'maturity' })).toEqual(['maturity #2'])
  expect(await orders({ period: '2026-05' })).toEqual(['sale #4'])
  expect(await orders({ order: '#3' })).toEqual(['sale #3'])
  expect(await orders({ order: '3' })).toEqual(['sale #3'])
  expect(await orders({ order: '%' })).toEqual([])
})

test('pages go down and up again without losing or repeating a journal', async () => {
  await using ctx = await createPartnerContext()
  const orders = Array.from({ length: 120 }, (_, index) => ({
    orderId: BigInt(index + 1),
    lines: [{ lineItemId: BigInt(index + 1), netMinor: 1000n }],
  }))
  await bookOrders(ctx, orders)
  const seqs: string[][] = []
  let page = await readJournalList(ctx, all)
  seqs.push(page.rows.map((row) => row.seq))
  expect(page.newerThan).toBeNull()
  while (page.olderThan) {
    page = await readJournalList(ctx, {
      ...all,
      cursor: { direction: 'before', seq: BigInt(page.olderThan) },
    })
    seqs.push(page.rows.map((row) => row.seq))
  }
  expect(seqs.flat()).toEqual(Array.from({ length: 120 }, (_, index) => String(120 - index)))
  const up = await readJournalList(ctx, {
    ...all,
    cursor: { direction: 'after', seq: BigInt(page.newerThan ?? 0) },
  })
  expect(up.rows.map((row) => row.seq)).toEqual(seqs[1])
  const top = await readJournalList(ctx, {
    ...all,
    cursor: { direction: 'after', seq: BigInt(up.newerThan ?? 0) },
  })
  expect(top.rows.map((row) => row.seq)).toEqual(seqs[0])
  expect(top.newerThan).toBeNull()
})

test.each([
  ['creator=1%27%20or%201', 'creatorId', null],
  ['period=2026', 'period', null],
  ['kind=drop', 'kind', null],
  ['before=abc', 'cursor', null],
  ['before=99999999999999999999', 'cursor', null],
] as const)('an unreadable filter is left out: %s', (search, field, expected) => {
  expect(parseJournalListQuery(new URLSearchParams(search))[field]).toBe(expected)
})

test('a journal tells its sale, its payees, why they are paid, their terms and its place in the chain', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const result = await readJournal(ctx, '2')
  if (!result.ok) throw new Error(result.reason)
  const { journal } = result
  expect(journal.sale).toMatchObject({
    title: 'Ring',
    quantity: 2,
    listMinor: '20000',
    netMinor: '20000',
    discountCodes: ['MAYA10'],
  })
  expect(
    journal.royalty?.payees
      .map((payee) => [payee.creatorName, payee.shareBps, payee.deltaMinor, payee.agreementVersion])
      .sort(),
  ).toEqual([
    ['Maya Linden', 1000, '2000', 1],
    ['Noah Okafor', 500, '1000', 1],
  ])
  expect(journal.why.map(({ text }) => text).sort()).toEqual([
    'Maya Linden gets 10% because the buyer used their code MAYA10.',
    'Noah Okafor gets 5% because the design is theirs.',
  ])
  expect(journal.agreements).toHaveLength(2)
  expect(journal.agreements[0]?.terms[0]?.text).toContain('of the net value')
  expect(journal.holds.map((hold) => [hold.creatorName, hold.releasedAt !== null]).sort()).toEqual([
    ['Maya Linden', true],
    ['Noah Okafor', true],
  ])
  expect(journal.statements.map(({ number }) => number).sort()).toEqual(['MAYA-0001', 'NOAH-0001'])
  expect(journal.related.map((row) => [row.kind, row.royaltyMinor])).toEqual([
    ['sale', '-1500'],
    ['maturity', '0'],
    ['maturity', '0'],
  ])
  expect(journal.postings.reduce((sum, posting) => sum + BigInt(posting.amountMinor), 0n)).toBe(0n)
  const before = await readJournal(ctx, '1')
  expect(before.ok && before.journal.chain.hash).toBe(journal.chain.previousHash)
  expect(() => JSON.stringify(journal)).not.toThrow()
})

test.each(['999', '0', '-1', 'abc', '', '99999999999999999999'])('there is no journal %j', async (seq) => {
  await using ctx = await createPartnerContext()
  expect(await readJournal(ctx, seq)).toEqual({ ok: false, reason: 'journal_not_found' })
})

test('balances tell held from payable and sum to zero', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const balances = await readBalances(ctx)
  expect(
    balances.creators.map((row) => [
      row.name,
      row.heldMinor,
      row.payableMinor,
      row.totalMinor,
      row.nextMaturityAt,
    ]),
  ).toEqual([
    ['Maya Linden', '300', '1900', '2200', '2026-06-01T15:00:00.000Z'],
    ['Noah Okafor', '0', '500', '500', null],
  ])
  expect(balances.sums).toEqual([{ currency: 'USD', sumMinor: '0' }])
  expect(balances.head?.seq).toBe('8')
  const other = await createShop(ctx.db)
  expect((await readBalances(ctx.forShop(other))).accounts).toEqual([])
})

test('a difference stands open in suspense with its order, then among the resolved', async () => {
  await using ctx = await createPartnerContext()
  const lines = [{ lineItemId: 1n, netMinor: 5000n }]
  await bookOrders(ctx, [{ orderId: 1n, lines, unexplainedMinor: -150n }])
  const open = await readSuspense(ctx)
  expect(open.open.map((row) => [row.orderName, row.reason, row.amountMinor])).toEqual([
    ['#1', 'total_differs_from_sales', '-150'],
  ])
  expect(open.balances).toEqual([{ currency: 'USD', balanceMinor: '150' }])
  await bookOrders(ctx, [{ orderId: 1n, lines }])
  const settled = await readSuspense(ctx)
  expect([settled.open.length, settled.resolved.length]).toEqual([0, 1])
})
