import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TierTerms } from '../agreements/terms.ts'
import { explainAward, nameAward } from './explain-award.ts'
import { guaranteeAwards, nextGuaranteeEnd } from './guarantee-awards.ts'
import { guaranteeTarget } from './guarantee-target.ts'
import type { GuaranteeVersion } from './guarantee-windows.ts'
import { journalForAward, journalForAwardRelease } from './post-award.ts'
import { restockedUnits } from './restocked-units.ts'
import { firstAttributedOrder, retentionTarget } from './retention-target.ts'
import { roundRatio } from './round-ratio.ts'
import { shareHeadroom } from './share-headroom.ts'
import { type CountedSales, type TierVersion, tierAwards } from './tier-awards.ts'
import { type CountedGroup, tierTarget } from './tier-target.ts'

const ZONE = 'America/New_York'
const NET: TierTerms = {
  basis: 'net',
  window: 'agreement',
  mode: 'marginal',
  steps: [
    { from: '100000', shareBps: 1200 },
    { from: '300000', shareBps: 1500 },
  ],
}
const usd = { currency: 'USD' }
const room = (netMinor: bigint, units = 1, headroomBps = 10_000): CountedGroup => ({
  headroomBps,
  units,
  netMinor,
})

const group = fc.record({
  headroomBps: fc.integer({ min: 0, max: 3000 }),
  units: fc.integer({ min: 0, max: 500 }),
  netMinor: fc.bigInt({ min: 0n, max: 10_000_000n }),
})
const rising = (basis: 'net' | 'units', mode: TierTerms['mode']): fc.Arbitrary<TierTerms> =>
  fc.uniqueArray(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 4 }).chain((starts) =>
    fc
      .array(fc.integer({ min: 1000, max: 6000 }), { minLength: starts.length, maxLength: starts.length })
      .map((shares) => {
        const ascending = [...shares].sort((a, b) => a - b)
        const steps = [...starts]
          .sort((a, b) => a - b)
          .map((from, index) => ({
            from: String(basis === 'net' ? from * 10_000 : from),
            shareBps: ascending[index] ?? 1000,
          }))
        return { basis, mode, window: 'agreement' as const, steps }
      }),
  )

test('rounding goes to the nearest whole, halves away from zero on both sides', () => {
  expect([roundRatio(5n, 2n), roundRatio(-5n, 2n), roundRatio(7n, 3n), roundRatio(-7n, 3n)]).toEqual([
    3n,
    -3n,
    2n,
    -2n,
  ])
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt({ min: 1n }), (numerator, denominator) => {
      const rounded = roundRatio(numerator, denominator)
      expect(roundRatio(-numerator, denominator)).toBe(-rounded)
      const off = 2n * (rounded * denominator - numerator)
      expect(off <= denominator && off >= -denominator).toBe(true)
    }),
  )
  expect(() => roundRatio(1n, 0n)).toThrow(/denominator/)
})

test('a marginal ladder pays each stretch its own share, and says so', () => {
  const { targetMinor, evidence } = tierTarget(NET, 1000, [room(400_000n)], usd)
  // 2 % of the 2,000.00 between 1,000 and 3,000, and 5 % of the 1,000.00 above.
  expect(targetMinor).toBe(4_000n + 5_000n)
  expect(evidence).toMatchObject({
    rule: 'tier_marginal',
    metric: 'net',
    threshold: '300000',
    measured: '400000',
  })
  expect(evidence.steps.map(({ measured, amountMinor }) => [measured, amountMinor])).toEqual([
    ['100000', '0'],
    ['200000', '4000'],
    ['100000', '5000'],
  ])
})

test('a retroactive ladder pays the share that was reached on everything', () => {
  const tiers = { ...NET, mode: 'retroactive' as const }
  expect(tierTarget(tiers, 1000, [room(299_999n)], usd).targetMinor).toBe(6_000n)
  expect(tierTarget(tiers, 1000, [room(300_000n)], usd).targetMinor).toBe(15_000n)
  expect(tierTarget(tiers, 1000, [room(99_999n)], usd).targetMinor).toBe(0n)
})

