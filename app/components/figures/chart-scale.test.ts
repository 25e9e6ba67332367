import { expect, test } from 'vitest'
import { chartScale, roundStep } from './chart-scale.ts'

test.each([
  [1n, 1n],
  [3n, 5n],
  [7n, 10n],
  [25_001n, 50_000n],
])('the round step of at least %s is %s', (atLeast, step) => {
  expect(roundStep(atLeast)).toBe(step)
})

test('ticks are round, enclose the values, and the highest is at the top', () => {
  const { ticks, y } = chartScale([123_456n, 40_000n], 100, 4)
  expect(ticks).toEqual([0n, 50_000n, 100_000n, 150_000n])
  expect([y(150_000n), y(0n), y(75_000n)]).toEqual([0, 100, 50])
})

test('a month of returns goes below zero', () => {
  const { ticks, y } = chartScale([-30_000n, 90_000n], 120, 4)
  expect(ticks[0]).toBe(-50_000n)
  expect(y(-30_000n)).toBeGreaterThan(y(0n))
})

test('nothing but zeros still has a scale', () => {
  const { ticks, y } = chartScale([0n, 0n], 100, 4)
  expect(ticks.length).toBeGreaterThan(1)
  expect(y(0n)).toBe(100)
})

test('amounts beyond floating point keep their order', () => {
  const { y } = chartScale([9_007_199_254_740_993n * 100n, 1n], 100, 4)
  expect(y(9_007_199_254_740_993n * 100n)).toBeLessThan(y(1n))
})
