/** Basis points as percent text with no needless zeros: 1250 is "12.5". */
export function toPercentText(bps: number): string {
  const sign = bps < 0 ? '-' : ''
  const digits = String(Math.abs(bps)).padStart(3, '0')
  const fraction = digits.slice(-2).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -2)}${fraction === '' ? '' : `.${fraction}`}`
}

/** Percent for readers: 1250 is "12.5%" in en and "12,5 %" in de. */
export function formatPercent(bps: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000)
}

export type ParsedPercent =
  | { ok: true; bps: number }
  | { ok: false; reason: 'not_a_percentage' | 'too_many_decimals' }

/** "12.5", "12,5" or "12.5 %" as basis points. At most two decimals. */
export function parsePercent(text: string): ParsedPercent {
  const match = /^(\d{1,3})(?:[.,](\d+))?\s*%?$/.exec(text.trim())
  if (!match) return { ok: false, reason: 'not_a_percentage' }
  const [, whole = '0', fraction = ''] = match
  if (/[1-9]/.test(fraction.slice(2))) return { ok: false, reason: 'too_many_decimals' }
  return { ok: true, bps: Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0')) }
}
