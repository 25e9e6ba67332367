import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planProblems } from './drop.ts'
import type { DropStanding } from './drop-state.ts'
import { act, at, makeDrop, wave } from './test-drop.ts'
import { gapsOf, localOf, overlapsOf, phaseAt, readLocalTime, timelineProblems } from './timeline.ts'

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/Santiago',
  'UTC',
]

test('a local time is one instant, and that instant shows the same local time', () => {
  const seconds = fc.integer({ min: Date.UTC(2026, 0, 1) / 1000, max: Date.UTC(2029, 0, 1) / 1000 })
  fc.assert(
    fc.property(seconds, fc.constantFrom(...ZONES), (second, timeZone) => {
      const instant = new Date(second * 1000).toISOString()
      const read = readLocalTime(localOf(instant, timeZone), timeZone)
      if (read.ok) expect(read.at).toBe(instant)
      // Every instant is shown by some clock: it is never missing, only sometimes not alone.
      else if (read.reason === 'time_repeated') expect([read.earlier, read.later]).toContain(instant)
      else throw new Error(read.reason)
    }),
    { numRuns: 2_000 },
  )
})

test('an hour that clocks skip is refused with the times beside it', () => {
  expect(readLocalTime('2027-03-28T02:30', 'Europe/Berlin')).toEqual({
    ok: false,
    reason: 'time_missing',
    before: '2027-03-28T01:59:59',
    after: '2027-03-28T03:00:00',
  })
  expect(readLocalTime('2027-03-28T03:00:00', 'Europe/Berlin')).toEqual({
    ok: true,
    at: '2027-03-28T01:00:00.000Z',
  })
})

test('an hour that clocks repeat is refused with both instants, and so is an act that stands in it', () => {
  const read = readLocalTime('2027-10-31T02:30', 'Europe/Berlin')
  expect(read).toEqual({
    ok: false,
    reason: 'time_repeated',
    earlier: '2027-10-31T00:30:00.000Z',
    later: '2027-10-31T01:30:00.000Z',
  })
  const acts = [
    { id: 'o', kind: 'open' as const, at: '2027-10-31T01:30:00.000Z' },
    { id: 'c', kind: 'close' as const, at: '2027-10-31T02:00:00.000Z' },
  ]
  expect(timelineProblems(acts, 'Europe/Berlin')).toMatchObject([{ reason: 'act_time_repeated', actId: 'o' }])
  expect(timelineProblems(acts, 'Asia/Kolkata')).toEqual([])
  // Half an hour on Lord Howe Island.
  expect(readLocalTime('2027-04-04T01:45', 'Australia/Lord_Howe')).toMatchObject({ reason: 'time_repeated' })
  expect(readLocalTime('2027-04-04T02:00', 'Australia/Lord_Howe')).toMatchObject({ ok: true })
})

test.each([
  ['2027-02-29T10:00', 'time_malformed'],
  ['2027-02-28 10:00', 'time_malformed'],
  ['2027-02-28T24:00', 'time_malformed'],
  ['2027-02-28T10:00Z', 'time_malformed'],
  ['', 'time_malformed'],
])('%s is no local time', (local, reason) => {
  expect(readLocalTime(local, 'Europe/Berlin')).toEqual({ ok: false, reason })
})

test('a zone that nobody knows is refused', () => {
  expect(readLocalTime('2027-02-28T10:00', 'Europe/Nowhere')).toMatchObject({ reason: 'time_zone_unknown' })
})

const inOrderActs = makeDrop().acts
test.each([
  ['without an opening', inOrderActs.filter(({ kind }) => kind !== 'open'), ['open_missing']],
  ['without a close', inOrderActs.filter(({ kind }) => kind !== 'close'), ['close_missing']],
  ['with two openings', [...inOrderActs, act('open', 1)], ['act_twice']],
  [
    'that closes before its last wave',
    [act('open', 0), act('close', 5), act('wave', 6)],
    ['act_out_of_order'],
  ],
  [
    'with a wave before the opening',
    [act('wave', -1), act('open', 0), act('close', 5)],
    ['act_out_of_order'],
  ],
  [
    'with two waves at once',
    [act('open', 0), act('wave', 5), act('wave', 5, { id: 'again' }), act('close', 9)],
    ['acts_too_close'],
  ],
  ['of forty days', [act('open', 0), act('close', 40 * 24 * 60)], ['drop_too_long']],
  [
    'between seconds',
    [act('open', 0), act('close', 5, { at: '2026-12-10T17:05:00.500Z' })],
    ['act_time_malformed'],
  ],
])('a timeline %s is refused', (_name, acts, reasons) => {
  expect(timelineProblems(acts, 'Europe/Berlin').map(({ reason }) => reason)).toEqual(reasons)
})

