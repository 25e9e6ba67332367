// Installing, leaving, coming back, and what the shop pays meanwhile.
import { expect, test } from 'vitest'
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { appPricingGateway } from '#app/features/billing/app-pricing-gateway.server.ts'
import { billingApiGateway } from '#app/features/billing/billing-api-gateway.server.ts'
import { changePlan } from '#app/features/billing/change-plan.server.ts'
import { refreshSubscription } from '#app/features/billing/refresh-subscription.server.ts'
import {
  needsInstallation,
  recordInstallation,
} from '#app/features/installation/record-installation.server.ts'
import { recordUninstallation } from '#app/features/installation/record-uninstallation.server.ts'
import { approveSubscription } from '#sandbox/graphql/app-subscriptions.ts'
import { createCreator } from '#tests/factories/creator.ts'
import { createTestShopify, TEST_APP_URL, TEST_SHOP, type TestShopify } from '#tests/harness/test-shopify.ts'

const CLOCK = new ManualClock('2026-05-01T10:00:00Z')

async function install(test: TestShopify) {
  const { adminApi } = await test.shopify.authenticateAdmin(await test.openingRequest())
  const outcome = await recordInstallation(
    { db: test.database.db, clock: CLOCK, shopify: adminApi },
    TEST_SHOP,
  )
  if (!outcome.ok) throw new Error(outcome.reason)
  return { shop: outcome.shop, shopify: adminApi }
}

function findShop(test: TestShopify): Promise<Shop | null> {
  return test.database.db.byDomain(TEST_SHOP, async (_tx, shop) => shop)
}

test('the first visit leaves a shop that needs recording, and recording reads it from Shopify and begins its work', async () => {
  await using test = await createTestShopify()
  await test.shopify.authenticateAdmin(await test.openingRequest())
  expect(needsInstallation(await findShop(test))).toBe(true)
  const { shop } = await install(test)
  expect(needsInstallation(shop)).toBe(false)
  expect(shop).toMatchObject({
    name: 'Lumen Atelier',
    currency: 'USD',
    timeZone: 'America/New_York',
    installedAt: CLOCK.now(),
  })
  expect(shop.scopes.split(',')).toContain('read_all_orders')
  const due = await test.database.db.inShop(shop.id, (tx) => tx.dueDate.findMany())
  expect(due.map(({ kind }) => kind).sort()).toEqual([
    'reconcile-orders',
    'refresh-catalogue',
    'verify-ledger',
  ])
})

test('two first visits at once make one shop', async () => {
  await using test = await createTestShopify()
  const visits = [await test.openingRequest(), await test.openingRequest(), await test.openingRequest()]
  await Promise.all(visits.map((request) => test.shopify.authenticateAdmin(request)))
  expect(await findShop(test)).toMatchObject({ domain: TEST_SHOP })
})

test('uninstalling ends tokens, work and plan and keeps the books; coming back continues them', async () => {
  await using test = await createTestShopify()
  const { shop } = await install(test)
  await createCreator(test.database.db, shop)
  const at = new Date('2026-05-02T00:00:00Z')
  expect(await test.database.db.inShop(shop.id, (tx) => recordUninstallation(tx, shop, at))).toEqual({
    ok: true,
  })
  const left = await test.database.db.inShop(shop.id, async (tx) => ({
    sessions: await tx.shopifySession.count(),
    due: await tx.dueDate.count(),
    creators: await tx.creator.count(),
  }))
  expect(left).toEqual({ sessions: 0, due: 0, creators: 1 })
  const gone = await findShop(test)
  expect(gone).toMatchObject({ uninstalledAt: at, planKey: 'free' })
  expect(needsInstallation(gone)).toBe(true)
  const { shop: back } = await install(test)
  expect(back).toMatchObject({ id: shop.id, uninstalledAt: null })
  expect(await test.database.db.inShop(shop.id, (tx) => tx.dueDate.count())).toBe(5)
})

test('an uninstallation that is announced late does not end the installation after it', async () => {
  await using test = await createTestShopify()
  const { shop } = await install(test)
  const before = new Date(CLOCK.now().getTime() - 60_000)
  const outcome = await test.database.db.inShop(shop.id, (tx) => recordUninstallation(tx, shop, before))
  expect(outcome).toEqual({ ok: false, reason: 'installed_again' })
  expect((await findShop(test))?.uninstalledAt).toBeNull()
})

test('a paid plan waits for the merchant’s approval at Shopify, and the free one ends the charge', async () => {
  await using test = await createTestShopify()
  const { shop, shopify } = await install(test)
  const ctx = { db: test.database.db, clock: CLOCK, shop, shopify, appUrl: TEST_APP_URL }
  const billing = billingApiGateway(shopify)
  const asked = await changePlan(ctx, billing, 'studio')
  expect(asked).toMatchObject({
    ok: true,
    outcome: 'needs_approval',
    approvalUrl: expect.stringContaining('https://admin.shopify.com/store/lumen-atelier/charges/'),
  })
  expect(await refreshSubscription(ctx, billing)).toMatchObject({
    ok: true,
    planKey: 'free',
    subscription: null,
  })
  const [charge] = test.sandbox.shop(TEST_SHOP).shop.installation?.subscriptions ?? []
  expect(charge).toMatchObject({ name: 'Studio', price: '29.00', trialDays: 14 })
  approveSubscription(test.sandbox, TEST_SHOP, charge?.id ?? '')
  expect(await refreshSubscription(ctx, billing)).toMatchObject({ ok: true, planKey: 'studio' })
  const paying = await findShop(test)
  expect(paying?.planKey).toBe('studio')
  if (!paying) throw new Error('no shop')
  expect(await changePlan({ ...ctx, shop: paying }, billing, 'studio')).toEqual({
    ok: false,
    reason: 'already_on_plan',
  })
  expect(await changePlan({ ...ctx, shop: paying }, billing, 'free')).toEqual({
    ok: true,
    outcome: 'changed',
  })
  expect((await findShop(test))?.planKey).toBe('free')
  expect(test.sandbox.shop(TEST_SHOP).shop.installation?.subscriptions[0]?.status).toBe('CANCELLED')
  const rows = await test.database.db.inShop(shop.id, (tx) => tx.billingSubscription.findMany())
  expect(rows).toMatchObject([{ planKey: 'studio', status: 'cancelled', endedAt: CLOCK.now() }])
})

test('with App Pricing the merchant is led to Shopify’s own plan page', async () => {
  await using test = await createTestShopify()
  const { shop, shopify } = await install(test)
  const ctx = { db: test.database.db, clock: CLOCK, shop, shopify, appUrl: TEST_APP_URL }
  expect(await changePlan(ctx, appPricingGateway(shopify), 'atelier')).toEqual({
    ok: true,
    outcome: 'needs_approval',
    approvalUrl: 'https://admin.shopify.com/store/lumen-atelier/charges/filigree-local-key/pricing_plans',
  })
})
