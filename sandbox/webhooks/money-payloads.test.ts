import '@shopify/shopify-api/adapters/node'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api'
import { expect, test } from 'vitest'
import { editOrder } from '#sandbox/commerce/edit-order.ts'
import { openReturn } from '#sandbox/commerce/open-return.ts'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import { processReturn } from '#sandbox/commerce/process-return.ts'
import { refundOrder } from '#sandbox/commerce/refund-order.ts'
import { must, openStore, STORE } from '#sandbox/commerce/sample-store.test-support.ts'
import { installApp } from '#sandbox/oauth/install.ts'
import { attachWebhooks } from './attach-webhooks.ts'
import { startReceiver } from './receiver.test-support.ts'

const library = shopifyApi({
  apiKey: 'filigree-local-key',
  apiSecretKey: 'shpss_local_secret',
  apiVersion: ApiVersion.October26,
  hostName: 'localhost',
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error },
})

test('payloads of edits, duties, several taxes and returns in part say what happened, and the library accepts them', async () => {
  const receiver = await startReceiver()
  const { sandbox, variantIds } = openStore()
  sandbox.options.appUrl = receiver.url
  const webhooks = attachWebhooks(sandbox, { retryDelaysMs: Array(8).fill(5) })
  must(installApp(sandbox, STORE))
  const { order } = must(
    placeOrder(sandbox, STORE, {
      lines: [{ variantId: variantIds[0] ?? '', quantity: 3 }],
      shipping: { title: 'Post', price: '5.00' },
      duties: [{ line: 0, amount: '30.00', harmonizedSystemCode: '711319' }],
      taxes: [
        { title: 'GST', rate: '0.05' },
        { title: 'PST', rate: '0.07' },
      ],
    }),
  )
  const lineItemId = order.lineItems[0]?.id ?? ''
  must(
    editOrder(sandbox, STORE, order.id, {
      addShipping: [{ title: 'Courier', price: '9.00' }],
      discount: [{ lineItemId, amount: '30.00' }],
      staffNote: 'By phone',
    }),
  )
  const { return: one } = must(
    openReturn(sandbox, STORE, order.id, { lines: [{ lineItemId, quantity: 2, restockingFee: '0.1' }] }),
  )
  const lines = [{ id: one.lines[0]?.id ?? '', quantity: 1 }]
  const dutyId = order.duties?.[0]?.id ?? ''
  must(processReturn(sandbox, STORE, order.id, one.id, { lines, duties: [{ dutyId, type: 'PROPORTIONAL' }] }))
  must(refundOrder(sandbox, STORE, order.id, { tax: [{ lineItemId, amount: '2.00' }] }))
  await webhooks.flush()
  await webhooks.stop()
  await receiver.stop()
  const bodyOf = (topic: string, last = false) => {
    const all = receiver.received.filter(({ path }) => path === `/webhooks/${topic}`)
    return JSON.parse((last ? all.at(-1) : all[0])?.body ?? '{}')
  }
  expect(bodyOf('orders/create')).toMatchObject({
    line_items: [
      {
        tax_lines: [
          { title: 'GST', price: '15.00' },
          { title: 'PST', price: '21.00' },
        ],
        duties: [{ harmonized_system_code: '711319', shop_money: { amount: '30.00' } }],
      },
    ],
    original_total_duties_set: { shop_money: { amount: '30.00' } },
    current_total_additional_fees_set: null,
  })
  expect(bodyOf('orders/edited').order_edit).toMatchObject({
    staff_note: 'By phone',
    discounts: { line_item: { additions: [{ id: Number(lineItemId), delta: '30.00' }] } },
    shipping_lines: { additions: [{ id: Number(order.addedShipping?.[0]?.id), delta: '10.08' }] },
  })
  expect(bodyOf('returns/process')).toMatchObject({
    status: 'open',
    return_line_items: [{ quantity: 2, processed_quantity: 1 }],
  })
  expect(bodyOf('refunds/create')).toMatchObject({ duties: [{ duty_id: Number(dutyId) }] })
  expect(bodyOf('refunds/create', true)).toMatchObject({
    refund_line_items: [{ quantity: 0, subtotal: '0.00', total_tax: '2.00' }],
    transactions: [{ amount: '2.00' }],
  })
  const verdicts = await Promise.all(
    receiver.received.map(({ path, headers, body }) => {
      const rawRequest = Object.assign(new IncomingMessage(new Socket()), {
        headers,
        url: path,
        method: 'POST',
      })
      return library.webhooks.validate({ rawBody: body, rawRequest })
    }),
  )
  expect(verdicts.length).toBeGreaterThan(4)
  expect(verdicts.every(({ valid }) => valid)).toBe(true)
})
