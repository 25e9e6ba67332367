/** Shopify's current total of an order less what its sales add up to, in minor units. Zero: the order ties out. */
export function orderResidual(currentTotalMinor: bigint, saleTotalsMinor: readonly bigint[]): bigint {
  return currentTotalMinor - saleTotalsMinor.reduce((sum, total) => sum + total, 0n)
}
