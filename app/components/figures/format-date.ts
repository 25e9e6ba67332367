// Dates in a shop's own time zone. Browsers and Node disagree about which space stands before "PM"; one that breaks no hydration is used.
const formats = new Map<string, Intl.DateTimeFormat>()

export type DateStyle =
  | 'date'
  | 'short'
  | 'time'
  | 'month'
  | 'month-short'
  | 'clock'
  | 'seconds'
  | 'exact'
  | 'weekday'

const styles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { month: 'short', day: 'numeric' },
  time: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  month: { year: 'numeric', month: 'long' },
  'month-short': { month: 'short' },
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  exact: {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
  weekday: { weekday: 'short' },
}

/** An ISO instant in the reader's manner and the shop's zone. */
export function formatInstant(instant: string, style: DateStyle, locale: string, timeZone: string): string {
  const key = `${style} ${locale} ${timeZone}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { ...styles[style], timeZone })
    formats.set(key, format)
  }
  return format.format(new Date(instant)).replace(/[\u202f\u00a0]/g, ' ')
}

/** A local date YYYY-MM-DD, which has no zone. */
export function formatLocalDate(date: string, style: DateStyle, locale: string): string {
  return formatInstant(`${date}T12:00:00Z`, style, locale, 'UTC')
}

/** "2026-05" as "May 2026"; "2026-Q2" as "Q2 2026". */
export function formatPeriod(label: string, style: 'month' | 'month-short', locale: string): string {
  return /^\d{4}-\d{2}$/.test(label)
    ? formatLocalDate(`${label}-15`, style, locale)
    : label.replace(/^(\d{4})-(Q\d)$/, '$2 $1')
}
