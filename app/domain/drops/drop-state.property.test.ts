import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Consequence,
  type DropStanding,
  type Press,
  pressDrop,
  pressesOf,
  statusAfterAct,
} from './drop-state.ts'
import { act, at, makeDrop, wave } from './test-drop.ts'
import { timelineProblems } from './timeline.ts'

function press(drop: DropStanding, pressed: Press, minutes: number): DropStanding {
  const answer = pressDrop(drop, pressed, at(minutes))
  if (!answer.ok) throw new Error(answer.reason)
  return { ...drop, status: answer.status, held: answer.held, acts: answer.acts }
}

function tell(drop: DropStanding, pressed: Press, minutes: number): Consequence[] {
  const answer = pressDrop(drop, pressed, at(minutes))
  if (!answer.ok) throw new Error(answer.reason)
  return answer.consequences
}

const scheduled = () => {
  const drop = press(makeDrop(), { kind: 'schedule' }, -300)
  return { ...drop, waves: drop.waves.map((each) => ({ ...each, state: 'reserved' as const })) }
}
/** Opened, nothing else yet. */
const live = (): DropStanding => {
  const drop = scheduled()
  const done = new Set(['teaser', 'early_access', 'open'])
  return {
    ...drop,
    status: 'live',
    acts: drop.acts.map((each) => (done.has(each.kind) ? { ...each, status: 'done' } : each)),
  }
}

test('scheduling reserves the waves, and is refused for what has passed or comes too soon', () => {
  expect(tell(makeDrop(), { kind: 'schedule' }, -300)[0]).toMatchObject({
    kind: 'stock_reserved',
    waves: [{ units: 12 }, { units: 8 }],
  })
  expect(pressDrop(makeDrop(), { kind: 'schedule' }, at(-100))).toMatchObject({
    reason: 'act_has_passed',
    act: { kind: 'teaser' },
  })
  const now = makeDrop({ acts: [act('open', 0), act('close', 20)], earlyAccess: null, waves: [] })
  expect(pressDrop(now, { kind: 'schedule' }, at(-0.99))).toEqual({
    ok: false,
    reason: 'too_soon',
    limit: at(0.01),
  })
  expect(pressDrop(now, { kind: 'schedule' }, at(-1))).toMatchObject({ ok: true })
  // A teaser puts the piece on show: by then the checkout must know when it may be bought.
  expect(pressDrop(makeDrop(), { kind: 'schedule' }, at(-120.5))).toMatchObject({ reason: 'too_soon' })
  expect(pressDrop(now, { kind: 'schedule' }, at(-367 * 1440))).toMatchObject({ reason: 'too_far' })
  expect(pressDrop(makeDrop({ title: '' }), { kind: 'schedule' }, at(-300))).toMatchObject({
    reason: 'plan_incomplete',
    problems: [{ reason: 'title_missing' }],
  })
})

test('a hold stops selling and keeps the stock; what came due meanwhile runs when the drop goes on', () => {
  expect(tell(live(), { kind: 'hold' }, 5)).toEqual([
    { kind: 'selling_stops', checkoutBy: at(6) },
    { kind: 'stock_stays_reserved', waves: [expect.anything(), expect.anything()] },
    {
      kind: 'acts_wait',
      acts: [6, 12, 20, 60].map((minutes) => expect.objectContaining({ at: at(minutes) })),
    },
    { kind: 'hold_ends_with', closeAt: at(20) },
    { kind: 'orders_stay' },
  ])
  const held = press(live(), { kind: 'hold' }, 5)
  expect(held).toMatchObject({ status: 'held', held: { at: at(5), from: 'live' } })
  expect(tell(held, { kind: 'resume', shift: false }, 8)[0]).toMatchObject({
    kind: 'acts_run_at_once',
    acts: [{ kind: 'wave', at: at(6) }],
  })
  expect(press(held, { kind: 'resume', shift: false }, 8)).toMatchObject({ status: 'live', held: null })
  expect(pressDrop(held, { kind: 'resume', shift: false }, at(20))).toMatchObject({
    reason: 'close_has_passed',
  })
})

test('a drop that goes on later moves what is ahead by as long as it was held, and says that the told end changes', () => {
  const held = press(live(), { kind: 'hold' }, 5)
  const consequences = tell(held, { kind: 'resume', shift: true }, 30)
  expect(consequences).toContainEqual({ kind: 'told_end_changes', from: at(20), to: at(45) })
  expect(consequences.some(({ kind }) => kind === 'acts_run_at_once')).toBe(false)
  const resumed = press(held, { kind: 'resume', shift: true }, 30)
  expect(resumed.acts.map((each) => each.at)).toEqual([-120, -10, 0, 31, 37, 45, 85].map(at))
})

test('an extension moves the close and what follows it, and nothing else', () => {
  const extended = press(live(), { kind: 'extend', closeAt: at(25) }, 10)
  expect(extended.status).toBe('live')
  expect(extended.acts.map((each) => each.at)).toEqual([-120, -10, 0, 6, 12, 25, 65].map(at))
  const refusal = (closeAt: string, minutes = 10) =>
    pressDrop(live(), { kind: 'extend', closeAt }, at(minutes))
  expect(refusal(at(20))).toMatchObject({ reason: 'close_not_later' })
  expect(refusal(at(25), 20)).toMatchObject({ reason: 'close_has_passed' })
  expect(refusal(at(60 * 24 * 32))).toMatchObject({ reason: 'drop_too_long' })
  expect(refusal(at(25.001))).toMatchObject({ reason: 'close_not_on_a_second' })
})

