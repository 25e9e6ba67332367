// The public live state of a drop as the storefront polls it: coarse, small, the same for everybody. Time is in the Date header alone, so
// that the text changes only when something happens.
import type { IsoInstant } from '../time/instant.ts'
import type { ClaimKind } from './claim-log.ts'
import { type Bucket, isStale, STALE_AFTER_MS } from './scarcity.ts'

export type StatePhase = 'early' | 'open' | 'held' | 'closed' | 'aborted'

export interface StateFacts {
  status: 'scheduled' | 'live' | 'held' | 'closed' | 'aborted'
  opensAt: IsoInstant
  closesAt: IsoInstant
  offers: ReadonlyArray<{
    variantId: string
    /** Null: what is not counted never goes stale. */
    confirmedAt: IsoInstant | null
    isCounted: boolean
  }>
  waves: ReadonlyArray<{ at: IsoInstant; isBacked: boolean; isReleased: boolean }>
  /** Claims that stand in the log: nothing else may be shown. */
  claims: ReadonlyArray<{ claim: number; kind: ClaimKind; variantId: string | null; to: IsoInstant }>
}

export interface StateDocument {
  text: string
  /** Epoch milliseconds from which on the same facts give another text; null when they never do. */
  until: number | null
}

/** Bytes of the text at most. */
export const LARGEST_STATE = 600

/** So many coming waves are told of, soonest first; the storefront's own configuration knows them all. */
const MOST_WAVES_TOLD = 2

const BUCKETS: Record<ClaimKind, Bucket | null> = {
  low_stock: 'low',
  last_pieces: 'last',
  sold_out: 'gone',
  wave: null,
  ends: null,
}

/** The state at `now` (epoch milliseconds). */
export function stateDocument(facts: StateFacts, now: number): StateDocument {
  const phase = phaseAt(facts, now)
  const isRunning = phase === 'open' || phase === 'early'
  const at = new Date(now).toISOString()
  const stale = new Set(
    facts.offers
      .filter((offer) => offer.isCounted && isStale(offer.confirmedAt, at))
      .map((offer) => offer.variantId),
  )
  const shown = isRunning ? facts.claims.filter((claim) => now < Date.parse(claim.to)) : []
  const offers = facts.offers.map(({ variantId }) => {
    const claim = shown.findLast((each) => each.variantId === variantId && BUCKETS[each.kind] !== null)
    // What is too old is not shown, though it was logged; the piece can be bought all the same.
    if (!claim || stale.has(variantId)) return { v: variantId, k: 'open', c: null }
    return { v: variantId, k: BUCKETS[claim.kind], c: claim.claim }
  })
  const coming = isRunning ? comingWaves(facts, now) : []
  for (let told = Math.min(coming.length, MOST_WAVES_TOLD); ; told -= 1) {
    const text = JSON.stringify({
      v: 1,
      s: phase,
      stale: isRunning && stale.size > 0,
      o: offers,
      w: coming.slice(0, told),
    })
    // Ids, kinds and numbers are ASCII: characters are bytes.
    if (told === 0 || text.length <= LARGEST_STATE) return { text, until: nextChange(facts, now) }
  }
}

/** One entry a moment; several variants may come back at once, and the announcement holds only if all of them do. */
function comingWaves(facts: StateFacts, now: number): Array<{ at: number; ok: boolean }> {
  const moments = new Map<number, boolean>()
  for (const wave of facts.waves) {
    const at = Date.parse(wave.at)
    if (wave.isReleased || at <= now) continue
    moments.set(at, (moments.get(at) ?? true) && wave.isBacked)
  }
  return [...moments]
    .sort(([left], [right]) => left - right)
    .map(([at, ok]) => ({ at: Math.floor(at / 1000), ok }))
}

/** From the times, not from when somebody got round to it: a late worker changes nothing here. */
function phaseAt(facts: StateFacts, now: number): StatePhase {
  if (facts.status === 'aborted' || facts.status === 'held' || facts.status === 'closed') return facts.status
  if (now >= Date.parse(facts.closesAt)) return 'closed'
  return now >= Date.parse(facts.opensAt) ? 'open' : 'early'
}

function nextChange(facts: StateFacts, now: number): number | null {
  const moments = [
    facts.opensAt,
    facts.closesAt,
    ...facts.waves.map((wave) => wave.at),
    ...facts.claims.map((claim) => claim.to),
  ].map((instant) => Date.parse(instant))
  for (const { isCounted, confirmedAt } of facts.offers)
    if (isCounted && confirmedAt !== null) moments.push(Date.parse(confirmedAt) + STALE_AFTER_MS + 1)
  const coming = moments.filter((moment) => moment > now)
  return coming.length > 0 ? Math.min(...coming) : null
}
