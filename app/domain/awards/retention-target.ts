import type { RetentionTerms } from '../agreements/terms.ts'
import { addDays, compareInstants, type IsoInstant } from '../time/instant.ts'
import type { AwardTarget } from './award.ts'
import { roundRatio } from './round-ratio.ts'

/** One order of a customer. Amounts in minor units, returns taken off. */
export interface CustomerOrder {
  orderId: string
  placedAt: IsoInstant
  /** Of all goods in it; zero when it is not paid in full or its money was taken back. */
  netMinor: bigint
  /** Of the goods that this agreement was paid for. */
  attributedNetMinor: bigint
}

export interface RetentionAward extends AwardTarget {
  /** The order that brought the customer. */
  firstOrderId: string
  /** The order that earned the bonus; null when there is none yet. */
  repeatOrderId: string | null
  repeatPlacedAt: IsoInstant | null
}

/** The order through which the creator brought the customer: the first of which goods were kept. */
export function firstAttributedOrder(orders: readonly CustomerOrder[]): CustomerOrder | null {
  return [...orders].sort(byTime).find((order) => order.attributedNetMinor > 0n) ?? null
}

/**
 * The bonus for one customer who came through the creator: paid once, for the first later order within the days agreed whose net reaches
 * the minimum. A function of the customer's orders as they stand, so that a return takes the bonus back, or hands it to the next order
 * that deserves it. Null when nobody was brought. `terms` are those of the first order's version.
 */
export function retentionTarget(
  terms: RetentionTerms,
  orders: readonly CustomerOrder[],
  place: { timeZone: string; currency: string },
): RetentionAward | null {
  const ordered = [...orders].sort(byTime)
  const first = firstAttributedOrder(ordered)
  if (!first) return null
  const until = addDays(first.placedAt, terms.withinDays, place.timeZone)
  const minimum = BigInt(terms.minimumNetMinor)
  const later = ordered.filter(
    (order) =>
      compareInstants(order.placedAt, first.placedAt) > 0 && compareInstants(order.placedAt, until) <= 0,
  )
  const repeat = later.find((order) => order.netMinor > 0n && order.netMinor >= minimum) ?? null
  const best = later.reduce((most, order) => (order.netMinor > most ? order.netMinor : most), 0n)
  return {
    firstOrderId: first.orderId,
    repeatOrderId: repeat?.orderId ?? null,
    repeatPlacedAt: repeat?.placedAt ?? null,
    targetMinor: repeat ? rewardOf(terms, repeat.netMinor) : 0n,
    evidence: {
      rule: 'retention',
      metric: 'repeat_order_net',
      threshold: terms.minimumNetMinor,
      measured: (repeat?.netMinor ?? best).toString(),
      currency: place.currency,
      steps: [
        { name: 'first_order', at: first.placedAt, measured: first.attributedNetMinor.toString() },
        ...later.map((order) => ({
          name: order === repeat ? 'repeat_order' : 'other_order',
          at: order.placedAt,
          measured: order.netMinor.toString(),
        })),
      ],
      facts: {
        withinDays: String(terms.withinDays),
        firstOrderId: first.orderId,
        ...(repeat ? { repeatOrderId: repeat.orderId } : {}),
        // Those that the bonus may rest on: when the customer asks to be forgotten, they stay and name nobody.
        orderIds: [first, ...later].map((order) => order.orderId),
        ...(terms.reward.kind === 'share' ? { rewardBps: String(terms.reward.bps) } : {}),
      },
    },
  }
}

function rewardOf({ reward }: RetentionTerms, netMinor: bigint): bigint {
  if (reward.kind === 'fixed') return BigInt(reward.amountMinor)
  return roundRatio(netMinor * BigInt(reward.bps), 10_000n)
}

function byTime(left: CustomerOrder, right: CustomerOrder): number {
  const difference = compareInstants(left.placedAt, right.placedAt)
  if (difference !== 0) return difference
  if (left.orderId === right.orderId) return 0
  // As numbers: ids grow with time.
  return BigInt(left.orderId) < BigInt(right.orderId) ? -1 : 1
}
