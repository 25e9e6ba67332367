// A month of a calendar: whole weeks, Monday first, in local dates.
import { addDaysToDate, isLocalDate, type LocalDate, localDateOf } from '../time/instant.ts'

/** "2026-12" */
export type Month = string

/** Null for what is no month from 1970 to 9998: beyond it, its neighbours could not be spelled. */
export function readMonth(text: string): Month | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text)
  const year = Number(match?.[1])
  return match && year >= 1970 && year <= 9998 ? text : null
}

export function monthOf(instant: string, timeZone: string): Month {
  return localDateOf(instant, timeZone).slice(0, 7)
}

export function monthsAway(month: Month, months: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const index = year * 12 + (number - 1) + months
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** The weeks that the month touches, seven dates each. */
export function weeksOf(month: Month): LocalDate[][] {
  const first = `${month}-01`
  if (!isLocalDate(first)) return []
  // 0 is Monday.
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  const weeks: LocalDate[][] = []
  for (
    let start = addDaysToDate(first, -weekday);
    start.slice(0, 7) <= month;
    start = addDaysToDate(start, 7)
  )
    weeks.push(Array.from({ length: 7 }, (_, day) => addDaysToDate(start, day)))
  return weeks
}
