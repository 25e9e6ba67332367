// What really goes over the wire to Shopify, and how its rougher answers are taken. The network itself is intercepted, nothing of ours.
import '@shopify/shopify-api/adapters/node'
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createAdminApi } from './admin-api.ts'
import { ADMIN_API_VERSION, sendToShopify } from './admin-transport.ts'
import { ShopDetailsDocument } from './generated/operations.ts'

const SHOP = 'atelier.myshopify.com'
const ENDPOINT = `https://${SHOP}/admin/api/${ADMIN_API_VERSION}/graphql.json`
const network = setupServer()

beforeAll(() => {
  network.listen({ onUnhandledFrame: 'error' })
  // Shopify's library kept the fetch of before the interception.
  setAbstractFetchFunc((...request) => fetch(...request))
})
afterEach(() => network.resetHandlers())
afterAll(() => network.close())

function openApi(waits: number[] = []) {
  return createAdminApi({
    shopDomain: SHOP,
    transport: sendToShopify,
    tokens: {
      current: async () => ({ ok: true, accessToken: 'token-of-the-shop' }),
      replaceRefused: async () => ({ ok: false, reason: 'not_installed' }),
    },
    sleep: async (ms) => void waits.push(ms),
    random: () => 0.5,
  })
}

const details = {
  data: { shop: { name: 'Atelier' } },
  extensions: {
    cost: {
      requestedQueryCost: 1,
      actualQueryCost: 1,
      throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1999, restoreRate: 100 },
    },
  },
}

test('a request carries the pinned version, the token and the operation', async () => {
  const seen: Array<{ token: string | null; query: string }> = []
  network.use(
    http.post(ENDPOINT, async ({ request }) => {
      const body = (await request.json()) as { query: string }
      seen.push({ token: request.headers.get('x-shopify-access-token'), query: body.query })
      return HttpResponse.json(details)
    }),
  )
  const answer = await openApi().request(ShopDetailsDocument, {})
  expect(answer).toMatchObject({ ok: true, data: { shop: { name: 'Atelier' } } })
  expect(seen).toHaveLength(1)
  expect(seen[0]?.token).toBe('token-of-the-shop')
  expect(seen[0]?.query).toContain('query ShopDetails')
})

test('server errors and a lost connection are tried again', async () => {
  let calls = 0
  network.use(
    http.post(ENDPOINT, () => {
      calls += 1
      if (calls === 1) return new HttpResponse('upstream', { status: 502 })
      if (calls === 2) return HttpResponse.error()
      return HttpResponse.json(details)
    }),
  )
  const waits: number[] = []
  expect(await openApi(waits).request(ShopDetailsDocument, {})).toMatchObject({ ok: true })
  expect(calls).toBe(3)
  expect(waits).toHaveLength(2)
  expect(waits[1] ?? 0).toBeGreaterThan(waits[0] ?? 0)
})

test('a service that stays down is a named outcome, after a bounded number of tries', async () => {
  let calls = 0
  network.use(
    http.post(ENDPOINT, () => {
      calls += 1
      return new HttpResponse('<html>maintenance</html>', { status: 503 })
    }),
  )
  expect(await openApi().request(ShopDetailsDocument, {})).toMatchObject({ ok: false, reason: 'unavailable' })
  expect(calls).toBeLessThanOrEqual(5)
})

test('too many requests: Shopify’s own waiting time is kept', async () => {
  let calls = 0
  network.use(
    http.post(ENDPOINT, () => {
      calls += 1
      return calls === 1
        ? new HttpResponse('slow down', { status: 429, headers: { 'retry-after': '2' } })
        : HttpResponse.json(details)
    }),
  )
  const waits: number[] = []
  expect(await openApi(waits).request(ShopDetailsDocument, {})).toMatchObject({ ok: true })
  expect(waits[0]).toBeGreaterThanOrEqual(2000)
})

test('a token that is refused for good ends as not installed', async () => {
  network.use(
    http.post(ENDPOINT, () => HttpResponse.json({ errors: '[API] Invalid API key' }, { status: 401 })),
  )
  expect(await openApi().request(ShopDetailsDocument, {})).toEqual({ ok: false, reason: 'not_installed' })
})
