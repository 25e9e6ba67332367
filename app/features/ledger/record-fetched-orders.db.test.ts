import { expect, test } from 'vitest'
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { FetchedOrder } from '#app/adapters/shopify/fetched-order.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { matureHolds } from './mature-holds.server.ts'
import { recordDispute } from './record-dispute.server.ts'
import { recordFetchedOrders } from './record-fetched-orders.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

const SECRET = 'a link secret of more than thirty-two characters'
const NOW = new Date('2026-03-20T12:00:00.000Z')

async function record(db: Database, shop: Shop, orders: FetchedOrder[], now = NOW) {
  return db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, SECRET, orders, now))
}

/** Balances by account code, creators by their handle. */
async function balances(db: Database, shop: Shop): Promise<Record<string, bigint>> {
  return db.inShop(shop.id, async (tx) => {
    const rows = await tx.$queryRaw<Array<{ code: string; balance: bigint; summed: bigint }>>`
      select coalesce(replace(a.code, a.creator_id::text, c.handle), a.code) as code, b.balance_minor as balance,
             (select coalesce(sum(p.amount_minor), 0)::bigint from posting p where p.account_id = a.id) as summed
      from account a join account_balance b on b.account_id = a.id left join creator c on c.id = a.creator_id
      where b.balance_minor <> 0 order by 1`
    for (const row of rows) expect(row.balance, `${row.code} running against summed`).toBe(row.summed)
    return Object.fromEntries(rows.map((row) => [row.code, row.balance]))
  })
}

async function shopWithMaya(db: Database) {
  const shop = await createShop(db)
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  await createAgreement(db, shop, maya.id)
  await createCode(db, shop, maya.id, 'MAYA10')
  return { shop, maya }
}

test('a sale by code pays its creator from net, held until the return window ends', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const order = makeFetchedOrder({
    orderId: 1n,
    codes: ['maya10'],
    lines: [{ lineItemId: 11n, netMinor: 9000n, discountMinor: 1000n, taxMinor: 720n }],
  })
  await record(database.db, shop, [order])
  expect(await balances(database.db, shop)).toEqual({
    receivable: 9720n,
    tax: -720n,
    'revenue/product': -9000n,
    'royalty-expense': 900n,
    'creator/MAYA/held': -900n,
  })
})

test('of two answers of one second, the one without the refund is the older, whichever is recorded last', async () => {
  const at = '2026-03-12T09:00:00.000Z'
  const order = {
    orderId: 1n,
    codes: ['MAYA10'],
    placedAt: at,
    lines: [{ lineItemId: 11n, netMinor: 9000n }],
  }
  const refund = { at, lineItemId: 11n, netMinor: -4000n }
  const sold = makeFetchedOrder(order)
  const refunded = makeFetchedOrder({
    ...order,
    later: [refund],
    financialStatus: 'PARTIALLY_REFUNDED',
  })
  expect(refunded.updatedAt).toBe(sold.updatedAt)
  const outcomes = []
  for (const told of [[sold, refunded, sold], [refunded, sold], [[sold, refunded]], [[refunded, sold]]]) {
    await using database = await createTestDatabase()
    const { shop } = await shopWithMaya(database.db)
    for (const orders of told) await record(database.db, shop, [orders].flat())
    const [row] = await database.db.inShop(shop.id, (tx) => tx.order.findMany())
    outcomes.push([row?.currentTotalMinor, row?.financialStatus, row?.residualMinor])
    expect(await balances(database.db, shop)).toEqual({
      receivable: 5000n,
      'revenue/product': -5000n,
      'royalty-expense': 500n,
      'creator/MAYA/held': -500n,
    })
  }
  expect(outcomes).toEqual(Array(4).fill([5000n, 'PARTIALLY_REFUNDED', 0n]))
})

test('the same orders again post nothing', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const order = makeFetchedOrder({
    orderId: 1n,
    codes: ['MAYA10'],
    lines: [{ lineItemId: 11n, netMinor: 9000n }],
  })
  const first = await record(database.db, shop, [order])
  const second = await record(database.db, shop, [order, order])
  expect(first.journalsPosted).toBe(1)
  expect(second.journalsPosted).toBe(0)
})

