// Each rule with figures that call for it, and with figures just beside them that do not.
import { expect, test } from 'vitest'
import { type AdvisedFigures, adviceOf, LATE_MS } from './drop-advice.ts'

const MINUTE = 60_000

/** Twenty good minutes: nothing to advise. */
function figures(given: Partial<AdvisedFigures> = {}): AdvisedFigures {
  return {
    sellingMs: 20 * MINUTE,
    pieces: [hero(), offer()],
    soldEarly: 4,
    soldInAll: 20,
    returned: 0,
    setAside: 20,
    backOnShelf: 3,
    signups: { asked: 10, served: 9, lapsed: 1 },
    worstLatenessMs: 800,
    continuing: 0,
    ...given,
  }
}
type Piece = AdvisedFigures['pieces'][number]
function hero(given: Partial<Piece> = {}): Piece {
  return { title: 'Rose signet', isHero: true, sold: 17, soldOutMs: 0, soldOutAfterMs: null, ...given }
}
function offer(given: Partial<Piece> = {}): Piece {
  return { title: 'Thorn ring', isHero: false, sold: 3, soldOutMs: 0, soldOutAfterMs: null, ...given }
}
const rules = (given: Partial<AdvisedFigures>) => adviceOf(figures(given)).map(({ rule }) => rule)

test('a good drop needs no advice', () => {
  expect(adviceOf(figures())).toEqual([])
})

test('bring more: the hero sold out for good with much time left, and people still waited', () => {
  const early = { soldOutMs: 12 * MINUTE, soldOutAfterMs: 8 * MINUTE }
  const signups = { asked: 31, served: 9, lapsed: 1 }
  expect(adviceOf(figures({ pieces: [hero(early)], signups }))).toEqual([
    {
      rule: 'bring_more',
      facts: { title: 'Rose signet', sold: 17, minutes: 8, of: 20, count: 22 },
    },
  ])
  expect(rules({ pieces: [hero({ soldOutMs: 4 * MINUTE, soldOutAfterMs: 16 * MINUTE })], signups })).toEqual(
    [],
  )
  expect(rules({ pieces: [hero(early)], signups: { asked: 9, served: 9, lapsed: 0 } })).toEqual([])
})

test('restock sooner: there was nothing for a quarter of the time in between, not at the end', () => {
  expect(adviceOf(figures({ pieces: [hero({ soldOutMs: 5 * MINUTE })] }))).toEqual([
    { rule: 'restock_sooner', facts: { title: 'Rose signet', minutes: 5, of: 20 } },
  ])
  expect(rules({ pieces: [hero({ soldOutMs: 4 * MINUTE })] })).toEqual([])
  const atTheEnd = hero({ soldOutMs: 5 * MINUTE, soldOutAfterMs: 15 * MINUTE })
  expect(rules({ pieces: [atTheEnd], signups: { asked: 0, served: 0, lapsed: 0 } })).toEqual([])
})

test('set aside less: two fifths of what was set aside came back', () => {
  expect(adviceOf(figures({ backOnShelf: 8 }))).toEqual([
    { rule: 'set_aside_less', facts: { count: 8, of: 20 } },
  ])
  expect(rules({ backOnShelf: 7 })).toEqual([])
  expect(rules({ setAside: 4, backOnShelf: 4 })).toEqual([])
})

test('keep some for the opening: most pieces went in early access', () => {
  expect(adviceOf(figures({ soldEarly: 14 }))).toEqual([
    { rule: 'keep_some_for_the_opening', facts: { count: 14, of: 20 } },
  ])
  expect(rules({ soldEarly: 13 })).toEqual([])
  expect(rules({ soldEarly: null })).toEqual([])
  expect(rules({ soldEarly: 4, soldInAll: 4 })).toEqual([])
})

test('more time to buy: a third of the held pieces was not bought in time', () => {
  expect(adviceOf(figures({ signups: { asked: 9, served: 6, lapsed: 4 } }))).toEqual([
    { rule: 'more_time_to_buy', facts: { count: 4, of: 10 } },
  ])
  expect(rules({ signups: { asked: 9, served: 6, lapsed: 3 } })).toEqual([])
  expect(rules({ signups: { asked: 1, served: 0, lapsed: 1 } })).toEqual([])
})

test('offer something else: a piece beside the hero that nobody wanted while the hero sold', () => {
  expect(adviceOf(figures({ pieces: [hero(), offer({ sold: 0 })] }))).toEqual([
    { rule: 'offer_something_else', facts: { title: 'Thorn ring', count: 20 } },
  ])
  expect(rules({ pieces: [hero(), offer({ sold: 0, soldOutMs: MINUTE })] })).toEqual([])
  expect(rules({ pieces: [hero(), offer({ sold: 0 })], soldInAll: 3, soldEarly: 0 })).toEqual([])
})

test('acts were late, and an offer that went on after its end comes first', () => {
  expect(adviceOf(figures({ worstLatenessMs: 12_300, continuing: 1 }))).toEqual([
    { rule: 'offer_went_on', facts: { count: 1 } },
    { rule: 'acts_were_late', facts: { seconds: 12 } },
  ])
  expect(rules({ worstLatenessMs: LATE_MS })).toEqual([])
})
