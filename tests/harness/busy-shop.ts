// A sandbox shop with half a year of trade: codes, links, several lines, part and whole refunds, edits, returns, cancellations, a won
// and a lost dispute. The same seed gives the same shop, to the cent. Its webhooks are kept instead of sent.
import { createDiscount } from '#sandbox/commerce/create-discount.ts'
import { createProduct } from '#sandbox/commerce/create-product.ts'
import { createShop } from '#sandbox/commerce/create-shop.ts'
import { editOrder } from '#sandbox/commerce/edit-order.ts'
import { openDispute } from '#sandbox/commerce/open-dispute.ts'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import { refundOrder } from '#sandbox/commerce/refund-order.ts'
import { updateDispute } from '#sandbox/commerce/update-dispute.ts'
import { setFaults } from '#sandbox/graphql/faults.ts'
import { installApp } from '#sandbox/oauth/install.ts'
import type { Order, Product } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { seededDraws } from '#sandbox/webhooks/webhook-faults.ts'
import { carriedReference } from '../factories/partners.ts'

export const BUSY_SHOP = 'lumen-atelier.myshopify.com'
const BEGINS = Date.parse('2026-01-05T14:00:00Z')
const ORDER_EVERY_MS = 5 * 3_600_000
const DAY_MS = 86_400_000
const PRICES = ['248.00', '136.50', '189.00', '97.99', '79.00', '33.33', '1024.00']

interface Due {
  at: number
  run(at: string): void
}

export interface BusyShop {
  products: Product[]
  /** Lives on: each step is one thing that happens. Yields the business time at which it happened. */
  trade(orders: number): Generator<Date>
}

/** Opens the shop with its products and codes, the app installed. */
export function openBusyShop(sandbox: Sandbox, seed: number): BusyShop {
  allowed(
    createShop(sandbox, {
      domain: BUSY_SHOP,
      name: 'Lumen Atelier',
      email: 'hello@lumen-atelier.example',
      currency: 'USD',
      timeZone: 'America/New_York',
      country: 'US',
      taxRate: '0.08',
    }),
  )
  const products = PRICES.map((price, index) => {
    const variants = [{ title: 'One size', price }]
    return allowed(createProduct(sandbox, BUSY_SHOP, { title: `Piece ${index + 1}`, variants })).product
  })
  for (const [code, percentage] of [
    ['INES10', '0.1'],
    ['YUNA5', '0.05'],
    ['WINTER15', '0.15'],
  ] as const) {
    allowed(createDiscount(sandbox, BUSY_SHOP, { code, percentage, startsAt: '2026-01-01T00:00:00Z' }))
  }
  allowed(installApp(sandbox, BUSY_SHOP))
  setFaults(sandbox, { throttle: { maximumAvailable: 1_000_000, restoreRate: 1_000_000 } })
  const draw = seededDraws(seed)
  return { products, trade: (orders) => trade(sandbox, products, draw, orders) }
}

function* trade(sandbox: Sandbox, products: Product[], draw: () => number, orders: number): Generator<Date> {
  const later: Due[] = []
  for (let number = 0; number < orders; number++) {
    const at = BEGINS + number * ORDER_EVERY_MS
    yield* runDue(later, at)
    later.push(...sell(sandbox, products, draw, number, at))
    yield new Date(at)
  }
  yield* runDue(later, Number.POSITIVE_INFINITY)
}

function* runDue(later: Due[], until: number): Generator<Date> {
  for (;;) {
    later.sort((left, right) => left.at - right.at)
    const next = later[0]
    if (!next || next.at > until) return
    later.shift()
    next.run(new Date(next.at).toISOString())
    yield new Date(next.at)
  }
}

