import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LARGEST_STATE, type StateFacts, stateDocument } from './state-document.ts'

const OPENS = '2026-12-04T18:00:00.000Z'
const CLOSES = '2026-12-04T18:20:00.000Z'
const WAVE = '2026-12-04T18:11:00.000Z'
const at = (minutes: number) => Date.parse(OPENS) + minutes * 60_000
const iso = (minutes: number) => new Date(at(minutes)).toISOString()

function facts(given: Partial<StateFacts> = {}): StateFacts {
  return {
    status: 'live',
    opensAt: OPENS,
    closesAt: CLOSES,
    offers: [{ variantId: '41', confirmedAt: iso(5), isCounted: true }],
    waves: [],
    claims: [],
    ...given,
  }
}

const low = { claim: 7, kind: 'low_stock' as const, variantId: '41', to: CLOSES }
const read = (given: Partial<StateFacts>, minutes = 5) =>
  JSON.parse(stateDocument(facts(given), at(minutes)).text)

test('a state, to the letter', () => {
  const waves = [
    { at: WAVE, isBacked: true, isReleased: false },
    { at: iso(1), isBacked: true, isReleased: true },
  ]
  expect(stateDocument(facts({ claims: [low], waves }), at(5)).text).toBe(
    '{"v":1,"s":"open","stale":false,"o":[{"v":"41","k":"low","c":7}],"w":[{"at":1796407860,"ok":true}]}',
  )
})

test('nothing is shown that is not in the log: without its row even a sold-out piece is open', () => {
  expect(read({}).o).toEqual([{ v: '41', k: 'open', c: null }])
  expect(read({ claims: [{ ...low, variantId: '42' }] }).o).toEqual([{ v: '41', k: 'open', c: null }])
  expect(read({ claims: [{ ...low, kind: 'sold_out' }] }).o).toEqual([{ v: '41', k: 'gone', c: 7 }])
  expect(read({ claims: [{ ...low, kind: 'wave' }] }).o).toEqual([{ v: '41', k: 'open', c: null }])
})

test('phases follow the times alone, whoever is late, until somebody decides otherwise', () => {
  const phases = [-1, 0, 19.99, 20].map((minutes) => read({ status: 'scheduled' }, minutes).s)
  expect(phases).toEqual(['early', 'open', 'open', 'closed'])
  for (const status of ['held', 'aborted', 'closed'] as const) expect(read({ status }).s).toBe(status)
})

test('urgency is gone with the phase: a held, closed or aborted drop urges nobody', () => {
  const waves = [{ at: WAVE, isBacked: true, isReleased: false }]
  for (const status of ['held', 'aborted', 'closed'] as const)
    expect(read({ status, claims: [low], waves })).toMatchObject({
      o: [{ k: 'open', c: null }],
      w: [],
      stale: false,
    })
  expect(read({ claims: [low] }, 20).o).toEqual([{ v: '41', k: 'open', c: null }])
})

test('stale data hides the urgency and says so; fresh pieces beside it keep theirs', () => {
  const offers = [
    { variantId: '41', confirmedAt: iso(3.9), isCounted: true },
    { variantId: '42', confirmedAt: iso(5), isCounted: true },
    { variantId: '43', confirmedAt: null, isCounted: false },
  ]
  const claims = [low, { ...low, claim: 8, variantId: '42' }]
  expect(read({ offers, claims })).toMatchObject({
    stale: true,
    o: [
      { v: '41', k: 'open', c: null },
      { v: '42', k: 'low', c: 8 },
      { v: '43', k: 'open', c: null },
    ],
  })
})

test('waves that come at one moment are one entry, and true only when all of them stand ready', () => {
  const both = (...backed: boolean[]) =>
    read({ waves: backed.map((isBacked) => ({ at: WAVE, isBacked, isReleased: false })) }).w
  expect(both(true, true)).toEqual([{ at: 1796407860, ok: true }])
  expect(both(true, false)).toEqual([{ at: 1796407860, ok: false }])
  expect(both(false, true)).toEqual([{ at: 1796407860, ok: false }])
})

test('the soonest waves are told of, and fewer of them where the pieces need the room', () => {
  const waves = [9, 7, 8].map((minutes) => ({ at: iso(minutes), isBacked: true, isReleased: false }))
  expect(read({ waves }).w.map((wave: { at: number }) => wave.at * 1000)).toEqual([at(7), at(8)])
  const offers = Array.from({ length: 10 }, (_, index) => ({
    variantId: `${10n ** 18n + BigInt(index)}`,
    confirmedAt: iso(5),
    isCounted: true,
  }))
  const claims = offers.map(({ variantId }) => ({
    ...low,
    kind: 'sold_out' as const,
    claim: 9_999_999,
    variantId,
  }))
  expect(read({ offers, claims, waves }).w).toHaveLength(1)
})

const minute = fc.double({ min: -10, max: 40, noNaN: true })
const anyFacts = fc.record({
  status: fc.constantFrom(
    'scheduled' as const,
    'live' as const,
    'held' as const,
    'aborted' as const,
    'closed' as const,
  ),
  opensAt: fc.constant(OPENS),
  closesAt: fc.constant(CLOSES),
  offers: fc.array(
    fc.record({
      variantId: fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }).map(String),
      confirmedAt: fc.option(minute.map(iso)),
      isCounted: fc.boolean(),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  waves: fc.array(fc.record({ at: minute.map(iso), isBacked: fc.boolean(), isReleased: fc.boolean() }), {
    maxLength: 20,
  }),
  claims: fc.constant([]),
})

test('the largest drop that is allowed fits, at every moment, whatever is claimed', () => {
  fc.assert(
    fc.property(anyFacts, minute, fc.integer({ min: 1, max: 9_999_999 }), (given, minutes, claim) => {
      const claims = given.offers.map(({ variantId }) => ({ ...low, claim, variantId }))
      expect(Buffer.byteLength(stateDocument({ ...given, claims }, at(minutes)).text)).toBeLessThanOrEqual(
        LARGEST_STATE,
      )
    }),
    { numRuns: 500 },
  )
})

test('until the moment that it names, the text stays the same', () => {
  fc.assert(
    fc.property(
      anyFacts,
      minute,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (given, minutes, part) => {
        const claims = given.offers.map(({ variantId }, index) => ({ ...low, claim: index + 1, variantId }))
        const all = { ...given, claims }
        const now = Math.floor(at(minutes))
        const { text, until } = stateDocument(all, now)
        const end = until ?? now + 86_400_000
        expect(stateDocument(all, Math.min(end - 1, Math.floor(now + (end - now) * part))).text).toBe(text)
      },
    ),
    { numRuns: 500 },
  )
})
