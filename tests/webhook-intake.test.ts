// The way of a delivery from the socket to the receipt, at the routes that Shopify calls.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { ManualClock } from '#app/adapters/clock/clock.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { parseEnvironment } from '#app/config/environment.ts'
import { log } from '#app/config/logger.ts'
import { openReceiptWriter } from '#app/features/webhooks/receipt-writer.server.ts'
import type { WebhookTopic } from '#app/features/webhooks/webhook-topics.ts'
import type { Services } from '#app/jobs/service-context.ts'
import { provideWebServices } from '#app/routes/web-services.server.ts'
import { answerWebhook } from '#app/routes/webhooks/answer-webhook.server.ts'
import { setFaults } from '#sandbox/graphql/faults.ts'
import { uninstallApp } from '#sandbox/oauth/install.ts'
import { deliveryHeaders } from '#sandbox/webhooks/sign-delivery.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts'
import {
  createTestShopify,
  TEST_API_KEY,
  TEST_API_SECRET,
  TEST_APP_URL,
  TEST_SHOP,
} from '#tests/harness/test-shopify.ts'

const ORDER = {
  id: 5000001,
  admin_graphql_api_id: 'gid://shopify/Order/5000001',
  email: 'ada@shopper.example',
}

interface Sent {
  topic?: WebhookTopic
  toldTopic?: string
  shop?: string
  body?: unknown
  eventId?: string
  secret?: string
  change?: (headers: Record<string, string>) => void
}

/** Posts one delivery to the route of its topic, signed unless `change` spoils it. */
async function deliver(sent: Sent = {}): Promise<number> {
  const topic = sent.topic ?? 'orders/create'
  const body = typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body ?? ORDER)
  const facts = {
    topic: sent.toldTopic ?? topic,
    shop: sent.shop ?? TEST_SHOP,
    apiVersion: '2026-10',
    webhookId: randomUUID(),
    eventId: sent.eventId ?? randomUUID(),
    triggeredAt: '2026-05-01T10:00:00.000Z',
  }
  const headers = deliveryHeaders(facts, body, sent.secret ?? TEST_API_SECRET)
  sent.change?.(headers)
  const request = new Request(`${TEST_APP_URL}/webhooks/x`, { method: 'POST', body, headers })
  const answer = await answerWebhook(topic)({ request })
  return answer.status
}

/** The web process' part that webhooks need: a real queue and writer, no edge to Shopify. */
async function openIntake(database: TestDatabase, previousSecret?: string) {
  const queue = await openJobQueue(database.db.pool, {
    databaseUrl: database.url,
    worker: false,
    onError: () => {},
  })
  const receipts = openReceiptWriter(database.db, queue, log)
  const parsed = parseEnvironment({
    DATABASE_URL: database.url,
    SHOPIFY_API_KEY: TEST_API_KEY,
    SHOPIFY_API_SECRET: TEST_API_SECRET,
    SHOPIFY_API_SECRET_PREVIOUS: previousSecret,
    SHOPIFY_APP_URL: TEST_APP_URL,
    SCOPES: 'read_orders',
    TOKEN_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    LINK_SECRET: 'a link secret that is long enough for it',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Filigree <statements@filigree.example>',
  })
  if (!parsed.ok) throw new Error(parsed.problems.join(', '))
  const { environment } = parsed
  const services = {
    db: database.db,
    queue,
    log,
    clock: new ManualClock('2026-05-01T10:00:01Z'),
    linkSecret: environment.linkSecret,
  }
  provideWebServices({
    services: services as unknown as Services,
    // Intake must never touch it: any use is a crash here.
    shopify: undefined as never,
    receipts,
    environment,
    migrations: [],
    isStopping: () => false,
  })
  return {
    queue,
    receiptsOf: (shopId: number) =>
      database.db.inShop(shopId, (tx) =>
        tx.webhookReceipt.findMany({ where: { shopId }, orderBy: { id: 'asc' } }),
      ),
    async [Symbol.asyncDispose]() {
      await receipts.close()
      await queue.stop()
    },
  }
}

test('a delivery is written down with its job and answered 200', async () => {
  await using database = await createTestDatabase()
  await using intake = await openIntake(database)
  const shop = await createShop(database.db, { domain: TEST_SHOP })
  expect(await deliver()).toBe(200)
  const [receipt, ...others] = await intake.receiptsOf(shop.id)
  expect(others).toEqual([])
  expect(receipt).toMatchObject({
    topic: 'orders/create',
    resourceId: 5000001n,
    apiVersion: '2026-10',
    processedAt: null,
  })
  expect(await intake.queue.pending()).toEqual({ 'drain-receipts': 1 })
})