test('a ladder by pieces pays the average net of the pieces above each step', () => {
  const tiers: TierTerms = { ...NET, basis: 'units', steps: [{ from: '3', shareBps: 2000 }] }
  // 10 pieces for 1,000.00 in all: 7 of them above the step, 700.00 at 10 % more.
  expect(tierTarget(tiers, 1000, [room(30_000n, 5), room(70_000n, 5)], usd).targetMinor).toBe(7_000n)
})

test('payment costs are taken off before the extra, as before the share', () => {
  const context = { currency: 'USD', deductPaymentFeeBps: 300 }
  expect(tierTarget(NET, 1000, [room(200_000n)], context).targetMinor).toBe(1_940n)
})

test('the cap limits the extra of each line by its own room, and never a share that falls', () => {
  expect(tierTarget(NET, 1000, [room(400_000n, 1, 0)], usd).targetMinor).toBe(0n)
  expect(tierTarget(NET, 1000, [room(400_000n, 1, 300)], usd).targetMinor).toBe(4_000n + 3_000n)
  const falling: TierTerms = { ...NET, steps: [{ from: '100000', shareBps: 400 }] }
  expect(tierTarget(falling, 1000, [room(200_000n, 1, 0)], usd).targetMinor).toBe(-6_000n)
})

test.each(['JPY', 'USD', 'KWD'])('what is added up stays whole and exact in %s', (currency) => {
  fc.assert(
    fc.property(fc.array(group, { maxLength: 8 }), rising('net', 'marginal'), (sales, tiers) => {
      const { targetMinor, evidence } = tierTarget(tiers, 1000, sales, { currency })
      expect(evidence.steps.reduce((sum, step) => sum + BigInt(step.amountMinor ?? '0'), 0n)).toBe(
        targetMinor,
      )
      const net = sales.reduce((sum, one) => sum + one.netMinor, 0n)
      expect(targetMinor >= 0n && targetMinor * 10_000n <= net * 5_000n + 10_000n).toBe(true)
      expect(evidence.currency).toBe(currency)
    }),
  )
})

test('the order of sales does not matter, and without room there is no extra', () => {
  fc.assert(
    fc.property(
      fc
        .array(group, { minLength: 1, maxLength: 8 })
        .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      fc
        .constantFrom<'net' | 'units'>('net', 'units')
        .chain((basis) =>
          fc.constantFrom<TierTerms['mode']>('marginal', 'retroactive').chain((mode) => rising(basis, mode)),
        ),
      ([sales, shuffled], tiers) => {
        const { targetMinor } = tierTarget(tiers, 1000, sales, usd)
        expect(tierTarget(tiers, 1000, shuffled, usd).targetMinor).toBe(targetMinor)
        const full = sales.map((one) => ({ ...one, headroomBps: 0 }))
        expect(tierTarget(tiers, 1000, full, usd).targetMinor).toBe(0n)
        const returned = sales.flatMap((one) => [one, { ...one, units: -one.units, netMinor: -one.netMinor }])
        expect(tierTarget(tiers, 1000, returned, usd).targetMinor).toBe(0n)
      },
    ),
  )
})

test('on a rising ladder retroactive pays at least what marginal pays', () => {
  fc.assert(
    fc.property(
      fc.array(group, { maxLength: 6 }),
      fc.constantFrom<'net' | 'units'>('net', 'units').chain((basis) => rising(basis, 'marginal')),
      (sales, tiers) => {
        const marginal = tierTarget(tiers, 1000, sales, usd).targetMinor
        const retroactive = tierTarget({ ...tiers, mode: 'retroactive' }, 1000, sales, usd).targetMinor
        expect(retroactive >= marginal).toBe(true)
      },
    ),
  )
})

test('a marginal ladder is continuous: one more unit of money never moves it by more than that unit is worth', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 8_000_000n }), rising('net', 'marginal'), (net, tiers) => {
      const here = tierTarget(tiers, 1000, [room(net)], usd).targetMinor
      const next = tierTarget(tiers, 1000, [room(net + 1n)], usd).targetMinor
      expect(next - here >= 0n && next - here <= 1n).toBe(true)
    }),
  )
})

