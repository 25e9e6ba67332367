import { expect, test } from 'vitest'
import { payee, royaltyLine } from '../ledger/test-facts.ts'
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

test('pieces of an order whose dispute was lost climb no ladder', () => {
  const steps = [{ from: '2', shareBps: 5000 }]
  const tiers = { basis: 'units' as const, window: 'agreement' as const, mode: 'retroactive' as const, steps }
  const ana = payee('ana', 1000, { headroomBps: 9000 })
  const awardsWith = (disputeLost: boolean) => {
    const sums = openSimulation()
    const add = (lineItemId: bigint, lost: boolean) =>
      sums.add({
        line: royaltyLine([ana], { lineItemId, cumulativeNetMinor: 10_000n, disputeLost: lost }),
        title: 'Ring',
        productId: 1n,
        soldAt: '2026-05-03T10:00:00.000Z',
        units: 1,
        decided: { payees: [ana] },
      })
    add(11n, false)
    add(12n, disputeLost)
    const terms = {
      shareBps: 1000,
      net: { deductPaymentFeeBps: 0 },
      currency: 'USD',
      period: 'monthly',
      tiers,
    }
    const version = { id: ana.agreementVersionId, number: 1, terms }
    return sums.result({
      currency: 'USD',
      since: '2026-05-01T00:00:00.000Z',
      versions: new Map([[ana.agreementId, [version as never]]]),
      awarded: [],
    }).awardsMinor
  }
  // From two pieces on everything pays 40 % more; one piece alone does not climb.
  expect([awardsWith(false), awardsWith(true)]).toEqual(['8000', '0'])
})
