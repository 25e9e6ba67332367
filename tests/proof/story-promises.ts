// What the partners of a story are promised beside their share, whatever else they agree on.
import type { ModelVersion } from './model-types.ts'

const PROMISES: Record<number, Partial<ModelVersion>> = {
  0: {
    ladder: {
      mode: 'marginal',
      counts: 'net',
      window: 'month',
      steps: [
        { from: 20_000n, shareBps: 1500 },
        { from: 100_000n, shareBps: 2600 },
      ],
    },
    monthlyMinor: 6_100n,
  },
  1: {
    ladder: {
      mode: 'retroactive',
      counts: 'net',
      window: 'product',
      steps: [
        { from: 15_000n, shareBps: 1400 },
        { from: 90_000n, shareBps: 2100 },
      ],
    },
    restock: { units: 12n, perUnitMinor: 1_450n, productIds: ['2', '3'], until: '2026-03-04' },
  },
  2: {
    ladder: {
      mode: 'retroactive',
      counts: 'units',
      window: 'agreement',
      steps: [
        { from: 3n, shareBps: 1700 },
        { from: 7n, shareBps: 2400 },
      ],
    },
    retention: { withinDays: 60, minimumMinor: 2_000n, reward: { bps: 1000 } },
  },
  4: {
    retention: { withinDays: 30, minimumMinor: 0n, reward: { fixedMinor: 700n } },
    monthlyMinor: 2_500n,
    renewals: { cycles: 2, decayBps: 3333 },
  },
  5: {
    renewals: { cycles: 3, decayBps: 0 },
    ladder: {
      mode: 'retroactive',
      counts: 'units',
      window: 'drop',
      steps: [
        { from: 2n, shareBps: 3100 },
        { from: 5n, shareBps: 3400 },
      ],
    },
  },
  6: {
    ladder: {
      mode: 'marginal',
      counts: 'net',
      window: 'drop',
      steps: [
        { from: 30_000n, shareBps: 900 },
        { from: 120_000n, shareBps: 2800 },
      ],
    },
    monthlyMinor: 900n,
  },
  7: {
    ladder: {
      mode: 'marginal',
      counts: 'units',
      window: 'product',
      steps: [
        { from: 2n, shareBps: 1100 },
        { from: 6n, shareBps: 1900 },
      ],
    },
    restock: { units: 30n, perUnitMinor: 999n, productIds: ['1', '4'], until: '2026-04-30' },
  },
}

/** Whoever has promises waits as long under all their versions: an award follows the newest one that sold. */
export function promised(version: ModelVersion, partner: number): ModelVersion {
  const promises = PROMISES[partner]
  return promises ? { ...version, ...promises, holdDays: 14 } : version
}