test('the same event again changes nothing and is answered 200, another topic of it counts', async () => {
  await using database = await createTestDatabase()
  await using intake = await openIntake(database)
  const shop = await createShop(database.db, { domain: TEST_SHOP })
  const eventId = randomUUID()
  expect(await deliver({ eventId })).toBe(200)
  expect(await deliver({ eventId })).toBe(200)
  expect(await Promise.all([deliver({ eventId }), deliver({ eventId })])).toEqual([200, 200])
  expect(await deliver({ eventId, topic: 'orders/paid' })).toBe(200)
  expect((await intake.receiptsOf(shop.id)).map(({ topic }) => topic)).toEqual([
    'orders/create',
    'orders/paid',
  ])
})

test.each<[string, number, Sent]>([
  [
    'a forged signature',
    401,
    { change: (headers) => Object.assign(headers, { 'X-Shopify-Hmac-Sha256': 'Zm9yZ2Vk' }) },
  ],
  [
    'a signature that is no base64',
    401,
    { change: (headers) => Object.assign(headers, { 'X-Shopify-Hmac-Sha256': '%%%' }) },
  ],
  [
    'a body changed on the way',
    401,
    { change: (headers) => Object.assign(headers, deliveryHeadersOfAnotherBody()) },
  ],
  ['no signature', 400, { change: (headers) => delete headers['X-Shopify-Hmac-Sha256'] }],
  ['no topic', 400, { change: (headers) => delete headers['X-Shopify-Topic'] }],
  ['no shop', 400, { change: (headers) => delete headers['X-Shopify-Shop-Domain'] }],
  ['no webhook id', 400, { change: (headers) => delete headers['X-Shopify-Webhook-Id'] }],
  ['no API version', 400, { change: (headers) => delete headers['X-Shopify-API-Version'] }],
  ['another topic than the address is for', 400, { toldTopic: 'shop/redact' }],
  ['a shop that cannot be one', 400, { shop: "x'; drop table shop; --" }],
  ['a signed body that is no JSON', 400, { body: '{"id":' }],
  ['an empty body', 400, { body: '' }],
])('%s is answered %i and leaves no trace', async (_case, status, sent) => {
  await using database = await createTestDatabase()
  await using intake = await openIntake(database)
  const shop = await createShop(database.db, { domain: TEST_SHOP })
  expect(await deliver(sent)).toBe(status)
  expect(await intake.receiptsOf(shop.id)).toEqual([])
})

function deliveryHeadersOfAnotherBody(): Record<string, string> {
  const facts = {
    topic: 'orders/create',
    shop: TEST_SHOP,
    apiVersion: '2026-10',
    webhookId: 'w',
    eventId: 'e',
    triggeredAt: '',
  }
  return deliveryHeaders(facts, '{"id":1}', TEST_API_SECRET)
}

test('a shop that we do not know is answered 200 without work: delivering again would not help', async () => {
  await using database = await createTestDatabase()
  await using intake = await openIntake(database)
  expect(await deliver({ shop: 'stranger.myshopify.com' })).toBe(200)
  expect(
    await deliver({
      shop: 'stranger.myshopify.com',
      topic: 'shop/redact',
      body: { shop_id: 1, shop_domain: 'stranger.myshopify.com' },
    }),
  ).toBe(200)
  expect(await intake.queue.pending()).toEqual({})
})

const OTHER_SHOP = 'other.myshopify.com'

// Only the body is signed: these are genuine bodies with headers that someone else put before them.
test.each<[string, Sent]>([
  ['another shop’s erasure', { topic: 'shop/redact', body: { shop_id: 2, shop_domain: OTHER_SHOP } }],
  [
    'another shop’s customer',
    { topic: 'customers/redact', body: { shop_domain: OTHER_SHOP, customer: { id: 31 } } },
  ],
  [
    'another shop’s request for data',
    { topic: 'customers/data_request', body: { shop_domain: OTHER_SHOP, customer: { id: 31 } } },
  ],
  [
    'another shop’s uninstallation',
    { topic: 'app/uninstalled', body: { id: 2, domain: TEST_SHOP, myshopify_domain: OTHER_SHOP } },
  ],
  ['an order that is called an erasure', { topic: 'shop/redact', body: ORDER }],
  ['an order that is called an uninstallation', { topic: 'app/uninstalled', body: ORDER }],
  ['a customer’s erasure that names no shop', { topic: 'customers/redact', body: { customer: { id: 31 } } }],
  ['an erasure whose shop is no text', { topic: 'shop/redact', body: { shop_domain: [TEST_SHOP] } }],
  ['an erasure of nothing', { topic: 'shop/redact', body: 'null' }],
])('a swapped header, %s: refused, and nothing is written down', async (_case, sent) => {
  await using database = await createTestDatabase()
  await using intake = await openIntake(database)
  const shop = await createShop(database.db, { domain: TEST_SHOP })
  expect(await deliver(sent)).toBe(400)
  expect(await intake.receiptsOf(shop.id)).toEqual([])
  expect(await intake.queue.pending()).toEqual({})
})

