// Signed webhooks at a steady rate against the running app: how long until the durable 200, is anything lost, and how fast orders reach the ledger.
import { createHmac, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startHouse } from '../../sandbox/demo/start-house.ts'
import type { Benchmark } from './run.ts'

const RATE_PER_SECOND = 200
const SECONDS = 20
const ORDERS = 1000
const SHOP = 'bench-shop.myshopify.com'

export const benchmark: Benchmark = {
  says: `orders/create webhooks at ${RATE_PER_SECOND} a second for ${SECONDS} s; then ${ORDERS} orders from webhook to posted journals`,
  async run(progress) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-bench-'))
    fs.chmodSync(folder, 0o755)
    const house = await startHouse({ folder, ports: { app: 0, sandbox: 0, smtp: 0 }, onStep: progress })
    const database = new pg.Client({ connectionString: house.env.DATABASE_URL })
    await database.connect()
    try {
      const control = controlOf(house.sandboxUrl)
      progress('a shop with orders')
      const { variantId } = await prepareShop(control, house)
      await control('POST', '/control/webhooks/faults', { drop: 1, seed: 1 })
      const orderIds = await placeOrders(control, variantId, ORDERS)
      await control('POST', '/control/webhooks/flush', {})

      progress(`${RATE_PER_SECOND} a second for ${SECONDS} s`)
      const url = `${house.appUrl}/webhooks/orders/create`
      const send = (orderId: string, eventId: string) =>
        deliver(url, house.env.SHOPIFY_API_SECRET ?? '', orderId, eventId)
      for (const id of orderIds.slice(0, 50)) await send(id, `warm-${id}`)
      const latencies: number[] = []
      let failures = 0
      const started = performance.now()
      const inFlight: Array<Promise<void>> = []
      const total = RATE_PER_SECOND * SECONDS
      for (let n = 0; n < total; n++) {
        const due = started + (n * 1000) / RATE_PER_SECOND
        const wait = due - performance.now()
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        const orderId = orderIds[n % orderIds.length] ?? ''
        // Counted from when it was due, so that a stall counts against every delivery that it held up.
        inFlight.push(
          send(orderId, randomUUID()).then((status) => {
            latencies.push(performance.now() - due)
            if (status !== 200) failures += 1
          }),
        )
      }
      await Promise.all(inFlight)
      const elapsed = (performance.now() - started) / 1000
      const receipts = await countReceipts(database)
      latencies.sort((a, b) => a - b)
      const at = (part: number) =>
        Math.round(
          (latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? 0) * 10,
        ) / 10

      progress('until everything is posted')
      await untilPosted(database, orderIds.length)
      const endToEnd = await endToEndRate(control, database, variantId)
      return {
        sizes: { deliveries: total, ratePerSecond: RATE_PER_SECOND, orders: ORDERS },
        figures: {
          p50Ms: at(0.5),
          p99Ms: at(0.99),
          perSecond: Math.round((total / elapsed) * 10) / 10,
          lost: total + 50 - receipts + failures,
          endToEndPerSecond: endToEnd,
        },
      }
    } finally {
      await database.end()
      await house.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    }
  },
}

type Control = (method: string, url: string, body?: unknown) => Promise<Record<string, unknown>>

function controlOf(sandboxUrl: string): Control {
  return async (method, url, body) => {
    const answer = await fetch(new URL(url, sandboxUrl), {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const result = (await answer.json()) as Record<string, unknown>
    if (result.ok === false) throw new Error(`${method} ${url}: ${result.reason} ${result.message}`)
    return result
  }
}

async function prepareShop(control: Control, house: { appUrl: string }): Promise<{ variantId: string }> {
  await control('POST', `/control/shops`, {
    domain: SHOP,
    name: 'Bench',
    email: 'bench@bench.example',
    currency: 'USD',
    timeZone: 'UTC',
    country: 'US',
  })
  const { product } = (await control('POST', `/control/shops/${SHOP}/products`, {
    title: 'Ring',
    variants: [{ title: 'One', price: '100.00', available: 1_000_000 }],
  })) as { product: { variants: Array<{ id: string }> } }
  await control('POST', `/control/shops/${SHOP}/install`, {})
  const session = (await control('POST', `/control/shops/${SHOP}/session-token`, { path: '/app' })) as {
    token: string
    url: string
  }
  const opened = await fetch(session.url, {
    headers: {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
    },
  })
  if (!opened.ok) throw new Error(`the app did not open at ${house.appUrl}: ${opened.status}`)
  await control('POST', '/control/faults', {
    throttle: { maximumAvailable: 1_000_000, restoreRate: 1_000_000 },
  })
  return { variantId: product.variants[0]?.id ?? '' }
}

async function placeOrders(control: Control, variantId: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let from = 0; from < count; from += 100) {
    const { results } = (await control('POST', '/control/batch', {
      calls: Array.from({ length: Math.min(100, count - from) }, () => ({
        method: 'POST',
        path: `/control/shops/${SHOP}/orders`,
        body: { lines: [{ variantId, quantity: 1 }] },
      })),
    })) as { results: Array<{ order: { id: string } }> }
    ids.push(...results.map((result) => result.order.id))
  }
  return ids
}

async function deliver(url: string, secret: string, orderId: string, eventId: string): Promise<number> {
  const body = JSON.stringify({ id: Number(orderId), admin_graphql_api_id: `gid://shopify/Order/${orderId}` })
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/create',
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      'x-shopify-shop-domain': SHOP,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': randomUUID(),
      'x-shopify-event-id': eventId,
      'x-shopify-triggered-at': new Date().toISOString(),
    },
  })
  await answer.arrayBuffer()
  return answer.status
}

async function bound<T extends pg.QueryResultRow>(database: pg.Client, sql: string): Promise<T | undefined> {
  await database.query('begin')
  try {
    await database.query("select set_config('app.shop_domain', $1, true)", [SHOP])
    await database.query("select set_config('app.shop_id', id::text, true) from shop where domain = $1", [
      SHOP,
    ])
    return (await database.query<T>(sql)).rows[0]
  } finally {
    await database.query('rollback')
  }
}

async function countReceipts(database: pg.Client): Promise<number> {
  const row = await bound<{ receipts: string }>(
    database,
    "select count(*) as receipts from webhook_receipt where topic = 'orders/create'",
  )
  return Number(row?.receipts)
}

async function postedOrders(database: pg.Client): Promise<number> {
  const row = await bound<{ orders: string }>(
    database,
    'select count(distinct order_id) as orders from journal',
  )
  return Number(row?.orders)
}

async function untilPosted(database: pg.Client, orders: number): Promise<void> {
  const until = Date.now() + 300_000
  while ((await postedOrders(database)) < orders) {
    if (Date.now() > until)
      throw new Error(`only ${await postedOrders(database)} of ${orders} orders were posted in 300 s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Orders a second from the moment the sandbox delivers their webhooks until the last one is posted. */
async function endToEndRate(control: Control, database: pg.Client, variantId: string): Promise<number> {
  const before = await postedOrders(database)
  await control('POST', '/control/webhooks/faults', { drop: 0, seed: 1 })
  const started = performance.now()
  await placeOrders(control, variantId, ORDERS)
  await untilPosted(database, before + ORDERS)
  return Math.round((ORDERS / ((performance.now() - started) / 1000)) * 10) / 10
}
