import { addDaysToDate, type LocalDate, startOfDay } from '../time/instant.ts'
import type { AwardTarget, MonthLabel } from './award.ts'
import { guaranteeTarget } from './guarantee-target.ts'
import {
  dayAfter,
  daysBetween,
  earlier,
  type GuaranteeVersion,
  later,
  spansOf,
  type VersionSpan,
  windowOn,
} from './guarantee-windows.ts'
import { restockedUnits, type StockObservation } from './restocked-units.ts'
import { roundRatio } from './round-ratio.ts'

/** Royalty that counts against a guarantee: of lines by the day of their first sale, of tiers by month, of bonuses by their order's day. */
export interface EarnedRoyalty {
  soldOn: LocalDate | null
  month: MonthLabel
  productId: string | null
  royaltyMinor: bigint
}

export interface GuaranteeAward extends AwardTarget {
  /** 2026-05, 2026-Q2, agreement, restock-2026-09-30 */
  window: string
  /** Its last day. */
  endsOn: LocalDate
  version: GuaranteeVersion
}

export interface GuaranteeFacts {
  versions: readonly GuaranteeVersion[]
  /** Last day of an agreement that was ended. */
  endedOn: LocalDate | null
  earned: readonly EarnedRoyalty[]
  /** Of the products of an item; by product id. */
  stock: ReadonlyMap<string, readonly StockObservation[]>
  /** Windows whose last day lies before it have ended. */
  today: LocalDate
  timeZone: string
}

/** Every guarantee of one agreement whose window has ended. */
export function guaranteeAwards(facts: GuaranteeFacts): GuaranteeAward[] {
  const spans = spansOf(facts.versions, facts.endedOn)
  const ended = (award: { endsOn: LocalDate }) => award.endsOn < facts.today
  return [
    ...minimumAwards(facts, windowsOf(spans, facts.today).filter(ended)),
    ...lifetimeOf(facts, spans).filter(ended),
    ...restocksOf(facts, spans).filter(ended),
  ]
}

/** The first day after which a guarantee that is still running has to be looked at; null when none is. */
export function nextGuaranteeEnd(facts: Omit<GuaranteeFacts, 'earned' | 'stock'>): LocalDate | null {
  const spans = spansOf(facts.versions, facts.endedOn)
  const all = { ...facts, earned: [], stock: new Map() }
  const ends = [...windowsOf(spans, facts.today), ...lifetimeOf(all, spans), ...restocksOf(all, spans)]
    .map((window) => window.endsOn)
    .filter((end) => end >= facts.today)
  return ends.sort()[0] ?? null
}

interface MinimumWindow {
  window: string
  endsOn: LocalDate
  guaranteedMinor: bigint
  version: GuaranteeVersion
  days: Array<{ from: LocalDate; to: LocalDate }>
}

/** Months and quarters with a minimum, up to the one that today lies in. A window in force for a part of its days guarantees that part. */
function windowsOf(spans: readonly VersionSpan[], today: LocalDate): MinimumWindow[] {
  const windows = new Map<string, MinimumWindow>()
  for (const { version, from, to } of spans) {
    const { guarantee } = version.terms
    if (guarantee?.kind !== 'minimum' || guarantee.window === 'agreement') continue
    let day = from
    while (day <= today && (to === null || day <= to)) {
      const window = windowOn(day, guarantee.window)
      const end = to === null ? window.to : earlier(to, window.to)
      const amount = BigInt(guarantee.amountMinor) * BigInt(daysBetween(day, end))
      const standing = windows.get(window.label)
      windows.set(window.label, {
        window: window.label,
        endsOn: later(standing?.endsOn ?? end, end),
        guaranteedMinor:
          (standing?.guaranteedMinor ?? 0n) + roundRatio(amount, BigInt(daysBetween(window.from, window.to))),
        version,
        days: [...(standing?.days ?? []), { from: day, to: end }],
      })
      day = dayAfter(window.to)
    }
  }
  return [...windows.values()].sort((left, right) =>
    left.endsOn === right.endsOn
      ? left.window < right.window
        ? -1
        : 1
      : left.endsOn < right.endsOn
        ? -1
        : 1,
  )
}

