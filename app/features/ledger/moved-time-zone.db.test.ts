// A shop that moves to another time zone keeps the days on which it sold.
import { expect, test } from 'vitest'
import { createAgreement, createCode, createCreator } from '#tests/factories/creator.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { recordFetchedOrders } from './record-fetched-orders.server.ts'
import { replayLedger } from './replay-ledger.server.ts'

test('what comes back of a sale stands under its day, wherever the shop has moved since', async () => {
  await using context = await createPartnerContext()
  const { db, linkSecret, clock } = context
  const zone = (timeZone: string) =>
    db.inShop(context.shop.id, (tx) => tx.shop.update({ where: { id: context.shop.id }, data: { timeZone } }))
  const maya = await createCreator(db, context.shop)
  await createAgreement(db, context.shop, maya.id)
  await createCode(db, context.shop, maya.id, 'MAYA10')
  const order = {
    orderId: 1n,
    codes: ['MAYA10'],
    placedAt: '2026-03-01T03:00:00.000Z',
    lines: [{ lineItemId: 10n, netMinor: 10_000n }],
  }
  const back = { ...order, later: [{ at: '2026-03-12T10:00:00.000Z', lineItemId: 10n, netMinor: -10_000n }] }
  const tell = async (timeZone: string, told: Parameters<typeof makeFetchedOrder>[0]) => {
    const shop = await zone(timeZone)
    await db.inShop(shop.id, (tx) =>
      recordFetchedOrders(tx, shop, linkSecret, [makeFetchedOrder(told)], clock.now()),
    )
  }
  await tell('America/New_York', order)
  await tell('Europe/Berlin', back)
  const entries = await db.inShop(context.shop.id, (tx) => tx.royaltyEntry.findMany())
  expect(entries.map(({ soldOn }) => soldOn.toISOString().slice(0, 10))).toEqual(['2026-02-28', '2026-02-28'])
  expect(await replayLedger(db, context.shop.id)).toMatchObject({ ok: true, firstDifference: null })
})
