// One shop in which everything happens that moves money: each event to an order of its own, each step at its own time.
import { cancelOrder } from '#sandbox/commerce/cancel-order.ts'
import { capturePayment } from '#sandbox/commerce/capture-payment.ts'
import { createDiscount } from '#sandbox/commerce/create-discount.ts'
import { createProduct } from '#sandbox/commerce/create-product.ts'
import { createShop } from '#sandbox/commerce/create-shop.ts'
import { driftOrder } from '#sandbox/commerce/drift-order.ts'
import { type EditOrderInput, editOrder } from '#sandbox/commerce/edit-order.ts'
import { type OpenDisputeInput, openDispute } from '#sandbox/commerce/open-dispute.ts'
import { openReturn } from '#sandbox/commerce/open-return.ts'
import type { PlaceOrderInput } from '#sandbox/commerce/order-input.ts'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import { processReturn } from '#sandbox/commerce/process-return.ts'
import { type RefundOrderInput, refundOrder } from '#sandbox/commerce/refund-order.ts'
import { setExchangeRates } from '#sandbox/commerce/set-exchange-rates.ts'
import { updateDispute } from '#sandbox/commerce/update-dispute.ts'
import { voidPayment } from '#sandbox/commerce/void-payment.ts'
import { setFaults } from '#sandbox/graphql/faults.ts'
import { installApp } from '#sandbox/oauth/install.ts'
import type { Dispute, Order } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { carriedReference } from '../factories/partners.ts'

export const EVENT_SHOP = 'lumen-atelier.myshopify.com'
export const BEGINS = Date.parse('2026-01-10T15:00:00Z')
const DAY_MS = 86_400_000

/** Net 90.00: two chains at 50.00 under a code that takes a tenth; ines gets 12.5 % of it. */
export const TWO_CHAINS_WITH_CODE = { codes: ['INES10'], chains: 2 }

export interface Basket {
  /** At 50.00; nobody owns the design. */
  chains?: number
  /** At 100.00; yuna owns the design and gets 30 %. */
  rings?: number
  codes?: string[]
  /** Through marek's link. */
  link?: boolean
}

export interface EventShop {
  sandbox: Sandbox
  ringId: string
  /** Acts on one order. */
  forEvent(): EventActor
}

/** What can happen to the order of one event. Everything throws when the sandbox refuses. */
export interface EventActor {
  readonly order: Order
  lineId(index: number): string
  variant(name: 'ring' | 'chain' | 'card'): string
  place(basket: Basket, more?: Partial<PlaceOrderInput>): void
  refund(input: RefundOrderInput): void
  refundLine(quantity: number, more?: RefundOrderInput): void
  edit(input: EditOrderInput): void
  cancel(input?: Parameters<typeof cancelOrder>[3]): void
  capture(input?: Parameters<typeof capturePayment>[3]): void
  void(): void
  openReturn(input: Omit<Parameters<typeof openReturn>[3], 'lines'> & { fee?: string }): void
  processReturn(input?: Parameters<typeof processReturn>[4]): void
  dispute(input?: OpenDisputeInput): void
  moveDispute(change: { status?: Dispute['status']; type?: 'CHARGEBACK' }): void
  rates(rates: Record<string, string>): void
  drift(amount: string): void
}

export function openEventShop(sandbox: Sandbox): EventShop {
  allowed(
    createShop(sandbox, {
      domain: EVENT_SHOP,
      name: 'Lumen Atelier',
      email: 'hello@lumen-atelier.example',
      currency: 'USD',
      timeZone: 'America/New_York',
      country: 'US',
      taxRate: '0.08',
    }),
  )
  const make = (title: string, price: string, productType?: string) => {
    const variants = [{ title: 'One size', price, available: 100_000 }]
    return allowed(
      createProduct(sandbox, EVENT_SHOP, { title, variants, ...(productType && { productType }) }),
    ).product
  }
  const products = {
    ring: make('Ring', '100.00'),
    chain: make('Chain', '50.00'),
    card: make('Gift card', '25.00', 'Gift card'),
  }
  allowed(
    createDiscount(sandbox, EVENT_SHOP, {
      code: 'INES10',
      percentage: '0.1',
      startsAt: '2026-01-01T00:00:00Z',
    }),
  )
  allowed(installApp(sandbox, EVENT_SHOP))
  setFaults(sandbox, { throttle: { maximumAvailable: 1_000_000, restoreRate: 1_000_000 } })
  const variantOf = (name: keyof typeof products) => products[name].variants[0]?.id ?? ''
  return { sandbox, ringId: products.ring.id, forEvent: () => actor(sandbox, variantOf) }
}

