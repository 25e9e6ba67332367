import { expect, test } from 'vitest'
import { recoupment } from './recoupment.ts'

const advance = (id: string, amountMinor: bigint, recoupBps: number, paidAt: string) => ({
  id,
  amountMinor,
  recoupBps,
  paidAt,
})
const first = advance('a', 10_000n, 5_000, '2026-01-01')
const second = advance('b', 10_000n, 2_500, '2026-02-01')

test('takes the agreed part of what became payable, rounded down in the creator’s favour', () => {
  const result = recoupment({
    advances: [first],
    unrecoupedMinor: 10_000n,
    earnedMinor: 3_333n,
    availableMinor: 9_000n,
  })
  expect(result.amountMinor).toBe(1_666n)
})

test('never takes more than is open, nor more than the balance holds', () => {
  const of = (unrecoupedMinor: bigint, availableMinor: bigint) =>
    recoupment({ advances: [first], unrecoupedMinor, earnedMinor: 50_000n, availableMinor }).amountMinor
  expect([of(700n, 50_000n), of(10_000n, 300n), of(10_000n, -5n), of(0n, 50_000n)]).toEqual([
    700n,
    300n,
    0n,
    0n,
  ])
})

test('a month that earned nothing, or less than nothing, takes nothing', () => {
  const of = (earnedMinor: bigint) =>
    recoupment({ advances: [first], unrecoupedMinor: 10_000n, earnedMinor, availableMinor: 9_000n })
      .amountMinor
  expect([of(0n), of(-4_000n)]).toEqual([0n, 0n])
})

test('the oldest advance is filled first; the rest of the earnings serves the next at its own rate', () => {
  const result = recoupment({
    advances: [second, first],
    unrecoupedMinor: 11_000n,
    earnedMinor: 6_000n,
    availableMinor: 6_000n,
  })
  // 1,000 are open of the first: half of 2,000. A quarter of the other 4,000 goes to the second.
  expect(result).toEqual({
    amountMinor: 2_000n,
    parts: [
      { advanceId: 'a', amountMinor: 1_000n, recoupBps: 5_000, baseMinor: 6_000n },
      { advanceId: 'b', amountMinor: 1_000n, recoupBps: 2_500, baseMinor: 4_000n },
    ],
  })
})
