import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Order, TaxRate } from '#sandbox/state/nouns.ts'
import { capturePayment } from './capture-payment.ts'
import { editOrder } from './edit-order.ts'
import { readBag } from './minor-bag.ts'
import { formatMoney } from './money.ts'
import { openReturn } from './open-return.ts'
import { netPaid } from './payments.ts'
import { placeOrder } from './place-order.ts'
import { processReturn } from './process-return.ts'
import { refundOrder } from './refund-order.ts'
import { sumSales } from './sales.ts'
import { must, openStore, type SampleStore, STORE, sumOfSales } from './sample-store.test-support.ts'

const NOTHING = { shop: 0n, presentment: 0n }

const placeArbitrary = fc.record({
  currency: fc.constantFrom('USD', 'CAD', 'JPY'),
  taxesIncluded: fc.boolean(),
  taxes: fc.constantFrom<TaxRate[]>(
    [
      { title: 'State tax', rate: '0.0625' },
      { title: 'County tax', rate: '0.0125' },
    ],
    [
      { title: 'GST', rate: '0.05' },
      { title: 'PST', rate: '0.07' },
      { title: 'Levy', rate: '0.001' },
    ],
    [{ title: 'VAT', rate: '0.19' }],
  ),
  quantity: fc.integer({ min: 1, max: 4 }),
  duty: fc.boolean(),
  fee: fc.boolean(),
  giftCard: fc.boolean(),
  paidAmount: fc.option(fc.constantFrom('10', '50'), { nil: undefined }),
  foreign: fc.boolean(),
  payment: fc.constantFrom('paid' as const, 'authorized' as const),
})

type Step =
  | { kind: 'tax' | 'duty' | 'fees' | 'capture' | 'shipping' }
  | { kind: 'return'; fee: boolean; exchange: boolean; shippingFee: boolean; refund: boolean }
  | { kind: 'refund'; rate: string | undefined; buyers: boolean }
  | { kind: 'edit'; custom: boolean; shipping: boolean; remove: boolean }

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('tax', 'duty', 'fees', 'capture', 'shipping') }) as fc.Arbitrary<Step>,
  fc.record({
    kind: fc.constant('return' as const),
    fee: fc.boolean(),
    exchange: fc.boolean(),
    shippingFee: fc.boolean(),
    refund: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('refund' as const),
    rate: fc.constantFrom(undefined, '0.77', '1.5'),
    buyers: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('edit' as const),
    custom: fc.boolean(),
    shipping: fc.boolean(),
    remove: fc.boolean(),
  }),
)

function take({ sandbox, variantIds }: SampleStore, order: Order, step: Step): void {
  const line = order.lineItems.find(({ currentQuantity }) => currentQuantity > 0)
  const lineItemId = line?.id ?? ''
  const isForeign = order.currency !== order.presentmentCurrency
  if (step.kind === 'capture') capturePayment(sandbox, STORE, order.id, { amount: '7' })
  if (step.kind === 'tax') refundOrder(sandbox, STORE, order.id, { tax: [{ lineItemId, amount: '1' }] })
  if (step.kind === 'shipping') refundOrder(sandbox, STORE, order.id, { shipping: '3' })
  if (step.kind === 'fees') refundOrder(sandbox, STORE, order.id, { additionalFees: true, tip: true })
  if (step.kind === 'duty') {
    const duties = (order.duties ?? []).map(({ id }) => ({ dutyId: id, type: 'PROPORTIONAL' as const }))
    refundOrder(sandbox, STORE, order.id, { lines: [{ lineItemId, quantity: 1 }], duties })
  }
  if (step.kind === 'refund') {
    const half = formatMoney(netPaid(order).presentment / 2n, order.presentmentCurrency)
    refundOrder(sandbox, STORE, order.id, {
      lines: [{ lineItemId, quantity: 1 }],
      rate: isForeign ? step.rate : undefined,
      presentmentAmount: step.buyers ? half : undefined,
    })
  }
  if (step.kind === 'edit') {
    editOrder(sandbox, STORE, order.id, {
      addCustom: step.custom ? [{ title: 'Engraving', quantity: 1, unitPrice: '13' }] : [],
      addShipping: step.shipping ? [{ title: 'Courier', price: '4' }] : [],
      remove: step.remove && line ? [{ lineItemId, quantity: 1 }] : [],
    })
  }
  if (step.kind === 'return') {
    const opened = openReturn(sandbox, STORE, order.id, {
      lines: [
        { lineItemId, quantity: line?.currentQuantity ?? 1, restockingFee: step.fee ? '0.13' : undefined },
      ],
      exchange: step.exchange
        ? [{ variantId: variantIds[2] ?? '', quantity: 2, discountPercentage: '0.1' }]
        : undefined,
      shippingFee: step.shippingFee ? '5' : undefined,
    })
    if (!opened.ok) return
    const [first] = opened.return.lines
    processReturn(sandbox, STORE, order.id, opened.return.id, {
      lines: first ? [{ id: first.id, quantity: 1 }] : [],
      exchange: [],
      refund: step.refund,
    })
    processReturn(sandbox, STORE, order.id, opened.return.id, { refund: step.refund })
  }
}

