// Shopify signs bodies, not headers. What a genuine body does under another shop's name, for topics whose body names no shop.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createShop } from '#sandbox/commerce/create-shop.ts'
import { grantScopes, installApp, requestShopRedact, uninstallApp } from '#sandbox/oauth/install.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import { createPartners } from './factories/partners.ts'
import { BUSY_SHOP, openBusyShop } from './harness/busy-shop.ts'
import {
  type HouseInProcess,
  type KeptDelivery,
  openHouseInProcess,
  startQuietSandbox,
} from './harness/house-in-process.ts'

const OTHER_SHOP = 'ember-forge.myshopify.com'
let sandbox: RunningSandbox
let house: HouseInProcess
let busy: number
let other: number

beforeEach(async () => {
  sandbox = await startQuietSandbox()
  const { products, trade } = openBusyShop(sandbox.sandbox, 3)
  createShop(sandbox.sandbox, {
    domain: OTHER_SHOP,
    name: 'Ember Forge',
    email: 'hello@ember-forge.example',
    currency: 'USD',
    timeZone: 'America/New_York',
    country: 'US',
  })
  installApp(sandbox.sandbox, OTHER_SHOP)
  house = await openHouseInProcess(sandbox, '2026-05-01T12:00:00Z')
  busy = await house.install(BUSY_SHOP)
  other = await house.install(OTHER_SHOP)
  await createPartners(house.db, (await house.context(busy)).shop, products[0]?.id ?? '')
  sandbox.webhooks.clear()
  for (const _ of trade(2));
})
afterEach(async () => {
  await house[Symbol.asyncDispose]()
  await sandbox.stop()
})

function kept(topic: string): KeptDelivery {
  const delivery = sandbox.webhooks.deliveries().find((candidate) => candidate.topic === topic)
  if (!delivery) throw new Error(`the sandbox told nothing of ${topic}`)
  return delivery
}

const countRows = (shopId: number) =>
  house.db.inShop(shopId, async (tx) => [
    await tx.order.count({ where: { shopId } }),
    await tx.journal.count({ where: { shopId } }),
  ])

test('an order’s body under another shop’s name finds nothing there, and its own shop is none the wiser', async () => {
  const order = kept('orders/create')
  expect(await house.receive({ ...order, shop: OTHER_SHOP })).toMatchObject({ ok: true, outcome: 'stored' })
  await house.drain(other)
  await house.drain(busy)
  expect(await countRows(other)).toEqual([0, 0])
  expect(await countRows(busy)).toEqual([0, 0])
  // The same body under its own name is the wake-up that it is meant to be.
  expect(await house.receive(order)).toMatchObject({ ok: true, outcome: 'stored' })
  await house.drain(busy)
  const [orders] = await countRows(busy)
  expect(orders).toBe(1)
})

test('what a shop allows the app is asked of Shopify, whatever the body claims', async () => {
  const scopesOf = (shopId: number) =>
    house.db.inShop(shopId, async (tx) => (await tx.shop.findUniqueOrThrow({ where: { id: shopId } })).scopes)
  const before = await scopesOf(other)
  grantScopes(sandbox.sandbox, BUSY_SHOP, ['read_orders', 'read_products'])
  const told = kept('app/scopes_update')
  expect(await house.receive({ ...told, shop: OTHER_SHOP })).toMatchObject({ ok: true })
  await house.drain(other)
  expect(await scopesOf(other)).toBe(before)
  expect(await house.receive(told)).toMatchObject({ ok: true })
  await house.drain(busy)
  expect(await scopesOf(busy)).toBe('read_orders,read_products')
})

test('the sandbox’s own uninstallation is borne out by its body, and by no other shop’s', async () => {
  uninstallApp(sandbox.sandbox, BUSY_SHOP)
  const told = kept('app/uninstalled')
  expect(await house.receive({ ...told, shop: OTHER_SHOP })).toEqual({
    ok: false,
    reason: 'other_shop',
    shopDomain: OTHER_SHOP,
  })
  expect(await house.receive(told)).toMatchObject({ ok: true, outcome: 'stored' })
})

test('an erasure of long ago, sent again with today’s date, does not empty a shop that has come back', async () => {
  uninstallApp(sandbox.sandbox, BUSY_SHOP)
  await house.receive(kept('app/uninstalled'))
  await house.drain(busy)
  requestShopRedact(sandbox.sandbox, BUSY_SHOP)
  const erasure = kept('shop/redact')
  installApp(sandbox.sandbox, BUSY_SHOP)
  house.clock.advance(60_000)
  expect(await house.install(BUSY_SHOP)).toBe(busy)
  const triggeredAt = new Date(house.clock.now().getTime() + 60_000).toISOString()
  expect(await house.receive({ ...erasure, triggeredAt })).toMatchObject({ ok: true, outcome: 'stored' })
  await house.drain(busy)
  expect(await house.db.inShop(busy, (tx) => tx.shop.count())).toBe(1)
  expect(house.logged.join()).toContain('shop/redact of an installed app is ignored')
})
