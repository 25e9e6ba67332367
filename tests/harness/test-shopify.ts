// Shopify's side of a test: a sandbox of its own with one shop, and the app's edge that speaks to it.
import path from 'node:path'
import { openShopify, type Shopify } from '#app/adapters/shopify/shopify.server.ts'
import type { TokenKeys } from '#app/adapters/shopify/token-cipher.ts'
import { buildIframeUrl } from '#sandbox/admin/iframe-url.ts'
import { createShop } from '#sandbox/commerce/create-shop.ts'
import { installApp } from '#sandbox/oauth/install.ts'
import { type RunningSandbox, startSandbox } from '#sandbox/server.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

export const TEST_SHOP = 'lumen-atelier.myshopify.com'
export const TEST_API_KEY = 'filigree-local-key'
export const TEST_API_SECRET = 'shpss_local_secret'
export const TEST_APP_URL = 'http://localhost:3000'
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36'

export const TEST_KEYS: TokenKeys = {
  current: { id: 'k1', key: Buffer.alloc(32, 7) },
  all: new Map([['k1', Buffer.alloc(32, 7)]]),
}

export interface TestShopify extends AsyncDisposable {
  database: TestDatabase
  sandbox: RunningSandbox['sandbox']
  running: RunningSandbox
  shopify: Shopify
  /** The same edge opened anew, as another process or another set of keys would. */
  reopen(keys: TokenKeys): Promise<Shopify>
  /** The request with which Shopify's admin opens the app. */
  openingRequest(innerPath?: string): Promise<Request>
}

/** `await using test = await createTestShopify()`. The app is installed at the sandbox; its own database knows nothing yet. */
export async function createTestShopify(): Promise<TestShopify> {
  const database = await createTestDatabase()
  const running = await startSandbox({
    port: 0,
    apiKey: TEST_API_KEY,
    apiSecret: TEST_API_SECRET,
    appUrl: TEST_APP_URL,
    appTomlPath: path.resolve('shopify.app.toml'),
  })
  const { sandbox } = running
  createShop(sandbox, {
    domain: TEST_SHOP,
    name: 'Lumen Atelier',
    email: 'mara@lumen-atelier.example',
    currency: 'USD',
    timeZone: 'America/New_York',
    country: 'US',
  })
  installApp(sandbox, TEST_SHOP)
  const reopen = (keys: TokenKeys) =>
    openShopify(database.db, {
      apiKey: TEST_API_KEY,
      apiSecret: TEST_API_SECRET,
      scopes: ['read_orders'],
      appUrl: TEST_APP_URL,
      tokenKeys: keys,
      sandboxUrl: running.url,
      warn: () => {},
    })
  return {
    database,
    sandbox,
    running,
    shopify: await reopen(TEST_KEYS),
    reopen,
    openingRequest: async (innerPath = '/app') =>
      new Request(await buildIframeUrl(sandbox, TEST_SHOP, innerPath), {
        headers: { 'user-agent': BROWSER },
      }),
    async [Symbol.asyncDispose]() {
      await running.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}