test('refunds in pieces bring every account back to zero', async () => {
  await using database = await createTestDatabase()
  const { shop, maya } = await shopWithMaya(database.db)
  await createAgreement(
    database.db,
    shop,
    maya.id,
    makeTerms({ role: 'design_owner', shareBps: 733, scope: { kind: 'products', productIds: ['1'] } }),
  )
  const lines = [{ lineItemId: 11n, netMinor: 10_001n, taxMinor: 801n, quantity: 3 }]
  await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines })])
  const later = [
    { at: '2026-03-12T00:00:00.000Z', lineItemId: 11n, netMinor: -3333n, taxMinor: -267n },
    { at: '2026-03-13T00:00:00.000Z', lineItemId: 11n, netMinor: -3334n, taxMinor: -267n },
    { at: '2026-03-14T00:00:00.000Z', lineItemId: 11n, netMinor: -3334n, taxMinor: -267n },
  ]
  for (const pieces of [1, 2, 3]) {
    await record(database.db, shop, [
      makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines, later: later.slice(0, pieces) }),
    ])
  }
  expect(await balances(database.db, shop)).toEqual({})
})

test('a refund after the release takes from what is payable', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const lines = [{ lineItemId: 11n, netMinor: 10_000n, quantity: 2 }]
  await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines })])
  const clock = { now: () => new Date('2026-04-20T12:00:00.000Z') }
  expect(await matureHolds({ db: database.db, shop, clock })).toEqual({ released: 1 })
  expect(await matureHolds({ db: database.db, shop, clock })).toEqual({ released: 0 })
  expect(await balances(database.db, shop)).toMatchObject({ 'creator/MAYA/available': -1000n })
  const later = [{ at: '2026-04-25T00:00:00.000Z', lineItemId: 11n, netMinor: -5000n }]
  await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines, later })])
  expect(await balances(database.db, shop)).toMatchObject({
    'creator/MAYA/available': -500n,
    'royalty-expense': 500n,
  })
})

test('what the sales do not explain stands in suspense with an alert, and leaves when it is explained', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const lines = [{ lineItemId: 11n, netMinor: 9000n }]
  await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, lines, unexplainedMinor: -150n })])
  expect(await balances(database.db, shop)).toMatchObject({ suspense: 150n, receivable: 8850n })
  const open = await database.db.inShop(shop.id, (tx) => tx.alert.findMany({ where: { resolvedAt: null } }))
  expect(open.map((alert) => [alert.kind, alert.facts])).toEqual([
    ['order_does_not_tie_out', { orderId: '1', orderName: '#1', residualMinor: '-150', currency: 'USD' }],
  ])
  await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, lines })])
  expect(await balances(database.db, shop)).not.toHaveProperty('suspense')
  const items = await database.db.inShop(shop.id, (tx) =>
    tx.suspenseItem.count({ where: { resolvedAt: null } }),
  )
  const alerts = await database.db.inShop(shop.id, (tx) => tx.alert.count({ where: { resolvedAt: null } }))
  expect([items, alerts]).toEqual([0, 0])
})

test('a test order and an unpaid order post nothing; payment posts the latter', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const lines = [{ lineItemId: 11n, netMinor: 9000n }]
  await record(database.db, shop, [
    makeFetchedOrder({ orderId: 1n, lines, isTest: true }),
    makeFetchedOrder({
      orderId: 2n,
      lines: [{ lineItemId: 21n, netMinor: 500n }],
      financialStatus: 'PENDING',
    }),
  ])
  expect(await balances(database.db, shop)).toEqual({})
  await record(database.db, shop, [
    makeFetchedOrder({ orderId: 2n, lines: [{ lineItemId: 21n, netMinor: 500n }] }),
  ])
  expect(await balances(database.db, shop)).toEqual({ receivable: 500n, 'revenue/product': -500n })
})

