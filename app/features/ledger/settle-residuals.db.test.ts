import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { proposeAdjustment } from '../adjustments/propose-adjustment.server.ts'
import { recordFetchedOrders } from './record-fetched-orders.server.ts'
import { readTrialBalance } from './trial-balance.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

test('what somebody booked out of suspense stays booked; only what Shopify’s numbers move by afterwards is open again', async () => {
  await using context = await createPartnerContext()
  const { db, shop, linkSecret } = context
  const tell = (unexplainedMinor: bigint) => {
    const order = makeFetchedOrder({
      orderId: 1n,
      lines: [{ lineItemId: 10n, netMinor: 5_000n }],
      unexplainedMinor,
    })
    return db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, linkSecret, [order], context.clock.now()))
  }
  const stands = async () => {
    const totals = await readTrialBalance(db, shop.id)
    const of = (account: string) => totals.find((row) => row.account === account)?.balanceMinor ?? 0n
    const [items, alerts] = await db.inShop(shop.id, (tx) =>
      Promise.all([
        tx.suspenseItem.findMany({ where: { shopId: shop.id, resolvedAt: null } }),
        tx.alert.count({ where: { shopId: shop.id, resolvedAt: null } }),
      ]),
    )
    expect((await verifyLedger(db, shop.id)).findings).toEqual([])
    return [of('suspense'), of('write-offs'), items.map(({ amountMinor }) => amountMinor), alerts]
  }

  await tell(300n)
  expect(await stands()).toEqual([-300n, 0n, [300n], 1])
  const resolved = await proposeAdjustment(context, {
    formId: randomUUID(),
    kind: 'suspense',
    creatorId: null,
    orderId: 1n,
    account: 'write-offs',
    amountMinor: 300n,
    currency: 'USD',
    incomeType: null,
    reason: 'A rounding of the till',
    facts: {},
    actor: 'owner',
  })
  expect(resolved).toMatchObject({ ok: true, status: 'posted' })
  expect(await stands()).toEqual([0n, -300n, [], 0])
  await tell(300n)
  expect(await stands()).toEqual([0n, -300n, [], 0])
  await tell(500n)
  expect(await stands()).toEqual([-200n, -300n, [200n], 1])
  await tell(0n)
  // Explained after all: nothing stays booked for it.
  expect(await stands()).toEqual([0n, 0n, [], 0])
})
