// The year's orders, decided before anything is placed: the same seed and months give the same orders to the cent.
import { seededRandom } from './seeded-random.ts'
import {
  CREATORS,
  CUSTOMER_NAMES,
  PRODUCTS,
  SEASON,
  type StoryCreator,
  type StoryProduct,
} from './story-cast.ts'

export interface PlannedOrder {
  kind: 'order'
  at: Date
  customer: number
  lines: Array<{ product: string; variant: number; quantity: number }>
  code: string | null
  /** Handle of the creator whose link the buyer followed. */
  linkOf: string | null
  tip: string | null
}

export interface PlannedRefund {
  kind: 'refund'
  at: Date
  /** Index among the year's orders. */
  order: number
  /** all lines, or one unit of the first line. */
  extent: 'all' | 'one-unit'
}

export interface PlannedDispute {
  kind: 'dispute'
  at: Date
  order: number
}

export interface PlannedDecision {
  kind: 'decision'
  at: Date
  order: number
  outcome: 'LOST'
}

export type PlannedEvent = PlannedOrder | PlannedRefund | PlannedDispute | PlannedDecision

export interface StoryPlan {
  seed: number
  startsAt: Date
  endsAt: Date
  /** In order of time. */
  events: PlannedEvent[]
}

const DAY_MS = 86_400_000
const ORDERS_AN_AVERAGE_MONTH = 46

/** Twelve whole months before the month of `today`, and that month up to yesterday. */
export function planYear(today: Date, seed: number): StoryPlan {
  const random = seededRandom(seed)
  const startsAt = new Date(Date.UTC(today.getUTCFullYear() - 1, today.getUTCMonth(), 1, 14))
  const events: PlannedEvent[] = []
  const orders: PlannedOrder[] = []
  for (let month = 0; month <= 12; month++) {
    const first = new Date(Date.UTC(startsAt.getUTCFullYear(), startsAt.getUTCMonth() + month, 1))
    const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
    const count = Math.round(
      ORDERS_AN_AVERAGE_MONTH * (SEASON[first.getUTCMonth()] ?? 1) * (0.75 + month * 0.04),
    )
    for (let index = 0; index < count; index++) orders.push(planOrder(random, first, days))
  }
  orders.sort((a, b) => a.at.getTime() - b.at.getTime())
  const told = orders.filter(
    (order) =>
      order.at.getTime() > startsAt.getTime() + DAY_MS && order.at.getTime() < today.getTime() - DAY_MS,
  )
  events.push(...told)
  told.forEach((order, index) => {
    if (!random.chance(0.075)) return
    const at = new Date(order.at.getTime() + random.between(3, 40) * DAY_MS + random.between(0, 600) * 60_000)
    if (at.getTime() < today.getTime() - DAY_MS)
      events.push({ kind: 'refund', at, order: index, extent: random.chance(0.55) ? 'all' : 'one-unit' })
  })
  events.push(...planDispute(told, events, today))
  events.sort((a, b) => a.at.getTime() - b.at.getTime() || a.kind.localeCompare(b.kind))
  return { seed, startsAt, endsAt: today, events }
}

/** One buyer's bank takes a payment back, in the second half of the year, and the shop loses. */
function planDispute(told: PlannedOrder[], events: PlannedEvent[], today: Date): PlannedEvent[] {
  const latest = today.getTime() - 36 * DAY_MS
  const index = told.findIndex(
    (order, place) =>
      order.code === 'MAYA10' &&
      place > told.length / 2 &&
      order.at.getTime() < latest &&
      !events.some((event) => event.kind === 'refund' && event.order === place),
  )
  const order = told[index]
  if (!order) return []
  const at = new Date(order.at.getTime() + 12 * DAY_MS)
  return [
    { kind: 'dispute', at, order: index },
    { kind: 'decision', at: new Date(at.getTime() + 20 * DAY_MS), order: index, outcome: 'LOST' },
  ]
}

function planOrder(random: ReturnType<typeof seededRandom>, first: Date, days: number): PlannedOrder {
  const at = new Date(
    first.getTime() + random.between(0, days - 1) * DAY_MS + random.between(13 * 60, 23 * 60) * 60_000,
  )
  const brought = whoBrings(random.next())
  const lines = Array.from({ length: random.chance(0.28) ? 2 : 1 }, () => {
    const product = pickProduct(random.next())
    return {
      product: product.handle,
      variant: random.between(0, product.variants.length - 1),
      quantity: random.chance(0.12) ? 2 : 1,
    }
  })
  const code = brought?.code && random.chance(0.8) ? brought.code.code : null
  return {
    kind: 'order',
    at,
    customer: random.between(0, CUSTOMER_NAMES.length - 1),
    lines: lines.filter(
      (line, index) =>
        lines.findIndex((other) => other.product === line.product && other.variant === line.variant) ===
        index,
    ),
    code,
    linkOf: brought && !code ? brought.handle : null,
    tip: random.chance(0.04) ? '5.00' : null,
  }
}

function whoBrings(draw: number): StoryCreator | null {
  let upTo = 0
  for (const creator of CREATORS) {
    upTo += creator.reach
    if (draw < upTo) return creator
  }
  return null
}

function pickProduct(draw: number): StoryProduct {
  const total = PRODUCTS.reduce((sum, product) => sum + product.popularity, 0)
  let left = draw * total
  for (const product of PRODUCTS) {
    left -= product.popularity
    if (left < 0) return product
  }
  const last = PRODUCTS.at(-1)
  if (!last) throw new Error('the story has no products')
  return last
}
