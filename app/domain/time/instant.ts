import { Temporal } from 'temporal-polyfill'

/** An instant as ISO text in UTC with milliseconds, as Date.toISOString writes it. */
export type IsoInstant = string
/** A calendar date, YYYY-MM-DD. */
export type LocalDate = string

/** The first instant of a local date; not always 00:00, some zones skip midnight when clocks change. */
export function startOfDay(date: LocalDate, timeZone: string): IsoInstant {
  return toIso(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone }).epochMilliseconds)
}

export function localDateOf(instant: IsoInstant, timeZone: string): LocalDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** The same local time so many days later; a day with a clock change is 23 or 25 hours long. */
export function addDays(instant: IsoInstant, days: number, timeZone: string): IsoInstant {
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
  const difference = Date.parse(left) - Date.parse(right)
  if (Number.isNaN(difference)) throw new RangeError(`not two instants: ${left}, ${right}`)
  return difference
}

function toIso(epochMilliseconds: number): IsoInstant {
  return new Date(epochMilliseconds).toISOString()
}
