// Tokens between Shopify, our database and background work.
import { expect, test } from 'vitest'
import { fetchShop } from '#app/adapters/shopify/fetch-shop.ts'
import { offlineSessionId } from '#app/adapters/shopify/session-row.ts'
import { openShopify } from '#app/adapters/shopify/shopify.server.ts'
import { setFaults } from '#sandbox/graphql/faults.ts'
import { installApp, uninstallApp } from '#sandbox/oauth/install.ts'
import {
  createTestShopify,
  TEST_API_KEY,
  TEST_API_SECRET,
  TEST_APP_URL,
  TEST_KEYS,
  TEST_SHOP,
  type TestShopify,
} from '#tests/harness/test-shopify.ts'

const SESSION = offlineSessionId(TEST_SHOP)

function readRow({ database }: TestShopify) {
  return database.db.byDomain(TEST_SHOP, (tx) => tx.shopifySession.findUnique({ where: { id: SESSION } }))
}

function setExpiry({ database }: TestShopify, expiresAt: Date) {
  return database.db.byDomain(TEST_SHOP, (tx) =>
    tx.shopifySession.update({ where: { id: SESSION }, data: { expiresAt } }),
  )
}

function issuedTokens({ sandbox }: TestShopify): number {
  return sandbox.shop(TEST_SHOP).tokens?.length ?? 0
}

/** Forgets the installation as a lost app/uninstalled delivery leaves it: gone at Shopify, alive in our database. */
function uninstallUnnoticed({ sandbox }: TestShopify) {
  expect(uninstallApp(sandbox, TEST_SHOP).ok).toBe(true)
}

test('the first visit exchanges the session token and keeps both tokens sealed', async () => {
  await using test = await createTestShopify()
  const visit = await test.shopify.authenticateAdmin(await test.openingRequest())
  expect(visit).toMatchObject({ shopDomain: TEST_SHOP, isDocument: true })
  const row = await readRow(test)
  expect(row?.accessTokenSealed).toMatch(/^v1\.k1\./)
  expect(row?.refreshTokenSealed).toMatch(/^v1\.k1\./)
  expect(JSON.stringify(test.sandbox.shop(TEST_SHOP).tokens)).toContain('shpat_')
  expect(`${row?.accessTokenSealed}${row?.refreshTokenSealed}`).not.toMatch(/shpat|shprt/)
  expect(row?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 3_500_000)
  const session = await test.shopify.sessionStorage.loadSession(SESSION)
  expect(session?.accessToken).toMatch(/^shpat_/)
  expect(session?.refreshToken).toMatch(/^shprt_/)
})

test('background work needs no visitor, and a shop that never installed is said to be that', async () => {
  await using test = await createTestShopify()
  const background = test.shopify.adminApiFor(TEST_SHOP)
  expect(await fetchShop(background)).toEqual({ ok: false, reason: 'not_installed' })
  await test.shopify.authenticateAdmin(await test.openingRequest())
  expect(await fetchShop(background)).toMatchObject({
    ok: true,
    shop: { name: 'Lumen Atelier', currency: 'USD' },
  })
})

test('three askers at once refresh a token that is about to expire only once', async () => {
  await using test = await createTestShopify()
  await test.shopify.authenticateAdmin(await test.openingRequest())
  await setExpiry(test, new Date(Date.now() + 60_000))
  const before = issuedTokens(test)
  const askers = [test.shopify, await test.reopen(TEST_KEYS), await test.reopen(TEST_KEYS)]
  const answers = await Promise.all(askers.map((shopify) => fetchShop(shopify.adminApiFor(TEST_SHOP))))
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true])
  expect(issuedTokens(test) - before).toBe(1)
})

test('an answer without expires_in still expires for us, and is refreshed later', async () => {
  await using test = await createTestShopify()
  setFaults(test.sandbox, { omitExpiresIn: true })
  await test.shopify.authenticateAdmin(await test.openingRequest())
  const expiresAt = (await readRow(test))?.expiresAt?.getTime() ?? 0
  expect(expiresAt).toBeGreaterThan(Date.now() + 50 * 60_000)
  expect(expiresAt).toBeLessThan(Date.now() + 60 * 60_000)
})

