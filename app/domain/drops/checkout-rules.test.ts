import { expect, test } from 'vitest'
import {
  buildCheckoutConfig,
  type CheckoutConfig,
  type CheckoutDrop,
  type CheckoutInput,
  LOAD_AHEAD_MS,
  SLOT_COUNT,
  sellsAtCheckout,
} from './checkout-rules.ts'
import type { Act } from './drop.ts'
import { act, at, makeDrop } from './test-drop.ts'

function drop(handle: string, from: number, to: number, given: Partial<CheckoutDrop> = {}): CheckoutDrop {
  return makeDrop({
    handle,
    title: handle,
    status: 'scheduled',
    acts: [act('open', from), act('close', to)],
    earlyAccess: null,
    limitPerCustomer: null,
    price: null,
    ...given,
  })
}

function build(drops: CheckoutDrop[], given: Partial<CheckoutInput> = {}) {
  return buildCheckoutConfig({
    drops,
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    passKey: 'a1'.repeat(32),
    now: at(-60),
    loaded: null,
    ...given,
  })
}

function config(drops: CheckoutDrop[], given: Partial<CheckoutInput> = {}): CheckoutConfig {
  const built = build(drops, given)
  if (!built.ok) throw new Error(JSON.stringify(built))
  return built.config
}

function slotsOf({ rules }: CheckoutConfig): Record<string, number | null> {
  return Object.fromEntries(
    rules.drops.flatMap(({ id, early, open }) => [
      [`${id}/early`, early],
      [id, open],
    ]),
  )
}

test('a drop becomes windows on the shop’s clock, a rule that names them and a price', () => {
  const { windows, rules, priceWindows, prices } = config([makeDrop({ status: 'scheduled' })])
  expect(windows).toMatchObject({
    tags: ['vip'],
    s0a: '2026-12-10T17:50:00',
    s0b: '2026-12-10T17:59:59',
    s1a: '2026-12-10T18:00:00',
    s1b: '2026-12-10T18:19:59',
    s2a: '1970-01-01T00:00:00',
  })
  expect(Object.keys(windows)).toHaveLength(1 + 2 * SLOT_COUNT)
  expect(rules).toEqual({
    v: 1,
    passKey: 'a1'.repeat(32),
    drops: [
      {
        id: 'rose-signet',
        title: 'Rose signet',
        products: ['1', '2'],
        early: 0,
        open: 1,
        from: '2026-12-10T18:00:00+01:00',
        to: '2026-12-10T18:20:00+01:00',
        earlyFrom: Date.parse(at(-10)) / 1000,
        tags: ['vip'],
        pass: true,
        limit: 1,
      },
    ],
  })
  expect(priceWindows).toEqual(
    Object.fromEntries(Object.entries(windows).filter(([name]) => name !== 'tags')),
  )
  expect(prices).toEqual([
    { drop: 'rose-signet', title: 'Rose signet', products: ['1', '2'], slots: [0, 1], bps: 1000 },
  ])
})

test('the key of passes is given away only where a drop knows passes', () => {
  expect(config([drop('plain', 0, 20)]).rules.passKey).toBeUndefined()
})

test('an amount off is written in the shop’s currency, a perk beside the price of all', () => {
  const pieces = [drop('yen', 0, 20, { price: { kind: 'amount', minor: 1500n } })]
  const perks = [{ dropHandle: 'yen', tiers: ['gold'], bps: 2000 }]
  expect(config(pieces, { currency: 'JPY', perks }).prices).toMatchObject([
    { amount: '1500' },
    { tiers: ['gold'], bps: 2000 },
  ])
  expect(config(pieces).prices[0]?.amount).toBe('15.00')
})

test('what is no drop to buyers any more, or not yet, is no rule; what is held is refused and costs the full price', () => {
  const drops = (['draft', 'closed', 'aborted'] as const).map((status) => drop(status, 0, 20, { status }))
  expect(config(drops).rules.drops).toEqual([])
  const held = config([drop('held', 0, 20, { status: 'held', price: { kind: 'percent', bps: 500 } })])
  expect(held.rules.drops[0]).toMatchObject({ held: true, open: 0 })
  expect(held.prices).toEqual([])
})

test('a drop that is over keeps its rule, without a slot, until it is closed: nothing opens again by itself', () => {
  const { rules } = config([drop('over', -120, -90, { status: 'live' })])
  expect(rules.drops[0]).toMatchObject({ id: 'over', early: null, open: null })
})

test('the windows that begin first have the slots; the others stay shut until one is free', () => {
  const drops = Array.from({ length: 12 }, (_, index) => drop(`drop-${index}`, index * 60, index * 60 + 20))
  const built = config(drops.toReversed())
  expect(Object.values(slotsOf(built)).filter((slot) => slot !== null)).toHaveLength(SLOT_COUNT)
  expect(slotsOf(built)).toMatchObject({ 'drop-0': 0, 'drop-7': 7, 'drop-8': null })
  expect(built.rewriteFrom).toBe(at(20))
  const later = config(drops, { now: at(20), loaded: built.rules })
  expect(slotsOf(later)).toMatchObject({
    'drop-0': null,
    'drop-1': 1,
    'drop-7': 7,
    'drop-8': 0,
    'drop-9': null,
  })
  expect(config(drops.slice(0, 8)).rewriteFrom).toBeNull()
})

