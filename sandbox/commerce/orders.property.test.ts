import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Order } from '#sandbox/state/nouns.ts'
import { cancelOrder } from './cancel-order.ts'
import { capturePayment } from './capture-payment.ts'
import { createDiscount } from './create-discount.ts'
import { editOrder } from './edit-order.ts'
import { readBag, subtractBags } from './minor-bag.ts'
import { formatMoney } from './money.ts'
import { openReturn } from './open-return.ts'
import { netPaid } from './payments.ts'
import { type PlaceOrderInput, placeOrder } from './place-order.ts'
import { processReturn } from './process-return.ts'
import { refundOrder } from './refund-order.ts'
import { sumSales } from './sales.ts'
import { must, openStore, type SampleStore, STORE, sumOfSales } from './sample-store.test-support.ts'

const shopArbitrary = fc.record({
  currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
  taxesIncluded: fc.boolean(),
  taxRate: fc.constantFrom('0', '0.0825', '0.19', '0.055'),
})

interface Draft {
  lines: Array<{ variant: number; quantity: number }>
  code: boolean
  orderDiscount: boolean
  shipping: boolean
  tip: boolean
  presentment: string | null
  payment: 'paid' | 'authorized' | 'pending'
}

const PLAIN_DRAFT: Omit<Draft, 'lines'> = {
  code: false,
  orderDiscount: false,
  shipping: false,
  tip: false,
  presentment: null,
  payment: 'paid',
}

const draftArbitrary: fc.Arbitrary<Draft> = fc.record({
  lines: fc.array(fc.record({ variant: fc.nat(3), quantity: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  code: fc.boolean(),
  orderDiscount: fc.boolean(),
  shipping: fc.boolean(),
  tip: fc.boolean(),
  presentment: fc.constantFrom(null, 'CAD', 'JPY', 'KWD'),
  payment: fc.constantFrom('paid' as const, 'authorized' as const, 'pending' as const),
})

type Step =
  | { kind: 'refund'; line: number; quantity: number; amount: number | null; shipping: boolean }
  | { kind: 'goodwill'; part: number }
  | { kind: 'return'; line: number; refund: boolean }
  | { kind: 'edit'; line: number; remove: boolean; add: number; off: boolean }
  | { kind: 'capture' }

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('refund' as const),
    line: fc.nat(4),
    quantity: fc.integer({ min: 1, max: 2 }),
    amount: fc.option(fc.integer({ min: 0, max: 100 })),
    shipping: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('goodwill' as const), part: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ kind: fc.constant('return' as const), line: fc.nat(4), refund: fc.boolean() }),
  fc.record({
    kind: fc.constant('edit' as const),
    line: fc.nat(4),
    remove: fc.boolean(),
    add: fc.integer({ min: 0, max: 2 }),
    off: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('capture' as const) }),
)

function openWithCode(shop: { currency: string; taxesIncluded: boolean; taxRate: string }): SampleStore {
  const decimals = { USD: '.33', EUR: '.99', JPY: '', KWD: '.125' }[shop.currency] ?? ''
  const store = openStore(
    shop,
    ['100', '33', '7', '50'].map((price) => price + decimals),
  )
  must(createDiscount(store.sandbox, STORE, { code: 'NOVA15', percentage: '0.15' }))
  return store
}

function place({ sandbox, variantIds }: SampleStore, draft: Draft): Order {
  const input: PlaceOrderInput = {
    lines: draft.lines.map(({ variant, quantity }) => ({ variantId: variantIds[variant] ?? '', quantity })),
    discountCodes: draft.code ? ['nova15'] : [],
    orderDiscount: draft.orderDiscount ? '5' : undefined,
    shipping: draft.shipping ? { title: 'Post', price: '9' } : undefined,
    tip: draft.tip ? '3' : undefined,
    presentment:
      draft.presentment && draft.presentment !== sandbox.shop(STORE).shop.currency
        ? { currency: draft.presentment, rate: '1.3717' }
        : undefined,
    payment: draft.payment,
  }
  return must(placeOrder(sandbox, STORE, input)).order
}

