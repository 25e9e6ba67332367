import { Temporal } from 'temporal-polyfill'
import type { AgreementTerms } from '../agreements/terms.ts'
import type { LocalDate } from '../time/instant.ts'
import type { MonthLabel } from './award.ts'

/** An accepted version, as far as guarantees need it. */
export interface GuaranteeVersion {
  id: string
  number: number
  /** First local day that it binds on. */
  beginsOn: LocalDate
  terms: Pick<AgreementTerms, 'guarantee' | 'startsOn' | 'endsOn' | 'currency' | 'holdDays'>
}

/** The days on which one version is in force, both inclusive; `to` null while nothing ends it. */
export interface VersionSpan {
  version: GuaranteeVersion
  from: LocalDate
  to: LocalDate | null
  /** No later version follows. */
  last: boolean
}

/** Days of each version: a newer one replaces the older ones for good. Versions that no day is left to are not there. */
export function spansOf(versions: readonly GuaranteeVersion[], endedOn: LocalDate | null): VersionSpan[] {
  const begins = versions.map((version) => ({
    version,
    from: later(version.beginsOn, version.terms.startsOn),
  }))
  // The highest number that has begun is in force: what a newer one begins before, or with, is never in force.
  const begun = begins
    .filter(({ version, from }) =>
      begins.every((other) => other.version.number <= version.number || other.from > from),
    )
    .sort((left, right) => left.version.number - right.version.number)
  return begun.flatMap(({ version, from }, index) => {
    const follower = begun[index + 1]
    const ends = [version.terms.endsOn, endedOn, follower ? dayBefore(follower.from) : null]
    const to = ends.filter((end) => end !== null).reduce(earlierOf, null)
    return to !== null && to < from ? [] : [{ version, from, to, last: follower === undefined }]
  })
}

/** A calendar month or quarter. */
export interface CalendarWindow {
  label: string
  from: LocalDate
  to: LocalDate
}

export function windowOn(date: LocalDate, size: 'month' | 'quarter'): CalendarWindow {
  const month = Temporal.PlainDate.from(date).toPlainYearMonth()
  if (size === 'month') return { label: month.toString(), from: firstOf(month), to: lastOf(month) }
  const first = month.with({ month: month.month - ((month.month - 1) % 3) })
  return {
    label: quarterOfMonth(month.toString()),
    from: firstOf(first),
    to: lastOf(first.add({ months: 2 })),
  }
}

/** "2026-05" lies in "2026-Q2". */
export function quarterOfMonth(month: MonthLabel): string {
  const [year = '', number = ''] = month.split('-')
  return `${year}-Q${Math.ceil(Number(number) / 3)}`
}

/** Number of days from one date to another, both counted. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1
}

export function dayAfter(date: LocalDate): LocalDate {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toString()
}

export function later(left: LocalDate, right: LocalDate): LocalDate {
  return left > right ? left : right
}

export function earlier(left: LocalDate, right: LocalDate): LocalDate {
  return left < right ? left : right
}

function earlierOf(left: LocalDate | null, right: LocalDate): LocalDate {
  return left === null ? right : earlier(left, right)
}

function dayBefore(date: LocalDate): LocalDate {
  return Temporal.PlainDate.from(date).subtract({ days: 1 }).toString()
}

function firstOf(month: Temporal.PlainYearMonth): LocalDate {
  return month.toPlainDate({ day: 1 }).toString()
}

function lastOf(month: Temporal.PlainYearMonth): LocalDate {
  return month.toPlainDate({ day: month.daysInMonth }).toString()
}
