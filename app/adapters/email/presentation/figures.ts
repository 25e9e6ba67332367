import { exponentOf } from '#app/domain/money/currency.ts'
import { formatMoney, toDecimalText } from '#app/domain/money/format-amount.ts'

/** Which text the medium can show. A page shows all; the fonts of a PDF lack some currency signs. */
export type CanShow = (text: string) => boolean

/** Writes the amounts of one currency for one reader. */
export interface AmountWriter {
  /** With currency: €12.50; with its ISO code where the medium has no sign for it. */
  money: (minor: bigint | string) => string
  /** Without currency, for columns: 12.50. */
  plain: (minor: bigint | string) => string
}

export function amountWriter(currency: string, locale: string, canShow: CanShow): AmountWriter {
  const digits = exponentOf(currency)
  const exact = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const plain = new Intl.NumberFormat(locale, exact)
  const coded = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    ...exact,
  })
  const write = (format: Intl.NumberFormat, minor: bigint) =>
    unify(format.format(toDecimalText(minor, currency) as Intl.StringNumericLiteral))
  return {
    money: (minor) => {
      const text = unify(formatMoney(BigInt(minor), currency, locale))
      return canShow(text) ? text : write(coded, BigInt(minor))
    },
    plain: (minor) => write(plain, BigInt(minor)),
  }
}

/** A local date YYYY-MM-DD, written out. It has no zone: noon UTC shown in UTC is that date everywhere. */
export function writeDate(date: string, locale: string): string {
  return unify(longDate(locale, 'UTC').format(noonOf(date)))
}

/** A local date as it is; an ISO instant as the date that it has in the zone. */
export function writeMoment(moment: string, locale: string, timeZone: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(moment)) return writeDate(moment, locale)
  return unify(longDate(locale, timeZone).format(new Date(moment)))
}

/** An ISO instant with day and time of the zone, and the zone's name, so that nobody takes it for their own clock's. */
export function writeTimeOfDay(instant: string, locale: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  })
  return unify(format.format(new Date(instant)))
}

/** The time alone: beside what says the zone. */
export function writeTime(instant: string, locale: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone })
  return unify(format.format(new Date(instant)))
}

export function writeDates(from: string, to: string, locale: string): string {
  return unify(longDate(locale, 'UTC').formatRange(noonOf(from), noonOf(to)))
}

/** "2026-05" as "May 2026"; the year and quarter of "2026-Q2" go into the pattern's places. */
export function writePeriod(
  label: string,
  locale: string,
  quarter: (parts: { quarter: string; year: string }) => string,
): string {
  const match = /^(\d{4})-(?:Q([1-4])|\d{2})$/.exec(label)
  if (!match) return label
  if (match[2]) return quarter({ quarter: match[2], year: match[1] ?? '' })
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' })
  return unify(format.format(noonOf(`${label}-15`)))
}

function longDate(locale: string, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone })
}

function noonOf(date: string): Date {
  return new Date(`${date}T12:00:00Z`)
}

/** Thin and narrow spaces differ between platforms and are missing in many fonts. */
function unify(text: string): string {
  return text.replace(/\u202f/g, '\u00a0').replace(/[\u2009\u200a]/g, ' ')
}
