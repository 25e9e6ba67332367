import { expect, test } from 'vitest'
import { loadDropFacts } from '#app/adapters/db/drop-facts.ts'
import { saveAppDiscount } from '#app/adapters/shopify/app-discount.ts'
import type { ClaimRow } from '#app/domain/drops/claim-log.ts'
import { localOf } from '#app/domain/drops/timeline.ts'
import { adjustInventory } from '#sandbox/commerce/adjust-inventory.ts'
import { createProduct } from '#sandbox/commerce/create-product.ts'
import { createShop } from '#sandbox/commerce/create-shop.ts'
import { setFaults } from '#sandbox/graphql/faults.ts'
import { installApp } from '#sandbox/oauth/install.ts'
import { createDrop } from '#tests/factories/live-drops.ts'
import { openHouseInProcess, startQuietSandbox } from '#tests/harness/house-in-process.ts'
import { checkEnds } from './check-ends.server.ts'
import { watchDrops } from './watch-drops.server.ts'

const SHOP = 'lumen-atelier.myshopify.com'
const MINUTE = 60_000

/** A drop of one ring of which nine are there; it opened five minutes ago and lasts twenty. */
async function openLiveDrop(given: { price?: { kind: 'percent'; bps: number } } = {}) {
  const running = await startQuietSandbox()
  const { sandbox } = running
  createShop(sandbox, {
    domain: SHOP,
    name: 'Lumen Atelier',
    email: 'hello@lumen-atelier.example',
    currency: 'USD',
    timeZone: 'America/New_York',
    country: 'US',
  })
  const made = createProduct(sandbox, SHOP, {
    title: 'Moon ring',
    variants: [{ price: '120.00', available: 9 }],
  })
  if (!made.ok) throw new Error(made.message)
  installApp(sandbox, SHOP)
  const variant = made.product.variants[0]
  const locationId = Object.keys(sandbox.shop(SHOP).locations)[0] ?? ''
  if (!variant) throw new Error('no variant')
  const now = sandbox.clock.now().getTime()
  const house = await openHouseInProcess(running, new Date(now).toISOString())
  const shopId = await house.install(SHOP)
  const context = await house.context(shopId)
  const drop = await createDrop(house.db, context.shop, {
    variants: [BigInt(variant.id)],
    items: [BigInt(variant.inventoryItemId)],
    products: [BigInt(made.product.id)],
    opensAt: new Date(now - 5 * MINUTE).toISOString(),
    closesAt: new Date(now + 15 * MINUTE).toISOString(),
    price: given.price ?? null,
  })
  await watchDrops(context)
  let heard = running.webhooks.deliveries().length
  return {
    running,
    house,
    context,
    drop,
    product: made.product,
    moveTo: (ms: number) => house.clock.moveTo(new Date(now + ms).toISOString()),
    setStock(available: number) {
      const item = { inventoryItemId: variant.inventoryItemId, locationId }
      const adjusted = adjustInventory(sandbox, SHOP, { ...item, quantity: available })
      if (!adjusted.ok) throw new Error(adjusted.message)
    },
    /** So that the sandbox tells another time. */
    later: () => new Promise((resolve) => setTimeout(resolve, 5)),
    /** What Shopify has sent since the last call, not yet received. */
    told() {
      const fresh = running.webhooks.deliveries().slice(heard)
      heard += fresh.length
      return fresh
    },
    async receive(deliveries: Parameters<typeof house.receive>[0][]) {
      for (const delivery of deliveries) await house.receive(delivery)
      await house.drain(shopId)
    },
    async log() {
      const rows = await house.db.inShop(shopId, (tx) => tx.claim.findMany({ orderBy: { seq: 'asc' } }))
      return rows.map((row) => JSON.parse(row.body) as ClaimRow).map(({ event, kind }) => `${event} ${kind}`)
    },
    facts: () => house.db.inShop(shopId, (tx) => loadDropFacts(tx, shopId, drop.id)),
    async [Symbol.asyncDispose]() {
      await house[Symbol.asyncDispose]()
      await running.stop()
    },
  }
}

test('stock that webhooks tell of is claimed in the transaction that keeps it', async () => {
  await using live = await openLiveDrop()
  expect(await live.log()).toEqual(['shown ends'])
  live.setStock(4)
  await live.receive(live.told())
  live.setStock(1)
  await live.later()
  live.setStock(0)
  await live.receive(live.told())
  expect(await live.log()).toEqual([
    'shown ends',
    'shown low_stock',
    'ended low_stock',
    'shown last_pieces',
    'ended last_pieces',
    'shown sold_out',
  ])
})

test('webhooks that come twice, late or in the wrong order claim nothing that does not hold', async () => {
  await using live = await openLiveDrop()
  for (const available of [6, 4, 3]) {
    live.setStock(available)
    await live.later()
  }
  const told = live.told()
  await live.receive([...told, ...told].reverse())
  expect((await live.facts())?.facts.stocks[0]?.locations).toMatchObject([{ available: 3 }])
  const twice = told.map((delivery) => ({ ...delivery, eventId: `${delivery.eventId}-again` }))
  const before = await live.log()
  await live.receive(twice.reverse())
  expect(await live.log()).toEqual(before)
  expect(before.filter((line) => line.startsWith('shown')).at(-1)).toBe('shown low_stock')
})

test('of two counts of one moment nothing is guessed: Shopify is asked at once', async () => {
  await using live = await openLiveDrop()
  live.setStock(4)
  const [told] = live.told()
  if (!told) throw new Error('nothing was told')
  const other = {
    ...told,
    eventId: 'another',
    body: String(told.body).replace('"available":4', '"available":1'),
  }
  await live.receive([told, other])
  expect(await live.log()).toEqual(['shown ends', 'shown low_stock'])
  const due = await live.house.db.workDue(live.house.clock.now(), 10)
  expect(due.map(({ kind }) => kind)).toContain('watch-drops')
})