test('a net that is not above zero pays nothing and takes nothing', () => {
  const falling: TierTerms = { ...NET, steps: [{ from: '1', shareBps: 0 }] }
  for (const tiers of [NET, falling, { ...NET, basis: 'units' as const }]) {
    for (const sales of [[], [room(-500_000n, -5)], [room(0n, 5)], [room(500_000n, 0), room(-500_000n, 0)]])
      expect(tierTarget(tiers, 1000, sales, usd).targetMinor).toBe(0n)
  }
})

const version = (
  number: number,
  tiers: TierTerms | null,
  period: 'monthly' | 'quarterly' = 'monthly',
): TierVersion => ({
  id: `v${number}`,
  number,
  terms: { shareBps: 1000, net: { deductPaymentFeeBps: 0 }, currency: 'USD', period, tiers },
})
const sold = (month: string, netMinor: bigint, over: Partial<CountedSales> = {}): CountedSales => ({
  agreementVersionId: 'v1',
  month,
  productId: '1',
  dropId: null,
  lastAt: `${month}-15T12:00:00.000Z`,
  ...room(netMinor),
  ...over,
})

test('the months of a window add up to its whole ladder, and a month that climbs takes the extra', () => {
  const months = ['2026-01', '2026-02', '2026-03', '2026-05']
  const anySale = fc
    .tuple(
      fc.constantFrom(...months),
      fc.bigInt({ min: -100_000n, max: 400_000n }),
      fc.integer({ min: 0, max: 2000 }),
    )
    .map(([month, net, headroomBps]) => sold(month, net, { headroomBps }))
  fc.assert(
    fc.property(fc.array(anySale, { minLength: 1, maxLength: 12 }), (sales) => {
      const awards = tierAwards([version(1, NET)], sales)
      const whole = tierTarget(NET, 1000, sales, usd).targetMinor
      expect(awards.reduce((sum, award) => sum + award.targetMinor, 0n)).toBe(whole)
    }),
  )
  const awards = tierAwards([version(1, NET)], [sold('2026-02', 150_000n), sold('2026-01', 90_000n)])
  expect(awards.map(({ window, month, targetMinor }) => [window, month, targetMinor])).toEqual([
    ['lifetime', '2026-01', 0n],
    ['lifetime', '2026-02', 2_800n],
  ])
})

test('counting begins anew for each product, drop, month or quarter as agreed', () => {
  const sales = [
    sold('2026-01', 120_000n),
    sold('2026-02', 150_000n, { productId: '2', dropId: 'd' }),
    sold('2026-02', 60_000n, { productId: null }),
  ]
  const sums = (window: TierTerms['window'], period: 'monthly' | 'quarterly' = 'monthly') =>
    Object.fromEntries(
      tierAwards([version(1, { ...NET, window }, period)], sales)
        .filter(({ targetMinor }) => targetMinor !== 0n)
        .map((award) => [`${award.window} ${award.month}`, award.targetMinor]),
    )
  expect(sums('product')).toEqual({ 'product-1 2026-01': 400n, 'product-2 2026-02': 1_000n })
  expect(sums('drop')).toEqual({ 'drop-d 2026-02': 1_000n })
  expect(sums('period')).toEqual({ '2026-01 2026-01': 400n, '2026-02 2026-02': 2_200n })
  expect(sums('period', 'quarterly')).toEqual({
    '2026-Q1 2026-01': 400n,
    '2026-Q1 2026-02': 5_500n - 400n,
  })
})

test('a new version goes on climbing where the old one stands: changing nothing changes nothing', () => {
  const sales = [sold('2026-01', 150_000n), sold('2026-02', 250_000n)]
  const parted = sales.map((sale, index) => ({ ...sale, agreementVersionId: `v${index + 1}` }))
  for (const mode of ['marginal', 'retroactive'] as const) {
    const tiers = { ...NET, mode }
    const whole = tierAwards([version(1, tiers)], sales)
    const split = tierAwards([version(1, tiers), version(2, tiers)], parted)
    const sum = (awards: typeof whole) => awards.reduce((total, award) => total + award.targetMinor, 0n)
    expect(sum(split)).toBe(sum(whole))
  }
  // Sold before there was a ladder: it counts, and pays nothing itself.
  const begun = tierAwards([version(1, null), version(2, NET)], parted)
  expect(begun.reduce((total, award) => total + award.targetMinor, 0n)).toBe(3_000n + 5_000n)
})

