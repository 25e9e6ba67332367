import { expect, test } from 'vitest'
import { lastMonths } from './last-months.ts'

test.each([
  ['2026-02', 3, ['2025-12', '2026-01', '2026-02']],
  ['2026-12', 1, ['2026-12']],
  ['2026-01', 2, ['2025-12', '2026-01']],
])('the months that end with %s', (last, count, expected) => {
  expect(lastMonths(last, count)).toEqual(expected)
})
