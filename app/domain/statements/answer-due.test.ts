import { expect, test } from 'vitest'
import { answerDueAt } from './answer-due.ts'

test('weekends do not count, and the last day counts whole, in the shop’s zone', () => {
  // Thursday evening in New York, already Friday in UTC: three working days are Friday, Monday, Tuesday.
  expect(answerDueAt('2026-05-08T01:00:00.000Z', 3, 'America/New_York')).toBe('2026-05-13T04:00:00.000Z')
  expect(answerDueAt('2026-05-09T12:00:00.000Z', 1, 'Europe/Paris')).toBe('2026-05-11T22:00:00.000Z')
})

test('a shop that set no days still has one', () => {
  expect(answerDueAt('2026-05-04T12:00:00.000Z', 0, 'UTC')).toBe('2026-05-06T00:00:00.000Z')
})
