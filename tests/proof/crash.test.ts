import { expect, test } from 'vitest'
import { proveCrashes } from './crash.ts'

const TIMES = 20

test('twenty crashes of worker and database amid booking leave books that verify and lose nothing', async () => {
  const proof = await proveCrashes({ times: TIMES, seed: 3 })
  expect(proof).toMatchObject({ crashes: TIMES, lost: 0, doubledFacts: 0, sameAsModel: true, findings: [] })
  expect(proof.amidWork).toBeGreaterThan(0)
}, 300_000)