test('the end of a price is told only where the drop has one', () => {
  const extend = { kind: 'extend', closeAt: at(25) } as const
  expect(tell(live(), extend, 10)).toContainEqual({ kind: 'price_ends', at: at(25) })
  const usual = { ...live(), price: null }
  expect(tell(usual, extend, 10).map(({ kind }) => kind)).not.toContain('price_ends')
  const held = press(usual, { kind: 'hold' }, 5)
  expect(tell(held, { kind: 'resume', shift: true }, 30).map(({ kind }) => kind)).not.toContain('price_ends')
})

test('no act is moved into an hour that clocks repeat', () => {
  const acts = [
    act('open', 0, { at: '2026-10-24T20:00:00.000Z', status: 'done' }),
    act('close', 1, { at: '2026-10-24T22:00:00.000Z' }),
  ]
  const drop = makeDrop({ status: 'live', acts, waves: [], earlyAccess: null })
  const closeAt = '2026-10-25T00:30:00.000Z'
  expect(pressDrop(drop, { kind: 'extend', closeAt }, '2026-10-24T21:00:00.000Z')).toMatchObject({
    reason: 'time_repeated',
    at: closeAt,
  })
})

test('an abort returns what is reserved, skips what is left, and is final', () => {
  const drop = live()
  drop.waves = [wave('act-wave-6', 12, { state: 'released' }), wave('act-wave-12', 8, { state: 'reserved' })]
  expect(tell(drop, { kind: 'abort' }, 7)).toMatchObject([
    { kind: 'selling_stops' },
    { kind: 'pieces_unpublished', variantIds: ['11', '21'] },
    { kind: 'stock_returns', waves: [{ units: 8 }] },
    { kind: 'acts_skipped' },
    { kind: 'price_ends' },
    { kind: 'orders_stay' },
    { kind: 'final' },
  ])
  const aborted = press(drop, { kind: 'abort' }, 7)
  expect(pressesOf(aborted.status)).toEqual([])
})

test('a scheduled drop goes back to a draft until somebody may have bought', () => {
  expect(press(scheduled(), { kind: 'unschedule' }, -11)).toMatchObject({ status: 'draft' })
  expect(pressDrop(scheduled(), { kind: 'unschedule' }, at(-10))).toMatchObject({
    reason: 'selling_has_begun',
  })
})

test('sales begin with the first act that lets anybody buy and end with the close', () => {
  const after = (kinds: Array<Parameters<typeof statusAfterAct>[1]>) =>
    kinds.reduce(statusAfterAct, 'scheduled')
  expect(after(['teaser'])).toBe('scheduled')
  expect(after(['teaser', 'early_access'])).toBe('live')
  expect(after(['open', 'wave', 'close', 'after'])).toBe('closed')
  expect(statusAfterAct('aborted', 'close')).toBe('aborted')
  expect(statusAfterAct('held', 'open')).toBe('held')
})

const anyPress: fc.Arbitrary<Press> = fc.oneof(
  fc.constantFrom<Press>(
    { kind: 'schedule' },
    { kind: 'unschedule' },
    { kind: 'hold' },
    { kind: 'resume', shift: true },
    { kind: 'resume', shift: false },
    { kind: 'abort' },
  ),
  fc.integer({ min: -50, max: 200 }).map((minutes): Press => ({ kind: 'extend', closeAt: at(minutes) })),
)

test('whatever is pressed and whenever: the timeline stays in order, a second press changes nothing, the end is the end', () => {
  const step = fc.record({ press: anyPress, wait: fc.integer({ min: 0, max: 40 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let drop = makeDrop()
      let minutes = -300
      for (const { press: pressed, wait } of steps) {
        minutes += wait
        const answer = pressDrop(drop, pressed, at(minutes))
        if (!answer.ok) continue
        expect(pressesOf(drop.status).includes(pressed.kind) || !answer.changed).toBe(true)
        expect((answer.status === 'held') === (answer.held !== null)).toBe(true)
        const next = { ...drop, status: answer.status, held: answer.held, acts: answer.acts }
        expect(timelineProblems(next.acts, next.timeZone)).toEqual([])
        // Nothing that was promised comes earlier than it was promised.
        for (const moved of next.acts) {
          const before = drop.acts.find(({ id }) => id === moved.id)
          expect(Date.parse(moved.at)).toBeGreaterThanOrEqual(Date.parse(before?.at ?? ''))
        }
        // Shifts are by time, not by state: pressing the same again finds nothing to do, or is refused.
        if (pressed.kind !== 'extend') {
          const again = pressDrop(next, pressed, at(minutes))
          expect(again.ok && again.changed).toBe(false)
        }
        if (drop.status === 'aborted') expect(answer.status).toBe('aborted')
        drop = next
      }
    }),
    { numRuns: 500 },
  )
})
