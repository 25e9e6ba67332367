// Exact money: bigint minor units, decimal strings read and written as text, shares by largest remainder.

const ZERO_DECIMALS = new Set(
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '),
)
const THREE_DECIMALS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '))
const TWO_DECIMALS = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC ' +
    'CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES ' +
    'KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR ' +
    'NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT ' +
    'TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG'
  ).split(' '),
)

/** Decimals of an ISO 4217 currency; undefined for an unknown code. */
export function findExponent(currency: string): number | undefined {
  if (TWO_DECIMALS.has(currency)) return 2
  if (ZERO_DECIMALS.has(currency)) return 0
  return THREE_DECIMALS.has(currency) ? 3 : undefined
}

/** Throws for an unknown currency: it should have been refused where it came in. */
export function exponentOf(currency: string): number {
  const exponent = findExponent(currency)
  if (exponent === undefined) throw new Error(`${currency} is no currency that the sandbox knows.`)
  return exponent
}

/** Exact fraction of a plain decimal text such as "0.08" or "-12.5"; null when the text is anything else. */
export function parseRatio(text: string): { numerator: bigint; denominator: bigint } | null {
  const match = /^(-?)(\d{1,24})(?:\.(\d{1,18}))?$/.exec(text.trim())
  const [, sign, whole, fraction = ''] = match ?? []
  if (whole === undefined) return null
  const digits = BigInt(whole + fraction)
  return { numerator: sign === '-' ? -digits : digits, denominator: 10n ** BigInt(fraction.length) }
}

/** Minor units of a decimal text. Null: not a decimal, or more decimals than the currency has. */
export function parseMoney(text: string, currency: string): bigint | null {
  const ratio = parseRatio(text)
  if (!ratio) return null
  const scaled = ratio.numerator * 10n ** BigInt(exponentOf(currency))
  return scaled % ratio.denominator === 0n ? scaled / ratio.denominator : null
}

/** Minor units as a decimal text with the currency's decimals: "120.00", "1200", "-0.50". */
export function formatMoney(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency)
  const digits = absolute(minor)
    .toString()
    .padStart(exponent + 1, '0')
  const sign = minor < 0n ? '-' : ''
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

export function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

/** value × numerator ÷ denominator, halves away from zero. */
export function scale(value: bigint, numerator: bigint, denominator: bigint): bigint {
  const product = value * numerator * (denominator < 0n ? -1n : 1n)
  const divisor = absolute(denominator)
  const rounded = (absolute(product) * 2n + divisor) / (divisor * 2n)
  return product < 0n ? -rounded : rounded
}

/** Shares of `total` in proportion to `weights` (not negative); they add up exactly, ties go to the earlier. All weights zero: all zero. */
export function spread(total: bigint, weights: bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n)
  if (sum === 0n) return weights.map(() => 0n)
  const magnitude = absolute(total)
  const shares = weights.map((weight) => (magnitude * weight) / sum)
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (magnitude * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1))
  const left = magnitude - shares.reduce((all, share) => all + share, 0n)
  for (const { index } of byRemainder.slice(0, Number(left))) shares[index] = (shares[index] ?? 0n) + 1n
  return total < 0n ? shares.map((share) => -share) : shares
}
