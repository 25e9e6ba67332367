import { expect, test } from 'vitest'
import { MOST_GUESTS, passTerm, readGuestLocale, readGuests } from './guest-list.ts'
import { makeDrop } from './test-drop.ts'

test('addresses are read one a line or with commas, and the same one counts once', () => {
  expect(
    readGuests(' noor@post.example\r\n<sam@post.example>, NOOR@post.example;ada@post.example\n'),
  ).toEqual({
    ok: true,
    emails: ['NOOR@post.example', 'sam@post.example', 'ada@post.example'],
  })
})

test.each([
  ['', { reason: 'guests_missing' }],
  [' ,\n', { reason: 'guests_missing' }],
  ['noor@post.example\nsam', { reason: 'guest_malformed', text: 'sam' }],
  ['noor@post', { reason: 'guest_malformed', text: 'noor@post' }],
  ['x'.repeat(500), { reason: 'guest_malformed', text: 'x'.repeat(80) }],
])('%j is refused', (text, refusal) => {
  expect(readGuests(text)).toEqual({ ok: false, ...refusal })
})

test('a list that is too long is refused as a whole', () => {
  const list = (count: number) =>
    Array.from({ length: count }, (_, at) => `guest${at}@post.example`).join('\n')
  expect(readGuests(list(MOST_GUESTS))).toMatchObject({ ok: true })
  expect(readGuests(list(MOST_GUESTS + 1))).toEqual({
    ok: false,
    reason: 'guests_too_many',
    count: MOST_GUESTS + 1,
    most: MOST_GUESTS,
  })
})

test('guests are written to in a language that we have', () => {
  expect(['de-CH', 'FR', 'pt', ''].map(readGuestLocale)).toEqual(['de', 'fr', 'en', 'en'])
})

const act = (kind: 'early_access' | 'open' | 'close', at: string) => ({
  id: kind,
  kind,
  at,
  status: 'planned' as const,
})
const acts = [
  act('early_access', '2026-12-10T16:30:00.000Z'),
  act('open', '2026-12-10T17:00:00.000Z'),
  act('close', '2026-12-10T17:20:00.000Z'),
]
const earlyAccess = { tags: [], tiers: [], pastBuyers: false, passes: true }
const drop = makeDrop({ status: 'scheduled', acts, waves: [], earlyAccess })

test('a pass opens early access, and is signed for longer, because a drop may be moved', () => {
  expect(passTerm(drop, '2026-12-10T16:59:59.000Z')).toEqual({
    ok: true,
    from: '2026-12-10T16:30:00.000Z',
    until: '2026-12-10T17:00:00.000Z',
    expiresAt: '2027-01-09T17:20:00.000Z',
  })
})

test.each([
  ['a draft', { status: 'draft' as const }, 'not_scheduled'],
  ['nobody is let in early', { earlyAccess: null }, 'passes_not_accepted'],
  ['passes do not count', { earlyAccess: { ...earlyAccess, passes: false } }, 'passes_not_accepted'],
  ['no act of early access', { acts: acts.slice(1) }, 'passes_not_accepted'],
  ['called off', { status: 'aborted' as const }, 'early_access_over'],
  ['closed', { status: 'closed' as const }, 'early_access_over'],
])('none is given where %s', (_, change, reason) => {
  expect(passTerm({ ...drop, ...change }, '2026-12-10T12:00:00.000Z')).toEqual({ ok: false, reason })
})

test('none is given once it is open to everybody', () => {
  expect(passTerm(drop, '2026-12-10T17:00:00.000Z')).toEqual({ ok: false, reason: 'early_access_over' })
})
