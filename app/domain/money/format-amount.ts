import { exponentOf } from './currency.ts'

/** Minor units as exact decimal text: 1250 EUR is "12.50", 1250 JPY is "1250". */
export function toDecimalText(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency)
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0')
  const sign = minor < 0n ? '-' : ''
  if (exponent === 0) return `${sign}${digits}`
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

const formats = new Map<string, Intl.NumberFormat>()

/** Money for readers, in their locale's manner: 1250 EUR is "€12.50" in en and "12,50 €" in de. */
export function formatMoney(minor: bigint, currency: string, locale: string): string {
  const key = `${locale} ${currency}`
  let format = formats.get(key)
  if (!format) {
    const exponent = exponentOf(currency)
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
    })
    formats.set(key, format)
  }
  // The formatter reads the decimal text itself, so no float stands between the ledger and the reader.
  return format.format(toDecimalText(minor, currency) as Intl.StringNumericLiteral)
}
