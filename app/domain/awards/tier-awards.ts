import type { AgreementTerms, TierTerms } from '../agreements/terms.ts'
import type { IsoInstant } from '../time/instant.ts'
import type { AwardTarget, MonthLabel } from './award.ts'
import { quarterOfMonth } from './guarantee-windows.ts'
import { type CountedGroup, tierTarget } from './tier-target.ts'

/** An accepted version of an agreement, as far as ladders need it. */
export interface TierVersion {
  id: string
  number: number
  terms: Pick<AgreementTerms, 'shareBps' | 'net' | 'currency' | 'period' | 'tiers'>
}

/** Lines of one version, month of first sale, product and drop, with their returns. */
export interface CountedSales extends CountedGroup {
  agreementVersionId: string
  month: MonthLabel
  productId: string | null
  dropId: string | null
  /** The newest fact in it. */
  lastAt: IsoInstant
}

/** What the sales of one month add to the ladder of one window: they mature together. */
export interface TierAward extends AwardTarget {
  /** lifetime, product-1, drop-<id>, 2026-05, 2026-Q2 */
  window: string
  month: MonthLabel
  /** Newest version with a ladder that sold in the window up to this month. */
  agreementVersionId: string
  productId: string | null
  dropId: string | null
  lastAt: IsoInstant
}

/**
 * Every tier award of one agreement. A month's award is what the window is worth with it, less what it is worth without: the months of a
 * window add up to the ladder over all its sales. Later versions go on climbing where earlier ones stand.
 */
export function tierAwards(versions: readonly TierVersion[], sales: readonly CountedSales[]): TierAward[] {
  const ordered = [...versions].sort((left, right) => left.number - right.number)
  const awards: TierAward[] = []
  for (const scheme of schemesOf(ordered)) {
    const windows = new Map<string, CountedSales[]>()
    for (const sale of sales) {
      const window = scheme.windowOf(sale)
      if (window === null) continue
      const sold = windows.get(window) ?? []
      sold.push(sale)
      windows.set(window, sold)
    }
    for (const [window, sold] of [...windows].sort(byName))
      awards.push(...awardsOfWindow(ordered, scheme, window, sold))
  }
  return awards
}

type LadderVersion = TierVersion & { terms: { tiers: TierTerms } }

interface Scheme {
  versions: LadderVersion[]
  windowOf(sale: CountedSales): string | null
}

/** Versions that count in the same manner share their windows. */
function schemesOf(versions: readonly TierVersion[]): Scheme[] {
  const schemes = new Map<string, Scheme>()
  for (const version of versions) {
    if (!hasLadder(version)) continue
    const { window } = version.terms.tiers
    const name = window === 'period' ? version.terms.period : window
    const scheme = schemes.get(name) ?? { versions: [], windowOf: (sale) => windowOf(name, sale) }
    scheme.versions.push(version)
    schemes.set(name, scheme)
  }
  return [...schemes.values()]
}

function hasLadder(version: TierVersion): version is LadderVersion {
  return version.terms.tiers !== null && version.terms.tiers !== undefined
}

function windowOf(scheme: string, sale: CountedSales): string | null {
  switch (scheme) {
    case 'product':
      return sale.productId === null ? null : `product-${sale.productId}`
    case 'drop':
      return sale.dropId === null ? null : `drop-${sale.dropId}`
    case 'monthly':
      return sale.month
    case 'quarterly':
      return quarterOfMonth(sale.month)
    default:
      return 'lifetime'
  }
}

function awardsOfWindow(
  ordered: readonly TierVersion[],
  scheme: Scheme,
  window: string,
  sold: readonly CountedSales[],
): TierAward[] {
  const months = [...new Set(sold.map((sale) => sale.month))].sort()
  const awards: TierAward[] = []
  let standing = 0n
  for (const month of months) {
    const through = sold.filter((sale) => sale.month <= month)
    const worth = worthOf(ordered, scheme, through)
    if (!worth) continue
    awards.push({
      window,
      month,
      agreementVersionId: worth.version.id,
      productId: window.startsWith('product-') ? (sold[0]?.productId ?? null) : null,
      dropId: window.startsWith('drop-') ? (sold[0]?.dropId ?? null) : null,
      lastAt: through.map((sale) => sale.lastAt).reduce((left, right) => (left > right ? left : right)),
      targetMinor: worth.targetMinor - standing,
      evidence: {
        ...worth.evidence,
        facts: {
          ...worth.evidence.facts,
          window,
          month,
          totalMinor: worth.targetMinor.toString(),
          earlierMonthsMinor: standing.toString(),
        },
      },
    })
    standing = worth.targetMinor
  }
  return awards
}

/** What a window is worth in all; null when none of its sales falls under a ladder of the scheme. */
function worthOf(
  ordered: readonly TierVersion[],
  scheme: Scheme,
  sold: readonly CountedSales[],
): (AwardTarget & { version: LadderVersion }) | null {
  const numberOf = new Map(ordered.map(({ id, number }) => [id, number]))
  const parts: Array<AwardTarget & { version: LadderVersion }> = []
  for (const version of scheme.versions) {
    const own = sold.filter((sale) => sale.agreementVersionId === version.id)
    if (own.length === 0) continue
    const others = (keep: (number: number) => boolean) =>
      totalOf(sold.filter((sale) => keep(numberOf.get(sale.agreementVersionId) ?? version.number)))
    const { targetMinor, evidence } = tierTarget(version.terms.tiers, version.terms.shareBps, own, {
      currency: version.terms.currency,
      deductPaymentFeeBps: version.terms.net.deductPaymentFeeBps,
      before: others((number) => number < version.number),
      after: others((number) => number > version.number),
    })
    parts.push({ targetMinor, evidence, version })
  }
  const newest = parts.at(-1)
  if (!newest) return null
  return {
    version: newest.version,
    targetMinor: parts.reduce((sum, part) => sum + part.targetMinor, 0n),
    evidence: { ...newest.evidence, steps: parts.flatMap((part) => part.evidence.steps) },
  }
}

function totalOf(sales: readonly CountedSales[]): { units: number; netMinor: bigint } {
  return {
    units: sales.reduce((sum, sale) => sum + sale.units, 0),
    netMinor: sales.reduce((sum, sale) => sum + sale.netMinor, 0n),
  }
}

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : 1
}
