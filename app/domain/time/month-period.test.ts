import { expect, test } from 'vitest'
import {
  addDays,
  compareInstants,
  holdMaturesAt,
  isLocalDate,
  isTimeZone,
  localDateOf,
  startOfDay,
} from './instant.ts'
import {
  datesOf,
  endsQuarter,
  nextPeriod,
  periodContaining,
  periodLabelled,
  quarterOf,
} from './month-period.ts'

test('a month begins and ends at local midnight on both sides of a clock change', () => {
  expect(periodContaining('2026-03-15T12:00:00.000Z', 'Europe/Berlin')).toEqual({
    label: '2026-03',
    startsAt: '2026-02-28T23:00:00.000Z',
    endsAt: '2026-03-31T22:00:00.000Z',
  })
})

test('the shop decides the month, not UTC', () => {
  expect(periodContaining('2026-05-31T23:30:00.000Z', 'Europe/Berlin').label).toBe('2026-06')
  expect(periodContaining('2026-06-01T03:59:59.999Z', 'America/New_York').label).toBe('2026-05')
  expect(periodContaining('2026-06-01T04:00:00.000Z', 'America/New_York').label).toBe('2026-06')
})

test('periods follow each other without gap over a year', () => {
  let period = periodLabelled('2025-12', 'America/Sao_Paulo')
  for (let month = 0; month < 14; month += 1) {
    const next = nextPeriod(period, 'America/Sao_Paulo')
    expect(next.startsAt).toBe(period.endsAt)
    expect(periodContaining(period.startsAt, 'America/Sao_Paulo').label).toBe(period.label)
    period = next
  }
  expect(period.label).toBe('2027-02')
})

test('a quarter covers its three months', () => {
  const quarter = quarterOf('2026-05', 'Europe/Berlin')
  expect(quarter.label).toBe('2026-Q2')
  expect(datesOf(quarter, 'Europe/Berlin')).toEqual({ from: '2026-04-01', to: '2026-06-30' })
  expect(['2026-02', '2026-03', '2026-12'].map(endsQuarter)).toEqual([false, true, true])
})

test('days are calendar days: the local time stays over a clock change', () => {
  expect(addDays('2026-03-28T17:00:00.000Z', 1, 'Europe/Berlin')).toBe('2026-03-29T16:00:00.000Z')
  expect(holdMaturesAt('2026-10-20T10:00:00.000Z', 30, 'Europe/Berlin')).toBe('2026-11-19T11:00:00.000Z')
})

test('a day without midnight begins when its first hour does', () => {
  // Clocks in Beirut went from 00:00 to 01:00 that night.
  expect(startOfDay('2022-03-27', 'Asia/Beirut')).toBe('2022-03-26T22:00:00.000Z')
  expect(localDateOf('2022-03-26T22:00:00.000Z', 'Asia/Beirut')).toBe('2022-03-27')
})

test('instants compare by time, not by spelling', () => {
  expect(compareInstants('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z')).toBe(0)
  expect(() => compareInstants('yesterday', '2026-01-01T00:00:00Z')).toThrow(/not two instants/)
})

test('only real dates and zones are accepted', () => {
  expect(['2026-02-28', '2026-02-30', '2026-2-3', '20260203', 'x'].map(isLocalDate)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
  expect(['Europe/Berlin', 'Mars/Olympus'].map(isTimeZone)).toEqual([true, false])
})
