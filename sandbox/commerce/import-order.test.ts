import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { importPayload } from './import-order.ts'
import { readBag, subtractBags } from './minor-bag.ts'
import { formatMoney } from './money.ts'
import { refundOrder } from './refund-order.ts'
import { must, openStore, STORE, sumOfSales } from './sample-store.test-support.ts'

interface Expected {
  currentTotal: string
  presentmentTotal?: string
  difference: string
  /** Words that the notes must hold, one a note, in order. */
  notes: string[]
  discountCodes?: string[]
  lineTypes?: string[]
  kinds?: string[]
  refunds?: number
  test?: boolean
  cancelled?: boolean
}

interface Step {
  topic: string
  payload: Record<string, unknown>
  expect: Expected
}

const FOLDER = path.join(import.meta.dirname, 'vectors')
const FILES = fs.readdirSync(FOLDER).filter((name) => name.endsWith('.json'))

/** The payloads as text, so that long ids keep their digits as they do on the wire. */
function readVector(name: string): { says: string; steps: Array<Step & { text: string }> } {
  const file = fs.readFileSync(path.join(FOLDER, name), 'utf8')
  const vector = JSON.parse(file) as Step & { says: string; then?: Step[] }
  const exact = JSON.parse(file.replace(/: (\d{16,})/g, ': "$1"')) as typeof vector
  const texts = [exact, ...(exact.then ?? [])].map(({ payload }) => JSON.stringify(payload))
  const steps = [vector, ...(vector.then ?? [])].map((step, index) => ({ ...step, text: texts[index] ?? '' }))
  return { says: vector.says, steps }
}

test.each(FILES)('captured payload %s comes out as it says', (name) => {
  const { sandbox } = openStore()
  for (const { topic, text, expect: expected } of readVector(name).steps) {
    const { order, notes, difference } = must(importPayload(sandbox, STORE, text, topic))
    const sum = sumOfSales(order)
    const worth = readBag(order.currentTotal, order)
    expect(order.currentTotal.shop).toBe(expected.currentTotal)
    expect(difference.shop).toBe(expected.difference)
    expect(formatMoney(subtractBags(worth, sum).shop, order.currency)).toBe(expected.difference)
    expect(notes, notes.join('\n')).toHaveLength(expected.notes.length)
    expected.notes.forEach((words, index) => {
      expect(notes[index]).toContain(words)
    })
    if (expected.presentmentTotal) expect(order.currentTotal.presentment).toBe(expected.presentmentTotal)
    if (expected.discountCodes) expect(order.discountCodes).toEqual(expected.discountCodes)
    if (expected.kinds) expect(order.agreements.map(({ kind }) => kind)).toEqual(expected.kinds)
    if (expected.refunds !== undefined) expect(order.refunds).toHaveLength(expected.refunds)
    if (expected.test) expect(order.test).toBe(true)
    if (expected.cancelled) expect(order.cancelledAt).not.toBeNull()
    if (expected.lineTypes) {
      const sales = order.agreements.flatMap((agreement) => agreement.sales)
      expect(sales.map(({ lineType }) => lineType)).toEqual(expected.lineTypes)
    }
    for (const line of order.lineItems) {
      if (line.productId) expect(sandbox.shop(STORE).products[line.productId]?.status).toBe('DRAFT')
    }
  }
})

test.each(FILES)('captured payload %s twice is one order, unchanged', (name) => {
  const { sandbox } = openStore()
  const { steps } = readVector(name)
  for (const { topic, text } of steps) must(importPayload(sandbox, STORE, text, topic))
  const before = JSON.stringify(sandbox.shop(STORE))
  for (const { topic, text } of steps) {
    expect(must(importPayload(sandbox, STORE, text, topic)).created).toBe(false)
  }
  expect(JSON.stringify(sandbox.shop(STORE))).toBe(before)
  expect(Object.keys(sandbox.shop(STORE).orders)).toHaveLength(1)
})