test('lost webhooks are made up for by asking: at the next look, a quarter of a minute later', async () => {
  await using live = await openLiveDrop()
  const due = await live.house.db.workDue(new Date(live.house.clock.now().getTime() + 15_000), 10)
  expect(due.map(({ kind }) => kind)).toContain('watch-drops')
  live.setStock(2)
  live.moveTo(15_000)
  expect(await watchDrops(live.context)).toEqual({ ok: true, watched: 1 })
  expect(await live.log()).toEqual(['shown ends', 'shown last_pieces'])
})

test('while Shopify does not answer nothing is confirmed, the claims end as they grow stale, and looks go on', async () => {
  await using live = await openLiveDrop()
  live.setStock(2)
  await watchDrops(live.context)
  setFaults(live.running.sandbox, { graphqlErrorRate: 1 })
  live.moveTo(61_000)
  await expect(watchDrops(live.context)).resolves.toMatchObject({ ok: false })
  expect(await live.log()).toEqual(['shown ends', 'shown last_pieces', 'ended last_pieces'])
  const due = await live.house.db.workDue(new Date(live.house.clock.now().getTime() + 15_000), 10)
  expect(due.map(({ kind }) => kind)).toContain('watch-drops')
})

test('with the close everything ends, and the end is looked at three times', async () => {
  await using live = await openLiveDrop()
  live.setStock(2)
  await watchDrops(live.context)
  live.moveTo(15 * MINUTE)
  await watchDrops(live.context)
  expect(await live.log()).toEqual(['shown ends', 'shown last_pieces', 'ended ends', 'ended last_pieces'])
  const checks = () =>
    live.house.db.inShop(live.context.shop.id, (tx) =>
      tx.claimCheck.findMany({ orderBy: { checkedAt: 'asc' }, select: { name: true, verdict: true } }),
    )
  expect(await checkEnds(live.context)).toEqual({ ok: true, checked: 0 })
  live.product.status = 'DRAFT'
  for (const minutes of [16, 16, 15 + 24 * 60, 15 + 7 * 24 * 60]) {
    live.moveTo(minutes * MINUTE)
    expect(await checkEnds(live.context)).toMatchObject({ ok: true })
  }
  expect(await checks()).toEqual([
    { name: 'one_minute', verdict: 'ended' },
    { name: 'one_day', verdict: 'ended' },
    { name: 'seven_days', verdict: 'ended' },
  ])
})

test('an end that was none is told to the merchant, and so is the same piece in a drop soon after', async () => {
  await using live = await openLiveDrop({ price: { kind: 'percent', bps: 1500 } })
  const { shop } = live.context
  const alerts = () =>
    live.house.db.inShop(shop.id, (tx) => tx.alert.findMany({ where: { kind: 'claim_untrue' } }))
  await createDrop(live.house.db, shop, {
    handle: 'again',
    status: 'scheduled',
    variants: [BigInt(live.product.variants[0]?.id ?? 0)],
    products: [BigInt(live.product.id)],
    opensAt: new Date(live.drop.closesAt.getTime() + 86_400_000).toISOString(),
    closesAt: new Date(live.drop.closesAt.getTime() + 90_000_000).toISOString(),
  })
  live.moveTo(16 * MINUTE)
  await checkEnds(live.context)
  expect(await alerts()).toMatchObject([{ facts: { check: 'one_minute', verdict: 'ended', similar: 1 } }])
})

test('a price that goes on after the close is found, and that of another drop is not mistaken for it', async () => {
  await using live = await openLiveDrop({ price: { kind: 'percent', bps: 1500 } })
  const { shopify, shop } = live.context
  const tellPrice = async (drop: string) => {
    // New York, an hour around now.
    const local = (ms: number) =>
      localOf(new Date(live.drop.closesAt.getTime() + ms).toISOString(), shop.timeZone)
    const windows = { s0a: local(-MINUTE), s0b: local(60 * MINUTE) }
    const value = { windows, prices: [{ drop, title: drop, products: [], slots: [0], bps: 1500 }] }
    const saved = await saveAppDiscount(shopify, {
      title: 'Drop prices',
      functionHandle: 'drop-price',
      // By the clock of the sandbox, which stands still before the close.
      startsAt: new Date(live.drop.closesAt.getTime() - 60 * MINUTE),
      endsAt: new Date(live.drop.closesAt.getTime() + 60 * MINUTE),
      metafields: Object.entries(value).map(([key, each]) => ({
        namespace: '$app',
        key,
        type: 'json',
        value: JSON.stringify(each),
      })),
    })
    expect(saved).toMatchObject({ ok: true })
  }
  const observed = async () => {
    const checks = await live.house.db.inShop(shop.id, (tx) =>
      tx.claimCheck.findMany({ orderBy: { checkedAt: 'asc' } }),
    )
    return checks.map(({ verdict, observations }) => [
      verdict,
      (observations as Array<{ isPriceReduced: boolean }>)[0]?.isPriceReduced,
    ])
  }
  await tellPrice(live.drop.handle)
  live.moveTo(16 * MINUTE)
  await checkEnds(live.context)
  // Reduced still, and no rule at the checkout keeps anybody from it.
  expect(await observed()).toEqual([['continues', true]])
  await tellPrice('another-drop')
  // What goes on is an answer; the next look is a day later.
  live.moveTo(15 * MINUTE + 86_400_000)
  await checkEnds(live.context)
  expect((await observed()).at(-1)).toEqual(['ended', false])
})