/** One order, and what will become of it. */
function sell(sandbox: Sandbox, products: Product[], draw: () => number, number: number, at: number): Due[] {
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(draw() * items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  const pieces = [...products].sort(() => draw() - 0.5).slice(0, 1 + Math.floor(draw() * 3))
  const code = pick(['INES10', 'YUNA5', 'WINTER15', null, null])
  const followsLink = draw() < 0.3
  const { order } = allowed(
    placeOrder(sandbox, BUSY_SHOP, {
      email: `buyer${number}@shoppers.example`,
      lines: pieces.map((piece) => ({
        variantId: piece.variants[0]?.id ?? '',
        quantity: 1 + Math.floor(draw() * 3),
      })),
      discountCodes: code ? [code] : [],
      ...(draw() < 0.15 && { orderDiscount: '7.77' }),
      ...(draw() < 0.7 && { shipping: { title: 'Post', price: '9.50' } }),
      ...(draw() < 0.05 && { tip: '3.00' }),
      ...(draw() < 0.1 && { presentment: { currency: 'EUR', rate: '0.9173' } }),
      ...(number % 97 === 96 && { test: true }),
      customAttributes: followsLink ? [{ key: '_filigree_ref', value: carriedReference(BUSY_SHOP) }] : [],
      happenedAt: new Date(at).toISOString(),
    }),
  )
  return fate(sandbox, order, products, draw, at)
}

function fate(sandbox: Sandbox, order: Order, products: Product[], draw: () => number, at: number): Due[] {
  const lot = draw()
  const first = order.lineItems[0]
  if (!first) throw new Error('an order without lines')
  const days = (most: number) => Math.round((1 + draw() * most) * DAY_MS)
  const refund = (after: number, input: Parameters<typeof refundOrder>[3]): Due => ({
    at: at + after,
    run(happenedAt) {
      const outcome = refundOrder(sandbox, BUSY_SHOP, order.id, { ...input, happenedAt })
      // The part that came back earlier may have been all there was.
      if (!outcome.ok && outcome.reason !== 'nothing_to_refund') allowed(outcome)
    },
  })
  const one = { lines: [{ lineItemId: first.id, quantity: 1 }] }
  // The whole after a part; within the return window or long after it.
  if (lot < 0.1) return [refund(days(20), { full: true })]
  if (lot < 0.22) return [refund(days(60), one)]
  if (lot < 0.28) return [refund(days(10), one), refund(days(10) + 12 * DAY_MS, { full: true })]
  if (lot < 0.31) return [refund(days(25), { amount: '5.55' })]
  if (lot < 0.36) {
    const extra = products[Math.floor(draw() * products.length)]?.variants[0]?.id ?? ''
    const edit = (happenedAt: string) =>
      allowed(
        editOrder(sandbox, BUSY_SHOP, order.id, { add: [{ variantId: extra, quantity: 1 }], happenedAt }),
      )
    return [{ at: at + days(3), run: edit }]
  }
  if (lot < 0.4) {
    const remove = [{ lineItemId: first.id, quantity: 1 }]
    const edit = (happenedAt: string) =>
      allowed(editOrder(sandbox, BUSY_SHOP, order.id, { remove, happenedAt }))
    return [{ at: at + days(3), run: edit }]
  }
  if (lot < 0.41) return dispute(sandbox, order, at, draw() < 0.5 ? 'LOST' : 'WON')
  return []
}

function dispute(sandbox: Sandbox, order: Order, at: number, outcome: 'WON' | 'LOST'): Due[] {
  let id = ''
  return [
    {
      at: at + 6 * DAY_MS,
      run: (happenedAt) => {
        id = allowed(openDispute(sandbox, BUSY_SHOP, order.id, { happenedAt })).dispute.id
      },
    },
    {
      at: at + 30 * DAY_MS,
      run: (happenedAt) => allowed(updateDispute(sandbox, BUSY_SHOP, id, { status: outcome, happenedAt })),
    },
  ]
}

function allowed<Outcome extends { ok: boolean }>(outcome: Outcome): Extract<Outcome, { ok: true }> {
  if (!outcome.ok) throw new Error(`the sandbox refused: ${JSON.stringify(outcome)}`)
  return outcome as Extract<Outcome, { ok: true }>
}
