import { expect, test } from 'vitest'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { keepOrders } from './order-store.ts'

const SEEN = new Date('2026-03-20T12:00:00.000Z')

test('an order of thousands of sales is stored at once', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const lines = Array.from({ length: 1700 }, (_, index) => ({
    lineItemId: BigInt(index + 1),
    netMinor: 100n,
  }))
  const order = makeFetchedOrder({ orderId: 1n, lines })
  const again = await database.db.inShop(shop.id, async (tx) => {
    const kept = await keepOrders(tx, shop.id, [order], SEEN)
    expect(kept).toMatchObject({ salesBefore: [], changed: [] })
    return keepOrders(tx, shop.id, [order], SEEN)
  })
  expect(again.changed).toEqual([])
  expect(again.salesBefore).toHaveLength(1700)
  expect(await database.db.inShop(shop.id, (tx) => tx.sale.count())).toBe(1700)
})

test('a text that Postgres cannot keep is kept without what it cannot', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const order = makeFetchedOrder({
    orderId: 1n,
    codes: ['A\u0000B'],
    linkReference: 'x\u0000\ud83d',
    lines: [{ lineItemId: 11n, netMinor: 100n }],
  })
  const sales = order.sales.map((sale) => ({ ...sale, title: 'Ring\u0000 \ud83d' }))
  await database.db.inShop(shop.id, async (tx) => {
    await keepOrders(tx, shop.id, [{ ...order, sales }], SEEN)
    expect(await tx.order.findMany({ select: { discountCodes: true, linkReference: true } })).toEqual([
      { discountCodes: ['AB'], linkReference: 'x\ufffd' },
    ])
    expect(await tx.sale.findMany({ select: { title: true } })).toEqual([{ title: 'Ring \ufffd' }])
  })
})

test('what comes back is what stands, as first told and as told again, newer or older', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const first = makeFetchedOrder({
    orderId: 1n,
    codes: ['MIRA\u000010'],
    linkReference: 'x\u0000',
    lines: [
      { lineItemId: 11n, netMinor: 100n },
      { lineItemId: 12n, netMinor: 250n },
    ],
  })
  const told = (over: Partial<typeof first>) => ({ ...first, ...over })
  const later = told({
    updatedAt: '2026-03-21T08:00:00.000Z',
    name: '#1 edited',
    discountCodes: [],
    linkReference: null,
    financialStatus: 'REFUNDED',
    currentTotalMinor: 0n,
    cancelledAt: '2026-03-21T08:00:00.000Z',
    customerKey: 'another',
  })
  await database.db.inShop(shop.id, async (tx) => {
    for (const order of [first, later, first]) {
      const kept = await keepOrders(tx, shop.id, [order], SEEN)
      expect(kept.orders).toEqual(await tx.order.findMany())
      expect(kept.sales).toEqual(await tx.sale.findMany({ orderBy: { saleId: 'asc' } }))
    }
    expect(await tx.order.findMany()).toMatchObject([
      { name: '#1 edited', discountCodes: ['MIRA10'], linkReference: 'x', customerKey: first.customerKey },
    ])
  })
})

test('a sale under an id that another order has stays with that order, and is told as changed', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const one = makeFetchedOrder({ orderId: 1n, lines: [{ lineItemId: 11n, netMinor: 100n }] })
  const two = makeFetchedOrder({ orderId: 2n, lines: [{ lineItemId: 12n, netMinor: 100n }] })
  const [taken] = one.sales
  if (!taken) throw new Error('no sale')
  await database.db.inShop(shop.id, async (tx) => {
    await keepOrders(tx, shop.id, [one], SEEN)
    const kept = await keepOrders(
      tx,
      shop.id,
      [{ ...two, sales: [{ ...taken, orderId: 2n }, ...two.sales] }],
      SEEN,
    )
    expect(kept.changed.map((sale) => sale.saleId)).toEqual([taken.saleId])
    expect(kept.sales.map((sale) => sale.saleId)).toEqual(two.sales.map((sale) => sale.saleId))
  })
})
