// After the close: did the offer really end? Looked at a minute, a day and a week later, and whenever the same piece is offered again.
import type { IsoInstant } from '../time/instant.ts'

export const CHECKS = ['one_minute', 'one_day', 'seven_days'] as const
export type CheckName = (typeof CHECKS)[number]

const AFTER_MS: Record<CheckName, number> = {
  one_minute: 60_000,
  one_day: 86_400_000,
  seven_days: 7 * 86_400_000,
}

/** When the offer of a drop that closed at `closedAt` is looked at. */
export function checkDueAt(check: CheckName, closedAt: IsoInstant): IsoInstant {
  return new Date(Date.parse(closedAt) + AFTER_MS[check]).toISOString()
}

/** What was found of one variant. Null: it could not be found out. */
export interface EndObservation {
  variantId: string
  /** Whether it still costs less than the full price, by the drop's discount or a lowered price. */
  isPriceReduced: boolean | null
  isListed: boolean | null
  /** Whether checkout would take it. */
  isCheckoutOpen: boolean | null
}

export type EndVerdict =
  | { verdict: 'ended'; variants: [] }
  /** `still`: what went on, by variant. */
  | { verdict: 'continues'; variants: Array<{ variantId: string; still: 'price' | 'sale' }> }
  | { verdict: 'unknown'; variants: string[] }

/**
 * A drop at a lower price has ended when the price has; one without has ended when its pieces cannot be bought any more. A page that still
 * shows the piece without selling it is no offer.
 */
export function judgeEnd(drop: { isPriced: boolean }, observations: readonly EndObservation[]): EndVerdict {
  const still: Array<{ variantId: string; still: 'price' | 'sale' }> = []
  const unknown: string[] = []
  for (const seen of observations) {
    const isForSale = both(seen.isListed, seen.isCheckoutOpen)
    const goesOn = drop.isPriced ? both(seen.isPriceReduced, isForSale) : isForSale
    if (goesOn === null) unknown.push(seen.variantId)
    else if (goesOn) still.push({ variantId: seen.variantId, still: drop.isPriced ? 'price' : 'sale' })
  }
  if (still.length > 0) return { verdict: 'continues', variants: still }
  return unknown.length > 0 || observations.length === 0
    ? { verdict: 'unknown', variants: unknown }
    : { verdict: 'ended', variants: [] }
}

/** One no is enough; without it, both must be known. */
function both(left: boolean | null, right: boolean | null): boolean | null {
  if (left === false || right === false) return false
  return left === null || right === null ? null : true
}

/** The same or a similar offer within so many days makes the end look like none. */
export const SIMILAR_WITHIN_DAYS = 30

export interface OfferOfDrop {
  dropId: string
  productIds: readonly string[]
  opensAt: IsoInstant
  closesAt: IsoInstant
  creatorId: string | null
  priceBps: number | null
}

export interface SimilarOffer {
  dropId: string
  /** Same piece; or the same creator at the same reduction. */
  why: 'same_piece' | 'same_creator_and_price'
  daysLater: number
}

/** Other drops that offer again what `closed` said would end. */
export function similarOffersAfter(closed: OfferOfDrop, others: readonly OfferOfDrop[]): SimilarOffer[] {
  const end = Date.parse(closed.closesAt)
  return others.flatMap((other): SimilarOffer[] => {
    const daysLater = Math.floor((Date.parse(other.opensAt) - end) / 86_400_000)
    if (other.dropId === closed.dropId || Date.parse(other.closesAt) <= end) return []
    if (daysLater >= SIMILAR_WITHIN_DAYS) return []
    const pieces = new Set(closed.productIds)
    if (other.productIds.some((id) => pieces.has(id)))
      return [{ dropId: other.dropId, why: 'same_piece', daysLater: Math.max(0, daysLater) }]
    const isSame =
      closed.creatorId !== null &&
      closed.creatorId === other.creatorId &&
      closed.priceBps !== null &&
      closed.priceBps === other.priceBps
    return isSame
      ? [{ dropId: other.dropId, why: 'same_creator_and_price', daysLater: Math.max(0, daysLater) }]
      : []
  })
}