/** Earned and guaranteed count on through the windows: a window's top-up is what is missing by then, less what was topped up before. */
function minimumAwards(facts: GuaranteeFacts, windows: readonly MinimumWindow[]): GuaranteeAward[] {
  let guaranteedMinor = 0n
  let toppedUp = 0n
  let days: MinimumWindow['days'] = []
  return windows.map(({ window, endsOn, version, guaranteedMinor: ofWindow, days: ownDays }) => {
    guaranteedMinor += ofWindow
    days = [...days, ...ownDays]
    const earnedMinor = sumOf(facts.earned.filter((earned) => fallsInto(earned, days)))
    const award = guaranteeTarget({
      rule: 'guarantee_minimum',
      guaranteedMinor,
      earnedMinor,
      earlierTopUpMinor: toppedUp,
      currency: version.terms.currency,
      steps: [
        { name: 'window_guaranteed', to: endsOn, amountMinor: ofWindow.toString() },
        {
          name: 'window_earned',
          to: endsOn,
          amountMinor: sumOf(facts.earned.filter((earned) => fallsInto(earned, ownDays))).toString(),
        },
      ],
      facts: { window, endsOn },
    })
    toppedUp += award.targetMinor
    return { ...award, window, endsOn, version }
  })
}

/** One amount for the agreement's whole life, due when it ends. */
function lifetimeOf(facts: GuaranteeFacts, spans: readonly VersionSpan[]): GuaranteeAward[] {
  const span = spans.at(-1)
  const guarantee = span?.version.terms.guarantee
  if (!span || span.to === null || guarantee?.kind !== 'minimum' || guarantee.window !== 'agreement')
    return []
  const endsOn = span.to
  const from = spans[0]?.from ?? span.from
  const award = guaranteeTarget({
    rule: 'guarantee_minimum',
    guaranteedMinor: BigInt(guarantee.amountMinor),
    earnedMinor: sumOf(facts.earned.filter((earned) => fallsInto(earned, [{ from, to: endsOn }]))),
    currency: span.version.terms.currency,
    facts: { window: 'agreement', endsOn },
  })
  return [{ ...award, window: 'agreement', endsOn, version: span.version }]
}

/** Restocks that were promised by a day on which their version is in force, or that the end of the agreement cuts short. */
function restocksOf(facts: GuaranteeFacts, spans: readonly VersionSpan[]): GuaranteeAward[] {
  return spans.flatMap((span) => {
    const { guarantee, startsOn, currency } = span.version.terms
    if (guarantee?.kind !== 'restock') return []
    if (!span.last && span.to !== null && span.to < guarantee.until) return []
    // Promised by an earlier version, which this one keeps: due under that one, once.
    if (span.from > guarantee.until) return []
    const endsOn = span.to === null ? guarantee.until : earlier(guarantee.until, span.to)
    const { units, restocks } = restockedUnits(
      guarantee.productIds.flatMap((productId) => facts.stock.get(productId) ?? []),
      {
        startsAt: startOfDay(startsOn, facts.timeZone),
        endsAt: startOfDay(dayAfter(endsOn), facts.timeZone),
      },
    )
    const counted = Math.min(units, guarantee.units)
    const earned = facts.earned.filter(
      (one) =>
        one.productId !== null &&
        guarantee.productIds.includes(one.productId) &&
        fallsInto(one, [{ from: startsOn, to: endsOn }]),
    )
    const award = guaranteeTarget({
      rule: 'guarantee_restock',
      guaranteedMinor: BigInt(counted) * BigInt(guarantee.perUnitMinor),
      earnedMinor: sumOf(earned),
      currency,
      steps: restocks.map((restock) => ({
        name: 'restock',
        at: restock.at,
        from: String(restock.from),
        to: String(restock.to),
        measured: String(restock.to - restock.from),
      })),
      facts: {
        window: `restock-${guarantee.until}`,
        endsOn,
        committedUnits: String(guarantee.units),
        restockedUnits: String(units),
        countedUnits: String(counted),
        perUnitMinor: guarantee.perUnitMinor,
        productIds: guarantee.productIds,
      },
    })
    return [{ ...award, window: `restock-${guarantee.until}`, endsOn, version: span.version }]
  })
}

/** When a guarantee is payable: returns may change what was earned until then. */
export function guaranteeMaturesOn(award: GuaranteeAward): LocalDate {
  return addDaysToDate(dayAfter(award.endsOn), award.version.terms.holdDays)
}

/** What only a month is known of counts in the month, whichever of its days the window has. */
function fallsInto(earned: EarnedRoyalty, days: ReadonlyArray<{ from: LocalDate; to: LocalDate }>): boolean {
  const { soldOn, month } = earned
  return days.some(({ from, to }) =>
    soldOn === null ? month >= from.slice(0, 7) && month <= to.slice(0, 7) : soldOn >= from && soldOn <= to,
  )
}

function sumOf(earned: readonly EarnedRoyalty[]): bigint {
  return earned.reduce((sum, one) => sum + one.royaltyMinor, 0n)
}
