import { expect, test } from 'vitest'
import { openStore, STORE } from '#sandbox/commerce/sample-store.test-support.ts'
import { attachWebhooks } from '#sandbox/webhooks/attach-webhooks.ts'
import { controlRouter } from './router.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, each looked at by its own assertion
type Answer = { status: number; body: Record<string, any> }

async function openControl() {
  const { sandbox, variantIds } = openStore({ taxRate: '0' })
  const webhooks = attachWebhooks(sandbox)
  const router = controlRouter(sandbox, webhooks)
  const call = async (path: string, body: unknown = {}): Promise<Answer> => {
    const url = `/control/shops/${STORE}${path}`
    const response = await router.request(url, { method: 'POST', body: JSON.stringify(body) })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  const lines = [{ variantId: variantIds[0], quantity: 2 }]
  return { call, lines, variantIds, stop: () => webhooks.stop() }
}

test('every money event is reached by a call, and refused by name when it cannot be', async () => {
  const { call, lines, variantIds, stop } = await openControl()
  expect((await call('/exchange-rates', { rates: { EUR: '0.80' } })).body.shop.exchangeRates).toEqual({
    EUR: '0.80',
  })
  const placed = await call('/orders', {
    lines,
    presentment: { currency: 'EUR', rate: '0.85' },
    taxes: [
      { title: 'GST', rate: '0.05' },
      { title: 'PST', rate: '0.07' },
    ],
    taxesIncluded: true,
    duties: [{ line: 0, amount: '10.00' }],
    additionalFees: [{ name: 'Hallmark', price: '4.00' }],
    payment: 'authorized',
  })
  const { id, lineItems, duties } = placed.body.order
  const lineItemId = lineItems[0].id
  expect((await call(`/orders/${id}/capture`, { amount: '14.00' })).body.order.financialStatus).toBe(
    'PARTIALLY_PAID',
  )
  expect((await call(`/orders/${id}/void`)).body.reason).toBe('not_voidable')
  expect((await call(`/orders/${id}/capture`)).body.order.financialStatus).toBe('PAID')
  const edited = await call(`/orders/${id}/edits`, {
    addCustom: [{ title: 'Engraving', quantity: 1, unitPrice: '20.00' }],
    addShipping: [{ title: 'Courier', price: '6.00' }],
    staffNote: 'By phone',
  })
  expect(edited.body.order.currentTotal.shop).toBe('240.00')
  const taxOnly = await call(`/orders/${id}/refunds`, { tax: [{ lineItemId, amount: '1.00' }] })
  expect(taxOnly.body.order.currentTotal.shop).toBe('239.00')
  const back = await call(`/orders/${id}/refunds`, {
    lines: [{ lineItemId, quantity: 1 }],
    duties: [{ dutyId: duties[0].id, type: 'PROPORTIONAL' }],
    rate: '1.00',
  })
  expect(back.body.refund.total.shop).toBe(back.body.refund.total.presentment)
  const opened = await call(`/orders/${id}/returns`, {
    lines: [{ lineItemId, quantity: 1, restockingFee: '0.1' }],
    exchange: [{ variantId: variantIds[1], quantity: 1, discountPercentage: '0.5' }],
    shippingFee: '2.00',
    request: true,
  })
  const status = `/orders/${id}/returns/${opened.body.return.id}/status`
  expect((await call(status, { step: 'close' })).body.reason).toBe('wrong_status')
  expect((await call(status, { step: 'approve' })).body.return.status).toBe('OPEN')
  const processed = await call(`/orders/${id}/returns/${opened.body.return.id}/process`, { refund: false })
  expect(processed.body).toMatchObject({ return: { status: 'CLOSED' }, refund: null })
  const before = processed.body.order.currentTotal.shop
  const drifted = await call(`/orders/${id}/drift`, { amount: '0.01' })
  expect(Number(drifted.body.order.currentTotal.shop)).toBeCloseTo(Number(before) + 0.01)
  await call(`/orders/${id}/archive`, { archived: true })
  expect((await call(`/orders/${id}/edits`, { increase: [{ lineItemId, quantity: 1 }] })).body.reason).toBe(
    'archived',
  )
  await stop()
})

test('what a money call is given wrongly is said with its field', async () => {
  const { call, lines, stop } = await openControl()
  const { id } = (await call('/orders', { lines })).body.order
  const table: Array<[string, unknown, string]> = [
    ['/orders', { lines, taxes: [{ title: 'GST', rate: '5' }] }, 'invalid_tax_rate'],
    ['/orders', { lines, duties: [{ line: 7, amount: '1' }] }, 'invalid_amount'],
    ['/orders', { lines, paidAmount: '-1' }, 'invalid_amount'],
    ['/exchange-rates', { rates: { USD: '1' } }, 'invalid_currency'],
    ['/exchange-rates', { rates: { EUR: '0' } }, 'invalid_rate'],
    [`/orders/${id}/refunds`, { duties: [{ dutyId: '9' }] }, 'unknown_duty'],
    [`/orders/${id}/refunds`, { tax: [{ lineItemId: '9', amount: '1' }] }, 'unknown_line'],
    [`/orders/${id}/refunds`, { rate: '1.1', full: true }, 'invalid_rate'],
    [`/orders/${id}/refunds`, { presentmentAmount: '9999' }, 'amount_exceeds_refundable'],
    [`/orders/${id}/capture`, { amount: '1' }, 'nothing_to_capture'],
    [`/orders/${id}/drift`, { amount: '0' }, 'invalid_amount'],
    [`/orders/${id}/returns`, { lines: [{ lineItemId: '9', quantity: 1 }] }, 'unknown_line'],
    [`/orders/${id}/returns/9/status`, { step: 'close' }, 'unknown_return'],
    [`/orders/${id}/edits`, { addShipping: [{ title: 'X', price: 'free' }] }, 'invalid_amount'],
    ['/discounts/9', { percentage: '0.2' }, 'unknown_discount'],
    ['/discounts/9/activate', {}, 'unknown_discount'],
  ]
  for (const [path, body, reason] of table) {
    expect((await call(path, body)).body, path).toMatchObject({ ok: false, reason })
  }
  await stop()
})
