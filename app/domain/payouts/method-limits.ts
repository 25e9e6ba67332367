// What banks and services take, so that a run is refused before anybody approves it and not when its file is uploaded.
import { exponentOf } from '../money/currency.ts'
import type { MethodKind } from './method-details.ts'

/** The smallest of the services' limits of rows: every file of a run can be uploaded. PayPal takes 5,000, Wise 1,000. */
export const MOST_PAYOUTS = 1_000

/** The scheme's own limit for one transfer: 999,999,999.99. */
export const LARGEST_SEPA_MINOR = 99_999_999_999n

/** Currencies that PayPal's payouts are documented to take. */
const PAYPAL_CURRENCIES = new Set(
  'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD'.split(
    ' ',
  ),
)
/** PayPal moves no fractions of these, whatever the currency itself has. */
const PAYPAL_WHOLE_ONLY = new Set(['HUF', 'JPY', 'TWD'])

/** Euro is the only currency of the scheme. */
export function takesCurrency(kind: MethodKind, currency: string): boolean {
  if (kind === 'sepa') return currency === 'EUR'
  return kind !== 'paypal' || PAYPAL_CURRENCIES.has(currency)
}

export type LimitProblem = 'above_method_limit' | 'whole_amounts_only'

export function limitProblem(kind: MethodKind, currency: string, netMinor: bigint): LimitProblem | null {
  if (kind === 'sepa' && netMinor > LARGEST_SEPA_MINOR) return 'above_method_limit'
  const whole = 10n ** BigInt(exponentOf(currency))
  if (kind === 'paypal' && PAYPAL_WHOLE_ONLY.has(currency) && netMinor % whole !== 0n)
    return 'whole_amounts_only'
  return null
}
