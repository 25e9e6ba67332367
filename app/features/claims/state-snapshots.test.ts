import { expect, test } from 'vitest'
import type { StateFacts } from '../../domain/drops/state-document.ts'
import type { LoadedState } from './load-drop-state.server.ts'
import { createStateSnapshots, type StateAnswer } from './state-snapshots.server.ts'

const OPENS = Date.parse('2026-12-04T18:00:00Z')
const iso = (ms: number) => new Date(OPENS + ms).toISOString()
const facts = (given: Partial<StateFacts> = {}): StateFacts => ({
  status: 'live',
  opensAt: iso(0),
  closesAt: iso(1_200_000),
  offers: [{ variantId: '41', confirmedAt: null, isCounted: false }],
  waves: [],
  claims: [],
  ...given,
})

function open() {
  const world = {
    now: OPENS + 1_000,
    elapsed: 0,
    hearing: true,
    state: { shopId: 7, facts: facts() } as LoadedState | Error,
    /** Reads wait until they are let go. */
    held: null as Array<() => void> | null,
    errors: [] as unknown[],
  }
  const snapshots = createStateSnapshots({
    async load() {
      const answer = world.state
      if (world.held) await new Promise<void>((go) => world.held?.push(go))
      if (answer instanceof Error) throw answer
      return answer
    },
    now: () => world.now,
    isHearing: () => world.hearing,
    onError: (error) => world.errors.push(error),
    elapsed: () => world.elapsed,
  })
  const phase = async (handle = 'moon-ring') => phaseOf(await snapshots.get('a.myshopify.com', handle))
  return { world, snapshots, phase }
}

const phaseOf = (answer: StateAnswer) => (answer ? JSON.parse(String(answer.body)).s : null)

test('what is known is answered at once, and the database is asked once', async () => {
  const { snapshots, phase } = open()
  expect(await phase()).toBe('open')
  for (let n = 0; n < 100; n++)
    expect(snapshots.get('a.myshopify.com', 'moon-ring')).not.toBeInstanceOf(Promise)
  expect(snapshots.reads()).toBe(1)
})

test('however many ask at once for what is not known, it is read once', async () => {
  const { world, snapshots, phase } = open()
  world.held = []
  const asked = Array.from({ length: 50 }, () => phase())
  world.held.forEach((go) => void go())
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['open']))
  expect(snapshots.reads()).toBe(1)
})

test('a change of the shop is read before it is answered; one of another shop is not looked at', async () => {
  const { world, snapshots, phase } = open()
  await phase()
  world.state = { shopId: 7, facts: facts({ status: 'held' }) }
  snapshots.changed(8)
  expect(await phase()).toBe('open')
  snapshots.changed(7)
  expect(await phase()).toBe('held')
  expect(snapshots.reads()).toBe(2)
})

test('a change that comes while a read is under way is read once more', async () => {
  const { world, snapshots, phase } = open()
  await phase()
  snapshots.changed(7)
  world.held = []
  const during = phase()
  world.state = { shopId: 7, facts: facts({ status: 'aborted' }) }
  snapshots.changed(7)
  world.held.forEach((go) => void go())
  expect(await during).toBe('open')
  world.held = null
  expect(await phase()).toBe('aborted')
})

test('phases change with the clock and without a read, also when the clock is set back', async () => {
  const { world, snapshots, phase } = open()
  expect(await phase()).toBe('open')
  world.now = OPENS + 1_200_000
  expect(await phase()).toBe('closed')
  world.now = OPENS - 1
  expect(await phase()).toBe('early')
  expect(snapshots.reads()).toBe(1)
})

test('while nobody tells of changes, what is older than two seconds is read again', async () => {
  const { world, snapshots, phase } = open()
  await phase()
  world.elapsed = 60_000
  await phase()
  expect(snapshots.reads()).toBe(1)
  world.hearing = false
  await phase()
  world.elapsed += 1_999
  await phase()
  expect(snapshots.reads()).toBe(2)
  world.elapsed += 1
  await phase()
  expect(snapshots.reads()).toBe(3)
})

