// The drops of a month, by the days of the shop's calendar.

import { type Month, monthOf, monthsAway, readMonth, weeksOf } from '#app/domain/drops/month-grid.ts'
import { localOf } from '#app/domain/drops/timeline.ts'
import { addDaysToDate, localDateOf, startOfDay } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'

export interface CalendarEntry {
  dropId: string
  title: string
  status: string
  kind: string
  /** HH:mm:ss as the shop's clock shows it. */
  time: string
  /** Local date of the shop. */
  date: string
}

export interface DropCalendarView {
  month: Month
  previous: Month
  next: Month
  today: string
  /** Seven local dates each, Monday first. */
  weeks: string[][]
  /** In order of time. */
  entries: CalendarEntry[]
  /** There were more than are shown. */
  isCut: boolean
  timeZone: string
}

/** Acts of a month that a page can show. */
const MOST_ENTRIES = 500

/** `wanted`: "2026-12"; anything else is the month that it is now. */
export async function readDropCalendar(ctx: ShopContext, wanted: string): Promise<DropCalendarView> {
  const { timeZone, id: shopId } = ctx.shop
  const now = ctx.clock.now().toISOString()
  const month = readMonth(wanted) ?? monthOf(now, timeZone)
  const weeks = weeksOf(month)
  const first = weeks[0]?.[0] ?? `${month}-01`
  const last = weeks.at(-1)?.at(-1) ?? first
  const from = new Date(startOfDay(first, timeZone))
  const until = new Date(startOfDay(addDaysToDate(last, 1), timeZone))
  const acts = await ctx.db.inShop(shopId, (tx) =>
    tx.act.findMany({
      where: {
        shopId,
        at: { gte: from, lt: until },
        kind: { in: ['early_access', 'open', 'wave', 'close'] },
      },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
      take: MOST_ENTRIES + 1,
      select: {
        kind: true,
        at: true,
        dropId: true,
        drop: { select: { title: true, status: true } },
      },
    }),
  )
  return {
    month,
    previous: monthsAway(month, -1),
    next: monthsAway(month, 1),
    today: localDateOf(now, timeZone),
    weeks,
    entries: acts.slice(0, MOST_ENTRIES).map(({ kind, at, dropId, drop }) => {
      const [date = '', time = ''] = localOf(at.toISOString(), timeZone).split('T')
      return { dropId, title: drop.title, status: drop.status, kind, date, time }
    }),
    isCut: acts.length > MOST_ENTRIES,
    timeZone,
  }
}
