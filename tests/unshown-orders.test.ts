// A refund of an order that Shopify no longer shows (older than sixty days, without read_all_orders): never lost, never guessed.
import { expect, test } from 'vitest'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { createJobHandlers } from '#app/jobs/handlers.ts'
import { readAppScopes } from '#sandbox/oauth/app-scopes.ts'
import { grantScopes } from '#sandbox/oauth/install.ts'
import { createPartners } from './factories/partners.ts'
import { type HouseInProcess, openHouseInProcess, startQuietSandbox } from './harness/house-in-process.ts'
import { alertedOrders, balancesByOrder } from './money-events/books-by-order.ts'
import { EVENT_SHOP, moveClock, openEventShop, TWO_CHAINS_WITH_CODE } from './money-events/event-shop.ts'

const SHOWN = readAppScopes('shopify.app.toml')
const RECENT_ONLY = SHOWN.filter((scope) => scope !== 'read_all_orders')
const HELD = { 'royalty-expense': 1125, 'ines/held': -1125 }

test('a late refund stands in suspense with alerts, once, until Shopify shows the order again', async () => {
  const running = await startQuietSandbox()
  await using house = await openHouseInProcess(running, '2026-01-10T12:00:00Z')
  try {
    const { sandbox } = running
    const shop = openEventShop(sandbox)
    const shopId = await house.install(EVENT_SHOP)
    await createPartners(house.db, (await house.context(shopId)).shop, shop.ringId)
    const [event, foreign] = [shop.forEvent(), shop.forEvent()]
    moveClock(sandbox, 0, 0)
    event.place(TWO_CHAINS_WITH_CODE)
    foreign.place(TWO_CHAINS_WITH_CODE, { presentment: { currency: 'EUR', rate: '0.9' } })
    await hearNews(house, running, shopId)

    house.clock.moveTo(moveClock(sandbox, 0, 100))
    grantScopes(sandbox, EVENT_SHOP, RECENT_ONLY)
    event.refundLine(1)
    const refund = await hearNews(house, running, shopId)
    const { id } = event.order
    const suspended = { receivable: 4860, tax: -720, 'revenue/product': -9000, suspense: 4860, ...HELD }
    const books = async () => (await balancesByOrder(house.db, shopId)).get(id)
    expect(await books()).toEqual(suspended)
    expect(await alertedOrders(house.db, shopId, 'orders_not_found')).toEqual([id])
    expect(await alertedOrders(house.db, shopId, 'order_does_not_tie_out')).toEqual([id])

    // The same refund under another event, and any other webhook of the order, add nothing.
    for (const delivery of refund)
      await house.receive({
        ...delivery,
        webhookId: `${delivery.webhookId}-2`,
        eventId: `${delivery.eventId}-2`,
      })
    await house.drain(shopId)
    expect(await books()).toEqual(suspended)
    // A second refund adds its own.
    house.clock.moveTo(moveClock(sandbox, 0, 101))
    event.refund({ amount: '8.00' })
    await hearNews(house, running, shopId)
    expect(await books()).toEqual({ ...suspended, receivable: 4060, suspense: 5660 })
    expect(await verifyLedger(house.db, shopId)).toMatchObject({ ok: true, findings: [] })

    grantScopes(sandbox, EVENT_SHOP, SHOWN)
    await createJobHandlers(house.services)['reconcile-orders']({ shopId }, { id: 'walk', attempt: 1 })
    expect(await books()).toEqual({
      receivable: 4060,
      tax: -360,
      'revenue/product': -4500,
      adjustments: 800,
      'royalty-expense': 563,
      'ines/held': -563,
    })
    expect(await alertedOrders(house.db, shopId, 'orders_not_found')).toEqual([])
    expect(await alertedOrders(house.db, shopId, 'order_does_not_tie_out')).toEqual([])
    expect(await verifyLedger(house.db, shopId)).toMatchObject({ ok: true, findings: [] })
  } finally {
    await running.stop()
  }
}, 180_000)

test('an order that nobody here has heard of is an alert, and no money', async () => {
  const running = await startQuietSandbox()
  await using house = await openHouseInProcess(running, '2026-04-20T12:00:00Z')
  try {
    const { sandbox } = running
    const shop = openEventShop(sandbox)
    const shopId = await house.install(EVENT_SHOP)
    const event = shop.forEvent()
    moveClock(sandbox, 0, 0)
    event.place(TWO_CHAINS_WITH_CODE)
    running.webhooks.clear()
    moveClock(sandbox, 0, 100)
    grantScopes(sandbox, EVENT_SHOP, RECENT_ONLY)
    event.refundLine(1)
    await hearNews(house, running, shopId)
    expect(await balancesByOrder(house.db, shopId)).toEqual(new Map())
    expect(await alertedOrders(house.db, shopId, 'orders_not_found')).toEqual([event.order.id])
  } finally {
    await running.stop()
  }
}, 180_000)

async function hearNews(
  house: HouseInProcess,
  running: Awaited<ReturnType<typeof startQuietSandbox>>,
  shopId: number,
) {
  const told = running.webhooks.deliveries().filter(({ topic }) => /^(orders|refunds)\//.test(topic))
  running.webhooks.clear()
  for (const delivery of told) expect(await house.receive(delivery)).toMatchObject({ ok: true })
  await house.drain(shopId)
  return told
}
