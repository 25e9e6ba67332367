import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import type { ShopContext } from '#app/features/context.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { proposeAdjustment } from '../adjustments/propose-adjustment.server.ts'
import { recordFetchedOrders } from './record-fetched-orders.server.ts'
import { recordUnshownOrders } from './record-unshown-orders.server.ts'
import { replayLedger } from './replay-ledger.server.ts'
import { readTrialBalance } from './trial-balance.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

/** Its webhook came; Shopify does not show the order. */
async function refundUnshown({ db, shop, clock }: ShopContext, refundId: string, amount: string) {
  await db.inShop(shop.id, async (tx) => {
    await tx.webhookReceipt.create({
      data: {
        shopId: shop.id,
        eventId: refundId,
        webhookId: refundId,
        apiVersion: '2026-10',
        topic: 'refunds/create',
        resourceId: 1n,
        facts: { refundId, refunded: [amount] },
        receivedAt: clock.now(),
      },
    })
    await recordUnshownOrders(tx, shop, await lockLedger(tx, shop.id), [1n], clock.now())
  })
}

async function standing({ db, shop }: ShopContext) {
  const totals = await readTrialBalance(db, shop.id)
  const of = (account: string) => totals.find((row) => row.account === account)?.balanceMinor ?? 0n
  expect((await verifyLedger(db, shop.id)).findings).toEqual([])
  expect(await replayLedger(db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
  return { suspense: of('suspense'), writtenOff: of('write-offs') }
}

async function bookOrder({ db, shop, clock, linkSecret }: ShopContext, unexplainedMinor: bigint) {
  const lines = [{ lineItemId: 10n, netMinor: 5_000n }]
  const order = makeFetchedOrder({ orderId: 1n, lines, unexplainedMinor })
  await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, linkSecret, [order], clock.now()))
}

test('a refund of an order out of sight stands in suspense, and is computed anew like everything else', async () => {
  await using context = await createPartnerContext()
  await bookOrder(context, 0n)
  await refundUnshown(context, '71', '12.50 USD')
  expect(await standing(context)).toEqual({ suspense: 1_250n, writtenOff: 0n })
})

test('a refund that explains a difference takes back what somebody booked for it', async () => {
  await using context = await createPartnerContext()
  await bookOrder(context, 300n)
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
  expect(await standing(context)).toEqual({ suspense: 0n, writtenOff: -300n })
  await refundUnshown(context, '72', '3.00 USD')
  expect(await standing(context)).toEqual({ suspense: 0n, writtenOff: 0n })
})
