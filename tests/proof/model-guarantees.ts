// What guarantees add once their time is over: the higher of what was earned and what was promised.
import { least, nearest, sum } from './fractions.ts'
import type { Award, AwardFacts, SoldPart } from './model-awards.ts'
import { afterDay, beginOf, DAY, dayOf, endOf, monthOf } from './model-days.ts'
import type { ModelVersion, ToldCount } from './model-types.ts'

/** One agreement, and what was earned under it. */
interface Guaranteed {
  agreementId: string
  versions: readonly ModelVersion[]
  sold: readonly SoldPart[]
  /** By ladders and bonuses. */
  earned: readonly Award[]
  facts: AwardFacts
}

const PLAIN = { waits: false, countsOn: '', productId: null }

/** What months that have ended lack to the sum of all their minimums, less what earlier months were topped up by. */
export function monthlyGuarantees({
  agreementId,
  versions,
  sold,
  earned,
  facts: { now },
}: Guaranteed): Award[] {
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
      ...PLAIN,
      key: `guarantee ${agreementId} ${month}`,
      creatorId,
      minor: through - toppedUp,
      maturesAt: endOf(month) + holdDays * DAY,
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
    const version = inForceOn(dayOf(at), versions)
    if (version) days.set(version, (days.get(version) ?? 0n) + 1n)
  }
  return sum([...days].map(([{ monthlyMinor = 0n }, count]) => nearest(monthlyMinor * count, all)))
}

/** Of the version of the last day: pieces that came in from its own first day on, and what was earned with these products since. */
export function restockGuarantee({ agreementId, versions, sold, earned, facts }: Guaranteed): Award[] {
  const until = versions[0]?.restock?.until
  if (until === undefined || facts.now < afterDay(until)) return []
  const version = inForceOn(until, versions)
  if (!version?.restock) return []
  const { productIds, perUnitMinor, units } = version.restock
  const begins = dayOf(version.from)
  const isMeant = (productId: bigint | string | null) => productIds.includes(String(productId))
  const sales = sold.filter(
    ({ productId, soldAt }) => isMeant(productId) && begins <= dayOf(soldAt) && dayOf(soldAt) <= until,
  )
  const ladders = earned.filter(
    ({ productId, countsOn }) =>
      productId !== null &&
      isMeant(productId) &&
      begins.slice(0, 7) <= countsOn &&
      countsOn <= until.slice(0, 7),
  )
  const counted = least(
    units,
    cameIn(
      facts.counts.filter(({ productId }) => isMeant(productId)),
      begins,
      until,
    ),
  )
  const missing =
    counted * perUnitMinor -
    sum(sales.map(({ royaltyMinor }) => royaltyMinor)) -
    sum(ladders.map(({ minor }) => minor))
  return [
    {
      ...PLAIN,
      key: `restock ${agreementId}`,
      creatorId: version.creatorId,
      minor: missing > 0n ? missing : 0n,
      maturesAt: afterDay(until) + version.holdDays * DAY,
    },
  ]
}

/** Pieces by which a place's stock had grown since it was counted before. */
function cameIn(counts: readonly ToldCount[], from: string, until: string): bigint {
  return sum(
    counts
      .filter(({ at }) => from <= dayOf(at) && dayOf(at) <= until)
      .map((count) => {
        const earlier = counts.filter(
          ({ itemId, locationId, at }) =>
            itemId === count.itemId && locationId === count.locationId && at < count.at,
        )
        const [before] = earlier.sort((left, right) => right.at - left.at)
        const more = before ? count.available - before.available : 0n
        return more > 0n ? more : 0n
      }),
  )
}

function inForceOn(day: string, versions: readonly ModelVersion[]): ModelVersion | undefined {
  return versions.findLast(({ from }) => dayOf(from) <= day)
}
