import { expect, test } from 'vitest'
import { proveAllocation } from './allocation.ts'

test('fifty thousand splits in seven currencies lose no unit and match the rational oracle', () => {
  const proof = proveAllocation({ cases: 50_000, seed: 20_260_511 })
  expect(proof).toMatchObject({ cases: 50_000, failures: 0, firstFailure: null })
  expect(proof.negative).toBeGreaterThan(5_000)
  expect(Math.min(...Object.values(proof.currencies))).toBeGreaterThan(7_000)
})