function take({ sandbox, variantIds }: SampleStore, order: Order, step: Step): void {
  const line = order.lineItems[('line' in step ? step.line : 0) % order.lineItems.length]
  if (!line) return
  const paid = netPaid(order).shop
  if (step.kind === 'capture') capturePayment(sandbox, STORE, order.id)
  if (step.kind === 'goodwill') {
    const amount = formatMoney((paid * BigInt(step.part)) / 100n, order.currency)
    refundOrder(sandbox, STORE, order.id, { amount })
  }
  if (step.kind === 'refund') {
    const amount =
      step.amount === null ? undefined : formatMoney((paid * BigInt(step.amount)) / 100n, order.currency)
    refundOrder(sandbox, STORE, order.id, {
      lines: [{ lineItemId: line.id, quantity: step.quantity }],
      shipping: step.shipping ? 'full' : undefined,
      amount,
    })
  }
  if (step.kind === 'return') {
    const opened = openReturn(sandbox, STORE, order.id, { lines: [{ lineItemId: line.id, quantity: 1 }] })
    if (opened.ok) processReturn(sandbox, STORE, order.id, opened.return.id, { refund: step.refund })
  }
  if (step.kind === 'edit') {
    editOrder(sandbox, STORE, order.id, {
      add: step.add > 0 ? [{ variantId: variantIds[1] ?? '', quantity: step.add }] : [],
      remove: step.remove ? [{ lineItemId: line.id, quantity: 1 }] : [],
      discount: step.off && !step.remove ? [{ lineItemId: line.id, amount: '1' }] : [],
    })
  }
}

test('after any sequence of verbs the sales add up to the current total, and every line taken back is worth nothing', () => {
  fc.assert(
    fc.property(
      shopArbitrary,
      draftArbitrary,
      fc.array(stepArbitrary, { maxLength: 8 }),
      (shop, draft, steps) => {
        const store = openWithCode(shop)
        const order = place(store, draft)
        for (const step of steps) {
          take(store, order, step)
          expect(sumOfSales(order)).toEqual(readBag(order.currentTotal, order))
          expect(netPaid(order).shop).toBeGreaterThanOrEqual(0n)
          expect(netPaid(order).presentment).toBeGreaterThanOrEqual(0n)
          for (const line of order.lineItems) {
            expect(line.currentQuantity).toBeGreaterThanOrEqual(0)
            if (line.currentQuantity > 0) continue
            const left = sumSales(order, (sale) => sale.lineItemId === line.id)
            expect([left.total, left.tax]).toEqual([
              { shop: 0n, presentment: 0n },
              { shop: 0n, presentment: 0n },
            ])
          }
        }
        refundOrder(store.sandbox, STORE, order.id, { full: true })
        expect(sumOfSales(order)).toEqual({ shop: 0n, presentment: 0n })
        expect(readBag(order.currentTotal, order)).toEqual({ shop: 0n, presentment: 0n })
        expect(netPaid(order).shop).toBe(0n)
        expect(sumSales(order).tax).toEqual({ shop: 0n, presentment: 0n })
      },
    ),
    {
      numRuns: 300,
      // Goodwill, a return and an edit that together gave back more than the goods: the adjustments must still come to rest.
      examples: [
        [
          { currency: 'USD', taxesIncluded: false, taxRate: '0' },
          {
            ...PLAIN_DRAFT,
            lines: [
              { variant: 0, quantity: 2 },
              { variant: 0, quantity: 2 },
            ],
          },
          [
            { kind: 'goodwill', part: 17 },
            { kind: 'return', line: 0, refund: true },
            { kind: 'refund', line: 1, quantity: 1, amount: 57, shipping: false },
            { kind: 'edit', line: 0, remove: true, add: 0, off: false },
            { kind: 'refund', line: 1, quantity: 1, amount: null, shipping: false },
          ],
        ],
      ],
    },
  )
})