test.each(FILES)('captured payload %s can be refunded to nothing but its difference', (name) => {
  const { sandbox } = openStore()
  const [first] = readVector(name).steps
  const { order, difference } = must(importPayload(sandbox, STORE, first?.text, first?.topic))
  refundOrder(sandbox, STORE, order.id, { full: true })
  expect(formatMoney(sumOfSales(order).shop, order.currency)).toBe(formatMoney(0n, order.currency))
  expect(order.currentTotal.shop).toBe(difference.shop)
})

const good = {
  id: 1,
  currency: 'USD',
  line_items: [{ id: 2, product_id: 3, variant_id: 4, title: 'Ring', quantity: 1, price: '10.00' }],
  total_price: '10.00',
}
const line = good.line_items[0]

test('payloads that cannot be used are refused with the field named, and nothing is kept', () => {
  const table: Array<[unknown, string, string]> = [
    ['{ not json', 'not_json', 'no JSON'],
    ['[]', 'not_an_object', 'no JSON object'],
    ['null', 'not_an_object', 'no JSON object'],
    [{ ...good, id: null }, 'missing_id', 'id'],
    [{ ...good, id: 'abc' }, 'invalid_id', 'id'],
    [{ ...good, currency: null }, 'missing_currency', 'currency'],
    [{ ...good, currency: 'DOLLARS' }, 'invalid_currency', 'currency'],
    [{ ...good, presentment_currency: 'XX' }, 'invalid_currency', 'presentment_currency'],
    [{ ...good, line_items: 'none' }, 'invalid_field', 'line_items'],
    [{ ...good, line_items: [null] }, 'invalid_field', 'line_items[0]'],
    [{ ...good, line_items: [{ ...line, quantity: -1 }] }, 'negative_quantity', 'line_items[0].quantity'],
    [{ ...good, line_items: [{ ...line, quantity: 'two' }] }, 'invalid_quantity', 'line_items[0].quantity'],
    [{ ...good, line_items: [{ ...line, price: '$10.00' }] }, 'invalid_amount', 'line_items[0].price'],
    [{ ...good, line_items: [{ ...line, price: '-10.00' }] }, 'negative_amount', 'line_items[0].price'],
    [{ ...good, line_items: [line, line] }, 'duplicate_line', 'line_items'],
    [{ ...good, total_price: '1.234,00' }, 'invalid_amount', 'total_price'],
    [{ ...good, created_at: 'soon' }, 'invalid_time', 'created_at'],
    [{ ...good, taxes_included: 'maybe' }, 'invalid_field', 'taxes_included'],
    [
      { ...good, total_price_set: { shop_money: { amount: '10.00', currency_code: 'EUR' } } },
      'currency_mismatch',
      'total_price_set.shop_money.currency_code',
    ],
    [{ id: 9, order_id: 8, refund_line_items: [] }, 'unknown_order', 'order_id'],
    [{ id: 9, refund_line_items: [] }, 'missing_order_id', 'order_id'],
  ]
  const { sandbox } = openStore()
  const before = JSON.stringify(sandbox.shop(STORE))
  for (const [payload, reason, field] of table) {
    const outcome = importPayload(sandbox, STORE, payload)
    expect(outcome, `${reason} ${field}`).toMatchObject({ ok: false, reason })
    if (!outcome.ok) expect(outcome.message).toContain(field)
  }
  expect(importPayload(sandbox, STORE, good, 'carts/update')).toMatchObject({ reason: 'unsupported_topic' })
  expect(JSON.stringify(sandbox.shop(STORE))).toBe(before)
})

test('a captured order never replaces one that was placed here', () => {
  const { sandbox } = openStore()
  const { order } = must(importPayload(sandbox, STORE, good))
  delete order.imported
  expect(importPayload(sandbox, STORE, good)).toMatchObject({ ok: false, reason: 'id_taken' })
})
