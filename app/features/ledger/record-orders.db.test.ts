import { expect, test } from 'vitest'
import { raiseAlert } from '#app/adapters/db/alert-store.ts'
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { recordOrders } from './record-orders.server.ts'
import { unshownKey } from './record-unshown-orders.server.ts'

/** As Shopify shows it: nothing was sold yet. */
function bareOrder(id: number) {
  const money = { amount: '0.00', currencyCode: 'USD' }
  const both = { shopMoney: money, presentmentMoney: money }
  return {
    __typename: 'Order',
    id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    processedAt: '2026-05-01T10:00:00Z',
    updatedAt: '2026-05-01T10:00:00Z',
    cancelledAt: null,
    test: false,
    currencyCode: 'USD',
    presentmentCurrencyCode: 'USD',
    currentTotalPriceSet: both,
    totalRefundedSet: both,
    totalCashRoundingAdjustment: { paymentSet: both, refundSet: both },
    displayFinancialStatus: 'PENDING',
    discountCodes: [],
    customAttributes: [],
    customer: null,
    agreements: { nodes: [], pageInfo: { hasNextPage: false } },
  }
}

test('an order that one worker is shown while another is not: neither stands in the other’s way', async () => {
  await using context = await createPartnerContext()
  const { db, shop, clock } = context
  const alert = {
    shopId: shop.id,
    key: unshownKey(1n),
    kind: 'orders_not_found' as const,
    severity: 'critical' as const,
    facts: { orderId: '1', orderName: null },
    raisedAt: clock.now(),
  }
  await db.inShop(shop.id, (tx) => raiseAlert(tx, alert))
  context.shopifyAnswers.push({ ok: true, data: { nodes: [bareOrder(1)] } } as never)
  let shown: ReturnType<typeof recordOrders> | undefined
  await db.inShop(shop.id, async (tx) => {
    await lockLedger(tx, shop.id)
    shown = recordOrders(context, [1n])
    shown.catch(() => {})
    await expect.poll(() => waitersFor(context), { timeout: 10_000 }).toBe(1)
    await raiseAlert(tx, alert)
  })
  expect(await shown).toMatchObject({ ok: true, notShown: 0 })
  const standing = await db.inShop(shop.id, (tx) => tx.alert.findFirstOrThrow({ where: { key: alert.key } }))
  expect(standing.resolvedAt).not.toBeNull()
})

async function waitersFor({ db }: Awaited<ReturnType<typeof createPartnerContext>>): Promise<number> {
  const { rows } = await db.pool.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows[0]?.waiting ?? 0
}
