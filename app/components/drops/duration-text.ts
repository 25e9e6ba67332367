// Lengths of time in a reader's words: "20 minutes", "1 day 2 hours". At most two parts; seconds only below an hour.
const UNITS: Array<[Intl.NumberFormatOptions['unit'], number]> = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

export function durationText(ms: number, locale: string): string {
  let rest = Math.round(Math.abs(ms) / 1000)
  const parts: string[] = []
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(rest / seconds)
    rest -= count * seconds
    if (count > 0 && unit) parts.push(inUnit(count, unit, locale))
    if (parts.length === 2) break
  }
  return parts.length > 0 ? parts.join(' ') : inUnit(0, 'second', locale)
}

function inUnit(count: number, unit: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
    .format(count)
    .replace(/[\u202f\u00a0]/g, ' ')
}