test('payees whose ladders would pass the cap together divide the room by how far they could climb', () => {
  const payees = [
    { id: 'a', shareBps: 1000, highestShareBps: 3000 },
    { id: 'b', shareBps: 1000, highestShareBps: 2000 },
    { id: 'c', shareBps: 500, highestShareBps: null },
  ]
  expect(Object.fromEntries(shareHeadroom(payees, 4000))).toEqual({ a: 1000, b: 500, c: 0 })
  expect(Object.fromEntries(shareHeadroom(payees, 9000))).toEqual({ a: 6500, b: 6500, c: 6500 })
  expect(Object.fromEntries(shareHeadroom(payees, 2000))).toEqual({ a: 0, b: 0, c: 0 })
})

const RETENTION = {
  withinDays: 60,
  minimumNetMinor: '5000',
  reward: { kind: 'fixed' as const, amountMinor: '1500' },
}
const place = { timeZone: ZONE, currency: 'USD' }
const order = (orderId: string, placedAt: string, netMinor: bigint, attributedNetMinor = 0n) => ({
  orderId,
  placedAt,
  netMinor,
  attributedNetMinor,
})
const FIRST = order('1', '2026-03-01T12:00:00.000Z', 9000n, 9000n)

test('a bonus is paid once for the first later order that keeps enough in time', () => {
  const repeat = order('2', '2026-04-01T12:00:00.000Z', 6000n)
  const third = order('3', '2026-04-10T12:00:00.000Z', 8000n)
  const award = retentionTarget(RETENTION, [third, repeat, FIRST], place)
  expect(award).toMatchObject({ targetMinor: 1500n, firstOrderId: '1', repeatOrderId: '2' })
  expect(award?.evidence.facts.orderIds).toEqual(['1', '2', '3'])
  // Returned below the minimum: the next one deserves it; when none does, nobody.
  const returned = retentionTarget(RETENTION, [FIRST, { ...repeat, netMinor: 4999n }, third], place)
  expect(returned).toMatchObject({ targetMinor: 1500n, repeatOrderId: '3' })
  expect(retentionTarget(RETENTION, [FIRST, { ...repeat, netMinor: 4999n }], place)?.targetMinor).toBe(0n)
})

test('an order that comes too late, or the first one alone, earns no bonus', () => {
  // 60 local days later, across the change of clocks: the same local time still counts.
  const last = order('2', '2026-04-30T11:00:00.000Z', 6000n)
  expect(retentionTarget(RETENTION, [FIRST, last], place)?.targetMinor).toBe(1500n)
  const late = { ...last, placedAt: '2026-04-30T11:00:00.001Z' }
  expect(retentionTarget(RETENTION, [FIRST, late], place)?.targetMinor).toBe(0n)
  expect(retentionTarget(RETENTION, [FIRST], place)?.targetMinor).toBe(0n)
  expect(retentionTarget(RETENTION, [order('2', FIRST.placedAt, 9000n)], place)).toBeNull()
  expect(firstAttributedOrder([{ ...FIRST, attributedNetMinor: 0n }])).toBeNull()
})

test('a share of the repeat order is taken of what was kept', () => {
  const terms = { ...RETENTION, minimumNetMinor: '0', reward: { kind: 'share' as const, bps: 500 } }
  const repeat = order('2', '2026-04-01T12:00:00.000Z', 6010n)
  expect(retentionTarget(terms, [FIRST, repeat], place)?.targetMinor).toBe(301n)
  expect(retentionTarget(terms, [FIRST, { ...repeat, netMinor: 0n }], place)?.targetMinor).toBe(0n)
})

