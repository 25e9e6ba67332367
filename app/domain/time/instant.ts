import { Temporal } from 'temporal-polyfill'

/** An instant as ISO text in UTC with milliseconds, as Date.toISOString writes it. */
export type IsoInstant = string
/** A calendar date, YYYY-MM-DD. */
export type LocalDate = string

/** The first instant of a local date; not always 00:00, some zones skip midnight when clocks change. */
export function startOfDay(date: LocalDate, timeZone: string): IsoInstant {
  const known = remembered(starts, timeZone)
  const start = known.get(date) ?? computeStartOfDay(date, timeZone)
  known.set(date, start)
  return start
}

function computeStartOfDay(date: LocalDate, timeZone: string): IsoInstant {
  const midnight = Date.parse(`${date}T00:00:00.000Z`)
  // Away from clock changes midnight is simply the offset away.
  if (isLocalDate(date)) {
    const offset = offsetAt(midnight, timeZone)
    const nearby = [
      midnight - DAY,
      midnight - offset - NEAR_CHANGE,
      midnight - offset + NEAR_CHANGE,
      midnight + DAY,
    ]
    if (nearby.every((at) => offsetAt(at, timeZone) === offset)) return toIso(midnight - offset)
  }
  return toIso(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone }).epochMilliseconds)
}

export function localDateOf(instant: IsoInstant, timeZone: string): LocalDate {
  const milliseconds = epochOf(instant)
  return toIso(milliseconds + offsetAt(milliseconds, timeZone)).slice(0, 10)
}

/** The same local time so many days later; a day with a clock change is 23 or 25 hours long. */
export function addDays(instant: IsoInstant, days: number, timeZone: string): IsoInstant {
  const from = epochOf(instant)
  const to = from + days * DAY
  // Away from clock changes every day has 24 hours; near one the calendar decides what the same local time is.
  const offset = offsetAt(from, timeZone)
  if ([to, to - NEAR_CHANGE, to + NEAR_CHANGE].every((at) => offsetAt(at, timeZone) === offset))
    return toIso(to)
  return toIso(Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).add({ days }).epochMilliseconds)
}

export function addDaysToDate(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** When the royalty of a sale becomes payable: its return window of so many whole local days has passed. */
export function holdMaturesAt(soldAt: IsoInstant, holdDays: number, timeZone: string): IsoInstant {
  return addDays(soldAt, holdDays, timeZone)
}

export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone)
    return true
  } catch {
    return false
  }
}

/** Whether the text is a real calendar date YYYY-MM-DD: 2026-02-30 is none. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

/** Negative when left is earlier. Compares instants, not their spelling; throws on text that is no instant. */
export function compareInstants(left: IsoInstant, right: IsoInstant): number {
  // In the one spelling that we write ourselves, text sorts as time does.
  if (CANONICAL.test(left) && CANONICAL.test(right)) return left < right ? -1 : left > right ? 1 : 0
  const difference = Date.parse(left) - Date.parse(right)
  if (Number.isNaN(difference)) throw new RangeError(`not two instants: ${left}, ${right}`)
  return difference
}

const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const DAY = 86_400_000
const NEAR_CHANGE = 3 * 3_600_000

/** Zones change their offset on a quarter of an hour: within one it is the same. */
const QUARTER = 900_000
const MOST_REMEMBERED = 50_000
/** By time zone: offsets by quarter of an hour, starts by date. */
const offsets = new Map<string, Map<number, number>>()
const starts = new Map<string, Map<LocalDate, IsoInstant>>()

/** What is known of the zone; forgotten when it is too much. */
function remembered<Key, Value>(zones: Map<string, Map<Key, Value>>, timeZone: string): Map<Key, Value> {
  const known = zones.get(timeZone)
  if (known && known.size <= MOST_REMEMBERED) return known
  const fresh = new Map<Key, Value>()
  zones.set(timeZone, fresh)
  return fresh
}

/** What local time is ahead of UTC, in milliseconds. Asking the calendar is slow, and sales of one day ask the same again and again. */
function offsetAt(epochMilliseconds: number, timeZone: string): number {
  const known = remembered(offsets, timeZone)
  const quarter = Math.floor(epochMilliseconds / QUARTER)
  const offsetThen = known.get(quarter)
  if (offsetThen !== undefined) return offsetThen
  const zoned = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER).toZonedDateTimeISO(timeZone)
  const offset = zoned.offsetNanoseconds / 1_000_000
  known.set(quarter, offset)
  return offset
}

/** The one spelling of an instant that we write ourselves. Throws on text that is no instant. */
export function canonicalInstant(instant: IsoInstant): IsoInstant {
  return CANONICAL.test(instant) ? instant : new Date(instant).toISOString()
}

function epochOf(instant: IsoInstant): number {
  return CANONICAL.test(instant) ? Date.parse(instant) : Temporal.Instant.from(instant).epochMilliseconds
}

function toIso(epochMilliseconds: number): IsoInstant {
  return new Date(epochMilliseconds).toISOString()
}
