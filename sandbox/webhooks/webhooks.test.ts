import '@shopify/shopify-api/adapters/node'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cancelOrder } from '#sandbox/commerce/cancel-order.ts'
import { createCustomer } from '#sandbox/commerce/create-customer.ts'
import { editOrder } from '#sandbox/commerce/edit-order.ts'
import { importPayload } from '#sandbox/commerce/import-order.ts'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import { redactCustomer, requestCustomerData } from '#sandbox/commerce/redact-customer.ts'
import { refundOrder } from '#sandbox/commerce/refund-order.ts'
import {
  must,
  openStore,
  type SampleStore,
  STORE,
  sumOfSales,
} from '#sandbox/commerce/sample-store.test-support.ts'
import { installApp, requestShopRedact, uninstallApp } from '#sandbox/oauth/install.ts'
import type { Order } from '#sandbox/state/nouns.ts'
import { attachWebhooks, type Webhooks } from './attach-webhooks.ts'
import { orderPayload } from './order-payload.ts'
import { type Receiver, startReceiver } from './receiver.test-support.ts'

let receiver: Receiver
let store: SampleStore
let webhooks: Webhooks

beforeEach(async () => {
  receiver = await startReceiver()
  store = openStore()
  store.sandbox.options.appUrl = receiver.url
  webhooks = attachWebhooks(store.sandbox, { retryDelaysMs: Array(8).fill(5) })
  must(installApp(store.sandbox, STORE))
})

afterEach(async () => {
  await webhooks.stop()
  await receiver.stop()
})

function placeOne(): Order {
  const lines = [{ variantId: store.variantIds[0] ?? '', quantity: 2 }]
  return must(placeOrder(store.sandbox, STORE, { lines, shipping: { title: 'Post', price: '5.00' } })).order
}

function topics(): string[] {
  return receiver.received.map(({ headers }) => headers['x-shopify-topic'] ?? '')
}

const library = shopifyApi({
  apiKey: 'filigree-local-key',
  apiSecretKey: 'shpss_local_secret',
  apiVersion: ApiVersion.October26,
  hostName: 'localhost',
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error },
})

/** The node adapter reads a Node request, of which the validation looks at headers only. */
async function validate({ path, headers, body }: Receiver['received'][number]) {
  const rawRequest = Object.assign(new IncomingMessage(new Socket()), { headers, url: path, method: 'POST' })
  return library.webhooks.validate({ rawBody: body, rawRequest })
}

test("Shopify's own library accepts every delivery and refuses the forged ones", async () => {
  webhooks.setFaults({ forge: 1, seed: 3 })
  const order = placeOne()
  must(refundOrder(store.sandbox, STORE, order.id, { full: true }))
  await webhooks.flush()
  const verdicts = await Promise.all(receiver.received.map(validate))
  const valid = verdicts.filter(({ valid: isValid }) => isValid)
  expect(valid).toHaveLength(receiver.received.length / 2)
  expect(webhooks.deliveries().filter(({ forged }) => forged)).toHaveLength(receiver.received.length / 2)
  for (const verdict of valid) {
    expect(verdict).toMatchObject({ domain: STORE, apiVersion: '2026-10' })
    expect(verdict).toHaveProperty('eventId')
    expect(verdict).toHaveProperty('triggeredAt')
  }
})

test('each declared topic arrives at its own path; topics that are not declared are not sent', async () => {
  const order = placeOne()
  must(cancelOrder(store.sandbox, STORE, order.id))
  await webhooks.flush()
  expect(topics().sort()).toEqual(
    [
      ...['inventory_levels/update', 'inventory_levels/update', 'orders/cancelled'],
      ...['orders/create', 'orders/paid', 'refunds/create'],
    ].sort(),
  )
  const refund = receiver.received.find(({ path }) => path === '/webhooks/refunds/create')
  expect(JSON.parse(refund?.body ?? '{}')).toMatchObject({ order_id: Number(order.id) })
})

test('orders/edited tells of the edit and its order, line by line', async () => {
  const order = placeOne()
  const lineItemId = order.lineItems[0]?.id ?? ''
  const add = [{ variantId: store.variantIds[1] ?? '', quantity: 3 }]
  must(editOrder(store.sandbox, STORE, order.id, { add, remove: [{ lineItemId, quantity: 1 }] }))
  await webhooks.flush()
  const edited = receiver.received.find(({ path }) => path === '/webhooks/orders/edited')
  expect(JSON.parse(edited?.body ?? '{}')).toMatchObject({
    order_edit: {
      order_id: Number(order.id),
      line_items: {
        additions: [{ id: Number(order.lineItems[1]?.id), delta: 3 }],
        removals: [{ id: Number(lineItemId), delta: 1 }],
      },
    },
  })
})

