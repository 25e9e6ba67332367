// A limit for each customer from one order to the next: counted from the books, written on the customer, kept by the sandbox's checkout.
import { expect, test } from 'vitest'
import { QUEUE_SCHEMA } from '#app/adapters/queue/prepare-queue-tables.ts'
import { createJobHandlers } from '#app/jobs/handlers.ts'
import { refundOrder } from '#sandbox/commerce/refund-order.ts'
import { tryToBuy } from '#sandbox/demo/buy-on-storefront.ts'
import { expandAppNamespace } from '#sandbox/graphql/app-identity.ts'
import { metafieldsOf } from '#sandbox/graphql/resolvers/metafield.ts'
import { DROP_SHOP, minutes, openDropStage, planOf, playUntil, scheduleDrop } from '#tests/factories/drops.ts'
import { redactCustomer } from '../privacy/redact-customer.server.ts'
import { countBought } from './count-bought.server.ts'

const ADA = { email: 'ada@post.example', firstName: 'Ada', lastName: 'Moss' }
const BEN = { email: 'ben@post.example', firstName: 'Ben', lastName: 'Roe' }

async function openLimitedDrop(limitPerCustomer: number | null = 2) {
  const stage = await openDropStage()
  const { id: dropId } = await scheduleDrop(stage, planOf(stage, { limitPerCustomer }))
  const { context, house, running, pieces } = stage
  const handlers = createJobHandlers(house.services)
  const state = running.sandbox.shops[DROP_SHOP]
  if (!state) throw new Error('no shop')
  const moveTo = async (minute: number) => {
    running.sandbox.clock.setOffset(minutes(minute).getTime() - Date.now())
    await playUntil(stage, dropId, minute)
  }
  const customerOf = (email: string) =>
    Object.values(state.customers).find((customer) => customer.email === email)
  const fieldOf = (email: string) =>
    metafieldsOf(state, `gid://shopify/Customer/${customerOf(email)?.id}`).find(
      ({ namespace, key }) => namespace === expandAppNamespace('$app') && key === 'bought',
    )
  await moveTo(-300)
  await moveTo(0)
  return {
    stage,
    dropId,
    moveTo,
    fieldOf,
    pieces,
    async buy(buyer: typeof ADA, quantity = 1, piece = 0) {
      const signedIn = customerOf(buyer.email) !== undefined
      const variantId = pieces[piece]?.variantId ?? ''
      const storefront = `${running.url}/storefront/lumen-atelier`
      const bought = await tryToBuy(storefront, { variantId, quantity, buyer, signedIn })
      return bought.ok ? BigInt(bought.orderId) : bought.message
    },
    /** What Shopify tells of orders reaches the books; returns the orders whose customers are to be counted. */
    async hear() {
      const told = running.webhooks.deliveries().filter(({ topic }) => /^(orders|refunds)\//.test(topic))
      running.webhooks.clear()
      for (const delivery of told) expect(await house.receive(delivery)).toMatchObject({ ok: true })
      await house.drain(context.shop.id)
      return told.length
    },
    /** Every job that waits, as a worker does it. */
    async count() {
      const waiting = await context.queue.waiting(['count-bought'])
      const keys = [...(waiting.get('count-bought') ?? [])]
      for (const key of keys)
        await handlers['count-bought'](
          { shopId: context.shop.id, orderId: key.split('/')[1] ?? '' },
          { id: 'job', attempt: 1 },
        )
      await house.db.pool.query(`delete from ${QUEUE_SCHEMA}.job where name = 'count-bought'`)
      return keys.length
    },
    async [Symbol.asyncDispose]() {
      await stage[Symbol.asyncDispose]()
    },
  }
}

type LimitedDrop = Awaited<ReturnType<typeof openLimitedDrop>>

function refund({ stage }: LimitedDrop, orderId: bigint) {
  const refunded = refundOrder(stage.running.sandbox, DROP_SHOP, String(orderId), { full: true })
  if (!refunded.ok) throw new Error('not refunded')
}

test('what a customer bought counts in the next order, of all pieces of the drop together, and comes back with a refund', async () => {
  await using drop = await openLimitedDrop(2)
  const first = await drop.buy(ADA)
  await drop.hear()
  expect(await drop.count()).toBe(1)
  expect(drop.fieldOf(ADA.email)?.value).toBe('{"rose-signet":1}')
  expect(await drop.buy(ADA, 2)).toMatch(/You have already bought 1/)
  expect(await drop.buy(ADA, 1, 1)).toEqual(expect.any(BigInt))
  await drop.hear()
  await drop.count()
  expect(drop.fieldOf(ADA.email)?.value).toBe('{"rose-signet":2}')
  expect(await drop.buy(ADA)).toMatch(/You have already bought 2/)
  expect(await drop.buy(BEN, 2)).toEqual(expect.any(BigInt))
  refund(drop, first as bigint)
  await drop.hear()
  await drop.count()
  expect(drop.fieldOf(ADA.email)?.value).toBe('{"rose-signet":1}')
  expect(drop.fieldOf(BEN.email)?.value).toBe('{"rose-signet":2}')
  expect(await drop.buy(ADA)).toEqual(expect.any(BigInt))
  expect(drop.stage.house.logged.join()).not.toContain('post.example')
}, 180_000)

test('counted twice, late, or while another worker writes, it ends in the same figure', async () => {
  await using drop = await openLimitedDrop(5)
  const { context } = drop.stage
  const orders = [await drop.buy(ADA), await drop.buy(ADA), await drop.buy(ADA)] as bigint[]
  await drop.hear()
  const counts = await Promise.all(orders.map((orderId) => countBought(context, orderId)))
  expect(counts.filter((outcome) => outcome.ok && outcome.changed)).toHaveLength(1)
  for (const orderId of orders)
    expect(await countBought(context, orderId)).toEqual({ ok: true, changed: false })
  expect(drop.fieldOf(ADA.email)?.value).toBe('{"rose-signet":3}')
  // Somebody else's hand on it is put right with the next count.
  const field = drop.fieldOf(ADA.email)
  if (field) field.value = '{"rose-signet":1}'
  expect(await countBought(context, orders[0] as bigint)).toEqual({ ok: true, changed: true })
  expect(drop.fieldOf(ADA.email)?.value).toBe('{"rose-signet":3}')
}, 180_000)

test('a drop without a limit writes nothing on anybody', async () => {
  await using drop = await openLimitedDrop(null)
  expect(await drop.buy(ADA)).toEqual(expect.any(BigInt))
  await drop.hear()
  expect(await drop.count()).toBe(0)
  expect(drop.fieldOf(ADA.email)).toBeUndefined()
}, 120_000)

test('what was bought before the drop opened does not count', async () => {
  await using drop = await openLimitedDrop(1)
  const { running, house } = drop.stage
  const ordinary = await drop.buy(ADA)
  await drop.hear()
  await drop.count()
  expect(drop.fieldOf(ADA.email)?.value).toBe('{"rose-signet":1}')
  // The same sale a minute before the opening.
  await house.db.inShop(drop.stage.context.shop.id, (tx) =>
    tx.act.updateMany({ where: { dropId: drop.dropId, kind: 'open' }, data: { at: minutes(1) } }),
  )
  running.webhooks.clear()
  expect(await countBought(drop.stage.context, ordinary as bigint)).toEqual({ ok: true, changed: true })
  expect(drop.fieldOf(ADA.email)).toBeUndefined()
}, 120_000)

test('a week after the close it is taken off the customers, and of a redacted one at once', async () => {
  await using drop = await openLimitedDrop(2)
  const { context } = drop.stage
  const { db, shop } = context
  await drop.buy(ADA)
  const bens = (await drop.buy(BEN)) as bigint
  await drop.hear()
  await drop.count()
  expect(drop.fieldOf(BEN.email)?.value).toBe('{"rose-signet":1}')
  const { customerKey } = await db.inShop(shop.id, (tx) =>
    tx.order.findFirstOrThrow({ where: { orderId: bens } }),
  )
  const at = context.clock.now()
  const { countAgain } = await db.inShop(shop.id, (tx) =>
    redactCustomer(tx, {
      shopId: shop.id,
      facts: { customerKey, orderIds: [] },
      receivedAt: at,
      now: at,
    }),
  )
  expect(countAgain).toEqual([bens])
  expect(await countBought(context, bens)).toEqual({ ok: true, changed: true })
  expect(drop.fieldOf(BEN.email)).toBeUndefined()
  expect(drop.fieldOf(ADA.email)?.value).toBe('{"rose-signet":1}')

  for (const minute of [6, 12, 20, 21, 60]) await drop.moveTo(minute)
  expect(await drop.count()).toBe(0)
  await drop.moveTo(20 + 7 * 24 * 60 - 1)
  expect(drop.fieldOf(ADA.email)?.value).toBe('{"rose-signet":1}')
  await drop.moveTo(20 + 7 * 24 * 60 + 1)
  expect(await drop.count()).toBe(1)
  expect(drop.fieldOf(ADA.email)).toBeUndefined()
}, 180_000)
