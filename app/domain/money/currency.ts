// ISO 4217. Codes that left circulation lately stay: old orders carry them.
const TWO_DECIMALS =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW ' +
  'CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF ' +
  'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV ' +
  'MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD ' +
  'SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL'
const NO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND'
const FOUR_DECIMALS = 'CLF UYW'

const exponents = new Map<string, number>()
for (const [codes, exponent] of [
  [TWO_DECIMALS, 2],
  [NO_DECIMALS, 0],
  [THREE_DECIMALS, 3],
  [FOUR_DECIMALS, 4],
] as const) {
  for (const code of codes.split(' ')) exponents.set(code, exponent)
}

export type ExponentResult =
  | { ok: true; exponent: number }
  | { ok: false; reason: 'unknown_currency'; currency: string }

/** Number of decimals of a currency: EUR 2, JPY 0, KWD 3. */
export function currencyExponent(currency: string): ExponentResult {
  const exponent = exponents.get(currency)
  return exponent === undefined ? { ok: false, reason: 'unknown_currency', currency } : { ok: true, exponent }
}

export function isCurrency(currency: string): boolean {
  return exponents.has(currency)
}

/** For currencies that were checked where they entered: an unknown one here is a bug and throws. */
export function exponentOf(currency: string): number {
  const exponent = exponents.get(currency)
  if (exponent === undefined) throw new RangeError(`unknown currency ${currency}`)
  return exponent
}

/** Every code that is known, sorted. */
export function knownCurrencies(): string[] {
  return [...exponents.keys()].sort()
}
