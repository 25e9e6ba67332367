import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { addDays, compareInstants, localDateOf, startOfDay } from './instant.ts'

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Gaza',
]
const instant = fc
  .integer({ min: Date.UTC(2014, 0), max: Date.UTC(2030, 0) })
  .map((at) => new Date(at).toISOString())
/** Hours around clock changes, where the short ways must give way to the calendar. */
const nearChange = fc
  .tuple(
    fc.constantFrom(
      '2026-03-29T01:00',
      '2026-10-25T01:00',
      '2026-03-08T07:00',
      '2026-11-01T06:00',
      '2018-11-04T03:00',
      '2026-04-04T15:00',
    ),
    fc.integer({ min: -30, max: 30 }),
  )
  .map(([change, quarters]) => new Date(Date.parse(`${change}:00Z`) + quarters * 900_000).toISOString())
const anyInstant = fc.oneof(instant, nearChange)
const zoned = (at: string, zone: string) => Temporal.Instant.from(at).toZonedDateTimeISO(zone)

test('local dates, days on and starts of days are what the calendar says, in every zone and around clock changes', () => {
  fc.assert(
    fc.property(
      anyInstant,
      fc.constantFrom(...zones),
      fc.integer({ min: -400, max: 400 }),
      (at, zone, days) => {
        const date = zoned(at, zone).toPlainDate().toString()
        expect(localDateOf(at, zone)).toBe(date)
        expect(Date.parse(addDays(at, days, zone))).toBe(zoned(at, zone).add({ days }).epochMilliseconds)
        const start = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }).epochMilliseconds
        expect(Date.parse(startOfDay(date, zone))).toBe(start)
      },
    ),
    { numRuns: 3_000 },
  )
})

test('instants compare by time, whatever their spelling', () => {
  expect(compareInstants('2026-05-01T00:00:00.000Z', '2026-05-01T02:00:00+02:00')).toBe(0)
  expect(compareInstants('2026-05-01T00:00:00.000Z', '2026-05-01T00:00:00.001Z')).toBeLessThan(0)
  expect(compareInstants('2026-05-02T00:00:00.000Z', '2026-05-01T23:59:59.999Z')).toBeGreaterThan(0)
  expect(() => compareInstants('yesterday', '2026-05-01T00:00:00.000Z')).toThrow(/not two instants/)
})
