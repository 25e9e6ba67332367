// Amounts and times as people read them.

/** "1234.50", "USD" → "$1,234.50". The decimal text goes to Intl as text: no float in between. */
export function formatAmount(amount: string, currency: string, locale = 'en'): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount as `${number}`)
}

/** "Nov 3, 2026, 2:15 PM" in the shop's zone. */
export function formatMoment(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(iso),
  )
}

/** PARTIALLY_REFUNDED → Partially refunded */
export function sentenceCase(constant: string): string {
  const words = constant.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