const guaranteed = (
  guarantee: GuaranteeVersion['terms']['guarantee'],
  over: Partial<GuaranteeVersion['terms']> & { number?: number; beginsOn?: string } = {},
): GuaranteeVersion => ({
  id: `v${over.number ?? 1}`,
  number: over.number ?? 1,
  beginsOn: over.beginsOn ?? '2026-01-01',
  terms: { guarantee, startsOn: '2026-01-01', endsOn: null, currency: 'USD', holdDays: 30, ...over },
})
const earnedOn = (soldOn: string, royaltyMinor: bigint, productId: string | null = null) => ({
  soldOn,
  month: soldOn.slice(0, 7),
  productId,
  royaltyMinor,
})
const MONTHLY = { kind: 'minimum' as const, amountMinor: '50000', window: 'month' as const }
const facts = (versions: GuaranteeVersion[], earned: ReturnType<typeof earnedOn>[], today: string) => ({
  versions,
  earned,
  today,
  endedOn: null,
  stock: new Map(),
  timeZone: ZONE,
})
const amounts = (awards: ReturnType<typeof guaranteeAwards>) =>
  awards.map(({ window, targetMinor }) => [window, targetMinor])

test('a minimum is topped up when its window has ended, counted together with the windows before', () => {
  const earned = [
    earnedOn('2026-01-10', 20_000n),
    earnedOn('2026-02-10', 70_000n),
    earnedOn('2026-03-10', 10_000n),
  ]
  expect(amounts(guaranteeAwards(facts([guaranteed(MONTHLY)], earned, '2026-01-31')))).toEqual([])
  // February earned 200.00 above its own minimum, which pays back most of January's top-up.
  expect(amounts(guaranteeAwards(facts([guaranteed(MONTHLY)], earned, '2026-04-01')))).toEqual([
    ['2026-01', 30_000n],
    ['2026-02', -20_000n],
    ['2026-03', 40_000n],
  ])
})

test('the top-ups of all windows are what is missing in all, never less than nothing', () => {
  const anyEarned = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.bigInt({ min: -20_000n, max: 90_000n }))
    .map(([month, minor]) => earnedOn(`2026-0${month}-15`, minor))
  fc.assert(
    fc.property(fc.array(anyEarned, { maxLength: 12 }), (earned) => {
      const awards = guaranteeAwards(facts([guaranteed(MONTHLY)], earned, '2026-06-01'))
      const all = earned.reduce((sum, one) => sum + one.royaltyMinor, 0n)
      const missing = 250_000n > all ? 250_000n - all : 0n
      expect(awards.reduce((sum, award) => sum + award.targetMinor, 0n)).toBe(missing)
    }),
  )
})

test('a month that is in force for a part of its days guarantees that part', () => {
  const half = guaranteed(
    { ...MONTHLY, amountMinor: '30000' },
    { startsOn: '2026-04-16', beginsOn: '2026-04-16' },
  )
  const early = earnedOn('2026-04-10', 90_000n)
  expect(amounts(guaranteeAwards(facts([half], [early], '2026-05-01')))).toEqual([['2026-04', 15_000n]])
})

test('a guarantee for the whole agreement is due when it ends, however it ends', () => {
  const whole = guaranteed(
    { kind: 'minimum', amountMinor: '90000', window: 'agreement' },
    { endsOn: '2026-06-30' },
  )
  const earned = [earnedOn('2026-02-10', 70_000n)]
  expect(guaranteeAwards(facts([whole], earned, '2026-06-30'))).toEqual([])
  expect(amounts(guaranteeAwards(facts([whole], earned, '2026-07-01')))).toEqual([['agreement', 20_000n]])
  const ended = { ...facts([whole], earned, '2026-04-01'), endedOn: '2026-03-31' }
  expect(amounts(guaranteeAwards(ended))).toEqual([['agreement', 20_000n]])
  expect(nextGuaranteeEnd(facts([whole], [], '2026-03-01'))).toBe('2026-06-30')
  expect(nextGuaranteeEnd(facts([guaranteed(MONTHLY)], [], '2026-03-01'))).toBe('2026-03-31')
  expect(nextGuaranteeEnd(facts([guaranteed(null)], [], '2026-03-01'))).toBeNull()
})

