// A shop with booked history: two creators, orders over three months, a refund, and what closing made of them. Everything is booked by the
// use cases themselves, so readers are tested against what really stands in the tables.

import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { recordFetchedOrders } from '#app/features/ledger/record-fetched-orders.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { createAgreement, createCode, createCreator, makeTerms } from './creator.ts'
import { type FetchedOrderInput, makeFetchedOrder } from './fetched-order.ts'
import type { PartnerTestContext } from './partner-context.ts'

/** Books orders as if they had just been fetched from Shopify. */
export async function bookOrders(
  ctx: Pick<PartnerTestContext, 'db' | 'shop' | 'linkSecret' | 'clock'>,
  orders: FetchedOrderInput[],
): Promise<void> {
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    recordFetchedOrders(tx, ctx.shop, ctx.linkSecret, orders.map(makeFetchedOrder), ctx.clock.now()),
  )
}

export interface BookedShop {
  maya: { id: string; name: string }
  noah: { id: string; name: string }
}

/**
 * Maya promotes with code MAYA10 for 10 %; Noah designed product 2 for 5 %. The clock ends at 4 May 2026 in New York, with March and April
 * closed:
 * - #1 10 March, Maya: net 90.00, list 100.00, tax 7.20. Royalty 9.00.
 * - #2 12 March, product 2 by code: net 200.00 for both: Maya 20.00, Noah 10.00; half of it returned on 2 April.
 * - #3 15 April, nobody's: net 50.00.
 * - #4 2 May, Maya: net 30.00. Royalty 3.00, in its return window.
 */
export async function createBookedShop(ctx: PartnerTestContext): Promise<BookedShop> {
  const { db, shop, clock } = ctx
  const maya = await createCreator(db, shop, { name: 'Maya Linden', handle: 'MAYA' })
  const noah = await createCreator(db, shop, { name: 'Noah Okafor', handle: 'NOAH' })
  await createAgreement(db, shop, maya.id)
  const owner = makeTerms({
    role: 'design_owner',
    shareBps: 500,
    scope: { kind: 'products', productIds: ['2'] },
  })
  await createAgreement(db, shop, noah.id, owner)
  await createCode(db, shop, maya.id, 'MAYA10')

  const first: FetchedOrderInput = {
    orderId: 1n,
    placedAt: '2026-03-10T15:00:00.000Z',
    codes: ['MAYA10'],
    lines: [{ lineItemId: 11n, netMinor: 9000n, discountMinor: 1000n, taxMinor: 720n }],
  }
  const second: FetchedOrderInput = {
    orderId: 2n,
    placedAt: '2026-03-12T15:00:00.000Z',
    codes: ['MAYA10'],
    lines: [{ lineItemId: 21n, productId: 2n, netMinor: 20_000n, quantity: 2 }],
  }
  clock.moveTo('2026-03-20T12:00:00Z')
  await bookOrders(ctx, [first, second])
  clock.moveTo('2026-04-01T05:00:00Z')
  await closePeriods(ctx)
  clock.moveTo('2026-04-20T12:00:00Z')
  await bookOrders(ctx, [
    { ...second, later: [{ at: '2026-04-02T15:00:00.000Z', lineItemId: 21n, netMinor: -10_000n }] },
    { orderId: 3n, placedAt: '2026-04-15T15:00:00.000Z', lines: [{ lineItemId: 31n, netMinor: 5000n }] },
  ])
  await matureHolds(ctx)
  clock.moveTo('2026-05-01T05:00:00Z')
  await closePeriods(ctx)
  clock.moveTo('2026-05-04T15:00:00Z')
  await bookOrders(ctx, [
    {
      orderId: 4n,
      placedAt: '2026-05-02T15:00:00.000Z',
      codes: ['MAYA10'],
      lines: [{ lineItemId: 41n, netMinor: 3000n }],
    },
  ])
  return { maya, noah }
}
