import { expect, test } from 'vitest'
import type { FetchedSettlement } from '#app/adapters/shopify/fetched-order.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { recordFetchedOrders } from './record-fetched-orders.server.ts'
import { readTrialBalance } from './trial-balance.server.ts'

const NOTHING: FetchedSettlement = {
  refundedMinor: 0n,
  presentmentRefundedMinor: 0n,
  paidRoundingMinor: 0n,
  refundRoundingMinor: 0n,
}

/** 85.00 EUR sold for 100.00 USD and given back when 85.00 EUR cost 109.68 USD. `inSales`: how Shopify's return sale puts it. */
function refundedOrder(inSales: bigint) {
  const later = [{ at: '2026-03-20T10:00:00.000Z', lineItemId: 10n, netMinor: inSales }]
  const order = makeFetchedOrder({
    orderId: 1n,
    codes: ['MAYA10'],
    lines: [{ lineItemId: 10n, netMinor: 10_000n }],
    later,
  })
  return {
    ...order,
    presentmentCurrency: 'EUR',
    sales: order.sales.map((sale) => ({
      ...sale,
      presentmentCurrency: 'EUR',
      presentmentMinor: sale.totalMinor > 0n ? 8_500n : -8_500n,
    })),
    settled: { ...NOTHING, refundedMinor: 10_968n, presentmentRefundedMinor: 8_500n },
  }
}

async function openMaya() {
  const context = await createPartnerContext()
  const { db, shop } = context
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  await createAgreement(db, shop, maya.id, makeTerms())
  await createCode(db, shop, maya.id, 'MAYA10')
  const record = (order: Parameters<typeof recordFetchedOrders>[3][number]) =>
    db.inShop(shop.id, (tx) =>
      recordFetchedOrders(tx, shop, context.linkSecret, [order], context.clock.now()),
    )
  const books = async () =>
    Object.fromEntries(
      (await readTrialBalance(db, shop.id))
        .filter(({ balanceMinor }) => balanceMinor !== 0n)
        .map(({ account, balanceMinor }) => [account, balanceMinor]),
    )
  return { context, record, books }
}

test('a refund at another rate ends at the same books whether Shopify’s sale is at the rate of the sale or of the day', async () => {
  const { context, record, books } = await openMaya()
  await using _ = context
  const atSale = refundedOrder(-10_000n)
  expect((await record(atSale)).journalsPosted).toBe(3)
  const expected = { receivable: -968n, 'fx-difference': 968n }
  expect(await books()).toEqual(expected)
  expect((await record(atSale)).journalsPosted).toBe(0)

  const other = await openMaya()
  await using __ = other.context
  // Two journals: the return itself says what the rate's movement cost.
  expect((await other.record(refundedOrder(-10_968n))).journalsPosted).toBe(2)
  expect(await other.books()).toEqual(expected)
})

test('an answer that is older than what is stored says nothing of payments', async () => {
  const { context, record, books } = await openMaya()
  await using _ = context
  const order = refundedOrder(-10_000n)
  await record(order)
  const before = await books()
  const stale = { ...order, updatedAt: '2026-03-19T00:00:00.000Z', settled: NOTHING }
  expect((await record(stale)).journalsPosted).toBe(0)
  // Nor does one of the same second that does not know of the refund yet.
  const ofTheSameSecond = { ...order, sales: order.sales.slice(0, 1), settled: NOTHING }
  expect((await record(ofTheSameSecond)).journalsPosted).toBe(0)
  expect(await books()).toEqual(before)
})

test('cash that was rounded stands in its account, payments and refunds each with their sign', async () => {
  const { context, record, books } = await openMaya()
  await using _ = context
  const order = makeFetchedOrder({ orderId: 2n, lines: [{ lineItemId: 20n, netMinor: 10_003n }] })
  await record({ ...order, settled: { ...NOTHING, paidRoundingMinor: 2n } })
  expect(await books()).toEqual({ receivable: 10_005n, 'revenue/product': -10_003n, rounding: -2n })
  await record({ ...order, settled: { ...NOTHING, paidRoundingMinor: 2n, refundRoundingMinor: -1n } })
  expect(await books()).toEqual({ receivable: 10_006n, 'revenue/product': -10_003n, rounding: -3n })
})
