// The two ways of shipping that every sandbox shop offers.
import { exponentOf } from '#sandbox/commerce/money.ts'

export const SHIPPING_METHODS = {
  standard: { title: 'Insured standard', days: '3 to 5 working days', units: 6n },
  express: { title: 'Insured express', days: 'next working day', units: 18n },
} as const

const SMALL_UNITS = 100n

/** Minor units; an unknown method costs what standard does. In currencies without decimals a unit is worth little: a hundredfold. */
export function shippingPrice(method: string | undefined, currency: string): bigint {
  const { units } = method === 'express' ? SHIPPING_METHODS.express : SHIPPING_METHODS.standard
  const exponent = exponentOf(currency)
  return units * (exponent === 0 ? SMALL_UNITS : 10n ** BigInt(exponent))
}
