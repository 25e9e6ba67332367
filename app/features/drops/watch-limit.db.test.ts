// Several names, one customer: what the merchant is told of a limited drop's orders, and what is never done.
import { expect, test } from 'vitest'
import { QUEUE_SCHEMA } from '#app/adapters/queue/prepare-queue-tables.ts'
import { createJobHandlers } from '#app/jobs/handlers.ts'
import { refundOrder } from '#sandbox/commerce/refund-order.ts'
import { type Buyer, tryToBuy } from '#sandbox/demo/buy-on-storefront.ts'
import { DROP_SHOP, minutes, openDropStage, planOf, playUntil, scheduleDrop } from '#tests/factories/drops.ts'
import { redactCustomer } from '../privacy/redact-customer.server.ts'
import { watchLimit } from './watch-limit.server.ts'

const person = (email: string, address?: string): Buyer => ({
  email,
  firstName: 'A',
  lastName: 'Buyer',
  ...(address && { address }),
})

async function openLimitedDrop(limitPerCustomer: number | null) {
  const stage = await openDropStage()
  const { id: dropId } = await scheduleDrop(stage, planOf(stage, { limitPerCustomer }))
  const { context, house, running, pieces } = stage
  const { db, shop } = context
  const handlers = createJobHandlers(house.services)
  const moveTo = async (minute: number) => {
    running.sandbox.clock.setOffset(minutes(minute).getTime() - Date.now())
    await playUntil(stage, dropId, minute)
  }
  await moveTo(-300)
  await moveTo(0)
  return {
    stage,
    context,
    dropId,
    moveTo,
    async buy(buyer: Buyer) {
      const variantId = pieces[0]?.variantId ?? ''
      const bought = await tryToBuy(`${running.url}/storefront/lumen-atelier`, { variantId, buyer })
      if (!bought.ok) throw new Error(bought.message)
      return bought.orderId
    },
    /** What Shopify tells is booked, and what is asked for then is done. */
    async hear() {
      const told = running.webhooks.deliveries().filter(({ topic }) => /^(orders|refunds)\//.test(topic))
      running.webhooks.clear()
      for (const delivery of told) expect(await house.receive(delivery)).toMatchObject({ ok: true })
      await house.drain(shop.id)
      const waiting = await context.queue.waiting(['count-bought'])
      for (const key of waiting.get('count-bought') ?? [])
        await handlers['count-bought'](
          { shopId: shop.id, orderId: key.split('/')[1] ?? '' },
          { id: 'job', attempt: 1 },
        )
      await db.pool.query(`delete from ${QUEUE_SCHEMA}.job where name = 'count-bought'`)
    },
    async alerts() {
      const found = await db.inShop(shop.id, (tx) =>
        tx.alert.findMany({ where: { kind: 'limit_passed', resolvedAt: null }, orderBy: { key: 'asc' } }),
      )
      return found.map(({ facts }) => facts)
    },
    traces: () => db.inShop(shop.id, (tx) => tx.dropOrderTrace.findMany({ orderBy: { orderId: 'asc' } })),
    nameOf: (orderId: string) => running.sandbox.shops[DROP_SHOP]?.orders[orderId]?.name,
    async [Symbol.asyncDispose]() {
      await stage[Symbol.asyncDispose]()
    },
  }
}

test('orders that share a door or a mailbox and pass the limit together are told with their names, once, and nothing is cancelled', async () => {
  await using drop = await openLimitedDrop(2)
  const one = await drop.buy(person('ada@post.example', '12 Harbour Road'))
  const two = await drop.buy(person('ada+2@post.example', '7 Elm St'))
  await drop.buy(person('ben@post.example', '13 Harbour Road'))
  await drop.hear()
  expect(await drop.alerts()).toEqual([])
  const three = await drop.buy(person('moss@mail.example', 'Harbour Rd. 12'))
  await drop.hear()
  await drop.hear()
  const told = {
    dropId: drop.dropId,
    title: 'Rose signet',
    limit: 2,
    pieces: 3,
    orders: [one, two, three].map(drop.nameOf).join(', '),
    by: 'address, email',
  }
  expect(await drop.alerts()).toEqual([told])
  const orders = Object.values(drop.stage.running.sandbox.shops[DROP_SHOP]?.orders ?? {})
  expect(orders.map(({ cancelledAt }) => cancelledAt)).toEqual([null, null, null, null])
  // What came back does not count any more.
  expect(refundOrder(drop.stage.running.sandbox, DROP_SHOP, two, { full: true }).ok).toBe(true)
  await drop.hear()
  expect(await drop.alerts()).toEqual([])
}, 180_000)

test('digests are kept and nobody’s address; they mean nothing in another drop, and go with the person and with the drop', async () => {
  await using drop = await openLimitedDrop(1)
  const { context } = drop
  const ada = await drop.buy(person('ada@post.example', '12 Harbour Road'))
  await drop.buy(person('ada+2@post.example', '12 Harbour Road'))
  await drop.hear()
  const traces = await drop.traces()
  expect(traces.map(({ kind }) => kind).sort()).toEqual(['address', 'address', 'email', 'email'])
  expect(new Set(traces.map(({ digest }) => digest)).size).toBe(2)
  const kept = JSON.stringify([
    await drop.alerts(),
    traces.map(({ digest }) => digest),
    drop.stage.house.logged,
  ])
  expect(kept).not.toMatch(/harbour|post\.example|04101/i)
  const at = context.clock.now()
  await context.db.inShop(context.shop.id, (tx) =>
    redactCustomer(tx, {
      shopId: context.shop.id,
      facts: { orderIds: [ada] },
      receivedAt: at,
      now: at,
    }),
  )
  expect((await drop.traces()).some(({ orderId }) => String(orderId) === ada)).toBe(false)
  for (const minute of [6, 12, 20, 21, 60]) await drop.moveTo(minute)
  expect(await drop.traces()).not.toEqual([])
  expect(await drop.alerts()).toHaveLength(1)
  await drop.moveTo(20 + 7 * 24 * 60 + 1)
  expect(await drop.traces()).toEqual([])
  expect(await drop.alerts()).toEqual([])
}, 180_000)

test('two orders of one customer in the same moment are found without any address; a drop without a limit keeps nothing', async () => {
  await using drop = await openLimitedDrop(1)
  const orders = [await drop.buy(person('ada@post.example')), await drop.buy(person('ada@post.example'))]
  await drop.hear()
  expect(await drop.alerts()).toMatchObject([{ pieces: 2, by: expect.stringContaining('customer') }])
  const other = { ...drop.context, shop: { ...drop.context.shop, id: drop.context.shop.id + 1 } }
  expect(await watchLimit(other, BigInt(orders[0] ?? ''))).toEqual({ ok: true, alerts: 0 })

  await using free = await openLimitedDrop(null)
  await free.buy(person('ada@post.example'))
  await free.hear()
  expect(await free.traces()).toEqual([])
}, 180_000)
