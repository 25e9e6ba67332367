import { expect, test } from 'vitest'
import { bookedMonth, type LedgerMonth } from './booked-month.ts'

const month = (number: number, more: Partial<LedgerMonth> = {}): LedgerMonth => ({
  id: `2026-0${number}`,
  startsAt: new Date(Date.UTC(2026, number - 1, 1)),
  endsAt: new Date(Date.UTC(2026, number, 1)),
  closedAt: null,
  closedSeq: null,
  ...more,
})
const closedAt = new Date('2026-05-01T05:00:00Z')
const open = [month(3), month(4), month(5)]
const closed = [month(3, { closedAt, closedSeq: 10n }), month(4, { closedAt, closedSeq: 20n }), month(5)]
const byClock = [month(4, { closedAt }), month(5)]

const written = (effectiveAt: string, periodId: string, seq = 30n, recordedAt = '2026-05-02T00:00:00Z') => ({
  seq,
  effectiveAt,
  recordedAt,
  periodId,
})

test('a journal stands in the month of its date while that is open', () => {
  expect(bookedMonth(open, written('2026-03-31T23:59:59Z', '2026-03'))).toBe('2026-03')
  expect(bookedMonth(open, written('2026-03-31T23:59:59Z', '2026-04'))).toBe('2026-03')
  expect(bookedMonth(open, written('2026-04-01T00:00:00Z', '2026-05'))).toBe('2026-04')
})

test('what comes after a month was closed stands in the first one that was open then', () => {
  for (const stands of ['2026-03', '2026-04', '2026-05'])
    expect(bookedMonth(closed, written('2026-03-10T00:00:00Z', stands))).toBe('2026-05')
  // Written between the two closings, and before both.
  expect(bookedMonth(closed, written('2026-03-10T00:00:00Z', '2026-05', 15n))).toBe('2026-04')
  expect(bookedMonth(closed, written('2026-03-10T00:00:00Z', '2026-05', 10n))).toBe('2026-03')
})

test('a month without statements is closed by the clock, and may take what came at that very instant or not', () => {
  const at = closedAt.toISOString()
  expect(bookedMonth(byClock, written('2026-04-30T23:00:00Z', '2026-04', 5n, at))).toBe('2026-04')
  expect(bookedMonth(byClock, written('2026-04-30T23:00:00Z', '2026-05', 5n, at))).toBe('2026-05')
  expect(bookedMonth(byClock, written('2026-04-30T23:00:00Z', '2026-04', 5n, '2026-05-01T05:00:01Z'))).toBe(
    '2026-05',
  )
  expect(bookedMonth(byClock, written('2026-04-30T23:00:00Z', '2026-05', 5n, '2026-05-01T04:59:59Z'))).toBe(
    '2026-04',
  )
})

test('a shop that moved to another time zone may have booked hours beside its months', () => {
  const late = written('2026-05-01T03:00:00Z', '2026-04')
  expect(bookedMonth(open, late)).toBe('2026-05')
  expect(bookedMonth(open, late, 4 * 3_600_000)).toBe('2026-04')
  expect(bookedMonth(open, late, 2 * 3_600_000)).toBe('2026-05')
})

test('where no month is right, the journal stays where it stands', () => {
  expect(bookedMonth(open, written('2026-09-01T00:00:00Z', 'elsewhere'))).toBe('elsewhere')
})
