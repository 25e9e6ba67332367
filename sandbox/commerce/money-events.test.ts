import { expect, test } from 'vitest'
import type { Order } from '#sandbox/state/nouns.ts'
import { capturePayment } from './capture-payment.ts'
import { readBag } from './minor-bag.ts'
import { openReturn } from './open-return.ts'
import { cashRounding } from './payments.ts'
import { type PlaceOrderInput, placeOrder } from './place-order.ts'
import { processReturn } from './process-return.ts'
import { refundOrder } from './refund-order.ts'
import { moveReturn } from './return-status.ts'
import { must, openStore, STORE, sumOfSales } from './sample-store.test-support.ts'
import { setExchangeRates } from './set-exchange-rates.ts'
import { voidPayment } from './void-payment.ts'

const CANADA = [
  { title: 'GST', rate: '0.05' },
  { title: 'PST', rate: '0.07' },
]

function openWith(input: Partial<PlaceOrderInput> = {}, quantity = 2) {
  const { sandbox, variantIds } = openStore({ taxRate: '0' })
  const lines = [{ variantId: variantIds[0] ?? '', quantity }]
  const { order } = must(placeOrder(sandbox, STORE, { lines, ...input }))
  return { sandbox, variantIds, order, lineItemId: order.lineItems[0]?.id ?? '' }
}

function salesOf(order: Order) {
  return (order.agreements.at(-1)?.sales ?? []).map(({ actionType, lineType, total }) => [
    actionType,
    lineType,
    total.shop,
  ])
}

function isTied(order: Order): boolean {
  const sum = sumOfSales(order)
  const total = readBag(order.currentTotal, order)
  return sum.shop === total.shop && sum.presentment === total.presentment
}

test('tax included in prices is split among the taxes, each rounded on its own', () => {
  const { order } = openWith({ taxes: CANADA, taxesIncluded: true }, 1)
  const [sale] = order.agreements[0]?.sales ?? []
  expect(sale?.total.shop).toBe('100.00')
  expect(sale?.taxes?.map(({ title, amount }) => [title, amount.shop])).toEqual([
    ['GST', '4.46'],
    ['PST', '6.25'],
  ])
  expect(sale?.tax.shop).toBe('10.71')
})

test('a part of a return is a sale when it is processed; fees are kept, and the goods of an exchange amend the order', () => {
  const { sandbox, variantIds, order, lineItemId } = openWith({}, 3)
  const topics: string[] = []
  sandbox.subscribe(({ topic }) => topics.push(topic))
  const { return: one } = must(
    openReturn(sandbox, STORE, order.id, {
      lines: [{ lineItemId, quantity: 2, restockingFee: '0.1' }],
      exchange: [{ variantId: variantIds[1] ?? '', quantity: 1, discountAmount: '3.33' }],
      shippingFee: '5.00',
    }),
  )
  expect(order.agreements).toHaveLength(1)
  const [line] = one.lines
  const [exchange] = one.exchange ?? []
  const units = [{ id: line?.id ?? '', quantity: 1 }]
  must(processReturn(sandbox, STORE, order.id, one.id, { lines: units, exchange: [] }))
  expect(one.status).toBe('OPEN')
  expect(salesOf(order)).toEqual([
    ['RETURN', 'PRODUCT', '-100.00'],
    ['ORDER', 'FEE', '10.00'],
    ['ORDER', 'FEE', '5.00'],
  ])
  expect(order.refunds[0]?.total.shop).toBe('85.00')
  const again = processReturn(sandbox, STORE, order.id, one.id, {
    lines: [{ ...units[0], quantity: 2 } as never],
  })
  expect(again).toMatchObject({ ok: false, reason: 'quantity_exceeds_remaining' })
  must(processReturn(sandbox, STORE, order.id, one.id))
  expect(one.status).toBe('CLOSED')
  expect(salesOf(order)).toEqual([
    ['RETURN', 'PRODUCT', '-100.00'],
    ['ORDER', 'FEE', '10.00'],
    ['ORDER', 'PRODUCT', '30.00'],
  ])
  expect(exchange?.lineItemIds).toEqual([order.lineItems[1]?.id])
  expect(order.currentTotal.shop).toBe('155.00')
  expect(order.refunds.map(({ total }) => total.shop)).toEqual(['85.00', '60.00'])
  expect(isTied(order)).toBe(true)
  expect(topics.filter((topic) => topic.startsWith('returns/'))).toEqual([
    'returns/approve',
    'returns/process',
    'returns/process',
    'returns/close',
  ])
})

test('a return that is asked for waits to be approved, and what is done with may not be moved', () => {
  const { sandbox, order, lineItemId } = openWith()
  const lines = [{ lineItemId, quantity: 1 }]
  const { return: one } = must(openReturn(sandbox, STORE, order.id, { lines, request: true }))
  expect(processReturn(sandbox, STORE, order.id, one.id)).toMatchObject({ reason: 'return_not_open' })
  must(moveReturn(sandbox, STORE, order.id, one.id, { step: 'approve' }))
  must(processReturn(sandbox, STORE, order.id, one.id))
  for (const step of ['approve', 'cancel', 'reopen'] as const) {
    expect(moveReturn(sandbox, STORE, order.id, one.id, { step })).toMatchObject({ reason: 'wrong_status' })
  }
  const { return: other } = must(openReturn(sandbox, STORE, order.id, { lines, request: true }))
  expect(openReturn(sandbox, STORE, order.id, { lines })).toMatchObject({
    reason: 'quantity_exceeds_remaining',
  })
  must(moveReturn(sandbox, STORE, order.id, other.id, { step: 'decline', reason: 'FINAL_SALE' }))
  must(openReturn(sandbox, STORE, order.id, { lines }))
})

