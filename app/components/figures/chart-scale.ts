// Where a chart's bars and lines stand. Amounts stay bigint until they become pixels, where a rounded number does no harm.

export interface ChartScale {
  /** Round amounts, from the lowest to the highest, that enclose all values and zero. */
  ticks: bigint[]
  /** Pixels from the top for an amount. */
  y: (amount: bigint) => number
}

const STEPS = [1n, 2n, 5n]

/** The smallest of 1, 2, 5, 10, 20, 50 … that is at least `atLeast`. */
export function roundStep(atLeast: bigint): bigint {
  let power = 1n
  for (;;) {
    const step = STEPS.find((candidate) => candidate * power >= atLeast)
    if (step !== undefined) return step * power
    power *= 10n
  }
}

/** A scale of `height` pixels with about `intervals` lines between the ends. */
export function chartScale(values: readonly bigint[], height: number, intervals: number): ChartScale {
  const ascending = [0n, ...values].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0))
  const lowest = ascending[0] ?? 0n
  const highest = ascending.at(-1) ?? 0n
  const span = highest - lowest
  const step = roundStep(span === 0n ? 1n : (span + BigInt(intervals) - 1n) / BigInt(intervals))
  const top = roundUp(highest, step)
  const bottom = -roundUp(-lowest, step)
  const ticks: bigint[] = []
  for (let tick = bottom; tick <= (top === bottom ? top + step : top); tick += step) ticks.push(tick)
  const first = ticks[0] ?? 0n
  const range = (ticks.at(-1) ?? 1n) - first
  return { ticks, y: (amount) => height - (Number(amount - first) / Number(range)) * height }
}

function roundUp(amount: bigint, step: bigint): bigint {
  return amount <= 0n ? 0n : ((amount + step - 1n) / step) * step
}