function actor(sandbox: Sandbox, variant: EventActor['variant']): EventActor {
  let orderId = ''
  let returnId = ''
  let disputeId = ''
  const own = () => {
    const order = sandbox.shop(EVENT_SHOP).orders[orderId]
    if (!order) throw new Error('nothing was ordered yet')
    return order
  }
  const lineId = (index: number) => own().lineItems[index]?.id ?? ''
  return {
    get order() {
      return own()
    },
    lineId,
    variant,
    place({ chains = 0, rings = 0, codes = [], link = false }, more = {}) {
      const lines = [
        ...(chains > 0 ? [{ variantId: variant('chain'), quantity: chains }] : []),
        ...(rings > 0 ? [{ variantId: variant('ring'), quantity: rings }] : []),
      ]
      const attributes = link ? [{ key: '_filigree_ref', value: carriedReference(EVENT_SHOP) }] : []
      const input = { lines, discountCodes: codes, customAttributes: attributes, ...more }
      orderId = allowed(placeOrder(sandbox, EVENT_SHOP, input)).order.id
    },
    refund: (input) => void allowed(refundOrder(sandbox, EVENT_SHOP, orderId, input)),
    refundLine(quantity, more = {}) {
      const lines = [{ lineItemId: lineId(0), quantity }]
      allowed(refundOrder(sandbox, EVENT_SHOP, orderId, { lines, ...more }))
    },
    edit: (input) => void allowed(editOrder(sandbox, EVENT_SHOP, orderId, input)),
    cancel: (input) => void allowed(cancelOrder(sandbox, EVENT_SHOP, orderId, input)),
    capture: (input) => void allowed(capturePayment(sandbox, EVENT_SHOP, orderId, input)),
    void: () => void allowed(voidPayment(sandbox, EVENT_SHOP, orderId)),
    openReturn({ fee, ...input }) {
      const lines = [{ lineItemId: lineId(0), quantity: 1, ...(fee && { restockingFee: fee }) }]
      returnId = allowed(openReturn(sandbox, EVENT_SHOP, orderId, { ...input, lines })).return.id
    },
    processReturn: (input) => void allowed(processReturn(sandbox, EVENT_SHOP, orderId, returnId, input)),
    dispute(input) {
      disputeId = allowed(openDispute(sandbox, EVENT_SHOP, orderId, input)).dispute.id
    },
    moveDispute: (change) => void allowed(updateDispute(sandbox, EVENT_SHOP, disputeId, change)),
    rates: (rates) => void allowed(setExchangeRates(sandbox, EVENT_SHOP, rates)),
    drift: (amount) => void allowed(driftOrder(sandbox, EVENT_SHOP, orderId, amount)),
  }
}

/** Step `number` of an event happens that many days after its order. */
export function moveClock(sandbox: Sandbox, event: number, step: number): Date {
  const at = BEGINS + event * 60_000 + step * DAY_MS
  sandbox.clock.setOffset(at - Date.now())
  return new Date(at)
}

function allowed<Outcome extends { ok: boolean }>(outcome: Outcome): Extract<Outcome, { ok: true }> {
  if (!outcome.ok) throw new Error(`the sandbox refused: ${JSON.stringify(outcome)}`)
  return outcome as Extract<Outcome, { ok: true }>
}