test('a window keeps its slot when drops come, go and move, and newcomers take slots that nobody has', () => {
  const first = config([drop('one', 0, 20), drop('two', 30, 50)])
  expect(slotsOf(first)).toMatchObject({ one: 0, two: 1 })
  const next = config([drop('two', 40, 70), drop('new', 10, 25)], { loaded: first.rules })
  expect(slotsOf(next)).toMatchObject({ two: 1, new: 2 })
  expect(next.windows).toMatchObject({ s0a: '1970-01-01T00:00:00', s1a: '2026-12-10T18:40:00' })
})

test('more windows at once than slots are refused, with the drops in question', () => {
  const atOnce = Array.from({ length: SLOT_COUNT + 1 }, (_, index) => drop(`drop-${index}`, 0, 20))
  expect(build(atOnce.slice(1))).toMatchObject({ ok: true })
  expect(build(atOnce)).toMatchObject({ ok: false, reason: 'windows_full', at: at(0) })
  expect((build(atOnce) as { drops: string[] }).drops).toHaveLength(SLOT_COUNT + 1)
})

test('a slot must be free five minutes before the next window in it begins', () => {
  const ahead = LOAD_AHEAD_MS / 60_000
  const busy = Array.from({ length: SLOT_COUNT }, (_, index) => drop(`drop-${index}`, 0, 20))
  expect(build([...busy, drop('next', 20 + ahead, 40)])).toMatchObject({ ok: true })
  expect(build([...busy, drop('next', 19 + ahead, 40)])).toMatchObject({ ok: false, reason: 'windows_full' })
})

test('a time that the shop’s clock shows twice is refused, even where the drop was planned in another zone', () => {
  const acts: Act[] = [
    { id: 'open', kind: 'open', at: '2026-10-25T00:30:00.000Z', status: 'planned' },
    { id: 'close', kind: 'close', at: '2026-10-25T03:00:00.000Z', status: 'planned' },
  ]
  const planned = drop('autumn', 0, 20, { acts })
  const now = '2026-10-24T00:00:00.000Z'
  expect(build([planned], { now })).toMatchObject({ ok: false, reason: 'time_repeated', drop: 'autumn' })
  expect(build([planned], { now, timeZone: 'Asia/Tokyo' })).toMatchObject({ ok: true })
})

test('what Shopify would not read is refused instead of cut: too many tags, too large a value', () => {
  const tags = (count: number, length = 8) =>
    Array.from({ length: count }, (_, index) => `${index}`.padEnd(length, 'x'))
  const withTags = (handle: string, list: string[]) =>
    makeDrop({
      handle,
      status: 'scheduled',
      earlyAccess: { tags: list, tiers: [], pastBuyers: false, passes: false },
    })
  expect(build([withTags('many', tags(101))])).toMatchObject({ reason: 'too_many_tags', count: 101 })
  expect(build([withTags('fits', tags(100))])).toMatchObject({ ok: true })
  const long = Array.from({ length: 9 }, (_, index) =>
    drop(`drop-${index}`, index * 60, index * 60 + 20, {
      title: 'Ä'.repeat(600),
    }),
  )
  expect(build(long)).toMatchObject({ ok: false, reason: 'rules_too_large', part: 'rules', most: 10_000 })
})

test('whether the checkout sells a piece is read from the rules as they stand', () => {
  const rule = { id: 'a', title: 'A', products: ['1'], from: '', to: '', earlyFrom: null }
  const windows = { s0a: '2026-12-10T18:00:00', s0b: '2026-12-10T18:19:59' }
  const gate = (given: object) => ({
    enabled: true,
    windows,
    rules: { v: 1, drops: [{ ...rule, ...given }] },
  })
  const open = gate({ open: 0, early: null })
  expect(sellsAtCheckout(open, '1', '2026-12-10T18:10:00')).toBe(true)
  expect(sellsAtCheckout(open, '1', '2026-12-10T18:20:00')).toBe(false)
  expect(sellsAtCheckout(gate({ open: null, early: 0 }), '1', '2026-12-10T18:10:00')).toBe(true)
  expect(sellsAtCheckout(gate({ open: 0, early: null, held: true }), '1', '2026-12-10T18:10:00')).toBe(false)
  expect(sellsAtCheckout(gate({ open: null, early: null }), '1', '2026-12-10T18:10:00')).toBe(false)
  // What no rule names is for sale as ever; so is everything without the gate.
  expect(sellsAtCheckout(open, '2', '2026-12-10T18:20:00')).toBe(true)
  expect(sellsAtCheckout({ ...open, enabled: false }, '1', '2026-12-10T18:20:00')).toBe(true)
  expect(sellsAtCheckout(null, '1', '2026-12-10T18:20:00')).toBe(true)
  expect(sellsAtCheckout({ ...open, windows: null }, '1', '2026-12-10T18:10:00')).toBeNull()
  expect(sellsAtCheckout({ ...open, rules: 'x' }, '1', '2026-12-10T18:10:00')).toBeNull()
})