function expectTied(order: Order): void {
  expect(sumOfSales(order)).toEqual(readBag(order.currentTotal, order))
  for (const sale of order.agreements.flatMap(({ sales }) => sales)) {
    if (!sale.taxes) continue
    for (const side of ['shop', 'presentment'] as const) {
      const parts = sale.taxes.reduce((sum, { amount }) => sum + readBag(amount, order)[side], 0n)
      expect(parts).toBe(readBag(sale.tax, order)[side])
    }
  }
}

test('whatever money event comes, the sales tie out, every tax with its parts, and a full refund leaves nothing', () => {
  fc.assert(
    fc.property(placeArbitrary, fc.array(stepArbitrary, { maxLength: 7 }), (draft, steps) => {
      const store = openStore({ currency: draft.currency, taxesIncluded: draft.taxesIncluded }, [
        '99',
        '33',
        '7',
        '50',
      ])
      const { order } = must(
        placeOrder(store.sandbox, STORE, {
          lines: [{ variantId: store.variantIds[0] ?? '', quantity: draft.quantity }],
          taxes: draft.taxes,
          shipping: { title: 'Post', price: '9' },
          tip: '2',
          duties: draft.duty ? [{ line: 0, amount: '11' }] : [],
          additionalFees: draft.fee ? [{ name: 'Hallmark', price: '3', taxable: true }] : [],
          giftCard: draft.giftCard ? '20' : undefined,
          paidAmount: draft.paidAmount,
          payment: draft.payment,
          presentment: draft.foreign ? { currency: 'EUR', rate: '0.8513' } : undefined,
        }),
      )
      expectTied(order)
      for (const step of steps) {
        take(store, order, step)
        expectTied(order)
        expect(netPaid(order).shop).toBeGreaterThanOrEqual(0n)
        expect(netPaid(order).presentment).toBeGreaterThanOrEqual(0n)
      }
      refundOrder(store.sandbox, STORE, order.id, { full: true })
      expectTied(order)
      expect(sumOfSales(order)).toEqual(NOTHING)
      expect(sumSales(order).tax).toEqual(NOTHING)
      expect(netPaid(order)).toEqual(NOTHING)
      const left = new Map<string, bigint>()
      for (const sale of order.agreements.flatMap(({ sales }) => sales)) {
        for (const { title, amount } of sale.taxes ?? []) {
          const key = `${sale.lineType}/${sale.lineItemId}/${sale.partId}/${title}`
          left.set(key, (left.get(key) ?? 0n) + readBag(amount, order).shop)
        }
      }
      expect([...left.values()].filter((amount) => amount !== 0n)).toEqual([])
    }),
    { numRuns: 300 },
  )
})
