import { currencyExponent } from './currency.ts'

export type ParsedAmount =
  | { ok: true; minor: bigint }
  | {
      ok: false
      reason: 'unknown_currency' | 'not_a_decimal' | 'too_many_decimals' | 'too_large'
      text: string
    }

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/
/** What a Postgres bigint holds. */
const LARGEST = 2n ** 63n - 1n

/**
 * A decimal text ("12", "12.5", "-0.50") as minor units of the currency. More decimals than the currency has are refused unless they
 * are zeros: rounding belongs to whoever made the number.
 */
export function parseAmount(text: string, currency: string): ParsedAmount {
  const known = currencyExponent(currency)
  if (!known.ok) return { ok: false, reason: 'unknown_currency', text }
  const match = DECIMAL.exec(text)
  if (!match) return { ok: false, reason: 'not_a_decimal', text }
  const [, sign = '', whole = '', fraction = ''] = match
  const kept = fraction.slice(0, known.exponent).padEnd(known.exponent, '0')
  if (/[1-9]/.test(fraction.slice(known.exponent))) return { ok: false, reason: 'too_many_decimals', text }
  const digits = `${whole}${kept}`.replace(/^0+(?=\d)/, '')
  if (digits.length > 19) return { ok: false, reason: 'too_large', text }
  const minor = BigInt(digits)
  if (minor > LARGEST) return { ok: false, reason: 'too_large', text }
  return { ok: true, minor: sign === '-' ? -minor : minor }
}
