import { expect, test } from 'vitest'
import { endOfHold, holdUntil, isWorthMailing, unitsToOffer } from './restock.ts'

const NOW = new Date('2026-12-10T17:06:00.000Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

test('a piece is held for a quarter of an hour, never beyond the close, and not at all for a moment', () => {
  expect(holdUntil(NOW, later(60))).toEqual(later(15))
  expect(holdUntil(NOW, later(8))).toEqual(later(8))
  expect(holdUntil(NOW, later(2))).toBeNull()
  expect(isWorthMailing(NOW, later(3))).toBe(true)
  expect(isWorthMailing(NOW, later(2.9))).toBe(false)
})

test('as many units are offered as were released, and none that was offered before', () => {
  expect([unitsToOffer(12, 0), unitsToOffer(12, 12), unitsToOffer(5, 12)]).toEqual([12, 0, 0])
})

test('only what was not bought passes on', () => {
  expect(endOfHold('completed', 'sent')).toEqual({ status: 'bought', passesOn: false })
  expect(endOfHold('open', 'sent')).toEqual({ status: 'lapsed', passesOn: true })
  expect(endOfHold('gone', 'unsure')).toEqual({ status: 'lapsed', passesOn: true })
  expect(endOfHold('open', 'dropped')).toEqual({ status: 'left', passesOn: true })
})
