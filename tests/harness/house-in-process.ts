// The app without its web server, on a test's database and a running sandbox: real intake, real jobs, the real Shopify adapter. A job
// runs when the test says so, and the clock stands until the test moves it.
import { randomBytes } from 'node:crypto'
import { Session } from '@shopify/shopify-api'
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Database } from '#app/adapters/db/database.ts'
import type { OutgoingMail, SendResult } from '#app/adapters/email/mailer.ts'
import { type JobQueue, openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { openShopify, type Shopify } from '#app/adapters/shopify/shopify.server.ts'
import type { TokenKeys } from '#app/adapters/shopify/token-cipher.ts'
import type { Log } from '#app/config/logger.ts'
import { recordInstallation } from '#app/features/installation/record-installation.server.ts'
import { openReceiptWriter } from '#app/features/webhooks/receipt-writer.server.ts'
import { type ReceiveOutcome, receiveDelivery } from '#app/features/webhooks/receive-delivery.server.ts'
import type { WebhookTopic } from '#app/features/webhooks/webhook-topics.ts'
import { drainReceipts } from '#app/jobs/drain-receipts.ts'
import { type JobServices, loadShopContext } from '#app/jobs/shop-context.ts'
import { issueToken } from '#sandbox/oauth/token-store.ts'
import { type RunningSandbox, startSandbox } from '#sandbox/server.ts'
import { deliveryHeaders } from '#sandbox/webhooks/sign-delivery.ts'
import { LINK_SECRET } from '../factories/partners.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

export const API_KEY = 'filigree-test-key'
export const API_SECRET = 'a secret of the app under test'
export const APP_URL = 'https://filigree.example'

/** A delivery as the sandbox built it; headers are signed anew at each sending. */
export interface KeptDelivery {
  topic: string
  shop: string
  apiVersion: string
  webhookId: string
  eventId: string
  triggeredAt: string
  body: string | null
}

export interface HouseInProcess extends AsyncDisposable {
  services: JobServices
  db: Database
  /** Connection of the runtime role, for tools of their own. */
  databaseUrl: string
  adminUrl: string
  queue: JobQueue
  clock: ManualClock
  shopify: Shopify
  /** What was logged, a JSON line each. */
  logged: string[]
  /** Stores a token and reads the shop's details, as the first admin request does. */
  install(shopDomain: string): Promise<number>
  receive(delivery: KeptDelivery): Promise<ReceiveOutcome>
  drain(shopId: number): Promise<void>
  context(shopId: number): Promise<NonNullable<Awaited<ReturnType<typeof loadShopContext>>>>
}

/** A sandbox whose webhooks are kept and not sent. */
export function startQuietSandbox(): Promise<RunningSandbox> {
  return startSandbox({
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: APP_URL,
    appTomlPath: 'shopify.app.toml',
    port: 0,
  }).then((running) => {
    running.webhooks.setFaults({ drop: 1, seed: 1 })
    return running
  })
}

export async function openHouseInProcess(
  running: RunningSandbox,
  now: string,
  given?: TestDatabase,
): Promise<HouseInProcess> {
  const database = given ?? (await createTestDatabase())
  const logged: string[] = []
  const log = collectingLog(logged)
  const queue = await openJobQueue(database.db.pool, {
    databaseUrl: database.url,
    worker: false,
    onError: (error) => log.error({ error }, 'queue'),
  })
  const key = { id: 'test', key: randomBytes(32) }
  const tokenKeys: TokenKeys = { current: key, all: new Map([[key.id, key.key]]) }
  const shopify = await openShopify(database.db, {
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    scopes: ['read_orders'],
    appUrl: APP_URL,
    tokenKeys,
    sandboxUrl: running.url,
    warn: (message) => log.warn({}, message),
  })
  const clock = new ManualClock(now)
  const services: JobServices = {
    db: database.db,
    queue,
    clock,
    log,
    appUrl: APP_URL,
    linkSecret: LINK_SECRET,
    adminApiFor: shopify.adminApiFor,
    tokenKeys,
    mailer: {
      async send(mail: OutgoingMail): Promise<SendResult> {
        return { ok: true, messageId: mail.messageId ?? '<test@filigree.example>' }
      },
      async close() {},
    },
  }
  const receipts = openReceiptWriter(database.db, queue, log)
  const intake = { receipts, clock, log, apiSecret: API_SECRET, linkSecret: LINK_SECRET }
  return {
    services,
    db: database.db,
    databaseUrl: database.url,
    adminUrl: database.adminUrl,
    queue,
    clock,
    shopify,
    logged,
    async install(shopDomain) {
      await storeToken(shopify, running, shopDomain)
      const api = shopify.adminApiFor(shopDomain)
      const installed = await recordInstallation({ db: database.db, clock, shopify: api }, shopDomain)
      if (!installed.ok) throw new Error(`installation: ${installed.reason}`)
      return installed.shop.id
    },
    receive(delivery) {
      const body = delivery.body ?? ''
      const headers = new Headers(deliveryHeaders(delivery, body, API_SECRET))
      const raw = { header: (name: string) => headers.get(name), rawBody: Buffer.from(body) }
      return receiveDelivery(intake, delivery.topic as WebhookTopic, raw)
    },
    async drain(shopId) {
      await drainReceipts(services, shopId)
    },
    async context(shopId) {
      const context = await loadShopContext(services, shopId)
      if (!context) throw new Error(`there is no shop ${shopId}`)
      return context
    },
    async [Symbol.asyncDispose]() {
      await receipts.close()
      await queue.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function storeToken(shopify: Shopify, running: RunningSandbox, shop: string): Promise<void> {
  const token = issueToken(running.sandbox, shop, { mode: 'offline', userId: null, expiring: true })
  await shopify.sessionStorage.storeSession(
    new Session({
      id: `offline_${shop}`,
      shop,
      state: '',
      isOnline: false,
      scope: 'read_orders',
      accessToken: token.accessToken,
      ...(token.refreshToken && { refreshToken: token.refreshToken }),
      expires: new Date(token.expiresAtMs ?? 0),
    }),
  )
}

function collectingLog(lines: string[]): Log {
  const write = (facts: unknown, message?: string) => {
    lines.push(
      JSON.stringify({ facts, message }, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    )
  }
  return { info: write, warn: write, error: write, debug: write } as Log
}