test('a sale that Shopify later tells differently raises an alert and changes nothing', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const order = makeFetchedOrder({ orderId: 1n, lines: [{ lineItemId: 11n, netMinor: 9000n }] })
  await record(database.db, shop, [order])
  const before = await balances(database.db, shop)
  const [sale] = order.sales
  if (!sale) throw new Error('no sale')
  await record(database.db, shop, [{ ...order, sales: [{ ...sale, totalMinor: 8000n }] }])
  expect(await balances(database.db, shop)).toEqual(before)
  const alerts = await database.db.inShop(shop.id, (tx) => tx.alert.findMany({ select: { kind: true } }))
  expect(alerts).toEqual([{ kind: 'sale_changed' }])
})

test('sales price under the version that was in force at their time', async () => {
  await using database = await createTestDatabase()
  const { shop, maya } = await shopWithMaya(database.db)
  const agreement = await database.db.inShop(shop.id, (tx) => tx.agreement.findFirstOrThrow())
  await database.db.inShop(shop.id, (tx) =>
    tx.agreementVersion.create({
      data: {
        id: crypto.randomUUID(),
        shopId: shop.id,
        agreementId: agreement.id,
        number: 2,
        status: 'accepted',
        terms: makeTerms({ shareBps: 2000 }) as unknown as object,
        termsHash: 'test',
        effectiveFrom: new Date('2026-03-15T00:00:00Z'),
        createdAt: new Date('2026-03-01T00:00:00Z'),
      },
    }),
  )
  const line = (lineItemId: bigint) => [{ lineItemId, netMinor: 10_000n }]
  await record(database.db, shop, [
    makeFetchedOrder({
      orderId: 1n,
      codes: ['MAYA10'],
      placedAt: '2026-03-14T23:59:59.999Z',
      lines: line(11n),
    }),
    makeFetchedOrder({
      orderId: 2n,
      codes: ['MAYA10'],
      placedAt: '2026-03-15T00:00:00.000Z',
      lines: line(21n),
    }),
  ])
  expect(await balances(database.db, shop)).toMatchObject({ 'creator/MAYA/held': -3000n })
  expect(maya.handle).toBe('MAYA')
})

test('a lost dispute takes the royalty back once, whatever is refunded afterwards', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const lines = [{ lineItemId: 11n, netMinor: 10_000n }]
  await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines })])
  const dispute = {
    disputeId: 9n,
    orderId: 1n,
    type: 'CHARGEBACK',
    status: 'NEEDS_RESPONSE',
    amountMinor: 10_000n,
    currency: 'USD',
    at: '2026-03-15T00:00:00.000Z',
    initiatedAt: '2026-03-15T00:00:00.000Z',
    finalizedAt: null,
  }
  const tell = (status: string) =>
    database.db.inShop(shop.id, (tx) => recordDispute(tx, shop, { ...dispute, status }, NOW))
  await tell('NEEDS_RESPONSE')
  const clock = { now: () => new Date('2026-06-01T00:00:00.000Z') }
  expect(await matureHolds({ db: database.db, shop, clock })).toEqual({ released: 0 })
  expect(await balances(database.db, shop)).toMatchObject({
    'chargebacks-pending': 10_000n,
    'creator/MAYA/held': -1000n,
  })
  await tell('LOST')
  await tell('LOST')
  const lost = await balances(database.db, shop)
  expect(lost).toEqual({ 'chargeback-losses': 10_000n, 'revenue/product': -10_000n })
  const later = [{ at: '2026-06-02T00:00:00.000Z', lineItemId: 11n, netMinor: -10_000n }]
  await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines, later })])
  const after = await balances(database.db, shop)
  expect(after['creator/MAYA/held']).toBeUndefined()
  expect(after['royalty-expense']).toBeUndefined()
})

