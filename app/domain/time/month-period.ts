import { Temporal } from 'temporal-polyfill'
import { type IsoInstant, type LocalDate, localDateOf, startOfDay } from './instant.ts'

/** A span of whole local months. `endsAt` is exclusive. */
export interface CalendarPeriod {
  /** "2026-05" or "2026-Q2" */
  label: string
  startsAt: IsoInstant
  endsAt: IsoInstant
}

/** The accounting month of a shop that an instant falls into. */
export function periodContaining(instant: IsoInstant, timeZone: string): CalendarPeriod {
  return periodLabelled(localDateOf(instant, timeZone).slice(0, 7), timeZone)
}

const MOST_REMEMBERED = 5_000
const months = new Map<string, CalendarPeriod>()

/** The month that a label names. Throws on a label that is none. */
export function periodLabelled(label: string, timeZone: string): CalendarPeriod {
  const key = `${timeZone} ${label}`
  const remembered = months.get(key)
  if (remembered) return remembered
  const month = monthFrom(Temporal.PlainYearMonth.from(label), timeZone)
  // Asking the calendar is slow, and facts by the thousand fall into the same month.
  if (months.size >= MOST_REMEMBERED) months.clear()
  months.set(key, month)
  return month
}

export function nextPeriod(period: CalendarPeriod, timeZone: string): CalendarPeriod {
  return monthFrom(Temporal.PlainYearMonth.from(period.label).add({ months: 1 }), timeZone)
}

/** The quarter of a month: "2026-05" lies in "2026-Q2". */
export function quarterOf(monthLabel: string, timeZone: string): CalendarPeriod {
  const month = Temporal.PlainYearMonth.from(monthLabel)
  const quarter = Math.floor((month.month - 1) / 3) + 1
  const first = month.with({ month: (quarter - 1) * 3 + 1 })
  return {
    label: `${month.year}-Q${quarter}`,
    startsAt: startOfMonth(first, timeZone),
    endsAt: startOfMonth(first.add({ months: 3 }), timeZone),
  }
}

/** Whether a month is the last of its quarter: quarterly statements are issued when it closes. */
export function endsQuarter(monthLabel: string): boolean {
  return Temporal.PlainYearMonth.from(monthLabel).month % 3 === 0
}

/** First and last local date of a period, both inclusive. */
export function datesOf(period: CalendarPeriod, timeZone: string): { from: LocalDate; to: LocalDate } {
  const from = localDateOf(period.startsAt, timeZone)
  const after = Temporal.PlainDate.from(localDateOf(period.endsAt, timeZone))
  return { from, to: after.subtract({ days: 1 }).toString() }
}

function monthFrom(month: Temporal.PlainYearMonth, timeZone: string): CalendarPeriod {
  return {
    label: month.toString(),
    startsAt: startOfMonth(month, timeZone),
    endsAt: startOfMonth(month.add({ months: 1 }), timeZone),
  }
}

function startOfMonth(month: Temporal.PlainYearMonth, timeZone: string): IsoInstant {
  return startOfDay(month.toPlainDate({ day: 1 }).toString(), timeZone)
}
