import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareNews, confirmedBy, type StockNews } from './stock-news.ts'

const second = (n: number) => new Date(Date.parse('2026-12-04T18:05:00Z') + n * 1000).toISOString()

test('doubled, late and reordered messages leave the newest count', () => {
  // A count for each event: several may share Shopify's second, none their exact time.
  const events = fc
    .uniqueArray(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 8 })
    .map((times) =>
      times
        .toSorted((a, b) => a - b)
        .map((ms, index) => ({
          available: 20 - index,
          observedAt: second(Math.floor(ms / 1000)),
          triggeredAt: new Date(Date.parse(second(0)) + ms).toISOString(),
        })),
    )
  const deliveries = events.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
    ),
  )
  fc.assert(
    fc.property(deliveries, ([all, delivered]) => {
      let known: StockNews | null = null
      for (const told of delivered) {
        const verdict = compareNews(told, known)
        expect(verdict).not.toBe('unclear')
        if (verdict === 'newer') known = told
      }
      expect(known).toEqual(all.at(-1))
    }),
  )
})

test('two counts of one moment are unclear, the same count twice is not', () => {
  const known = { available: 3, observedAt: second(0), triggeredAt: null }
  expect(compareNews({ ...known }, known)).toBe('same')
  expect(compareNews({ ...known, available: 2 }, known)).toBe('unclear')
  expect(compareNews({ ...known, available: 2, triggeredAt: second(0) }, known)).toBe('unclear')
  expect(compareNews({ ...known, available: 2, observedAt: second(1) }, known)).toBe('newer')
  expect(compareNews({ ...known, available: 2, observedAt: second(-1) }, known)).toBe('older')
  expect(compareNews(known, null)).toBe('newer')
})

test('a late message confirms the moment that it speaks of, not the one at which it came', () => {
  const news = { available: 3, observedAt: second(0), triggeredAt: second(1) }
  expect(confirmedBy(news, second(90))).toBe(second(1))
  expect(confirmedBy({ ...news, triggeredAt: null }, second(90))).toBe(second(0))
  expect(confirmedBy(news, second(0))).toBe(second(0))
})
