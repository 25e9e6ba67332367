import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ComingWave,
  checkScarcityRule,
  judgeStock,
  type ScarcityRule,
  STALE_AFTER_MS,
  type VariantStock,
} from './scarcity.ts'

const NOW = '2026-12-04T18:05:00.000Z'
const RULE: ScarcityRule = { version: 3, lowAt: 5, lastAt: 2 }

function stock(available: number, given: Partial<VariantStock> = {}): VariantStock {
  return {
    variantId: '41',
    isCounted: true,
    sellsBeyondStock: false,
    locations: [{ locationId: '1', available, heldBack: 0 }],
    incoming: 0,
    confirmedAt: NOW,
    ...given,
  }
}

function wave(given: Partial<ComingWave> = {}): ComingWave {
  return { id: 'w1', at: '2026-12-04T18:11:00.000Z', units: 12, isBacked: true, ...given }
}

const judge = (facts: VariantStock, waves: ComingWave[] = [], now = NOW) =>
  judgeStock(facts, waves, RULE, now)

test('each bucket begins at its threshold of the merchant’s rule', () => {
  const buckets = [7, 6, 5, 3, 2, 1, 0, -1].map((available) => judge(stock(available)).bucket)
  expect(buckets).toEqual(['open', 'open', 'low', 'low', 'last', 'last', 'gone', 'gone'])
})

test('stock is what all locations have together, also where one of them was oversold', () => {
  const locations = [
    { locationId: '1', available: 4, heldBack: 0 },
    { locationId: '2', available: -3, heldBack: 0 },
    { locationId: '3', available: 20, heldBack: 0 },
  ]
  expect(judge(stock(0, { locations })).bucket).toBe('open')
  expect(judge(stock(0, { locations: locations.slice(0, 2) })).bucket).toBe('last')
})

test('low stock that is quickly replenished: a backed wave is named with it', () => {
  const second = wave({ id: 'w2', at: '2026-12-04T18:17:00.000Z' })
  expect(judge(stock(3), [second, wave()])).toMatchObject({
    bucket: 'low',
    named: [{ id: 'w1' }, { id: 'w2' }],
  })
})

test('low stock that is quickly replenished: a wave that is planned but not there can be neither named nor kept quiet', () => {
  expect(judge(stock(3), [wave({ isBacked: false })])).toMatchObject({
    bucket: 'open',
    reason: 'unbacked_wave',
  })
  expect(judge(stock(3), [wave(), wave({ id: 'w2', isBacked: false })]).bucket).toBe('open')
})

test('a wave whose time has passed is neither named nor a reason to say nothing', () => {
  const past = wave({ at: '2026-12-04T18:05:00.000Z', isBacked: false })
  expect(judge(stock(3), [past])).toMatchObject({ bucket: 'low', named: [] })
})

test('low stock that is quickly replenished: what is on its way or kept from sale makes it no low stock', () => {
  expect(judge(stock(3, { incoming: 40 }))).toMatchObject({ bucket: 'open', reason: 'on_its_way' })
  const locations = [
    { locationId: '1', available: 3, heldBack: 0 },
    { locationId: '2', available: 0, heldBack: 25 },
  ]
  expect(judge(stock(0, { locations }))).toMatchObject({ bucket: 'open', reason: 'held_back' })
})

test('false scarcity: what sells on at zero, or is not counted, is never scarce', () => {
  expect(judge(stock(0, { sellsBeyondStock: true }))).toMatchObject({
    bucket: 'open',
    reason: 'sells_beyond_stock',
  })
  expect(judge(stock(0, { isCounted: false }))).toMatchObject({ bucket: 'open', reason: 'uncounted' })
})

test('sold out is said whatever is planned, with the waves that are really there', () => {
  expect(judge(stock(0, { incoming: 5 }), [wave(), wave({ id: 'w2', isBacked: false })])).toMatchObject({
    bucket: 'gone',
    named: [{ id: 'w1' }],
  })
})

test('stale data urges nobody: a count that is too old, or was never confirmed, says nothing at all', () => {
  const old = new Date(Date.parse(NOW) - STALE_AFTER_MS).toISOString()
  const older = new Date(Date.parse(NOW) - STALE_AFTER_MS - 1).toISOString()
  expect(judge(stock(1, { confirmedAt: old })).bucket).toBe('last')
  expect(judge(stock(1, { confirmedAt: older }))).toMatchObject({ bucket: 'open', reason: 'stale' })
  expect(judge(stock(0, { confirmedAt: null }))).toMatchObject({ bucket: 'open', reason: 'stale' })
})

const anyStock = fc.record({
  variantId: fc.constant('41'),
  isCounted: fc.boolean(),
  sellsBeyondStock: fc.boolean(),
  locations: fc.array(
    fc.record({
      locationId: fc.constantFrom('1', '2'),
      available: fc.integer({ min: -5, max: 12 }),
      heldBack: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  incoming: fc.integer({ min: 0, max: 1 }),
  confirmedAt: fc.constantFrom(NOW, '2026-12-04T17:00:00.000Z', null),
})
const anyWaves = fc.array(
  fc.record({
    id: fc.uuid(),
    at: fc.constantFrom('2026-12-04T18:00:00.000Z', '2026-12-04T18:11:00.000Z', '2026-12-04T18:17:00.000Z'),
    units: fc.integer({ min: 1, max: 30 }),
    isBacked: fc.boolean(),
  }),
  { maxLength: 3 },
)

test('whatever the facts, urgency means few pieces, nothing kept back and every coming wave named', () => {
  fc.assert(
    fc.property(anyStock, anyWaves, (facts, waves) => {
      const verdict = judge(facts, waves)
      if (verdict.bucket === 'open') return
      const total = facts.locations.reduce((sum, location) => sum + location.available, 0)
      expect(facts).toMatchObject({ isCounted: true, sellsBeyondStock: false, confirmedAt: NOW })
      expect(total).toBeLessThanOrEqual(RULE.lowAt)
      expect(verdict.bucket === 'gone').toBe(total <= 0)
      if (total <= 0) return
      expect(total).toBeGreaterThan(0)
      expect(facts.incoming).toBe(0)
      expect(facts.locations.every((location) => location.heldBack === 0)).toBe(true)
      expect(verdict.named).toHaveLength(waves.filter((each) => each.at > NOW).length)
    }),
  )
})

test('counters never reset: with time alone, and without new stock, a bucket never becomes less scarce while the count is fresh', () => {
  const order = ['open', 'low', 'last', 'gone']
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }), (sold) => {
      let left = 9
      let worst = 0
      sold.forEach((pieces, minute) => {
        left -= pieces
        const now = new Date(Date.parse(NOW) + minute * 60_000).toISOString()
        const rank = order.indexOf(judge(stock(left, { confirmedAt: now }), [], now).bucket)
        expect(rank).toBeGreaterThanOrEqual(worst)
        worst = rank
      })
    }),
  )
})

test('a rule that would call plenty scarce is refused by name', () => {
  const check = (lowAt: number, lastAt: number, units = 40) => {
    const checked = checkScarcityRule({ lowAt, lastAt }, units)
    return checked.ok ? 'ok' : checked.reason
  }
  expect(check(5, 2)).toBe('ok')
  expect(check(0, 0)).toBe('ok')
  expect(check(2.5, 1)).toBe('not_whole_pieces')
  expect(check(21, 2, 500)).toBe('low_too_large')
  expect(check(20, 6, 500)).toBe('last_too_large')
  expect(check(2, 3)).toBe('last_above_low')
  expect(check(8, 2, 8)).toBe('low_from_the_start')
})