test('while the client secret is replaced, both sign; a third does not, and without a previous one only the current does', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db, { domain: TEST_SHOP })
  {
    await using intake = await openIntake(database, 'the secret before')
    expect([await deliver(), await deliver({ secret: 'the secret before' })]).toEqual([200, 200])
    expect(await deliver({ secret: 'some other secret' })).toBe(401)
    expect(await intake.receiptsOf(shop.id)).toHaveLength(2)
  }
  await using _intake = await openIntake(database)
  expect(await deliver({ secret: 'the secret before' })).toBe(401)
  expect(await deliver({ secret: '' })).toBe(401)
})

test('a shop that is erased and comes back is found again', async () => {
  await using database = await createTestDatabase()
  await using intake = await openIntake(database)
  const first = await createShop(database.db, { domain: TEST_SHOP })
  expect(await deliver()).toBe(200)
  await database.db.inShop(first.id, (tx) => tx.$queryRaw`select erase_shop(${first.id}::int)::text`)
  expect(await deliver()).toBe(200)
  const second = await createShop(database.db, { domain: TEST_SHOP })
  expect(await deliver()).toBe(200)
  expect(await intake.receiptsOf(second.id)).toHaveLength(1)
})

test('after uninstallation only what matters then is kept', async () => {
  await using database = await createTestDatabase()
  await using intake = await openIntake(database)
  const shop = await createShop(database.db, { domain: TEST_SHOP, uninstalledAt: new Date() })
  const customer = {
    shop_domain: TEST_SHOP,
    customer: { id: 31, email: 'ada@shopper.example', phone: '555 0100' },
    orders_requested: [5000001],
  }
  expect(await deliver({ topic: 'orders/create' })).toBe(200)
  expect(await deliver({ topic: 'app/uninstalled', body: { id: 1, myshopify_domain: TEST_SHOP } })).toBe(200)
  expect(await deliver({ topic: 'customers/data_request', body: customer })).toBe(200)
  expect(await deliver({ topic: 'customers/redact', body: customer })).toBe(200)
  expect(await deliver({ topic: 'shop/redact', body: { shop_id: 1, shop_domain: TEST_SHOP } })).toBe(200)
  const kept = await intake.receiptsOf(shop.id)
  expect(kept.map(({ topic }) => topic)).toEqual([
    'app/uninstalled',
    'customers/data_request',
    'customers/redact',
    'shop/redact',
  ])
  // Neither the customer's address nor their id, only the key that stands for them.
  expect(JSON.stringify(kept.map(({ facts }) => facts))).not.toMatch(/shopper|555|"31"|:31/)
  expect(kept[1]?.facts).toMatchObject({
    orderIds: ['5000001'],
    customerKey: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
})

test('uninstalling is taken in though the stored token has expired and every refresh is refused', async () => {
  // Shopify's own library answers 500 here, because it refreshes the token before it calls the handler.
  await using test = await createTestShopify()
  await test.shopify.authenticateAdmin(await test.openingRequest())
  await test.database.db.byDomain(TEST_SHOP, (tx) =>
    tx.shopifySession.updateMany({ data: { expiresAt: new Date(0) } }),
  )
  setFaults(test.sandbox, { refuseRefresh: true })
  test.running.webhooks.setFaults({ drop: 1, seed: 1 })
  uninstallApp(test.sandbox, TEST_SHOP)
  await using intake = await openIntake(test.database)
  for (const topic of ['app/uninstalled', 'customers/redact', 'shop/redact'] as const) {
    const body = { id: 1, shop_domain: TEST_SHOP, myshopify_domain: TEST_SHOP }
    expect(await deliver({ topic, body }), topic).toBe(200)
  }
  const shop = await test.database.db.byDomain(TEST_SHOP, async (_tx, found) => found)
  expect(await intake.receiptsOf(shop?.id ?? 0)).toHaveLength(3)
})

test('500 deliveries at once are all durable, and one job works them off', async () => {
  await using database = await createTestDatabase()
  await using intake = await openIntake(database)
  const shop = await createShop(database.db, { domain: TEST_SHOP })
  const statuses = await Promise.all(Array.from({ length: 500 }, () => deliver()))
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(await intake.receiptsOf(shop.id)).toHaveLength(500)
  expect(await intake.queue.pending()).toEqual({ 'drain-receipts': 1 })
})

test('when nothing can be written down, Shopify is asked to deliver again', async () => {
  await using database = await createTestDatabase()
  await using _intake = await openIntake(database)
  await createShop(database.db, { domain: TEST_SHOP })
  const connect = database.db.pool.connect
  database.db.pool.connect = () => Promise.reject(new Error('the database is away')) as never
  expect(await deliver()).toBe(503)
  database.db.pool.connect = connect
  expect(await deliver()).toBe(200)
})