const RESTOCK = {
  kind: 'restock' as const,
  units: 20,
  perUnitMinor: '700',
  productIds: ['1'],
  until: '2026-06-30',
}
const seen = (observedAt: string, available: number, locationId = '9') => ({
  inventoryItemId: '5',
  locationId,
  observedAt,
  available,
})

test('a restock guarantee pays the higher of earned and of the pieces that stock counts prove', () => {
  const stock = new Map([
    [
      '1',
      [
        seen('2026-02-01T12:00:00.000Z', 3),
        seen('2026-03-01T12:00:00.000Z', 15),
        seen('2026-03-05T12:00:00.000Z', 9),
      ],
    ],
  ])
  const given = {
    ...facts(
      [guaranteed(RESTOCK)],
      [earnedOn('2026-03-04', 2_000n, '1'), earnedOn('2026-03-04', 9_000n, '2')],
      '2026-07-01',
    ),
    stock,
  }
  const [award] = guaranteeAwards(given)
  expect(award).toMatchObject({ window: 'restock-2026-06-30', targetMinor: 12n * 700n - 2_000n })
  expect(award?.evidence.steps).toMatchObject([{ name: 'restock', from: '3', to: '15', measured: '12' }])
  // No more than was committed, and nothing without proof.
  const many = new Map([['1', [...(stock.get('1') ?? []), seen('2026-04-01T12:00:00.000Z', 99)]]])
  expect(guaranteeAwards({ ...given, stock: many })[0]?.targetMinor).toBe(20n * 700n - 2_000n)
  expect(guaranteeAwards({ ...given, stock: new Map() })[0]?.targetMinor).toBe(0n)
  expect(guaranteeAwards({ ...given, today: '2026-06-30' })).toEqual([])
})

test('an amendment that keeps a restock guarantee whose day has passed gives it once', () => {
  const amended = guaranteed(RESTOCK, { number: 2, beginsOn: '2026-08-01' })
  const given = guaranteeAwards(facts([guaranteed(RESTOCK), amended], [], '2026-09-01'))
  expect(given.map(({ window, version }) => [window, version.number])).toEqual([['restock-2026-06-30', 1]])
})

test('a version that a newer one replaced before it began is never in force', () => {
  const planned = guaranteed({ ...MONTHLY, amountMinor: '90000' }, { number: 2, beginsOn: '2026-03-01' })
  const instead = guaranteed({ ...MONTHLY, amountMinor: '40000' }, { number: 3, beginsOn: '2026-02-01' })
  expect(amounts(guaranteeAwards(facts([guaranteed(MONTHLY), planned, instead], [], '2026-05-01')))).toEqual([
    ['2026-01', 50_000n],
    ['2026-02', 40_000n],
    ['2026-03', 40_000n],
    ['2026-04', 40_000n],
  ])
})

test('stock counts prove rises only, at each place for itself, in whatever order they came', () => {
  const span = { startsAt: '2026-01-01T00:00:00.000Z', endsAt: '2026-07-01T00:00:00.000Z' }
  const counts = [
    seen('2025-12-01T00:00:00.000Z', 50),
    seen('2025-12-20T00:00:00.000Z', 2),
    seen('2026-01-05T00:00:00.000Z', 6),
    seen('2026-01-06T00:00:00.000Z', 1),
    seen('2026-01-07T00:00:00.000Z', 4),
    seen('2026-01-05T00:00:00.000Z', 100, '10'),
    seen('2026-01-08T00:00:00.000Z', 101, '10'),
    seen('2026-07-01T00:00:00.000Z', 500),
  ]
  fc.assert(
    fc.property(fc.shuffledSubarray(counts, { minLength: counts.length }), (shuffled) => {
      expect(restockedUnits(shuffled, span).units).toBe(4 + 3 + 1)
    }),
  )
})

const AWARD = {
  id: 'a1',
  key: 'tier/g1/lifetime/2026-05',
  kind: 'tier' as const,
  creatorId: 'c1',
  agreementId: 'g1',
  agreementVersionId: 'v1',
  currency: 'USD',
  incomeType: 'commission_service' as const,
  title: 'Tier extra',
  shareBps: 1200,
  soldOn: '2026-05-01',
  orderId: null,
  productId: null,
  dropId: null,
}

