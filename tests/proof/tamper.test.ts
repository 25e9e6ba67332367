import { expect, test } from 'vitest'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { proveTampering } from './tamper.ts'

test('a change of any column of the books, made behind all guards, is found', async () => {
  const proof = await proveTampering(createTestDatabase, { rounds: 1, seed: 11 })
  expect(proof.unseen).toEqual([])
  expect(proof.leftOver).toEqual([])
  expect(proof.changes + proof.refusedByDatabase).toBeGreaterThan(110)
  expect(proof.columns).toMatchObject({
    journal: expect.any(Number),
    statement: expect.any(Number),
    payout: expect.any(Number),
  })
}, 400_000)
