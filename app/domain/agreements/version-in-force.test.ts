import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base } from '#tests/factories/refused-terms.ts'
import { type AcceptedVersion, standingTerms } from './standing-terms.ts'
import { beginOf, effectiveBeginOf, versionInForce } from './version-in-force.ts'

const zone = 'Europe/Berlin'

function version(
  number: number,
  given: {
    startsOn?: string
    effectiveFrom: string
    decidedAt?: string
    retroactive?: boolean
    endsOn?: string
  },
): AcceptedVersion {
  const { startsOn = '2026-01-01', endsOn = null, ...rest } = given
  return {
    id: `v${number}`,
    agreementId: 'a',
    agreementEndedAt: null,
    number,
    status: 'accepted',
    terms: { ...base, shareBps: number * 100, startsOn, endsOn },
    ...rest,
  }
}

const at = (versions: AcceptedVersion[], instant: string) =>
  versionInForce(versions, { endedAt: null }, instant, zone)?.number ?? null

test('nobody is bound before they accept, unless reaching back is what they accepted', () => {
  const effectiveFrom = '2026-01-01T00:00:00.000Z'
  const decidedAt = '2026-01-05T10:00:00.000Z'
  expect(effectiveBeginOf({ effectiveFrom, decidedAt, retroactive: false })).toBe(decidedAt)
  expect(effectiveBeginOf({ effectiveFrom, decidedAt, retroactive: true })).toBe(effectiveFrom)
  expect(effectiveBeginOf({ effectiveFrom, decidedAt: null, retroactive: false })).toBe(effectiveFrom)
  expect(effectiveBeginOf({ effectiveFrom: decidedAt, decidedAt: effectiveFrom, retroactive: false })).toBe(
    decidedAt,
  )
})

test('a version that reaches back replaces what was in force since its first day, whenever the other began', () => {
  const first = version(1, {
    effectiveFrom: '2026-01-01T00:00:00.000Z',
    decidedAt: '2026-02-10T09:00:00.000Z',
  })
  const second = version(2, {
    startsOn: '2026-02-01',
    effectiveFrom: '2026-01-31T23:00:00.000Z',
    decidedAt: '2026-06-01T09:00:00.000Z',
    retroactive: true,
  })
  expect(at([first], '2026-02-10T08:59:59.999Z')).toBe(null)
  expect(at([first], '2026-02-10T09:00:00.000Z')).toBe(1)
  // The second begins before the first does, and stands also where the first began later.
  expect(at([first, second], '2026-01-31T22:59:59.999Z')).toBe(null)
  expect(at([first, second], '2026-01-31T23:00:00.000Z')).toBe(2)
  expect(at([second, first], '2026-02-11T00:00:00.000Z')).toBe(2)
  expect(at([first, { ...second, retroactive: false }], '2026-05-31T00:00:00.000Z')).toBe(1)
})

test('terms begin on the first day that they name even when they were effective before', () => {
  const early = version(1, { startsOn: '2026-03-01', effectiveFrom: '2026-01-01T00:00:00.000Z' })
  expect(beginOf(early, zone)).toBe('2026-02-28T23:00:00.000Z')
  expect(beginOf({ ...early, effectiveFrom: '2026-04-01T00:00:00.000Z' }, zone)).toBe(
    '2026-04-01T00:00:00.000Z',
  )
})

test('statements follow terms that reach back from their first day', () => {
  const first = version(1, {
    effectiveFrom: '2026-01-01T00:00:00.000Z',
    decidedAt: '2026-01-01T00:00:00.000Z',
  })
  const second = version(2, {
    startsOn: '2026-02-01',
    effectiveFrom: '2026-01-31T23:00:00.000Z',
    decidedAt: '2026-06-01T09:00:00.000Z',
    retroactive: true,
  })
  const shares = (instant: string, versions = [second, first]) =>
    standingTerms(versions, instant, zone).map((terms) => terms.shareBps)
  expect(shares('2026-01-15T00:00:00.000Z')).toEqual([100])
  expect(shares('2026-03-15T00:00:00.000Z')).toEqual([200])
  expect(shares('2026-03-15T00:00:00.000Z', [first, { ...second, retroactive: false }])).toEqual([100])
  // All have run out: the last one that had begun still says when its earnings are settled.
  const over = version(1, { effectiveFrom: '2026-01-01T00:00:00.000Z', endsOn: '2026-01-31' })
  const later = version(2, {
    startsOn: '2026-09-01',
    effectiveFrom: '2026-08-31T22:00:00.000Z',
    decidedAt: '2026-02-01T00:00:00.000Z',
  })
  expect(shares('2026-03-01T00:00:00.000Z', [over, later])).toEqual([100])
})

test('of two versions that have begun the one agreed last is in force, in whatever order they are given', () => {
  const instant = fc
    .integer({ min: 0, max: 400 })
    .map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString())
  const many = fc.array(fc.record({ effectiveFrom: instant, retroactive: fc.boolean() }), { maxLength: 6 })
  fc.assert(
    fc.property(many, instant, (given, when) => {
      const versions = given.map((one, index) => version(index + 1, { ...one, decidedAt: one.effectiveFrom }))
      const begun = versions.filter((one) => beginOf(one, zone) <= when).map((one) => one.number)
      const expected = begun.length === 0 ? null : Math.max(...begun)
      expect(at(versions, when)).toBe(expected)
      expect(at(versions.toReversed(), when)).toBe(expected)
    }),
  )
})

test('versions are taken by their number, agreements each by itself, and one that begins this instant has begun', () => {
  const begin = '2026-01-01T00:00:00.000Z'
  const mine = [3, 1, 2].map((number) => version(number, { effectiveFrom: begin, endsOn: '2026-01-31' }))
  const theirs = { ...version(5, { effectiveFrom: begin, endsOn: '2026-01-31' }), agreementId: 'b' }
  const ended = {
    ...version(7, { effectiveFrom: begin }),
    agreementId: 'c',
    agreementEndedAt: '2026-02-01T00:00:00.000Z',
  }
  const shares = (versions: AcceptedVersion[], instant: string) =>
    standingTerms(versions, instant, zone).map((terms) => terms.shareBps)
  expect(shares([...mine, theirs, ended], '2026-01-15T00:00:00.000Z')).toEqual([300, 500, 700])
  // All are over: the last of each agreement stands for what is still to be settled.
  expect(shares([...mine, theirs, ended], '2026-03-01T00:00:00.000Z')).toEqual([300, 500, 700])
  expect(standingTerms([], begin, zone)).toEqual([])
  // None has begun: the newest is what will be settled by.
  expect(shares(mine, '2025-01-01T00:00:00.000Z')).toEqual([300])
  const next = version(2, { startsOn: '2026-06-01', effectiveFrom: '2026-05-31T22:00:00.000Z' })
  const over = version(1, { effectiveFrom: begin, endsOn: '2026-01-31' })
  expect(shares([over, { ...next, status: 'declined' }], '2026-05-31T22:00:00.000Z')).toEqual([200])
})