test('a retry sends the original payload under the same webhook id, although the order has changed', async () => {
  receiver.answerWith((request, count) =>
    request.headers['x-shopify-topic'] === 'orders/create' && count < 6 ? 500 : 200,
  )
  const order = placeOne()
  const sent = webhooks.deliveries().find(({ topic }) => topic === 'orders/create')
  order.note = 'changed since'
  await webhooks.flush()
  const attempts = receiver.received.filter(({ headers }) => headers['x-shopify-topic'] === 'orders/create')
  expect(attempts.length).toBeGreaterThan(1)
  expect(new Set(attempts.map(({ body }) => body)).size).toBe(1)
  expect(attempts[0]?.body).not.toContain('changed since')
  expect(new Set(attempts.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(1)
  expect(sent?.status).toBe('delivered')
})

test('a delivery is given up after eight retries', async () => {
  receiver.answerWith(() => 503)
  placeOne()
  await webhooks.flush()
  const [one] = webhooks.deliveries()
  expect(one?.status).toBe('failed')
  expect(one?.attempts).toHaveLength(9)
})

test('a redirect is not a success and is not followed', async () => {
  receiver.answerWith(() => 302)
  placeOne()
  await webhooks.flush()
  expect(webhooks.deliveries().every(({ status }) => status === 'failed')).toBe(true)
})

test('duplicates share the event id and differ in the webhook id', async () => {
  webhooks.setFaults({ duplicate: 1, seed: 2 })
  placeOne()
  await webhooks.flush()
  const created = receiver.received.filter(({ headers }) => headers['x-shopify-topic'] === 'orders/create')
  expect(created).toHaveLength(2)
  expect(new Set(created.map(({ headers }) => headers['x-shopify-event-id'])).size).toBe(1)
  expect(new Set(created.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(2)
})

test('dropped and reordered deliveries follow the seed, and redelivery brings a dropped one back', async () => {
  const outcomes: string[] = []
  for (let run = 0; run < 2; run++) {
    webhooks.clear()
    webhooks.setFaults({ drop: 0.3, reorder: 0.5, seed: 7 })
    for (let count = 0; count < 20; count++) placeOne()
    outcomes.push(
      webhooks
        .deliveries()
        .map(({ status }) => status)
        .join(' '),
    )
    await webhooks.flush()
  }
  expect(outcomes[1]).toBe(outcomes[0])
  expect(outcomes[0]).toContain('dropped')
  webhooks.setFaults({ drop: 0, reorder: 0 })
  const dropped = webhooks.deliveries().find(({ status }) => status === 'dropped')
  const again = webhooks.redeliver(dropped?.id ?? '')
  await webhooks.flush()
  expect(again).toMatchObject({ status: 'delivered', eventId: dropped?.eventId })
  expect(again?.webhookId).not.toBe(dropped?.webhookId)
  expect(webhooks.redeliver('999999')).toBeUndefined()
})

test('reordering lets later events overtake earlier ones', async () => {
  webhooks.setFaults({ reorder: 0.5, seed: 11 })
  for (let count = 0; count < 15; count++) placeOne()
  await webhooks.flush()
  const order = receiver.received
    .filter(({ headers }) => headers['x-shopify-topic'] === 'orders/create')
    .map(({ body }) => Number((JSON.parse(body) as { id: number }).id))
  expect(order).not.toEqual([...order].sort((a, b) => a - b))
  expect(new Set(order).size).toBe(15)
})

test('after the uninstall only its own topic and the compliance topics are sent', async () => {
  const input = { firstName: 'Ada', lastName: 'Moss', email: 'ada@shopper.example' }
  const { customer } = must(createCustomer(store.sandbox, STORE, input))
  must(uninstallApp(store.sandbox, STORE))
  placeOne()
  must(requestCustomerData(store.sandbox, STORE, customer.id))
  must(redactCustomer(store.sandbox, STORE, customer.id))
  must(requestShopRedact(store.sandbox, STORE))
  await webhooks.flush()
  expect(topics().sort()).toEqual([
    'app/uninstalled',
    'customers/data_request',
    'customers/redact',
    'shop/redact',
  ])
  const redact = receiver.received.find(({ path }) => path.endsWith('/customers/redact'))
  expect(JSON.parse(redact?.body ?? '{}')).toMatchObject({
    shop_domain: STORE,
    customer: { id: Number(customer.id), email: 'ada@shopper.example' },
  })
})

test('an order payload sent out and captured again is worth the same, refunds included', () => {
  const money = fc.constantFrom('12.34', '99.99', '0.01', '250.00')
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.array(
        fc.record({ variant: fc.nat(3), quantity: fc.integer({ min: 1, max: 3 }), unitPrice: money }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      fc.array(fc.record({ line: fc.nat(3), amount: fc.option(fc.constantFrom('0.00', '0.01')) }), {
        maxLength: 4,
      }),
      fc.boolean(),
      (taxesIncluded, lines, refunds, inOther) => {
        const here = openStore({ taxesIncluded })
        const { order } = must(
          placeOrder(here.sandbox, STORE, {
            lines: lines.map(({ variant, ...line }) => ({
              ...line,
              variantId: here.variantIds[variant] ?? '',
            })),
            orderDiscount: '1.00',
            shipping: { title: 'Post', price: '7.50', discount: '2.25' },
            tip: '3.00',
            presentment: inOther ? { currency: 'JPY', rate: '149.31' } : undefined,
          }),
        )
        for (const { line, amount } of refunds) {
          const item = order.lineItems[line % order.lineItems.length]
          if (!item) continue
          refundOrder(here.sandbox, STORE, order.id, {
            lines: [{ lineItemId: item.id, quantity: 1 }],
            shipping: amount === null ? 'full' : undefined,
            amount: amount ?? undefined,
          })
        }
        const text = JSON.stringify(orderPayload(here.sandbox.shop(STORE), order))
        const there = must(importPayload(openStore({ taxesIncluded }).sandbox, STORE, text, 'orders/paid'))
        expect(there.notes).toEqual([])
        expect(there.difference.shop).toBe('0.00')
        expect(there.order.currentTotal).toEqual(order.currentTotal)
        expect(sumOfSales(there.order).shop).toBe(sumOfSales(order).shop)
      },
    ),
    { numRuns: 150 },
  )
})
