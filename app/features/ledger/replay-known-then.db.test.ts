// What was known when a journal was booked is what had been booked by then, whatever the clocks of two workers said.
import { expect, test } from 'vitest'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { recordFetchedOrders } from './record-fetched-orders.server.ts'
import { replayLedger } from './replay-ledger.server.ts'

/** A refund of 30.00 that Shopify's total knew before its sales did. */
const LINES = [{ lineItemId: 10n, netMinor: 10_000n }]
const BACK = [{ at: '2026-03-12T10:00:00.000Z', lineItemId: 10n, netMinor: -3_000n }]

test.each([
  ['in the same instant', 0],
  ['by a worker who had looked at the clock before', -50],
])('a sale that was booked %s is not known to what was booked before it', async (_name, later) => {
  await using context = await createPartnerContext()
  const { db, shop, linkSecret, clock } = context
  const first = makeFetchedOrder({ orderId: 1n, lines: LINES, unexplainedMinor: -3_000n })
  const explained = makeFetchedOrder({ orderId: 1n, lines: LINES, later: BACK })
  const tell = (order: typeof first, now: Date) =>
    db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, linkSecret, [order], now))
  await tell(first, clock.now())
  await tell(explained, new Date(clock.now().getTime() + later))
  expect(await replayLedger(db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
})
