import { expect, test } from 'vitest'
import { planYear } from './plan-orders.ts'
import { splitIntoMonths } from './tell-months.ts'

const TODAY = new Date('2026-11-15T12:00:00Z')

test('the same seed plans the same year, another seed another one', () => {
  expect(planYear(TODAY, 5)).toEqual(planYear(TODAY, 5))
  expect(planYear(TODAY, 5).events).not.toEqual(planYear(TODAY, 6).events)
})

test.each([1, 2, 3, 40_000])('the year of seed %i is in order of time and ends before today', (seed) => {
  const { events } = planYear(TODAY, seed)
  const times = events.map((event) => event.at.getTime())
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(Math.max(...times)).toBeLessThan(TODAY.getTime())
})

test.each([1, 2, 3, 40_000])(
  'every refund and dispute of seed %i comes after its order, one an order',
  (seed) => {
    const { events } = planYear(TODAY, seed)
    const orders = events.filter((event) => event.kind === 'order')
    const later = events.filter((event) => event.kind !== 'order')
    for (const event of later) expect(orders[event.order]?.at.getTime()).toBeLessThan(event.at.getTime())
    const touched = later.filter((event) => event.kind !== 'decision').map((event) => event.order)
    expect(new Set(touched).size).toBe(touched.length)
    expect(later.filter((event) => event.kind === 'dispute')).toHaveLength(1)
  },
)

test('months break at midnight of the shop, not of Greenwich, and hold every event once', () => {
  const plan = planYear(TODAY, 1)
  const months = splitIntoMonths(plan)
  expect(months.map((month) => month.label)).toEqual([
    '2025-11',
    '2025-12',
    ...Array.from({ length: 11 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`),
  ])
  expect(months[0]?.endsAt.toISOString()).toBe('2025-12-01T05:00:00.000Z')
  expect(months[7]?.endsAt.toISOString()).toBe('2026-07-01T04:00:00.000Z')
  expect(months.at(-1)?.endsAt).toEqual(TODAY)
  expect(months.flatMap((month) => month.events)).toEqual(plan.events)
})