test('a piece that an exchange adds after the dispute was lost earns nothing', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const placed = { orderId: 1n, codes: ['MAYA10'] }
  const line = { lineItemId: 11n, netMinor: 9000n }
  await record(database.db, shop, [makeFetchedOrder({ ...placed, lines: [line] })])
  const dispute = {
    disputeId: 5n,
    orderId: 1n,
    type: 'chargeback',
    status: 'lost',
    amountMinor: 9000n,
    currency: 'USD',
    at: '2026-03-18T00:00:00.000Z',
    initiatedAt: '2026-03-12T00:00:00.000Z',
    finalizedAt: '2026-03-18T00:00:00.000Z',
  }
  await database.db.inShop(shop.id, (tx) => recordDispute(tx, shop, dispute, NOW))
  const added = { lineItemId: 12n, netMinor: 4000n }
  await record(database.db, shop, [makeFetchedOrder({ ...placed, lines: [line, added] })])
  expect(
    Object.keys(await balances(database.db, shop)).filter((code) => code.startsWith('creator/')),
  ).toEqual([])
})

test('a won dispute leaves the books as if nothing had been disputed', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  await record(database.db, shop, [
    makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines: [{ lineItemId: 11n, netMinor: 10_000n }] }),
  ])
  const before = await balances(database.db, shop)
  for (const status of ['UNDER_REVIEW', 'WON']) {
    const dispute = {
      disputeId: 9n,
      orderId: 1n,
      type: 'CHARGEBACK',
      status,
      amountMinor: 10_000n,
      currency: 'USD',
      at: '2026-03-15T00:00:00.000Z',
      initiatedAt: '2026-03-15T00:00:00.000Z',
      finalizedAt: null,
    }
    await database.db.inShop(shop.id, (tx) => recordDispute(tx, shop, dispute, NOW))
  }
  expect(await balances(database.db, shop)).toEqual(before)
  const clock = { now: () => new Date('2026-06-01T00:00:00.000Z') }
  expect(await matureHolds({ db: database.db, shop, clock })).toEqual({ released: 1 })
})

test('one order can pay two owners with equal shares and a promoter, exactly', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  for (const handle of ['THEO', 'JUNE']) {
    const owner = await createCreator(database.db, shop, { handle })
    await createAgreement(
      database.db,
      shop,
      owner.id,
      makeTerms({ role: 'design_owner', shareBps: 750, scope: { kind: 'products', productIds: ['1'] } }),
    )
  }
  await record(database.db, shop, [
    makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines: [{ lineItemId: 11n, netMinor: 9_999n }] }),
  ])
  const found = await balances(database.db, shop)
  const parts = ['MAYA', 'THEO', 'JUNE'].map((handle) => found[`creator/${handle}/held`] ?? 0n)
  expect(parts).toEqual([-1000n, -750n, -750n])
  expect(found['royalty-expense']).toBe(2500n)
})

test('a sale before the creator accepted is not paid, even when it is read afterwards', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const late = await createCreator(database.db, shop, { handle: 'LATE' })
  const agreement = await createAgreement(database.db, shop, late.id)
  await createCode(database.db, shop, late.id, 'LATE10')
  await database.db.inShop(shop.id, (tx) =>
    tx.agreementVersion.create({
      data: {
        id: crypto.randomUUID(),
        shopId: shop.id,
        agreementId: agreement.id,
        number: 2,
        status: 'accepted',
        terms: makeTerms({ shareBps: 3000 }) as unknown as object,
        termsHash: 'test',
        effectiveFrom: new Date('2026-03-01T00:00:00Z'),
        decidedAt: new Date('2026-03-12T00:00:00Z'),
        createdAt: new Date('2026-02-28T00:00:00Z'),
      },
    }),
  )
  const line = (lineItemId: bigint) => [{ lineItemId, netMinor: 10_000n }]
  await record(database.db, shop, [
    makeFetchedOrder({
      orderId: 1n,
      codes: ['LATE10'],
      placedAt: '2026-03-11T00:00:00.000Z',
      lines: line(11n),
    }),
    makeFetchedOrder({
      orderId: 2n,
      codes: ['LATE10'],
      placedAt: '2026-03-12T00:00:00.000Z',
      lines: line(21n),
    }),
  ])
  // 10 % under the first version, 30 % from the acceptance of the second.
  expect(await balances(database.db, shop)).toMatchObject({ 'creator/LATE/held': -4000n })
})