test('an award posts the difference to what was posted, and moves when it matures', () => {
  const { evidence } = tierTarget(NET, 1000, [room(200_000n)], usd)
  const move = {
    number: 2,
    bucket: 'held' as const,
    maturesAt: '2026-07-01T00:00:00.000Z',
    effectiveAt: '2026-05-10T00:00:00.000Z',
    evidence,
  }
  const draft = journalForAward(AWARD, { ...move, targetMinor: 1_500n, postedBeforeMinor: 2_000n })
  expect(draft).toMatchObject({
    factKey: 'award/tier/g1/lifetime/2026-05/2',
    kind: 'award',
    postings: [
      { account: 'award-expense', amountMinor: -500n },
      { account: 'creator/c1/held', amountMinor: 500n },
    ],
    entries: [{ kind: 'award', royaltyMinor: -500n, awardId: 'a1', incomeType: 'commission_service' }],
  })
  expect(journalForAward(AWARD, { ...move, targetMinor: 2_000n, postedBeforeMinor: 2_000n })).toBeNull()
  const release = {
    number: 3,
    to: 'available' as const,
    maturesAt: '2026-07-01T00:00:00.000Z',
    effectiveAt: '2026-07-01T00:00:00.000Z',
  }
  expect(journalForAwardRelease(AWARD, { ...release, postedMinor: 1_500n })?.postings).toEqual([
    { account: 'creator/c1/held', amountMinor: 1_500n },
    { account: 'creator/c1/available', amountMinor: -1_500n },
  ])
  expect(journalForAwardRelease(AWARD, { ...release, postedMinor: 0n })).toBeNull()
})

test('every award says in words what it is for', () => {
  const tier = tierAwards([version(1, NET)], [sold('2026-02', 200_000n)])[0]
  if (!tier) throw new Error('no award')
  expect(explainAward(tier.evidence, tier.targetMinor, 'en').text).toBe(
    '$2,000.00 sold: what lies above $1,000.00 pays 12% instead of 10%, which makes $20.00 for the sales of February 2026.',
  )
  expect(nameAward(tier.evidence).text).toBe('Tier extra, sales of February 2026')
  const little = tierTarget(NET, 1000, [room(5n)], usd)
  expect(explainAward(little.evidence, 0n, 'en').text).toContain('$0.05 sold of the $1,000.00')
  const pieces = tierTarget(
    { ...NET, basis: 'units', mode: 'retroactive', steps: [{ from: '3', shareBps: 1100 }] },
    1000,
    [room(50_000n, 4)],
    usd,
  )
  expect(
    explainAward({ ...pieces.evidence, facts: { ...pieces.evidence.facts, month: '2026-02' } }, 500n, 'en')
      .text,
  ).toBe(
    '4 pieces sold reach 3 pieces: all of it pays 11% instead of 10%, which makes $5.00 for the sales of February 2026.',
  )
  const bonus = retentionTarget(RETENTION, [FIRST, order('2', '2026-04-01T12:00:00.000Z', 6000n)], place)
  if (!bonus) throw new Error('no bonus')
  expect(explainAward(bonus.evidence, bonus.targetMinor, 'en').text).toContain(
    'kept goods of $60.00 (at least $50.00): $15.00, once.',
  )
  const [minimum] = guaranteeAwards(
    facts([guaranteed(MONTHLY)], [earnedOn('2026-01-10', 20_000n)], '2026-02-01'),
  )
  if (!minimum) throw new Error('no guarantee')
  expect(explainAward(minimum.evidence, minimum.targetMinor, 'en').text).toBe(
    'By Jan 31, 2026 $500.00 were guaranteed and $200.00 earned; with $0.00 added before, this makes $300.00.',
  )
  const sample = guaranteeTarget({
    rule: 'guarantee_minimum',
    guaranteedMinor: 100n,
    earnedMinor: 150n,
    currency: 'USD',
  })
  expect(sample.targetMinor).toBe(0n)
})
