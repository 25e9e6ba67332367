// Shopify's own library as the judge: what the sandbox signs and answers must pass its validators.
import '@shopify/shopify-api/adapters/node'
import {
  ApiVersion,
  GraphqlQueryError,
  HttpResponseError,
  LogSeverity,
  RequestedTokenType,
  shopifyApi,
} from '@shopify/shopify-api'
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime'
import { Hono } from 'hono'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { setFaults } from '#sandbox/graphql/faults.ts'
import { graphqlRouter } from '#sandbox/graphql/router.ts'
import { ALL_SCOPES, openSampleSandbox, SAMPLE_SHOP } from '#sandbox/graphql/sample-shop.ts'
import { installApp, uninstallApp } from './install.ts'
import { oauthRouter } from './router.ts'
import { mintSessionToken } from './session-token.ts'

let sandbox = openSampleSandbox()
let server = new Hono()

setAbstractFetchFunc(async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : String(input))
  if (!url.hostname.endsWith('.myshopify.com')) throw new Error(`blocked egress to ${url.hostname}`)
  const headers = new Headers(init?.headers)
  headers.set('x-sandbox-shop', url.hostname)
  return server.request(`${url.pathname}${url.search}`, { ...init, headers })
})
afterAll(() => setAbstractFetchFunc(fetch))

beforeEach(() => {
  sandbox = openSampleSandbox()
  installApp(sandbox, SAMPLE_SHOP, ALL_SCOPES.split(','))
  server = new Hono()
  server.route('/', oauthRouter(sandbox))
  server.route('/', graphqlRouter(sandbox))
})

const shopify = shopifyApi({
  apiKey: 'filigree-local-key',
  apiSecretKey: 'shpss_local_secret',
  apiVersion: ApiVersion.October26,
  hostName: 'localhost:3000',
  hostScheme: 'http',
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error },
})

async function exchange(expiring = true) {
  const sessionToken = await mintSessionToken(sandbox, SAMPLE_SHOP)
  const { session } = await shopify.auth.tokenExchange({
    shop: SAMPLE_SHOP,
    sessionToken,
    requestedTokenType: RequestedTokenType.OfflineAccessToken,
    expiring,
  })
  return session
}

test('a minted session token is decoded by the library', async () => {
  const payload = await shopify.session.decodeSessionToken(await mintSessionToken(sandbox, SAMPLE_SHOP))
  expect(payload.dest).toBe(`https://${SAMPLE_SHOP}`)
  expect(payload.exp - payload.iat).toBe(60)
})

test('an expired session token is refused by the library', async () => {
  const expired = await mintSessionToken(sandbox, SAMPLE_SHOP, { lifetimeSeconds: -30 })
  await expect(shopify.session.decodeSessionToken(expired)).rejects.toThrow(/"exp"/)
})

test('the exchanged session opens the Admin API', async () => {
  const session = await exchange()
  expect(session.refreshToken).toMatch(/^shprt_/)
  expect(session.expires?.getTime()).toBeGreaterThan(Date.now() + 3_500_000)
  const { data } = await new shopify.clients.Graphql({ session }).request('{ shop { name } }')
  expect(data).toEqual({ shop: { name: 'Lumen Atelier' } })
})

test('an online exchange carries the user', async () => {
  const { session } = await shopify.auth.tokenExchange({
    shop: SAMPLE_SHOP,
    sessionToken: await mintSessionToken(sandbox, SAMPLE_SHOP, { userId: '77' }),
    requestedTokenType: RequestedTokenType.OnlineAccessToken,
    expiring: true,
  })
  expect(session.isOnline).toBe(true)
  expect(session.onlineAccessInfo?.associated_user).toMatchObject({ id: 77, first_name: 'Mara' })
})

test('an old refresh token works until its replacement is used, then never again', async () => {
  const first = await exchange()
  const refresh = (refreshToken: string | undefined) =>
    shopify.auth.refreshToken({ shop: SAMPLE_SHOP, refreshToken: refreshToken ?? '' })
  const { session: second } = await refresh(first.refreshToken)
  const { session: retried } = await refresh(first.refreshToken)
  expect(retried.accessToken).not.toBe(second.accessToken)
  await refresh(second.refreshToken)
  await expect(refresh(first.refreshToken)).rejects.toMatchObject({
    response: { code: 400, body: { error: 'invalid_grant' } },
  })
})

test('a non-expiring token is refused by the Admin API until it is migrated', async () => {
  const old = await exchange(false)
  expect(old.expires).toBeUndefined()
  await expect(
    new shopify.clients.Graphql({ session: old }).request('{ shop { name } }'),
  ).rejects.toMatchObject({
    response: { code: 403 },
  })
  const { session } = await shopify.auth.migrateToExpiringToken({
    shop: SAMPLE_SHOP,
    nonExpiringOfflineAccessToken: old.accessToken ?? '',
  })
  const { data } = await new shopify.clients.Graphql({ session }).request('{ shop { name } }')
  expect(data).toBeDefined()
})

test('a token that has run out is answered with 401', async () => {
  setFaults(sandbox, { tokenLifetimeSeconds: 0 })
  const session = await exchange()
  const request = new shopify.clients.Graphql({ session }).request('{ shop { name } }')
  await expect(request).rejects.toSatisfy(
    (error) => error instanceof HttpResponseError && error.response.code === 401,
  )
})

test('uninstalling voids access and refresh tokens at once, and a reinstall does not revive them', async () => {
  const session = await exchange()
  const topics: string[] = []
  sandbox.subscribe(({ topic }) => topics.push(topic))
  uninstallApp(sandbox, SAMPLE_SHOP)
  expect(topics).toEqual(['app/uninstalled'])
  const refresh = () =>
    shopify.auth.refreshToken({ shop: SAMPLE_SHOP, refreshToken: session.refreshToken ?? '' })
  await expect(refresh()).rejects.toMatchObject({ response: { code: 400, body: { error: 'invalid_grant' } } })
  await expect(exchange()).rejects.toMatchObject({ response: { body: { error: 'invalid_subject_token' } } })
  installApp(sandbox, SAMPLE_SHOP)
  await expect(refresh()).rejects.toMatchObject({ response: { code: 400 } })
  await expect(new shopify.clients.Graphql({ session }).request('{ shop { name } }')).rejects.toMatchObject({
    response: { code: 401 },
  })
  expect((await exchange()).accessToken).toMatch(/^shpat_/)
})

test('refused refreshes and answers without expires_in can be provoked', async () => {
  const session = await exchange()
  setFaults(sandbox, { refuseRefresh: true, omitExpiresIn: true })
  expect((await exchange()).expires).toBeUndefined()
  await expect(
    shopify.auth.refreshToken({ shop: SAMPLE_SHOP, refreshToken: session.refreshToken ?? '' }),
  ).rejects.toMatchObject({ response: { code: 400 } })
})

test('client credentials are refused by name', async () => {
  await expect(shopify.auth.clientCredentials({ shop: SAMPLE_SHOP })).rejects.toMatchObject({
    response: { code: 400, body: { error: 'shop_not_permitted' } },
  })
})

test('the library turns GraphQL errors of the sandbox into its own error', async () => {
  const session = await exchange()
  const request = new shopify.clients.Graphql({ session }).request('{ shop { nope } }')
  await expect(request).rejects.toBeInstanceOf(GraphqlQueryError)
})
