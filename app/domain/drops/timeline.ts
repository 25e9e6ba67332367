// Times of a drop. Planned as the shop's clock shows them, kept as instants; Shopify's checkout compares them as local times without a zone,
// so an act may stand only where local time names one instant.
import { Temporal } from 'temporal-polyfill'
import { type IsoInstant, isTimeZone } from '../time/instant.ts'
import { ACT_KINDS, type Act, type ActKind } from './drop.ts'

/** A time as the shop's clock shows it: YYYY-MM-DDTHH:mm:ss, whole seconds, without a zone. */
export type LocalDateTime = string

export type LocalTimeRead =
  | { ok: true; at: IsoInstant }
  | { ok: false; reason: 'time_malformed' | 'time_zone_unknown' }
  /** The clock jumps over it: `before` and `after` are the last and first local times beside the gap. */
  | { ok: false; reason: 'time_missing'; before: LocalDateTime; after: LocalDateTime }
  /** The clock shows it twice: the two instants. */
  | { ok: false; reason: 'time_repeated'; earlier: IsoInstant; later: IsoInstant }

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/

/** Reads what a merchant typed. Refuses an hour that is missing or comes twice because clocks change. */
export function readLocalTime(local: string, timeZone: string): LocalTimeRead {
  if (!isTimeZone(timeZone)) return { ok: false, reason: 'time_zone_unknown' }
  const plain = LOCAL.test(local) ? parsePlain(local) : null
  if (!plain) return { ok: false, reason: 'time_malformed' }
  const earlier = plain.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  const later = plain.toZonedDateTime(timeZone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { ok: true, at: instantOf(earlier) }
  // In a gap the two readings are other local times; in a repeated hour they are the same.
  if (!earlier.toPlainDateTime().equals(plain)) {
    const change = earlier.getTimeZoneTransition('next') ?? later
    return {
      ok: false,
      reason: 'time_missing',
      before: localOf(instantOf(change.subtract({ seconds: 1 })), timeZone),
      after: localOf(instantOf(change), timeZone),
    }
  }
  return { ok: false, reason: 'time_repeated', earlier: instantOf(earlier), later: instantOf(later) }
}

function parsePlain(local: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' })
  } catch {
    return null
  }
}

/** What the clock of the zone shows then, to the second. */
export function localOf(at: IsoInstant, timeZone: string): LocalDateTime {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone)
  return zoned.toPlainDateTime().toString({ smallestUnit: 'second', roundingMode: 'trunc' })
}

function instantOf(zoned: Temporal.ZonedDateTime): IsoInstant {
  return new Date(zoned.epochMilliseconds).toISOString()
}

/** Between two acts at least: time to finish one before the next is due. */
export const LEAST_GAP_MS = 10_000
/** From the first sale to the close at most: longer than that it is no drop. */
export const LONGEST_MS = 31 * 86_400_000
/** Ahead of now at most. */
export const FURTHEST_MS = 366 * 86_400_000

export type TimelineProblem =
  | { reason: 'open_missing' | 'close_missing' }
  | { reason: 'act_twice'; actId: string; kind: ActKind }
  | { reason: 'act_time_malformed'; actId: string }
  | { reason: 'act_out_of_order'; actId: string; kind: ActKind; after: ActKind }
  | { reason: 'acts_too_close'; actId: string; kind: ActKind; gapMs: number }
  | { reason: 'act_time_repeated'; actId: string; earlier: IsoInstant; later: IsoInstant }
  | { reason: 'drop_too_long'; days: number }

type TimedAct = Pick<Act, 'id' | 'kind' | 'at'>

/** What is wrong with the times; empty when nothing is. Whether they are still ahead is asked when the drop is scheduled. */
export function timelineProblems(acts: readonly TimedAct[], timeZone: string): TimelineProblem[] {
  if (!isTimeZone(timeZone)) return []
  const problems: TimelineProblem[] = []
  for (const act of acts)
    if (!isExactInstant(act.at)) problems.push({ reason: 'act_time_malformed', actId: act.id })
  if (problems.length > 0) return problems
  for (const kind of ['open', 'close'] as const)
    if (!acts.some((act) => act.kind === kind)) problems.push({ reason: `${kind}_missing` })
  const once = new Set<ActKind>()
  for (const { id, kind } of acts) {
    if (kind !== 'wave' && once.has(kind)) problems.push({ reason: 'act_twice', actId: id, kind })
    once.add(kind)
  }
  problems.push(...orderProblems(acts))
  for (const act of acts) {
    const read = readLocalTime(localOf(act.at, timeZone), timeZone)
    if (!read.ok && read.reason === 'time_repeated')
      problems.push({ reason: 'act_time_repeated', actId: act.id, earlier: read.earlier, later: read.later })
  }
  const first = acts.find(({ kind }) => kind === 'early_access') ?? acts.find(({ kind }) => kind === 'open')
  const close = acts.find(({ kind }) => kind === 'close')
  const lasts = first && close ? Date.parse(close.at) - Date.parse(first.at) : 0
  if (lasts > LONGEST_MS) problems.push({ reason: 'drop_too_long', days: Math.ceil(lasts / 86_400_000) })
  return problems
}