test('a paid order is worth what was paid less what was refunded, however it is refunded in pieces', () => {
  fc.assert(
    fc.property(
      shopArbitrary,
      draftArbitrary,
      fc.array(fc.record({ line: fc.nat(3), part: fc.option(fc.integer({ min: 0, max: 100 })) }), {
        maxLength: 6,
      }),
      (shop, draft, pieces) => {
        const store = openWithCode(shop)
        const order = place(store, { ...draft, payment: 'paid' })
        const paid = readBag(order.originalTotal, order)
        for (const { line, part } of pieces) {
          const item = order.lineItems[line % order.lineItems.length]
          if (!item || item.currentQuantity === 0) continue
          const amount =
            part === null
              ? undefined
              : formatMoney((netPaid(order).shop * BigInt(part)) / 100n, order.currency)
          refundOrder(store.sandbox, STORE, order.id, {
            lines: [{ lineItemId: item.id, quantity: 1 }],
            amount,
          })
          expect(readBag(order.currentTotal, order).shop).toBe(netPaid(order).shop)
        }
        const refunded = order.refunds
          .map(({ total }) => readBag(total, order).shop)
          .reduce((a, b) => a + b, 0n)
        expect(refunded).toBeLessThanOrEqual(paid.shop)
        for (const item of order.lineItems.filter(({ currentQuantity }) => currentQuantity > 0)) {
          refundOrder(store.sandbox, STORE, order.id, {
            lines: [{ lineItemId: item.id, quantity: item.currentQuantity }],
          })
        }
        refundOrder(store.sandbox, STORE, order.id, { full: true })
        expect(netPaid(order)).toEqual({ shop: 0n, presentment: 0n })
        expect(sumOfSales(order)).toEqual({ shop: 0n, presentment: 0n })
      },
    ),
    { numRuns: 200 },
  )
})

test('lines, taxes and discounts tie: the order is list less discounts plus taxes, to the last unit', () => {
  fc.assert(
    fc.property(shopArbitrary, draftArbitrary, (shop, draft) => {
      const order = place(openWithCode(shop), draft)
      for (const side of ['shop', 'presentment'] as const) {
        const of = (bag: Order['currentTotal']) => readBag(bag, order)[side]
        const lines = order.lineItems.map((line) => {
          const net = of(line.unitPrice) * BigInt(line.quantity) - of(line.discount)
          const tax = line.taxes.reduce((sum, one) => sum + of(one.amount), 0n)
          return order.taxesIncluded ? net : net + tax
        })
        const shippingTax = order.shipping?.taxes.reduce((sum, one) => sum + of(one.amount), 0n) ?? 0n
        const shipping = order.shipping
          ? of(order.shipping.price) + (order.taxesIncluded ? 0n : shippingTax)
          : 0n
        const tip = order.tip ? of(order.tip) : 0n
        const sum = lines.reduce((total, line) => total + line, 0n) + shipping + tip
        expect(sum).toBe(of(order.currentTotal))
      }
    }),
    { numRuns: 200 },
  )
})

test('cancelling refunds a paid order and voids an authorized one; both are then worth nothing', () => {
  for (const payment of ['paid', 'authorized', 'pending'] as const) {
    const { sandbox, variantIds } = openStore()
    const lines = [{ variantId: variantIds[0] ?? '', quantity: 2 }]
    const { order } = must(placeOrder(sandbox, STORE, { lines, payment, tip: '4.00' }))
    must(cancelOrder(sandbox, STORE, order.id, { reason: 'customer' }))
    expect(order.currentTotal.shop).toBe('0.00')
    expect(order.financialStatus).toBe(payment === 'paid' ? 'REFUNDED' : 'VOIDED')
    expect(cancelOrder(sandbox, STORE, order.id)).toMatchObject({ ok: false, reason: 'already_cancelled' })
  }
})

