// What ladders, bonuses and guarantees come to, computed from everything that was sold each time it is asked for.
import { nearest, sum } from './fractions.ts'
import { DAY, dayOf, endOf, monthOf } from './model-days.ts'
import { monthlyGuarantees, restockGuarantee } from './model-guarantees.ts'
import { ladderWorth } from './model-ladder.ts'
import type { Ladder, ModelVersion, ToldCount } from './model-types.ts'

/** One payee's part in one line, returns taken off. */
export interface SoldPart {
  version: ModelVersion
  orderId: bigint
  productId: bigint | null
  dropId: string | null
  soldAt: number
  roomBps: bigint
  /** A chargeback took the money back: it counts for nothing. */
  isLost: boolean
  netMinor: bigint
  pieces: bigint
  royaltyMinor: bigint
}

export interface CustomerOrder {
  orderId: bigint
  customerKey: string | null
  placedAt: number
  isDisputed: boolean
  /** Paid in full, and the money was not taken back. */
  counts: boolean
  goodsMinor: bigint
}

export interface AwardFacts {
  versions: readonly ModelVersion[]
  sold: readonly SoldPart[]
  customers: readonly CustomerOrder[]
  counts: readonly ToldCount[]
  now: number
}

export interface Award {
  key: string
  creatorId: string
  minor: bigint
  /** Null: as it stood. */
  maturesAt: number | null
  /** A dispute of its orders holds it back, unless it was released already. */
  waits: boolean
  /** For guarantees: the day that it counts for, or the month. */
  countsOn: string
  /** Of a ladder by product. */
  productId: string | null
}

interface StandingAward {
  creatorId: string
  minor: bigint
  maturesAt: number
  isReleased: boolean
}

export class ModelAwards {
  private readonly standing = new Map<string, StandingAward>()

  settle(facts: AwardFacts): void {
    const agreements = new Map<string, ModelVersion[]>()
    for (const version of facts.versions)
      agreements.set(version.agreementId, [...(agreements.get(version.agreementId) ?? []), version])
    const wanted = [...agreements].flatMap(([agreementId, versions]) => {
      const sold = facts.sold.filter(({ version }) => version.agreementId === agreementId)
      const earned = [...ladderAwards(agreementId, versions, sold), ...bonuses(agreementId, sold, facts)]
      const of = { agreementId, versions, sold, earned, facts }
      return [...earned, ...monthlyGuarantees(of), ...restockGuarantee(of)]
    })
    const keys = new Set(wanted.map(({ key }) => key))
    for (const award of wanted) this.bring(award, facts.now)
    for (const [key, { creatorId }] of this.standing)
      if (!keys.has(key)) this.bring({ ...NOTHING, key, creatorId }, facts.now)
  }

  moves(): Array<{ account: string; minor: bigint }> {
    return [...this.standing.values()].flatMap(({ creatorId, minor, isReleased }) => [
      { account: 'award-expense', minor },
      { account: `creator/${creatorId}/${isReleased ? 'available' : 'held'}`, minor: -minor },
    ])
  }

  private bring({ key, creatorId, minor, maturesAt: wanted, waits }: Award, now: number): void {
    const before = this.standing.get(key)
    if (!before && minor === 0n) return
    const maturesAt = wanted ?? before?.maturesAt ?? now
    const isHeldBack = waits && !before?.isReleased
    this.standing.set(key, { creatorId, minor, maturesAt, isReleased: maturesAt <= now && !isHeldBack })
  }
}

const NOTHING = { minor: 0n, maturesAt: null, waits: false, countsOn: '', productId: null }

/** In each window a month's part is what it is worth through that month, less what it was worth through the one before. */
function ladderAwards(agreementId: string, versions: ModelVersion[], sold: SoldPart[]): Award[] {
  const ladder = versions[0]?.ladder
  if (!ladder) return []
  const [{ creatorId, holdDays }] = versions as [ModelVersion]
  const windows = new Set(sold.map((part) => windowOf(ladder, part)))
  return [...windows].flatMap((window) => {
    if (window === null) return []
    const own = sold.filter((part) => windowOf(ladder, part) === window)
    const worthThrough = (last: string) =>
      ladderWorth(
        versions,
        own.filter(({ soldAt }) => monthOf(soldAt) <= last),
      )
    const months = [...new Set(own.map(({ soldAt }) => monthOf(soldAt)))].sort()
    return months.map((month, place) => {
      const before = months[place - 1]
      return {
        ...NOTHING,
        key: `ladder ${agreementId} ${window} ${month}`,
        creatorId,
        minor: worthThrough(month) - (before === undefined ? 0n : worthThrough(before)),
        maturesAt: endOf(month) + holdDays * DAY,
        countsOn: month,
        productId: ladder.window === 'product' ? window : null,
      }
    })
  })
}

/** Null: what is sold outside of every window climbs nothing. */
function windowOf({ window }: Ladder, { soldAt, productId, dropId }: SoldPart): string | null {
  if (window === 'product') return productId === null ? null : String(productId)
  if (window === 'drop') return dropId
  return window === 'month' ? monthOf(soldAt) : 'all'
}

/** For each customer whose first kept goods came through the creator: the next order in time that reaches the minimum. */
function bonuses(agreementId: string, sold: SoldPart[], { customers, versions }: AwardFacts): Award[] {
  const version = versions.find((one) => one.agreementId === agreementId)
  const retention = version?.retention
  if (!version || !retention) return []
  const keys = [...new Set(customers.flatMap(({ customerKey }) => customerKey ?? []))]
  return keys.flatMap((key) => {
    const orders = customers
      .filter(({ customerKey }) => customerKey === key)
      .sort((left, right) => left.placedAt - right.placedAt || (left.orderId < right.orderId ? -1 : 1))
    const broughtBy = ({ orderId }: CustomerOrder) =>
      sum(sold.filter((part) => part.orderId === orderId).map(({ netMinor }) => netMinor))
    const first = orders.find((order) => order.counts && broughtBy(order) > 0n)
    if (!first) return []
    const repeat = orders.find(
      ({ counts, placedAt, goodsMinor }) =>
        placedAt > first.placedAt &&
        placedAt <= first.placedAt + retention.withinDays * DAY &&
        counts &&
        goodsMinor > 0n &&
        goodsMinor >= retention.minimumMinor,
    )
    const { reward } = retention
    const paid = (order: CustomerOrder) =>
      'bps' in reward ? nearest(order.goodsMinor * BigInt(reward.bps), 10_000n) : reward.fixedMinor
    return [
      {
        key: `bonus ${agreementId} ${first.orderId}`,
        creatorId: version.creatorId,
        minor: repeat ? paid(repeat) : 0n,
        maturesAt: repeat ? repeat.placedAt + version.holdDays * DAY : null,
        waits: first.isDisputed || repeat?.isDisputed === true,
        countsOn: repeat ? dayOf(repeat.placedAt) : '',
        productId: null,
      },
    ]
  })
}