test('a code that Shopify refused to make pays nobody', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  await database.db.inShop(shop.id, (tx) =>
    tx.creatorCode.updateMany({ where: { shopId: shop.id }, data: { status: 'failed' } }),
  )
  await record(database.db, shop, [
    makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines: [{ lineItemId: 11n, netMinor: 9000n }] }),
  ])
  expect(await balances(database.db, shop)).toEqual({ receivable: 9000n, 'revenue/product': -9000n })
})

const dispute = {
  disputeId: 9n,
  orderId: 1n,
  type: 'CHARGEBACK',
  status: 'NEEDS_RESPONSE',
  amountMinor: 10_000n,
  currency: 'USD',
  at: '2026-03-15T00:00:00.000Z',
  initiatedAt: '2026-03-15T00:00:00.000Z',
  finalizedAt: null,
}

test('a dispute whose outcome is overturned and overturned again is booked every time', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const lines = [{ lineItemId: 11n, netMinor: 10_000n }]
  await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines })])
  const before = await balances(database.db, shop)
  const tell = (status: string) =>
    database.db.inShop(shop.id, (tx) => recordDispute(tx, shop, { ...dispute, status }, NOW))
  await tell('LOST')
  const lost = await balances(database.db, shop)
  expect(lost).not.toEqual(before)
  for (let turn = 0; turn < 3; turn++) {
    await tell('WON')
    expect(await balances(database.db, shop), `won ${turn}`).toEqual(before)
    await tell('LOST')
    expect(await balances(database.db, shop), `lost ${turn}`).toEqual(lost)
  }
  await tell('LOST')
  expect(await balances(database.db, shop)).toEqual(lost)
})

test("a dispute in the buyer's currency takes royalties back in the currency in which they were credited", async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const lines = [{ lineItemId: 11n, netMinor: 10_000n }]
  await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines })])
  const told = { ...dispute, status: 'LOST', currency: 'EUR', amountMinor: 8500n }
  await database.db.inShop(shop.id, (tx) => recordDispute(tx, shop, told, NOW))
  const creators = await database.db.inShop(
    shop.id,
    (tx) => tx.$queryRaw`
      select a.currency::text, b.balance_minor as balance from account a join account_balance b on b.account_id = a.id
      where a.creator_id is not null`,
  )
  expect(creators).toEqual([{ currency: 'USD', balance: 0n }])
})

test('a hold is released in the currency of its sale, also after the shop has changed its own', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const lines = [{ lineItemId: 11n, netMinor: 10_000n }]
  await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, codes: ['MAYA10'], lines })])
  const clock = { now: () => new Date('2026-06-01T00:00:00.000Z') }
  await matureHolds({ db: database.db, shop: { ...shop, currency: 'CAD' }, clock })
  expect(await balances(database.db, shop)).toMatchObject({ 'creator/MAYA/available': -1000n })
  expect(await balances(database.db, shop)).not.toHaveProperty('creator/MAYA/held')
})

test('a difference that comes, goes and comes again within one second of Shopify is booked every time', async () => {
  await using database = await createTestDatabase()
  const { shop } = await shopWithMaya(database.db)
  const lines = [{ lineItemId: 11n, netMinor: 9000n }]
  for (let turn = 0; turn < 3; turn++) {
    await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, lines, unexplainedMinor: -150n })])
    expect(await balances(database.db, shop), `there ${turn}`).toMatchObject({ suspense: 150n })
    await record(database.db, shop, [makeFetchedOrder({ orderId: 1n, lines })])
    expect(await balances(database.db, shop), `gone ${turn}`).not.toHaveProperty('suspense')
  }
  expect((await verifyLedger(database.db, shop.id)).findings).toEqual([])
})
