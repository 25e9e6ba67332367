import { expect, test } from 'vitest'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { saveOrders, saveSales } from './order-store.ts'

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
    await saveOrders(tx, shop.id, [order], SEEN)
    expect(await saveSales(tx, shop.id, order.sales, SEEN)).toEqual([])
    return saveSales(tx, shop.id, order.sales, SEEN)
  })
  expect(again).toEqual([])
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
    await saveOrders(tx, shop.id, [order], SEEN)
    await saveSales(tx, shop.id, sales, SEEN)
    expect(await tx.order.findMany({ select: { discountCodes: true, linkReference: true } })).toEqual([
      { discountCodes: ['AB'], linkReference: 'x\ufffd' },
    ])
    expect(await tx.sale.findMany({ select: { title: true } })).toEqual([{ title: 'Ring \ufffd' }])
  })
})
