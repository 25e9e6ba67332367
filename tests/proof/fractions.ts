// Fractions of money, by plain long division.

/** Of two whole numbers, the second above zero; halves away from zero. */
export function nearest(numerator: bigint, denominator: bigint): bigint {
  const doubled = 2n * (numerator < 0n ? -numerator : numerator) + denominator
  const size = (doubled - (doubled % (2n * denominator))) / (2n * denominator)
  return numerator < 0n ? -size : size
}

export const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((all, one) => all + one, 0n)

export function least(...amounts: [bigint, ...bigint[]]): bigint {
  return amounts.reduce((smallest, one) => (one < smallest ? one : smallest))
}
