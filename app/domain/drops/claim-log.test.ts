// Each practice that regulators name, and each defect of rival apps, as a question to what we allow to be claimed.
import { expect, test } from 'vitest'
import {
  allowedStatements,
  CLAIM_KINDS,
  type ClaimRow,
  changeClaims,
  claimsShownAt,
  type DropFacts,
  type StandingClaim,
  type Statement,
} from './claim-log.ts'
import type { VariantStock } from './scarcity.ts'

const OPENS = '2026-12-04T18:00:00.000Z'
const NOW = '2026-12-04T18:05:00.000Z'
const CLOSES = '2026-12-04T18:20:00.000Z'
const WAVE_AT = '2026-12-04T18:11:00.000Z'

function stockOf(available: number, given: Partial<VariantStock> = {}): VariantStock {
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

function facts(given: Partial<DropFacts> = {}): DropFacts {
  return {
    status: 'live',
    sellsFrom: OPENS,
    closesAt: CLOSES,
    rule: { version: 3, lowAt: 5, lastAt: 2 },
    locks: { checkout: true, listing: true },
    stocks: [stockOf(9)],
    waves: [],
    otherWaves: [],
    ...given,
  }
}

const backedWave = {
  id: 'w1',
  at: WAVE_AT,
  units: 12,
  isBacked: true,
  variantId: '41',
  adjustmentId: 'gid://a/1',
}
const kinds = (given: Partial<DropFacts>, now = NOW) =>
  allowedStatements(facts(given), now).map(({ kind }) => kind)

test('a countdown without consequence: the end is claimed only when checkout and listing will really end', () => {
  expect(kinds({})).toEqual(['ends'])
  expect(kinds({ locks: { checkout: false, listing: true } })).toEqual([])
  expect(kinds({ locks: { checkout: true, listing: false } })).toEqual([])
})

test('evergreen and resetting timers: the end is one instant for everybody, the same at every look', () => {
  const values = [0, 1, 7, 14].map((minutes) => {
    const now = new Date(Date.parse(OPENS) + minutes * 60_000).toISOString()
    return allowedStatements(facts({ stocks: [] }), now)
  })
  expect(values.map(([ends]) => ends?.value)).toEqual([CLOSES, CLOSES, CLOSES, CLOSES])
  // Nothing about the one who looks is among the facts: no visit, session, device or clock of theirs.
  expect(allowedStatements.length).toBe(2)
  expect(Object.keys(facts()).join()).not.toMatch(/visitor|session|device|shopper/)
})

test('the offer goes on after zero: from the close on nothing is claimed, and what stood ends', () => {
  expect(kinds({ stocks: [stockOf(1)] }, CLOSES)).toEqual([])
  const standing: StandingClaim[] = [
    { claim: 1, kind: 'ends', variantId: null, value: CLOSES, ruleVersion: null, to: CLOSES },
    { claim: 2, kind: 'low_stock', variantId: '41', value: 'low', ruleVersion: 3, to: CLOSES },
  ]
  expect(changeClaims(standing, [], CLOSES).end).toEqual([
    { claim: 1, reason: 'time_is_up' },
    { claim: 2, reason: 'time_is_up' },
  ])
})

test('ten people are viewing, five bought in the last hour: there is no such kind of claim', () => {
  expect(CLAIM_KINDS).toEqual(['low_stock', 'last_pieces', 'sold_out', 'wave', 'ends'])
})

test('what is true of the brand shown for the piece: a stock claim is about one variant and rests on its stock alone', () => {
  const [, low] = allowedStatements(facts({ stocks: [stockOf(3), stockOf(60, { variantId: '42' })] }), NOW)
  expect(low).toMatchObject({
    kind: 'low_stock',
    variantId: '41',
    stock: { variantId: '41', available: 3, locations: [{ locationId: '1', available: 3 }] },
    rule: { version: 3, lowAt: 5, lastAt: 2 },
    why: 'at_most_low',
  })
})

test('low stock with quick replenishment: the line names the waves of this drop and counts those of others', () => {
  const [, , low] = allowedStatements(facts({ stocks: [stockOf(3)], waves: [backedWave] }), NOW)
  expect(low).toMatchObject({ kind: 'low_stock', value: `low 12@${WAVE_AT}` })
  const elsewhere = { ...backedWave, id: 'w9', isBacked: false }
  expect(kinds({ stocks: [stockOf(3)], otherWaves: [elsewhere] })).toEqual(['ends'])
  const ofOtherPiece = { ...elsewhere, variantId: '42' }
  expect(kinds({ stocks: [stockOf(3)], otherWaves: [ofOtherPiece] })).toEqual(['ends', 'low_stock'])
})

test('an unbacked restock is not announced', () => {
  expect(kinds({ waves: [backedWave] })).toEqual(['ends', 'wave'])
  expect(kinds({ waves: [{ ...backedWave, isBacked: false }] })).toEqual(['ends'])
  expect(kinds({ waves: [{ ...backedWave, at: NOW }] })).toEqual(['ends'])
  expect(kinds({ waves: [{ ...backedWave, at: CLOSES }] })).toEqual(['ends'])
})

test('urgency before the first sale: stock is not spoken of while nothing is for sale', () => {
  expect(kinds({ stocks: [stockOf(2)] }, '2026-12-04T17:59:59.999Z')).toEqual(['ends'])
})

test('a drop that is held, over, or not decided upon claims nothing', () => {
  for (const status of ['draft', 'held', 'closed', 'aborted'] as const)
    expect(kinds({ status, stocks: [stockOf(1)], waves: [backedWave] })).toEqual([])
})

test('only what changed is written: the same facts again write nothing', () => {
  const allowed = allowedStatements(facts({ stocks: [stockOf(3)] }), NOW)
  const first = changeClaims([], allowed, NOW)
  expect(first.begin.map(({ kind }) => kind)).toEqual(['ends', 'low_stock'])
  const standing = first.begin.map((each, index) => standingOf(each, index + 1))
  expect(changeClaims(standing, allowed, NOW)).toEqual({ begin: [], end: [] })
  const fewer = allowedStatements(facts({ stocks: [stockOf(2)] }), NOW)
  expect(changeClaims(standing, fewer, NOW)).toMatchObject({
    begin: [{ kind: 'last_pieces', value: 'last' }],
    end: [{ claim: 2, reason: 'no_longer_true' }],
  })
})

test('a drop that is extended ends its old claim and begins another: both stay to be read', () => {
  const later = '2026-12-04T18:30:00.000Z'
  const standing = [standingOf(allowedStatements(facts(), NOW)[0] as Statement, 1)]
  const changes = changeClaims(standing, allowedStatements(facts({ closesAt: later }), NOW), NOW)
  expect(changes).toMatchObject({
    begin: [{ kind: 'ends', value: later }],
    end: [{ claim: 1, reason: 'no_longer_true' }],
  })
})

test('what pages still print stands until they print the new: both ends are in the log meanwhile', () => {
  const later = '2026-12-04T18:30:00.000Z'
  const standing = allowedStatements(facts({ stocks: [stockOf(3)], waves: [backedWave] }), NOW).map(
    (each, index) => standingOf(each, index + 1),
  )
  const allowed = allowedStatements(facts({ closesAt: later }), NOW)
  const untold = changeClaims(standing, allowed, NOW, false)
  expect(untold.begin.map(({ value }) => value)).toEqual([later])
  expect(untold.end).toEqual([{ claim: 3, reason: 'no_longer_true' }])
  expect(changeClaims(standing, allowed, NOW, true).end.map(({ claim }) => claim)).toEqual([1, 2, 3])
  // Over is over, whatever pages print.
  expect(changeClaims(standing, [], CLOSES, false).end).toHaveLength(3)
})

test('another rule is another claim, though the same words are shown', () => {
  const standing = allowedStatements(facts({ stocks: [stockOf(3)] }), NOW).map((each, index) =>
    standingOf(each, index + 1),
  )
  const rule = { version: 4, lowAt: 6, lastAt: 2 }
  const changes = changeClaims(standing, allowedStatements(facts({ stocks: [stockOf(3)], rule }), NOW), NOW)
  expect([changes.begin.length, changes.end.length]).toEqual([1, 1])
})

test('the log can be asked what was shown at any instant', () => {
  const row = (seq: number, event: 'shown' | 'ended', claim: number, at: string): ClaimRow => ({
    v: 1,
    shop: 's',
    seq,
    claim,
    event,
    at,
    drop: 'd',
    kind: 'low_stock',
    template: 'stock.low',
    variant: '41',
    value: 'low',
    from: at,
    to: CLOSES,
    why: '',
    stock: null,
    rule: null,
    config: '',
    adjustment: null,
    prev: '',
  })
  const rows = [row(1, 'shown', 1, NOW), row(2, 'ended', 1, WAVE_AT), row(3, 'shown', 3, WAVE_AT)]
  const shownAt = (instant: string) => claimsShownAt(rows, instant).map(({ claim }) => claim)
  expect(shownAt(OPENS)).toEqual([])
  expect(shownAt('2026-12-04T18:08:00.000Z')).toEqual([1])
  expect(shownAt('2026-12-04T18:12:00.000Z')).toEqual([3])
  expect(shownAt(CLOSES)).toEqual([])
})

function standingOf({ kind, variantId, value, rule, to }: Statement, claim: number): StandingClaim {
  return { claim, kind, variantId, value, ruleVersion: rule?.version ?? null, to }
}