function orderProblems(acts: readonly TimedAct[]): TimelineProblem[] {
  const problems: TimelineProblem[] = []
  const sorted = inOrder(acts)
  let latest: TimedAct | undefined
  for (const [index, act] of sorted.entries()) {
    const before = sorted[index - 1]
    const gapMs = before ? Date.parse(act.at) - Date.parse(before.at) : LEAST_GAP_MS
    if (latest && rankOf(act.kind) < rankOf(latest.kind))
      problems.push({ reason: 'act_out_of_order', actId: act.id, kind: act.kind, after: latest.kind })
    else if (gapMs < LEAST_GAP_MS)
      problems.push({ reason: 'acts_too_close', actId: act.id, kind: act.kind, gapMs })
    if (!latest || rankOf(act.kind) > rankOf(latest.kind)) latest = act
  }
  return problems
}

function rankOf(kind: ActKind): number {
  return ACT_KINDS.indexOf(kind)
}

/** In order of time; what is due at once stands in the order of kinds, and of ids. */
export function inOrder<Timed extends TimedAct>(acts: readonly Timed[]): Timed[] {
  return [...acts].sort(
    (left, right) =>
      Date.parse(left.at) - Date.parse(right.at) ||
      rankOf(left.kind) - rankOf(right.kind) ||
      (left.id < right.id ? -1 : 1),
  )
}

/** An instant in our own spelling, on a whole second: the checkout's clock knows no parts of one. */
function isExactInstant(at: string): boolean {
  const time = Date.parse(at)
  return !Number.isNaN(time) && time % 1000 === 0 && new Date(time).toISOString() === at
}

/** When clocks of the zone change between two instants, and what they show just before and after; null when they do not. */
export function clockChangeBetween(
  from: IsoInstant,
  to: IsoInstant,
  timeZone: string,
): { at: IsoInstant; before: LocalDateTime; after: LocalDateTime } | null {
  const change = Temporal.Instant.from(from).toZonedDateTimeISO(timeZone).getTimeZoneTransition('next')
  if (!change || change.epochMilliseconds > Date.parse(to)) return null
  const at = instantOf(change)
  const before = localOf(instantOf(change.subtract({ seconds: 1 })), timeZone)
  return { at, before, after: localOf(at, timeZone) }
}

export interface SellingWindow {
  /** Null: nobody is let in early. */
  early: IsoInstant | null
  open: IsoInstant
  close: IsoInstant
}

/** When the drop sells, by its own timeline; null while it has no opening or no close. */
export function sellingWindow(acts: readonly Pick<Act, 'kind' | 'at'>[]): SellingWindow | null {
  const at = (kind: ActKind) => acts.find((act) => act.kind === kind)?.at ?? null
  const open = at('open')
  const close = at('close')
  return open && close ? { early: at('early_access'), open, close } : null
}

export type TimePhase = 'before' | 'teaser' | 'early' | 'open' | 'over'

/** Where the clock stands in the timeline, whatever runners have done so far. Bounds belong to what begins. */
export function phaseAt(acts: readonly Pick<Act, 'kind' | 'at'>[], now: IsoInstant): TimePhase {
  const has = (kind: ActKind) =>
    acts.some((act) => act.kind === kind && Date.parse(act.at) <= Date.parse(now))
  if (has('close')) return 'over'
  if (has('open')) return 'open'
  if (has('early_access')) return 'early'
  return has('teaser') ? 'teaser' : 'before'
}

/** Gaps between neighbours, for the editor: how long each act lasts until the next. Milliseconds. */
export function gapsOf<Timed extends TimedAct>(
  acts: readonly Timed[],
): Array<{ from: Timed; to: Timed; ms: number }> {
  const sorted = inOrder(acts)
  return sorted.slice(1).flatMap((to, index) => {
    const from = sorted[index]
    return from ? [{ from, to, ms: Date.parse(to.at) - Date.parse(from.at) }] : []
  })
}

export interface Overlap {
  dropId: string
  handle: string
  /** Variants that both offer: which of them sells at which price is then decided by the later start. */
  sharedVariants: string[]
}

interface Overlapping {
  id: string
  handle: string
  acts: readonly Pick<Act, 'kind' | 'at'>[]
  offers: readonly { variantId: string }[]
}

/** Other drops that sell at the same time. Allowed; what they share is worth saying. */
export function overlapsOf(drop: Overlapping, others: readonly Overlapping[]): Overlap[] {
  const mine = sellingWindow(drop.acts)
  if (!mine) return []
  const begins = (window: SellingWindow) => Date.parse(window.early ?? window.open)
  return others.flatMap((other) => {
    const theirs = sellingWindow(other.acts)
    if (other.id === drop.id || !theirs) return []
    const apart = begins(mine) >= Date.parse(theirs.close) || begins(theirs) >= Date.parse(mine.close)
    if (apart) return []
    const variants = new Set(other.offers.map(({ variantId }) => variantId))
    const sharedVariants = drop.offers.map(({ variantId }) => variantId).filter((id) => variants.has(id))
    return [{ dropId: other.id, handle: other.handle, sharedVariants }]
  })
}

/** The same with its offset from UTC, for readers who do not know the zone: 2026-12-05T18:00:00+01:00. */
export function offsetTimeOf(at: IsoInstant, timeZone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toString({
    smallestUnit: 'second',
    roundingMode: 'trunc',
    timeZoneName: 'never',
  })
}
