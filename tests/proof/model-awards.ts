// What ladders, bonuses and guarantees come to, computed from everything that was sold each time it is asked for.

import { nearest, sum } from './fractions.ts'
import { ladderWorth } from './model-ladder.ts'
import type { ModelVersion } from './model-types.ts'

const DAY = 86_400_000

/** One payee's part in one line, returns taken off. */
export interface SoldPart {
  version: ModelVersion
  orderId: bigint
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
  now: number
}

interface Award {
  key: string
  creatorId: string
  minor: bigint
  /** Null: as it stood. */
  maturesAt: number | null
  /** A dispute of its orders holds it back, unless it was released already. */
  waits: boolean
  /** For guarantees: the day that it counts for, or the month. */
  countsOn: string
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
      return [...earned, ...guarantees(agreementId, versions, sold, earned, facts.now)]
    })
    const keys = new Set(wanted.map(({ key }) => key))
    for (const award of wanted) this.bring(award, facts.now)
    for (const [key, { creatorId }] of this.standing)
      if (!keys.has(key))
        this.bring({ key, creatorId, minor: 0n, maturesAt: null, waits: false, countsOn: '' }, facts.now)
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

const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7)
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
const beginOf = (month: string): number => Date.parse(`${month}-01T00:00:00Z`)
const endOf = (month: string): number => Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)

/** A month's part is what its window is worth through it, less what it was worth through the month before. */
function ladderAwards(agreementId: string, versions: ModelVersion[], sold: SoldPart[]): Award[] {
  const ladder = versions[0]?.ladder
  if (!ladder) return []
  const [{ creatorId, holdDays }] = versions as [ModelVersion]
  const months = [...new Set(sold.map(({ soldAt }) => monthOf(soldAt)))].sort()
  return months.map((month, place) => {
    const inWindow = (last: string | undefined) =>
      sold.filter(({ soldAt }) => {
        const own = monthOf(soldAt)
        return last !== undefined && (ladder.window === 'month' ? own === last : own <= last)
      })
    const before = ladder.window === 'month' ? undefined : months[place - 1]
    return {
      key: `ladder ${agreementId} ${month}`,
      creatorId,
      minor: ladderWorth(versions, inWindow(month)) - ladderWorth(versions, inWindow(before)),
      maturesAt: endOf(month) + holdDays * DAY,
      waits: false,
      countsOn: month,
    }
  })
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
      },
    ]
  })
}

/** What months that have ended lack to the sum of all their minimums, less what earlier months were topped up by. */
function guarantees(
  agreementId: string,
  versions: ModelVersion[],
  sold: SoldPart[],
  earned: readonly Award[],
  now: number,
): Award[] {
  const [first] = versions
  if (first?.monthlyMinor === undefined) return []
  const { creatorId, holdDays } = first
  const begins = Math.min(...versions.map(({ from }) => from))
  let promised = 0n
  let toppedUp = 0n
  const awards: Award[] = []
  for (let month = monthOf(begins); endOf(month) <= now; month = monthOf(endOf(month))) {
    promised += promisedIn(month, versions)
    const sales = sold.filter(({ soldAt }) => soldAt < endOf(month)).map(({ royaltyMinor }) => royaltyMinor)
    const others = earned.filter(({ countsOn }) => countsOn !== '' && countsOn.slice(0, 7) <= month)
    const missing = promised - sum(sales) - sum(others.map(({ minor }) => minor))
    const through = missing > 0n ? missing : 0n
    awards.push({
      key: `guarantee ${agreementId} ${month}`,
      creatorId,
      minor: through - toppedUp,
      maturesAt: endOf(month) + holdDays * DAY,
      waits: false,
      countsOn: '',
    })
    toppedUp = through
  }
  return awards
}

/** Each version promises its own minimum for the days of the month on which it was in force. */
function promisedIn(month: string, versions: readonly ModelVersion[]): bigint {
  const days = new Map<ModelVersion, bigint>()
  let all = 0n
  for (let at = beginOf(month); at < endOf(month); at += DAY) {
    all += 1n
    const version = versions.findLast(({ from }) => dayOf(from) <= dayOf(at))
    if (version) days.set(version, (days.get(version) ?? 0n) + 1n)
  }
  return sum([...days].map(([{ monthlyMinor = 0n }, count]) => nearest(monthlyMinor * count, all)))
}
