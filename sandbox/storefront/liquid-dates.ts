// Dates as Shopify's Liquid writes them: in the shop's zone, and with named formats in the language of the page.

/** The named formats of Shopify's `date` filter. */
const FORMATS: Record<string, Intl.DateTimeFormatOptions> = {
  abbreviated_date: { dateStyle: 'medium' },
  basic: { dateStyle: 'short' },
  date: { dateStyle: 'long' },
  date_at_time: { dateStyle: 'long', timeStyle: 'short' },
  default: { dateStyle: 'full', timeStyle: 'long' },
  on_date: { dateStyle: 'long' },
  short: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  long: { dateStyle: 'long', timeStyle: 'short' },
}

/** `value`: epoch seconds (number or digits), "now" or a date's text. Errors: an unknown format is named. */
export function formatNamedDate(
  value: unknown,
  format: string,
  { locale, timeZone, now }: { locale: string; timeZone: string; now: Date },
): string {
  const options = FORMATS[format]
  if (!options) throw new Error(`date: there is no format "${format}"`)
  const text = String(value ?? '')
  const date = text === 'now' ? now : /^\d+$/.test(text) ? new Date(Number(text) * 1000) : new Date(text)
  if (Number.isNaN(date.getTime())) return text
  return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(date)
}
