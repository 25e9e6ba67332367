import { Temporal } from 'temporal-polyfill'
import { type IsoInstant, localDateOf, startOfDay } from '../time/instant.ts'

/** End of the last of so many working days (Monday to Friday, the shop's zone) after the day of asking. Holidays are not known. */
export function answerDueAt(askedAt: IsoInstant, workingDays: number, timeZone: string): IsoInstant {
  let date = Temporal.PlainDate.from(localDateOf(askedAt, timeZone))
  for (let left = Math.max(1, workingDays); left > 0; ) {
    date = date.add({ days: 1 })
    if (date.dayOfWeek <= 5) left -= 1
  }
  return startOfDay(date.add({ days: 1 }).toString(), timeZone)
}
