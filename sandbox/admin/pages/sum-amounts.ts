// Sums of decimal texts, without floats.

/** Sum of amounts of one currency: ["1.50", "-0.25"] → "1.25". Keeps the largest number of decimals seen. */
export function sumAmounts(amounts: string[]): string {
  const places = Math.max(0, ...amounts.map((amount) => amount.split('.')[1]?.length ?? 0))
  const sum = amounts.reduce((total, amount) => total + scaled(amount, places), 0n)
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return sum < 0n ? `-${text}` : text
}

function scaled(amount: string, places: number): bigint {
  const negative = amount.startsWith('-')
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.')
  const value = BigInt(whole + fraction.padEnd(places, '0'))
  return negative ? -value : value
}
