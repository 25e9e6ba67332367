import { expect, test } from 'vitest'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { isProven, proveDeliveries } from './deliveries.ts'

test('two thousand deliveries, doubled, shuffled, dropped and late, leave the same books as the trade told day by day', async () => {
  const proof = await proveDeliveries(createTestDatabase, { deliveries: 2000, seed: 7, partners: 12 })
  expect(proof).toMatchObject({
    lost: 0,
    doubledFacts: 0,
    refused: 0,
    rebuiltOtherwise: 0,
    sameAsInOrder: true,
    sameAsModel: true,
    findings: [],
  })
  expect(isProven(proof)).toBe(true)
  expect(
    Math.min(proof.doubled, proof.dropped, proof.late, proof.reconciled, proof.statements),
  ).toBeGreaterThan(0)
}, 180_000)
