// The life of one order, decided by the seed and its number alone: so a million deliveries need no memory, and any of them can be told again.
import { codeOf } from './proof-shop.ts'
import { type Draws, seededDraws } from './seeded-draws.ts'
import { type PlacedLine, WorldOrder } from './shop-world.ts'

export const DAY = 86_400_000
export const TRADE_BEGINS = Date.UTC(2026, 0, 5, 9)
export const TRADE_DAYS = 120
/** By then every order is settled, every dispute decided and every wait over. */
export const TRADE_SETTLED = TRADE_BEGINS + (TRADE_DAYS + 200) * DAY

export interface TradePlan {
  seed: number
  orders: number
  partners: number
  products: number
}

export interface DisputeStep {
  disputeId: bigint
  orderId: bigint
  status: string
  amountMinor: bigint
  currency: string
  openedAt: number
  at: number
}

/** One moment at which Shopify tells of the order, with what a fetch would show then. */
export interface Moment {
  at: number
  order: ReturnType<WorldOrder['told']>
  dispute: DisputeStep | null
}

/** Every moment of an order's life, in the order in which they happened. */
export function lifeOf(plan: TradePlan, number: number): Moment[] {
  const draws = seededDraws(plan.seed * 1_000_003 + number * 7919)
  const at = TRADE_BEGINS + Math.floor((number / plan.orders) * TRADE_DAYS * DAY)
  const order = placeOrder(plan, draws, number, at)
  const moments: Moment[] = [{ at: order.at, order: order.told(), dispute: null }]
  const say = (dispute: DisputeStep | null = null) =>
    moments.push({ at: dispute?.at ?? order.at, order: order.told(), dispute })
  if (order.status !== 'PAID') {
    // Money that was captured cannot be voided.
    if (order.status !== 'PARTIALLY_PAID' && draws.chance(0.05)) {
      order.void(order.at + 7 * DAY)
      say()
      return moments
    }
    order.pay(order.at + 60_000 + draws.below(3 * DAY))
    say()
  }
  const steps = draws.chance(0.55) ? 0 : 1 + draws.below(3)
  for (let step = 0; step < steps; step++) {
    change(plan, draws, order)
    say()
  }
  // Fulfilment, tags, notes: told of, without anything new in the books.
  for (let step = draws.below(3); step > 0; step--) say()
  if (draws.chance(0.01)) for (const step of disputeOf(draws, order)) say(step)
  return moments
}

function placeOrder(plan: TradePlan, draws: Draws, number: number, at: number): WorldOrder {
  const isForeign = draws.chance(0.1)
  return new WorldOrder({
    orderId: BigInt(number + 1),
    at,
    currency: 'EUR',
    presentment: isForeign ? { currency: 'JPY', rate: 16_372n } : { currency: 'EUR', rate: 10_000n },
    codes: draws.chance(0.7) ? [codeOf(draws.below(plan.partners))] : [],
    lines: Array.from({ length: 1 + draws.below(3) }, () => drawLine(plan, draws)),
    taxBps: draws.pick([0n, 700n, 1900n]),
    shippingMinor: draws.chance(0.6) ? 950n : 0n,
    tipMinor: draws.chance(0.05) ? 300n : 0n,
    giftCardMinor: draws.chance(0.02) ? 5000n : 0n,
    status: draws.pick(['PAID', 'PAID', 'PENDING', 'AUTHORIZED', 'PARTIALLY_PAID']),
    isTest: draws.chance(0.01),
  })
}

function drawLine(plan: TradePlan, draws: Draws): PlacedLine {
  const unitNetMinor = BigInt(1 + draws.below(draws.chance(0.2) ? 99 : 60_000))
  return {
    productId: BigInt(1 + draws.below(plan.products)),
    quantity: 1 + draws.below(3),
    unitNetMinor,
    discountMinor: draws.chance(0.4) ? unitNetMinor / 10n : 0n,
  }
}

function change(plan: TradePlan, draws: Draws, order: WorldOrder): void {
  const at = order.at + 3_600_000 + draws.below(18 * DAY)
  // The exchange rate moves on before some refunds.
  if (draws.chance(0.5)) order.setRate(15_000n + BigInt(draws.below(3000)))
  const place = draws.below(3)
  switch (draws.below(10)) {
    case 0:
    case 1:
      order.takeBack(at, place, 1, 'refund')
      return
    case 2:
      order.takeBack(at, place, 3, 'return')
      return
    case 3:
      order.takeBack(at, place, 1, 'order_edit')
      return
    case 4:
      order.takeAllBack(at, 'refund')
      return
    case 5:
      order.addLine(at, drawLine(plan, draws), 'order_edit')
      return
    case 6:
      // An exchange: one piece back, another one out.
      order.takeBack(at, place, 1, 'return')
      order.addLine(at, drawLine(plan, draws), 'return')
      return
    case 7:
      order.adjust(
        at,
        draws.pick(['shipping', 'tax', 'goodwill', 'fee'] as const),
        BigInt(1 + draws.below(900)),
      )
      return
    case 8:
      order.cancel(at)
      return
    default:
      // Shopify's numbers part, and meet again with the next change or stay apart.
      order.leaveUnexplained(at, draws.chance(0.5) ? BigInt(draws.below(500)) - 250n : 0n)
  }
}

function disputeOf(draws: Draws, order: WorldOrder): DisputeStep[] {
  const openedAt = order.at + DAY
  const step = {
    disputeId: order.orderId,
    orderId: order.orderId,
    amountMinor: order.lineTotalMinor > 0n ? order.lineTotalMinor : 100n,
    currency: 'EUR',
    openedAt,
  }
  return [
    { ...step, status: 'needs_response', at: openedAt },
    { ...step, status: draws.pick(['won', 'lost'] as const), at: openedAt + (2 + draws.below(25)) * DAY },
  ]
}
