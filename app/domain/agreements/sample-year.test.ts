import { expect, test } from 'vitest'
import { computeSampleYear } from './sample-year.ts'
import type { AgreementTerms } from './terms.ts'

const terms: AgreementTerms = {
  role: 'promoter',
  scope: { kind: 'everything_attributed' },
  shareBps: 1000,
  net: { deductPaymentFeeBps: 0 },
  currency: 'EUR',
  period: 'monthly',
  minimumPayoutMinor: '0',
  holdDays: 30,
  startsOn: '2027-05-01',
  endsOn: null,
}

/** Ten pieces a month at 100.00: 12,000.00 net in the year, of which 1,200.00 is the share. */
function year(
  more: Partial<AgreementTerms>,
  given: { otherSharesBps?: number[]; piecesPerMonth?: number } = {},
) {
  const result = computeSampleYear({
    piecesPerMonth: given.piecesPerMonth ?? 10,
    sale: { listMinor: 10_000n, discountMinor: 0n, otherSharesBps: given.otherSharesBps ?? [], capBps: 4000 },
    terms: { ...terms, ...more },
  })
  if (!result.ok) throw new Error(result.reason)
  return result
}

test('without further terms a year is twelve months of shares', () => {
  expect(year({}, { otherSharesBps: [500] })).toEqual({
    ok: true,
    netMinor: 1_200_000n,
    baseMinor: 120_000n,
    tiersMinor: 0n,
    bonusMinor: 0n,
    guaranteeMinor: 0n,
    totalMinor: 120_000n,
    othersMinor: 60_000n,
    keepsMinor: 1_020_000n,
    reserveMinor: null,
    renewalsMinor: null,
  })
})

test.each([
  ['marginal', '1000000', 10_000n],
  ['retroactive', '1000000', 60_000n],
  ['retroactive', '1200001', 0n],
] as const)('a %s step at %s adds %d', (mode, from, added) => {
  const tiers = { basis: 'net', window: 'agreement', mode, steps: [{ from, shareBps: 1500 }] } as const
  const paid = year({ tiers: { ...tiers, steps: [...tiers.steps] } })
  expect(paid.tiersMinor).toBe(added)
  expect(paid.totalMinor).toBe(120_000n + added)
  expect(paid.keepsMinor).toBe(1_080_000n - added)
})

test('a ladder climbs no higher than the cap leaves room for', () => {
  const steps = [{ from: '1', shareBps: 4000 }]
  const tiers = { basis: 'units', window: 'product', mode: 'retroactive', steps } as const
  expect(year({ tiers: { ...tiers, steps } }, { otherSharesBps: [2500] }).tiersMinor).toBe(60_000n)
})

test('a guarantee adds what is missing, ladders and bonuses included', () => {
  const guarantee = { kind: 'minimum', amountMinor: '20000', window: 'month' } as const
  expect(year({ guarantee }).guaranteeMinor).toBe(120_000n)
  expect(year({ guarantee: { ...guarantee, amountMinor: '9000' } }).guaranteeMinor).toBe(0n)
  const lifetime = { kind: 'minimum', amountMinor: '125000', window: 'agreement' } as const
  expect(year({ guarantee: lifetime }).guaranteeMinor).toBe(5_000n)
})

test('pieces committed to a restock are counted as restocked, against what they earned', () => {
  const guarantee = {
    kind: 'restock',
    units: 100,
    perUnitMinor: '1500',
    productIds: ['7'],
    until: '2027-09-01',
  } as const
  expect(year({ guarantee: { ...guarantee, productIds: ['7'] } }).guaranteeMinor).toBe(30_000n)
  // A sample of a whole year, whichever day of it the restock is promised by: sales of all its months count against it.
  expect(year({ guarantee: { ...guarantee, productIds: ['7'], until: '2026-03-31' } }).guaranteeMinor).toBe(
    30_000n,
  )
})

test('every tenth buyer comes back, when the order is large enough for the bonus', () => {
  const retention = { withinDays: 30, minimumNetMinor: '10000', reward: { kind: 'share', bps: 500 } } as const
  expect(year({ retention }).bonusMinor).toBe(12n * 500n)
  expect(year({ retention: { ...retention, minimumNetMinor: '10001' } }).bonusMinor).toBe(0n)
})

test('renewals shrink from one to the next, and a reserve lies as long as agreed', () => {
  expect(year({ subscription: { cycles: 3, decayBps: 1000 } }).renewalsMinor).toBe(900n + 810n + 729n)
  expect(year({ subscription: { cycles: 4, decayBps: 9_000 } }).renewalsMinor).toBe(100n + 10n + 1n)
  expect(year({ subscription: { cycles: 2, decayBps: 0 } }).renewalsMinor).toBe(2_000n)
  expect(year({ reserve: { bps: 1000, days: 90 } }).reserveMinor).toBe(3_000n)
})

test('all parts of a year add up, and what was earned counts against the guarantee', () => {
  const paid = year({
    tiers: { basis: 'units', window: 'period', mode: 'retroactive', steps: [{ from: '10', shareBps: 1100 }] },
    retention: { withinDays: 30, minimumNetMinor: '100', reward: { kind: 'fixed', amountMinor: '100' } },
    guarantee: { kind: 'minimum', amountMinor: '150000', window: 'agreement' },
  })
  expect(paid).toMatchObject({
    baseMinor: 120_000n,
    tiersMinor: 12_000n,
    bonusMinor: 1_200n,
    guaranteeMinor: 16_800n,
  })
  expect(paid.totalMinor).toBe(150_000n)
  expect(paid.keepsMinor).toBe(1_050_000n)
  const monthly = year({
    tiers: {
      basis: 'units',
      window: 'agreement',
      mode: 'retroactive',
      steps: [{ from: '120', shareBps: 2000 }],
    },
    guarantee: { kind: 'minimum', amountMinor: '15000', window: 'month' },
  })
  // Eleven months of 50.00 missing, then a last one that pays everything back.
  expect(monthly).toMatchObject({ tiersMinor: 120_000n, guaranteeMinor: 0n })
})

test('a sale that is none makes no year', () => {
  const sale = { listMinor: 100n, discountMinor: 101n, otherSharesBps: [], capBps: 4000 }
  expect(computeSampleYear({ piecesPerMonth: 1, sale, terms })).toEqual({ ok: false, reason: 'no_sale' })
  expect(year({}, { piecesPerMonth: 1 }).netMinor).toBe(120_000n)
  expect(year({}, { piecesPerMonth: 100_000 }).netMinor).toBe(12_000_000_000n)
})

test.each([0, 1.5, 100_001, Number.NaN])('%d pieces a month are refused', (piecesPerMonth) => {
  expect(() => year({}, { piecesPerMonth })).toThrow('pieces_out_of_range')
})
