// Whatever sells, stops, repeats or comes too late: units are neither made nor lost, and each wave moves once each way.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  judgeAnswer,
  type MoveAnswer,
  nextMove,
  type StockMove,
  stateAfterMove,
  unitsInReserve,
  type WantedState,
} from './wave-stock.ts'

/** Shopify as far as stock goes: counts, comparisons, remembered keys. */
class ModelShopify {
  sold = 0
  reserved = 0
  private readonly answers = new Map<string, MoveAnswer>()
  private groups = 0
  constructor(public available: number) {}

  sell(): void {
    if (this.available > 0) {
      this.available -= 1
      this.sold += 1
    }
  }

  move(move: StockMove): MoveAnswer {
    const known = this.answers.get(move.idempotencyKey)
    if (known) return known
    const stale = { ok: false as const, code: 'CHANGE_FROM_QUANTITY_STALE', message: 'stale' }
    if (move.kind === 'reserve') {
      if (this.available !== move.fromBefore) return stale
      this.available -= move.units
      this.reserved += move.units
    } else {
      if (this.reserved !== move.fromBefore) return stale
      this.reserved -= move.units
      this.available += move.units
    }
    this.groups += 1
    const answer: MoveAnswer = { ok: true, groupGid: `group/${this.groups}` }
    this.answers.set(move.idempotencyKey, answer)
    return answer
  }
}

/** Our table, with the two indexes that hold whatever runners believe. */
class ModelTable {
  rows: StockMove[] = []
  intend(move: StockMove): boolean {
    const side = (kind: string) => (kind === 'reserve' ? 'reserve' : 'leave')
    const taken = this.rows.some(
      (row) => row.waveId === move.waveId && row.status !== 'refused' && side(row.kind) === side(move.kind),
    )
    if (!taken) this.rows.push(move)
    return !taken
  }
}

interface Runner {
  waveId: string
  wanted: WantedState
  /** What it has in mind between two of its moments; lost when it is killed. */
  sending: StockMove | null
  answer: MoveAnswer | null
}

const WAVES = [
  { id: 'a', units: 5 },
  { id: 'b', units: 3 },
]

class World {
  readonly shopify: ModelShopify
  readonly table = new ModelTable()
  readonly runners: Runner[] = [0, 1].map(() => ({
    waveId: 'a',
    wanted: 'reserved',
    sending: null,
    answer: null,
  }))
  private keys = 0
  constructor(readonly guaranteed: number) {
    this.shopify = new ModelShopify(guaranteed)
  }

  /** One moment of a runner: look and write down, ask, or write down what came of it. */
  step(runner: Runner): void {
    if (runner.sending) {
      if (runner.answer) this.record(runner, runner.sending, runner.answer)
      else runner.answer = this.shopify.move(runner.sending)
      return
    }
    const wave = WAVES.find(({ id }) => id === runner.waveId)
    if (!wave) return
    const mine = this.table.rows.filter(({ waveId }) => waveId === wave.id)
    const next = nextMove(wave, runner.wanted, mine, this.shopify)
    if (next.do === 'ask') runner.sending = next.move
    if (next.do !== 'intend') return
    this.keys += 1
    const { kind, units, fromBefore, toBefore } = next
    const names = { id: `m${this.keys}`, idempotencyKey: `k${this.keys}`, waveId: wave.id }
    const move: StockMove = { ...names, kind, units, fromBefore, toBefore, status: 'intended' }
    if (this.table.intend(move)) runner.sending = move
  }

  private record(runner: Runner, move: StockMove, answer: MoveAnswer): void {
    const verdict = judgeAnswer(answer)
    const row = this.table.rows.find(({ id }) => id === move.id)
    // Somebody else may have written it down meanwhile: what stands, stands.
    if (row?.status === 'intended') {
      if (verdict.is === 'done') row.status = 'done'
      if (verdict.is === 'refused') row.status = 'refused'
    }
    Object.assign(runner, { sending: null, answer: null })
  }

  check(): void {
    const { sold, available, reserved } = this.shopify
    const wrong = sold + available + reserved !== this.guaranteed || available < 0 || reserved < 0
    if (wrong)
      throw new Error(`sold ${sold}, available ${available}, reserved ${reserved} of ${this.guaranteed}`)
  }
}

type Event =
  | { kind: 'sell' }
  | { kind: 'step'; runner: number }
  | { kind: 'kill'; runner: number }
  | { kind: 'want'; runner: number; waveId: string; wanted: WantedState }