test('twenty minutes with early access and two restocks six minutes apart are in order', () => {
  const drop = makeDrop()
  expect(timelineProblems(drop.acts, drop.timeZone)).toEqual([])
  expect(planProblems(drop)).toEqual([])
  expect(gapsOf(drop.acts).map(({ ms }) => ms / 60_000)).toEqual([110, 10, 6, 6, 8, 40])
})

test('the order of acts is judged by time, whatever order they are listed in', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(inOrderActs, { minLength: inOrderActs.length }), (acts) => {
      expect(timelineProblems(acts, 'Europe/Berlin')).toEqual([])
    }),
  )
})

test('the phase changes on the second on which an act is due, whatever runners do', () => {
  const { acts } = makeDrop()
  const phases = [-121, -120, -10.001, -10, 0, 19.99, 20, 99].map((minutes) => phaseAt(acts, at(minutes)))
  expect(phases).toEqual(['before', 'teaser', 'teaser', 'early', 'open', 'open', 'over', 'over'])
})

test('drops may sell at the same time; what they share is said', () => {
  const drop = makeDrop()
  const other = (from: number, to: number) => ({
    id: 'other',
    handle: 'other',
    acts: [act('open', from), act('close', to)],
    offers: [{ variantId: '21' }, { variantId: '31' }],
  })
  expect(overlapsOf(drop, [drop, other(20, 30), other(-60, -10)])).toEqual([])
  expect(overlapsOf(drop, [other(19, 30)])).toEqual([
    { dropId: 'other', handle: 'other', sharedVariants: ['21'] },
  ])
})

const bent: Array<[string, Partial<DropStanding>]> = [
  ['handle_malformed', { handle: 'Rose' }],
  ['title_missing', { title: ' ' }],
  ['time_zone_unknown', { timeZone: 'Mars/Olympus' }],
  ['hero_missing', { offers: [] }],
  ['hero_not_first', { offers: [...makeDrop().offers].reverse() }],
  ['act_without_wave', { waves: [] }],
  ['wave_units_out_of_range', { waves: [wave('act-wave-6', 0), wave('act-wave-12', 1)] }],
  ['wave_at_wrong_act', { waves: [wave('act-wave-6', 1), wave('act-wave-12', 1), wave('act-close-20', 1)] }],
  ['wave_at_no_such_act', { waves: [wave('act-wave-6', 1), wave('act-wave-12', 1), wave('nowhere', 1)] }],
  [
    'wave_twice',
    { waves: [wave('act-wave-6', 1), wave('act-wave-12', 1), wave('act-wave-12', 2, { id: 'again' })] },
  ],
  [
    'wave_of_nothing_offered',
    { waves: [wave('act-wave-6', 1), wave('act-wave-12', 1, { variantId: '99' })] },
  ],
  ['limit_out_of_range', { limitPerCustomer: 0 }],
  ['early_act_for_nobody', { earlyAccess: null }],
  ['early_access_for_nobody', { earlyAccess: { tags: [], tiers: [], pastBuyers: false, passes: false } }],
  [
    'early_access_key_malformed',
    { earlyAccess: { tags: ['a,b'], tiers: [], pastBuyers: false, passes: true } },
  ],
  ['price_out_of_range', { price: { kind: 'percent' as const, bps: 10_000 } }],
  ['price_out_of_range', { price: { kind: 'amount' as const, minor: 0n } }],
  ['scarcity_out_of_range', { scarcity: { version: 1, lowAt: 2, lastAt: 5 } }],
  ['arrival_out_of_range', { arrival: { fromDays: 7, toDays: 3, basis: 'in_stock' as const } }],
  ['agreement_without_creator', { agreementId: 'x' }],
]
test.each(bent)('a plan is refused: %s', (reason, given) => {
  expect(planProblems(makeDrop(given)).map((problem) => problem.reason)).toContain(reason)
})
