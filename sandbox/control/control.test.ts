import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type SampleStore, STORE } from '#sandbox/commerce/sample-store.test-support.ts'
import { attachWebhooks, type Webhooks } from '#sandbox/webhooks/attach-webhooks.ts'
import { type Receiver, startReceiver } from '#sandbox/webhooks/receiver.test-support.ts'
import { controlRouter } from './router.ts'

let store: SampleStore
let webhooks: Webhooks
let receiver: Receiver
let router: ReturnType<typeof controlRouter>

beforeAll(async () => {
  receiver = await startReceiver()
  store = openStore()
  store.sandbox.options.appUrl = receiver.url
  webhooks = attachWebhooks(store.sandbox)
  router = controlRouter(store.sandbox, webhooks)
})

afterAll(async () => {
  await webhooks.stop()
  await receiver.stop()
})

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, each looked at by its own assertion
type Answer = { status: number; body: Record<string, any> }

async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
  const init = method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body ?? {}) }
  const response = await router.request(path, { method, ...init })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

const SHOP = `/control/shops/${STORE}`

test('an order is placed, refunded, disputed and decided by calls, and every step reaches the app', async () => {
  await call('POST', `${SHOP}/install`)
  const placed = await call('POST', `${SHOP}/orders`, {
    lines: [{ variantId: store.variantIds[0], quantity: 2 }],
  })
  expect(placed).toMatchObject({ status: 200, body: { ok: true, order: { financialStatus: 'PAID' } } })
  const order = placed.body.order
  const lineItemId = order.lineItems[0].id
  const refunded = await call('POST', `${SHOP}/orders/${order.id}/refunds`, {
    lines: [{ lineItemId, quantity: 1 }],
  })
  expect(refunded.body.order.financialStatus).toBe('PARTIALLY_REFUNDED')
  const disputed = await call('POST', `${SHOP}/orders/${order.id}/disputes`)
  const decided = await call('POST', `${SHOP}/disputes/${disputed.body.dispute.id}`, { status: 'LOST' })
  expect(decided.body.dispute.finalizedOn).not.toBeNull()
  const returned = await call('POST', `${SHOP}/orders/${order.id}/returns`, {
    lines: [{ lineItemId, quantity: 1 }],
    process: true,
  })
  expect(returned.body.return.status).toBe('CLOSED')
  const flushed = await call('POST', '/control/webhooks/flush')
  expect(flushed.body.counts).toMatchObject({ pending: 0, failed: 0 })
  const paths = new Set(receiver.received.map(({ path }) => path))
  for (const topic of [
    'orders/paid',
    'refunds/create',
    'disputes/create',
    'disputes/update',
    'returns/process',
  ]) {
    expect(paths).toContain(`/webhooks/${topic}`)
  }
})

test('the clock moves business time only where it is told to', async () => {
  const moved = await call('POST', '/control/clock', { to: '2027-03-01T12:00:00Z' })
  expect(moved.body.now).toMatch(/^2027-03-01T12:00:0/)
  const placed = await call('POST', `${SHOP}/orders`, {
    lines: [{ variantId: store.variantIds[0], quantity: 1 }],
  })
  expect(placed.body.order.createdAt).toMatch(/^2027-03-01/)
  expect((await call('POST', '/control/clock', { reset: true })).body.offsetMs).toBe(0)
})

test('a batch runs in order and stops at the first refusal, saying which', async () => {
  const order = { lines: [{ variantId: store.variantIds[1], quantity: 1 }] }
  const good = await call('POST', '/control/batch', { calls: [{ path: `${SHOP}/orders`, body: order }] })
  expect(good.body.results).toHaveLength(1)
  const bad = await call('POST', '/control/batch', [
    { path: `${SHOP}/orders`, body: order },
    { path: `${SHOP}/orders`, body: { lines: [] } },
    { path: `${SHOP}/orders`, body: order },
  ])
  expect(bad.body).toMatchObject({ ok: false, reason: 'call_refused' })
  expect(bad.body.message).toContain('calls.1')
  expect(bad.body.results).toHaveLength(2)
})

test('what is wrong with a call is said with a name, a field and a fitting status', async () => {
  const table: Array<[string, unknown, number, string, string]> = [
    [`${SHOP}/orders`, '{', 400, 'invalid_json', 'JSON'],
    [`${SHOP}/orders`, {}, 400, 'invalid_body', 'lines'],
    [
      `${SHOP}/orders`,
      { lines: [{ variantId: '1', quantity: 'two' }] },
      400,
      'invalid_body',
      'lines.0.quantity',
    ],
    [`${SHOP}/orders`, { lines: [], nonsense: 1 }, 400, 'invalid_body', 'nonsense'],
    [`${SHOP}/orders`, { lines: [] }, 422, 'no_lines', 'lines'],
    ['/control/shops/nobody.myshopify.com/orders', { lines: [] }, 404, 'unknown_shop', 'nobody'],
    [`${SHOP}/orders/9/refunds`, { full: true }, 404, 'unknown_order', '9'],
    [`${SHOP}/disputes/9`, { status: 'WON' }, 404, 'unknown_dispute', '9'],
    [`${SHOP}/disputes/9`, { status: 'MAYBE' }, 400, 'invalid_body', 'status'],
    [`${SHOP}/orders/import`, '{', 422, 'not_json', 'JSON'],
    [`${SHOP}/orders/import?topic=carts/create`, '{}', 422, 'unsupported_topic', 'topic'],
    ['/control/shops', { domain: 'x', name: 'X' }, 400, 'invalid_body', 'currency'],
    ['/control/clock', { to: 'tomorrow' }, 400, 'invalid_body', 'to'],
    ['/control/clock', {}, 400, 'invalid_body', 'exactly one'],
    ['/control/webhooks/faults', { drop: 2 }, 400, 'invalid_body', 'drop'],
    ['/control/webhooks/77777/redeliver', {}, 404, 'unknown_delivery', '77777'],
    [
      '/control/faults',
      { throttle: { maximumAvailable: -1, restoreRate: 1 } },
      400,
      'invalid_body',
      'throttle',
    ],
    ['/control/nonsense', {}, 404, 'unknown_call', 'nonsense'],
  ]
  for (const [path, body, status, reason, words] of table) {
    const answer = await call('POST', path, body)
    expect(answer, path).toMatchObject({ status, body: { ok: false, reason } })
    expect(answer.body.message).toContain(words)
  }
})

test('lists page and filter; reset leaves nothing', async () => {
  const page = await call('GET', `${SHOP}/orders?limit=1`)
  expect(page.body.orders).toHaveLength(1)
  expect(page.body.total).toBeGreaterThan(1)
  expect((await call('GET', `${SHOP}/products?limit=2&offset=3`)).body.products).toHaveLength(1)
  expect((await call('GET', `${SHOP}/orders?limit=0`)).body).toMatchObject({ reason: 'invalid_query' })
  await call('POST', '/control/reset')
  expect((await call('GET', '/control/state')).body.shops).toEqual([])
})
