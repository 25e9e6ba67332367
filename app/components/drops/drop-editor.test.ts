// What the editor of a drop does with what is typed, without a page.
import { describe, expect, test } from 'vitest'
import { dropFormFrom, dropFormPosted, handleFrom, inEditorOrder, namesIn } from './drop-form-values.ts'
import { durationText } from './duration-text.ts'
import { clockOf } from './live-page.tsx'
import { proposedTime, withActAt } from './move-acts.ts'
import { readEvents } from './use-live.ts'

const ZONE = 'America/New_York'
const acts = [
  { id: 'teaser', kind: 'teaser' as const, local: '2026-03-07T18:00:00' },
  { id: 'open', kind: 'open' as const, local: '2026-03-08T18:00:00' },
  { id: 'close', kind: 'close' as const, local: '2026-03-08T18:20:00' },
]

test('the times of a draft that was planned by another clock are shown by the shop’s own, in which they are read again', () => {
  const values = dropFormFrom(
    {
      handle: 'rose-signet',
      title: 'Rose signet',
      timeZone: 'Europe/Berlin',
      acts: [{ id: 'open', kind: 'open', at: '2026-12-10T17:00:00.000Z', status: 'planned' }],
      offers: [],
      waves: [],
      creatorId: null,
      agreementId: null,
      limitPerCustomer: null,
      earlyAccess: null,
      price: null,
      scarcity: { version: 1, lowAt: 5, lastAt: 2 },
      arrival: null,
      revision: 1,
    },
    'EUR',
    ZONE,
  )
  expect(values.acts.map(({ local }) => local)).toEqual(['2026-12-10T12:00:00'])
})

describe('acts that move with the opening', () => {
  test('keep their distance in real time, also over a night in which clocks change', () => {
    const from = '2026-03-08T22:00:00.000Z'
    const moved = withActAt(acts, { id: 'open', local: '2026-03-07T18:00:00', from, together: true }, ZONE)
    // Of 23 hours between the same hours of two days, 24 are kept.
    expect(moved.map(({ local }) => local)).toEqual([
      '2026-03-06T19:00:00',
      '2026-03-07T18:00:00',
      '2026-03-07T18:20:00',
    ])
  })
  test('stay where they are while the new time means nothing, or when they are to stay', () => {
    const from = '2026-03-08T22:00:00.000Z'
    for (const [local, together] of [
      ['T18:00:00', true],
      ['2026-03-09T18:00:00', false],
    ] as const) {
      const moved = withActAt(acts, { id: 'open', local, from, together }, ZONE)
      expect(moved.map((act) => act.local)).toEqual([acts[0]?.local, local, acts[2]?.local])
    }
  })
  test('a new one is put beside those that it belongs to', () => {
    expect(proposedTime('early_access', acts, ZONE)).toBe('2026-03-08T17:50:00')
    const wave = { id: 'wave', kind: 'wave' as const, local: '2026-03-08T18:06:00' }
    expect(proposedTime('wave', inEditorOrder([...acts, wave]), ZONE)).toBe('2026-03-08T18:12:00')
  })
})

test.each([
  ['Rosé Signet!', 'rose-signet'],
  ['  — ', ''],
  ['Größe', 'grosse'],
  ['x'.repeat(60), 'x'.repeat(40)],
])('%j is linked as %j', (title, handle) => {
  expect(handleFrom(title)).toBe(handle)
})

test('names between commas, each once', () => {
  expect(namesIn(' vip, ,collector,vip ')).toEqual(['vip', 'collector'])
})

test('a form that was never drawn posts nothing that a plan could choke on', () => {
  const posted = dropFormPosted((name) =>
    name === 'acts' ? '[{"kind":"constructor"},{"kind":"open"}]' : '{',
  )
  expect(posted.acts).toEqual([{ id: '', kind: 'open', local: '' }])
  expect([posted.pieces, posted.waves, posted.earlyPasses]).toEqual([[], [], false])
})

test.each([
  [1_200_000, '20 minutes'],
  [93_600_000, '1 day 2 hours'],
  [-90_000, '1 minute 30 seconds'],
  [0, '0 seconds'],
])('%d ms last %s', (ms, text) => {
  expect(durationText(ms, 'en')).toBe(text)
})

test.each([
  [0, 0, '0:00'],
  [-5000, 0, '0:00'],
  [61_000, 0, '1:01'],
  [3_661_000, 0, '1:01:01'],
  [90_061_001, 1, '01:01:02'],
  [172_800_000, 2, '00:00:00'],
])('%d ms are counted down as %d days and %s', (ms, count, clock) => {
  expect(clockOf(ms)).toMatchObject({ count, clock })
})

test('events come whole, however the line cuts them', async () => {
  const bytes = new TextEncoder().encode(
    'retry: 1000\n\n: still here\n\ndata: {"a":\ndata: "é"}\n\ndata: cut off',
  )
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
      controller.close()
    },
  })
  const events: string[] = []
  for await (const event of readEvents(body)) events.push(event)
  expect(events).toEqual(['{"a":\n"é"}'])
})