const runner = fc.integer({ min: 0, max: 1 })
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Event>({ kind: 'sell' }) },
  { weight: 14, arbitrary: runner.map((index): Event => ({ kind: 'step', runner: index })) },
  { weight: 1, arbitrary: runner.map((index): Event => ({ kind: 'kill', runner: index })) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('want' as const),
      runner,
      waveId: fc.constantFrom('a', 'b'),
      wanted: fc.constantFrom<WantedState>('reserved', 'released', 'returned'),
    }),
  },
)

test('sold + available + reserved = guaranteed, in ten thousand interleavings', () => {
  let released = 0
  let refused = 0
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 12 }),
      fc.array(event, { minLength: 40, maxLength: 100 }),
      (units, events) => {
        const world = new World(units)
        for (const happened of events) {
          play(world, happened)
          world.check()
        }
        // In the end somebody looks after each wave until nothing is left to do: no unit stays in reserve for nobody.
        for (const { id } of WAVES) finish(world, id)
        expect(world.shopify.reserved).toBe(0)
        for (const { id } of WAVES) {
          const done = world.table.rows.filter((row) => row.waveId === id && row.status === 'done')
          expect(done.filter(({ kind }) => kind === 'reserve').length).toBeLessThanOrEqual(1)
          expect(done.filter(({ kind }) => kind !== 'reserve').length).toBe(
            done.filter(({ kind }) => kind === 'reserve').length,
          )
          expect(unitsInReserve(done)).toBe(0)
        }
        released += world.table.rows.filter(
          ({ kind, status }) => kind === 'release' && status === 'done',
        ).length
        refused += world.table.rows.filter(({ status }) => status === 'refused').length
      },
    ),
    { numRuns: 10_000 },
  )
  // The interleavings do reach what they are about.
  expect(released).toBeGreaterThan(1_000)
  expect(refused).toBeGreaterThan(100)
})

function play(world: World, happened: Event): void {
  if (happened.kind === 'sell') {
    world.shopify.sell()
    return
  }
  const chosen = world.runners[happened.runner]
  if (!chosen) return
  if (happened.kind === 'step') world.step(chosen)
  // What was asked for has happened, or not; who asked is gone before it could write it down.
  if (happened.kind === 'kill') Object.assign(chosen, { sending: null, answer: null })
  if (happened.kind === 'want' && !chosen.sending)
    Object.assign(chosen, { waveId: happened.waveId, wanted: happened.wanted })
}

function finish(world: World, waveId: string): void {
  const last: Runner = { waveId, wanted: 'returned', sending: null, answer: null }
  for (let step = 0; step < 20; step += 1) world.step(last)
  world.check()
}

test('units that were taken out of reserve by hand are not invented again', () => {
  const reserve: StockMove = {
    id: 'm',
    waveId: 'a',
    kind: 'reserve',
    units: 12,
    idempotencyKey: 'k',
    fromBefore: 12,
    toBefore: 0,
    status: 'done',
  }
  expect(nextMove({ units: 12 }, 'released', [reserve], { available: 3, reserved: 7 })).toEqual({
    do: 'intend',
    kind: 'release',
    units: 7,
    fromBefore: 7,
    toBefore: 3,
    short: 5,
  })
  expect(nextMove({ units: 12 }, 'released', [reserve], { available: 12, reserved: 0 })).toEqual({
    do: 'refuse',
    reason: 'reserve_is_gone',
  })
  expect(nextMove({ units: 12 }, 'reserved', [], { available: 11, reserved: 0 })).toMatchObject({
    reason: 'not_enough_available',
  })
  expect(nextMove({ units: 12 }, 'released', [], { available: 20, reserved: 20 })).toMatchObject({
    reason: 'never_reserved',
  })
})

test.each([
  [{ ok: true as const, groupGid: 'g' }, { is: 'done' }],
  [
    { ok: false as const, code: 'CHANGE_FROM_QUANTITY_STALE', message: '' },
    { is: 'refused', lookAgain: true },
  ],
  [{ ok: false as const, code: 'IDEMPOTENCY_CONCURRENT_REQUEST', message: '' }, { is: 'unknown' }],
  [
    { ok: false as const, code: 'INVALID_LOCATION', message: '' },
    { is: 'refused', lookAgain: false },
  ],
])('Shopify’s answer %j is %j', (answer, verdict) => {
  expect(judgeAnswer(answer)).toEqual(verdict)
  expect(stateAfterMove('release')).toBe('released')
})
