import { expect, test } from 'vitest'
import { monthOf, monthsAway, readMonth, weeksOf } from './month-grid.ts'

test('a month is shown in whole weeks from Monday on', () => {
  const weeks = weeksOf('2026-12')
  expect(weeks).toHaveLength(5)
  expect(weeks[0]).toEqual([
    '2026-11-30',
    '2026-12-01',
    '2026-12-02',
    '2026-12-03',
    '2026-12-04',
    '2026-12-05',
    '2026-12-06',
  ])
  expect(weeks.at(-1)?.at(-1)).toBe('2027-01-03')
})

test('a February that begins on a Monday has four weeks, a month that needs six has six', () => {
  expect(weeksOf('2027-02').map((week) => week[0])).toEqual([
    '2027-02-01',
    '2027-02-08',
    '2027-02-15',
    '2027-02-22',
  ])
  expect(weeksOf('2026-08')).toHaveLength(6)
})

test('months go across years', () => {
  expect(monthsAway('2026-12', 1)).toBe('2027-01')
  expect(monthsAway('2026-01', -1)).toBe('2025-12')
  expect(monthsAway('2026-05', -17)).toBe('2024-12')
})

test('which month it is depends on the shop’s clock', () => {
  expect(monthOf('2026-12-31T23:30:00.000Z', 'Europe/Berlin')).toBe('2027-01')
  expect(monthOf('2026-12-31T23:30:00.000Z', 'America/New_York')).toBe('2026-12')
})

test.each(['', '2026-13', '2026-00', '26-12', '9999-12', '1969-12', '2026-12-01'])(
  '%j is no month',
  (text) => {
    expect(readMonth(text)).toBeNull()
  },
)