test('money of every kind goes back by itself: tax alone, shipping alone, duties, fees, less than the goods, more than them', () => {
  const { sandbox, order, lineItemId } = openWith({
    taxes: CANADA,
    shipping: { title: 'Post', price: '10.00' },
    tip: '4.00',
    duties: [{ line: 0, amount: '30.00' }],
    additionalFees: [{ name: 'Hallmark', price: '6.00' }],
  })
  const dutyId = order.duties?.[0]?.id ?? ''
  must(refundOrder(sandbox, STORE, order.id, { tax: [{ lineItemId, amount: '12.00' }] }))
  expect(salesOf(order)).toEqual([['UPDATE', 'PRODUCT', '-12.00']])
  expect(order.refunds[0]).toMatchObject({
    total: { shop: '12.00' },
    lines: [{ quantity: 0, subtotal: { shop: '0.00' } }],
  })
  must(refundOrder(sandbox, STORE, order.id, { shipping: '5.60' }))
  expect(salesOf(order)).toEqual([['RETURN', 'SHIPPING', '-5.60']])
  const goods = { lines: [{ lineItemId, quantity: 1 }], duties: [{ dutyId, type: 'PROPORTIONAL' as const }] }
  must(refundOrder(sandbox, STORE, order.id, goods))
  expect(salesOf(order)).toEqual([
    ['RETURN', 'PRODUCT', '-106.00'],
    ['RETURN', 'DUTY', '-15.00'],
  ])
  must(refundOrder(sandbox, STORE, order.id, { tip: true, additionalFees: true }))
  must(refundOrder(sandbox, STORE, order.id, { amount: '8.00' }))
  expect(salesOf(order)).toEqual([['RETURN', 'ADJUSTMENT', '-8.00']])
  const less = {
    lines: [{ lineItemId, quantity: 1 }],
    amount: '90.00',
    discrepancyReason: 'RESTOCK' as const,
  }
  const { refund } = must(refundOrder(sandbox, STORE, order.id, less))
  expect([refund.adjustment?.shop, refund.discrepancyReason]).toEqual(['16.00', 'RESTOCK'])
  expect(isTied(order)).toBe(true)
})

test('a refund at the rate of its day gives the buyer the same and costs the shop another amount; sales stay at the rate of the sale', () => {
  const { sandbox, order } = openWith({ presentment: { currency: 'EUR', rate: '0.85' } }, 1)
  must(setExchangeRates(sandbox, STORE, { EUR: '0.775' }))
  const { refund } = must(refundOrder(sandbox, STORE, order.id, { full: true }))
  expect(refund.total).toEqual({ shop: '109.68', presentment: '85.00' })
  expect(order.transactions.at(-1)).toMatchObject({ settles: { shop: '100.00', presentment: '85.00' } })
  expect(salesOf(order)).toEqual([['RETURN', 'PRODUCT', '-100.00']])
  expect([order.currentTotal.shop, order.financialStatus]).toEqual(['0.00', 'REFUNDED'])
})

test('an authorized order is captured in parts, or let go', () => {
  const { sandbox, order } = openWith({ payment: 'authorized' })
  expect(order.financialStatus).toBe('AUTHORIZED')
  must(capturePayment(sandbox, STORE, order.id, { amount: '50.00' }))
  expect(order.financialStatus).toBe('PARTIALLY_PAID')
  const parentId = order.transactions[0]?.id
  expect(capturePayment(sandbox, STORE, order.id, { amount: '150.01', parentId })).toMatchObject({
    reason: 'amount_exceeds_capturable',
  })
  expect(voidPayment(sandbox, STORE, order.id)).toMatchObject({ reason: 'not_voidable' })
  must(capturePayment(sandbox, STORE, order.id, { parentId }))
  expect(order.financialStatus).toBe('PAID')
  const { sandbox: other, order: dropped } = openWith({ payment: 'authorized' })
  must(voidPayment(other, STORE, dropped.id))
  expect([dropped.financialStatus, dropped.currentTotal.shop]).toEqual(['VOIDED', '200.00'])
  expect(capturePayment(other, STORE, dropped.id, { parentId: dropped.transactions[0]?.id })).toMatchObject({
    reason: 'unknown_transaction',
  })
})

test('a gift card pays first, cash is rounded to its coin, and neither is in the sales', () => {
  const { order } = openWith({ giftCard: '60.00', cashRounding: '0.05', orderDiscount: '0.03' })
  expect(order.transactions.map(({ gateway, amount }) => [gateway, amount.shop])).toEqual([
    ['gift_card', '60.00'],
    ['cash', '139.97'],
  ])
  expect(cashRounding(order).paid.shop).toBe(-2n)
  expect([order.financialStatus, order.currentTotal.shop]).toEqual(['PAID', '199.97'])
  expect(isTied(order)).toBe(true)
})

test('a missing adjustment sale is a fault on purpose: the total moves and no sale says so', () => {
  const { sandbox, order, lineItemId } = openWith()
  const lines = [{ lineItemId, quantity: 1 }]
  must(refundOrder(sandbox, STORE, order.id, { lines, amount: '70.00', omitAdjustmentSale: true }))
  expect(order.currentTotal.shop).toBe('130.00')
  expect(sumOfSales(order).shop).toBe(10000n)
})
