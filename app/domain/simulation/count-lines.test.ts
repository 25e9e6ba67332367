import { expect, test } from 'vitest'
import { openSimulation } from './count-lines.ts'

test('bonuses and guarantees stay what they are, ladders are climbed anew', () => {
  const award = { creatorId: 'ana', month: '2026-03' }
  const result = openSimulation().result({
    currency: 'USD',
    since: '2026-03-01T00:00:00.000Z',
    versions: new Map(),
    awarded: [
      { ...award, kind: 'guarantee', royaltyMinor: 500n },
      { ...award, kind: 'retention', royaltyMinor: 30n },
      { ...award, kind: 'tier', royaltyMinor: 7n },
    ],
  })
  expect(result.creators).toEqual([{ ...award, actualMinor: '537', simulatedMinor: '530' }])
  expect(result.awardsMinor).toBe('530')
})