test('when it cannot be read, what was known is shown on and the database is left alone for a moment', async () => {
  const { world, snapshots, phase } = open()
  await phase()
  world.state = new Error('the database is away')
  world.elapsed = 10_000
  snapshots.changed(7)
  expect(await phase()).toBe('open')
  expect(world.errors).toHaveLength(1)
  for (let n = 0; n < 20; n++) expect(await phase()).toBe('open')
  expect(snapshots.reads()).toBe(2)
  world.elapsed = 11_000
  world.state = { shopId: 7, facts: facts({ status: 'held' }) }
  expect(await phase()).toBe('held')
})

test('what was never known and cannot be read is an error, not an answer that anybody keeps', async () => {
  const { world, phase } = open()
  world.state = new Error('the database is away')
  await expect(phase()).rejects.toThrow('away')
  world.state = { shopId: 7, facts: facts() }
  expect(await phase()).toBe('open')
})

test('asking for drops that there are not costs a read every five seconds, and a new one is told of', async () => {
  const { world, snapshots, phase } = open()
  world.state = { shopId: 7, facts: null }
  for (let n = 0; n < 10; n++) expect(await phase('nothing')).toBeNull()
  expect(snapshots.reads()).toBe(1)
  world.elapsed = 5_000
  expect(await phase('nothing')).toBeNull()
  expect(snapshots.reads()).toBe(2)
  world.state = { shopId: 7, facts: facts() }
  snapshots.changed(7)
  world.elapsed += 1_000
  expect(await phase('nothing')).toBe('open')
})

test('however many names are made up, and however much sells meanwhile, they cost a read a second', async () => {
  const { world, snapshots, phase } = open()
  world.state = { shopId: 7, facts: null, handles: ['moon-ring'] }
  const all = Array.from({ length: 5_000 }, (_, n) => phase(`name-${n}`))
  expect(new Set(await Promise.all(all))).toEqual(new Set([null]))
  expect(snapshots.reads()).toBe(1)
  for (let n = 0; n < 100; n++) {
    snapshots.changed(7)
    expect(snapshots.get('a.myshopify.com', `other-${n}`)).toBeNull()
  }
  expect(snapshots.reads()).toBe(1)
  world.elapsed += 1_000
  expect(await phase('name-0')).toBeNull()
  expect(snapshots.reads()).toBe(2)
  // What there is is not kept waiting by it.
  world.state = { shopId: 7, facts: facts() }
  expect(await phase('moon-ring')).toBe('open')
})

test('drops that sell are never forgotten, whatever else is asked for; those that are over make room', async () => {
  const { world, snapshots, phase } = open()
  await phase('live')
  world.elapsed += 1
  world.state = { shopId: 7, facts: facts({ status: 'closed' }) }
  for (let n = 0; n < 4_000; n++) await phase(`over-${n}`)
  world.state = { shopId: 7, facts: null, handles: ['live', 'over-0'] }
  for (let n = 0; n < 4_000; n++) await phase(`name-${n}`)
  const before = snapshots.reads()
  expect(snapshots.get('a.myshopify.com', 'live')).not.toBeInstanceOf(Promise)
  expect(snapshots.reads()).toBe(before)
  world.state = { shopId: 7, facts: facts({ status: 'closed' }) }
  await phase('over-0')
  expect(snapshots.reads()).toBe(before + 1)
})

test('a drop that is a draft again is gone, and found again when it is decided upon', async () => {
  const { world, snapshots, phase } = open()
  expect(await phase()).toBe('open')
  world.state = { shopId: 7, facts: null, handles: [] }
  snapshots.changed(7)
  expect(await phase()).toBeNull()
  world.state = { shopId: 7, facts: facts() }
  snapshots.changed(7)
  world.elapsed += 1_000
  expect(await phase()).toBe('open')
})
