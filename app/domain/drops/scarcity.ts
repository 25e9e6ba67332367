// When a shopper may be told that a piece is nearly gone. Few pieces are not enough: supply has to be really constrained, known to be so
// now, and what is planned to come has to be named with it. In doubt nothing is said; whether the piece can be bought is never decided here.
import type { IsoInstant } from '../time/instant.ts'

/** What may be said of one variant's stock: never a count. */
export type Bucket = 'open' | 'low' | 'last' | 'gone'

/** The merchant's rule, which is shown beside what it leads to. */
export interface ScarcityRule {
  version: number
  /** Pieces at or below which "low" may be said. */
  lowAt: number
  /** Pieces at or below which "last pieces" may be said. */
  lastAt: number
}

/** Stock of one variant at one location. */
export interface LocationStock {
  locationId: string
  /** Can be bought now. Negative after overselling. */
  available: number
  /** Kept from sale outside of waves (safety stock, other reservations): could be put on sale at any moment. */
  heldBack: number
}

export interface VariantStock {
  variantId: string
  /** False: Shopify does not count it. */
  isCounted: boolean
  /** Shopify goes on selling at zero. */
  sellsBeyondStock: boolean
  locations: readonly LocationStock[]
  /** Units on their way that no wave announces. */
  incoming: number
  /** When Shopify last said so; null when it never did. */
  confirmedAt: IsoInstant | null
}

/** Units that will be put on sale at a time that is known, by any drop of the shop. */
export interface ComingWave {
  id: string
  at: IsoInstant
  units: number
  /** The units are really there, put aside for it. */
  isBacked: boolean
}

export type StockReason =
  /** Enough is there. */
  | 'plenty'
  /** What is known is too old to urge anybody by. */
  | 'stale'
  | 'uncounted'
  | 'sells_beyond_stock'
  /** More is planned than stands aside for it: it may be neither announced nor kept quiet. */
  | 'unbacked_wave'
  /** The shop keeps more of it from sale. */
  | 'held_back'
  /** More is on its way. */
  | 'on_its_way'
  | 'at_most_low'
  | 'at_most_last'
  | 'none_left'

export interface StockVerdict {
  bucket: Bucket
  reason: StockReason
  /** What can be bought now over all locations, where it is known. */
  available: number | null
  /** Waves that have to be named with a bucket other than open, soonest first. */
  named: readonly ComingWave[]
}

/** A count that nobody has confirmed for so long urges nobody. */
export const STALE_AFTER_MS = 60_000

export const LARGEST_LOW_AT = 20
export const LARGEST_LAST_AT = 5

export type RuleRefusal =
  | 'not_whole_pieces'
  /** "Low" above this would be said of stock that nobody calls low. */
  | 'low_too_large'
  | 'last_too_large'
  | 'last_above_low'
  /** The whole run would be called low before the first piece is sold. */
  | 'low_from_the_start'

/** `runUnits`: pieces of the variant that the drop has altogether. */
export function checkScarcityRule(
  { lowAt, lastAt }: Pick<ScarcityRule, 'lowAt' | 'lastAt'>,
  runUnits: number,
): { ok: true } | { ok: false; reason: RuleRefusal } {
  if (![lowAt, lastAt].every((pieces) => Number.isSafeInteger(pieces) && pieces >= 0))
    return { ok: false, reason: 'not_whole_pieces' }
  if (lowAt > LARGEST_LOW_AT) return { ok: false, reason: 'low_too_large' }
  if (lastAt > LARGEST_LAST_AT) return { ok: false, reason: 'last_too_large' }
  if (lastAt > lowAt) return { ok: false, reason: 'last_above_low' }
  if (lowAt > 0 && lowAt >= runUnits) return { ok: false, reason: 'low_from_the_start' }
  return { ok: true }
}

/**
 * What may be said of the variant at `now`. `waves`: those of this variant that are still to come, of every drop of the shop. The same facts
 * give the same verdict to everybody: no visitor is part of them, and only more stock leads back from a scarcer bucket.
 */
export function judgeStock(
  stock: VariantStock,
  waves: readonly ComingWave[],
  rule: ScarcityRule,
  now: IsoInstant,
): StockVerdict {
  const unsaid = (reason: StockReason, available: number | null): StockVerdict => ({
    bucket: 'open',
    reason,
    available,
    named: [],
  })
  if (!stock.isCounted) return unsaid('uncounted', null)
  if (isStale(stock.confirmedAt, now)) return unsaid('stale', null)
  const available = sum(stock.locations.map((location) => location.available))
  if (stock.sellsBeyondStock) return unsaid('sells_beyond_stock', available)
  const coming = waves
    .filter((wave) => Date.parse(wave.at) > Date.parse(now))
    .toSorted((left, right) => Date.parse(left.at) - Date.parse(right.at))
  // That nothing can be bought is true whatever else is planned, and a piece that sells out says so.
  if (available <= 0)
    return { bucket: 'gone', reason: 'none_left', available, named: coming.filter((wave) => wave.isBacked) }
  if (available > rule.lowAt && available > rule.lastAt) return unsaid('plenty', available)
  if (coming.some((wave) => !wave.isBacked)) return unsaid('unbacked_wave', available)
  if (stock.incoming > 0) return unsaid('on_its_way', available)
  if (stock.locations.some((location) => location.heldBack > 0)) return unsaid('held_back', available)
  return available <= rule.lastAt
    ? { bucket: 'last', reason: 'at_most_last', available, named: coming }
    : { bucket: 'low', reason: 'at_most_low', available, named: coming }
}

/** A confirmation from ahead of `now` counts as fresh: clocks of two machines differ a little. */
export function isStale(confirmedAt: IsoInstant | null, now: IsoInstant): boolean {
  return confirmedAt === null || Date.parse(now) - Date.parse(confirmedAt) > STALE_AFTER_MS
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