test('money that only settles an edit needs no adjustment; money beyond the goods does', () => {
  const { sandbox, variantIds } = openStore({ taxRate: '0' })
  const lines = [{ variantId: variantIds[0] ?? '', quantity: 2 }]
  const { order } = must(placeOrder(sandbox, STORE, { lines }))
  const lineItemId = order.lineItems[0]?.id ?? ''
  must(editOrder(sandbox, STORE, order.id, { remove: [{ lineItemId, quantity: 1 }] }))
  const settled = must(refundOrder(sandbox, STORE, order.id, { amount: '100.00' }))
  expect(settled.refund.adjustment).toBeNull()
  expect(order.currentTotal.shop).toBe('100.00')
  const goodwill = must(refundOrder(sandbox, STORE, order.id, { amount: '10.00' }))
  expect(goodwill.refund.adjustment?.shop).toBe('-10.00')
  expect(order.currentTotal.shop).toBe('90.00')
  const { shop } = subtractBags(netPaid(order), readBag(order.currentTotal, order))
  expect(shop).toBe(0n)
})

test('the last unit cannot be sold twice, and what is refunded can be sold again', () => {
  const { sandbox, variantIds } = openStore()
  const state = sandbox.shop(STORE)
  const level = Object.values(state.inventoryLevels)[0]
  if (level) Object.assign(level, { available: 1, onHand: 1 })
  const lines = [{ variantId: variantIds[0] ?? '', quantity: 1 }]
  const { order } = must(placeOrder(sandbox, STORE, { lines }))
  expect(placeOrder(sandbox, STORE, { lines })).toMatchObject({ ok: false, reason: 'out_of_stock' })
  must(refundOrder(sandbox, STORE, order.id, { full: true }))
  must(placeOrder(sandbox, STORE, { lines }))
  expect(level?.available).toBe(0)
})

test('what an order may not be is refused by name and leaves no trace', () => {
  const { sandbox, variantIds, productIds } = openStore()
  must(createDiscount(sandbox, STORE, { code: 'ONLY', percentage: '0.1', productIds: [productIds[1] ?? ''] }))
  must(createDiscount(sandbox, STORE, { code: 'LATER', percentage: '0.1', startsAt: '2999-01-01T00:00:00Z' }))
  must(createDiscount(sandbox, STORE, { code: 'ALONE', percentage: '0.1' }))
  const before = JSON.stringify(sandbox.shop(STORE))
  const line = { variantId: variantIds[0] ?? '', quantity: 1 }
  const table: Array<[PlaceOrderInput, string]> = [
    [{ lines: [] }, 'no_lines'],
    [{ lines: [{ ...line, quantity: -1 }] }, 'invalid_quantity'],
    [{ lines: [{ ...line, quantity: 1.5 }] }, 'invalid_quantity'],
    [{ lines: [{ ...line, variantId: '9' }] }, 'unknown_variant'],
    [{ lines: [{ ...line, unitPrice: '1,000.00' }] }, 'invalid_amount'],
    [{ lines: [{ ...line, unitPrice: '1.005' }] }, 'invalid_amount'],
    [{ lines: [line], customerId: '9' }, 'unknown_customer'],
    [{ lines: [line], tip: '-1' }, 'invalid_amount'],
    [{ lines: [line], shipping: { title: 'Post', price: 'free' } }, 'invalid_amount'],
    [{ lines: [line], presentment: { currency: 'DOGE', rate: '1' } }, 'invalid_currency'],
    [{ lines: [line], presentment: { currency: 'EUR', rate: '0' } }, 'invalid_amount'],
    [{ lines: [line], discountCodes: ['NOPE'] }, 'unknown_discount'],
    [{ lines: [line], discountCodes: ['ONLY'] }, 'discount_not_entitled'],
    [{ lines: [line], discountCodes: ['LATER'] }, 'discount_not_active'],
    [
      { lines: [line, { ...line, variantId: variantIds[1] ?? '' }], discountCodes: ['ONLY', 'ALONE'] },
      'discount_not_combinable',
    ],
    [{ lines: [line], happenedAt: 'yesterday' }, 'invalid_time'],
  ]
  for (const [input, reason] of table) {
    expect(placeOrder(sandbox, STORE, input), reason).toMatchObject({ ok: false, reason })
  }
  expect(JSON.stringify(sandbox.shop(STORE))).toBe(before)
})