test('when Shopify refuses the refresh, the shop counts as not installed and the dead tokens are gone', async () => {
  await using test = await createTestShopify()
  await test.shopify.authenticateAdmin(await test.openingRequest())
  await setExpiry(test, new Date(Date.now() - 1000))
  setFaults(test.sandbox, { refuseRefresh: true })
  expect(await fetchShop(test.shopify.adminApiFor(TEST_SHOP))).toEqual({ ok: false, reason: 'not_installed' })
  expect(await readRow(test)).toBeNull()
})

test('a reinstall after a missed uninstallation works: for background work after the next visit', async () => {
  await using test = await createTestShopify()
  await test.shopify.authenticateAdmin(await test.openingRequest())
  uninstallUnnoticed(test)
  const background = test.shopify.adminApiFor(TEST_SHOP)
  expect(await fetchShop(background)).toEqual({ ok: false, reason: 'not_installed' })
  installApp(test.sandbox, TEST_SHOP)
  expect(await fetchShop(background)).toEqual({ ok: false, reason: 'not_installed' })
  await test.shopify.authenticateAdmin(await test.openingRequest())
  expect(await fetchShop(background)).toMatchObject({ ok: true })
})

test('a visitor whose stored token is dead gets a new one within the same request', async () => {
  await using test = await createTestShopify()
  await test.shopify.authenticateAdmin(await test.openingRequest())
  uninstallUnnoticed(test)
  installApp(test.sandbox, TEST_SHOP)
  const visit = await test.shopify.authenticateAdmin(await test.openingRequest())
  expect(visit.hasExchangedToken()).toBe(false)
  expect(await fetchShop(visit.adminApi)).toMatchObject({ ok: true })
  expect(visit.hasExchangedToken()).toBe(true)
  expect(await fetchShop(test.shopify.adminApiFor(TEST_SHOP))).toMatchObject({ ok: true })
})

test('tokens sealed with a key that is gone are replaced by the next visit', async () => {
  await using test = await createTestShopify()
  await test.shopify.authenticateAdmin(await test.openingRequest())
  const fresh = { id: 'k2', key: Buffer.alloc(32, 9) }
  const rotated = await test.reopen({ current: fresh, all: new Map([[fresh.id, fresh.key]]) })
  await rotated.authenticateAdmin(await test.openingRequest())
  expect((await readRow(test))?.accessTokenSealed).toMatch(/^v1\.k2\./)
})

test('a page load without a token is led to the bounce page, and Shopify’s addresses to the sandbox', async () => {
  await using test = await createTestShopify()
  const opening = await test.openingRequest()
  const bare = new URL(opening.url)
  bare.searchParams.delete('id_token')
  const bounce = await test.shopify
    .authenticateAdmin(new Request(bare, { headers: opening.headers }))
    .catch((answer) => answer)
  expect(bounce.status).toBe(302)
  expect(bounce.headers.get('location')).toContain('/auth/session-token?')
  bare.searchParams.delete('embedded')
  const toAdmin = await test.shopify
    .authenticateAdmin(new Request(bare, { headers: opening.headers }))
    .catch((answer) => answer)
  expect(toAdmin.headers.get('location')).toBe(
    `${test.running.url}/store/lumen-atelier/apps/filigree-local-key`,
  )
})

test('while the client secret is replaced, a visitor whose session token the previous one signed is let in', async () => {
  await using test = await createTestShopify()
  const openWith = (previousApiSecret: string | undefined) =>
    openShopify(test.database.db, {
      apiKey: TEST_API_KEY,
      apiSecret: 'the secret that comes next',
      previousApiSecret,
      scopes: ['read_orders'],
      appUrl: TEST_APP_URL,
      tokenKeys: TEST_KEYS,
      sandboxUrl: test.running.url,
      warn: () => {},
    })
  const during = await openWith(TEST_API_SECRET)
  const visit = await during.authenticateAdmin(await test.openingRequest())
  expect(visit.shopDomain).toBe(TEST_SHOP)
  expect(await fetchShop(visit.adminApi)).toMatchObject({ ok: true })
  const other = await openWith('a third secret')
  await expect(other.authenticateAdmin(await test.openingRequest())).rejects.toBeInstanceOf(Response)
  const after = await openWith(undefined)
  await expect(after.authenticateAdmin(await test.openingRequest())).rejects.toBeInstanceOf(Response)
})
