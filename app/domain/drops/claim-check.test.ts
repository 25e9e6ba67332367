import { expect, test } from 'vitest'
import { checkDueAt, judgeEnd, type OfferOfDrop, similarOffersAfter } from './claim-check.ts'

const CLOSED = '2026-12-04T18:20:00.000Z'
const seen = (isPriceReduced: boolean | null, isListed: boolean | null, isCheckoutOpen: boolean | null) => ({
  variantId: '41',
  isPriceReduced,
  isListed,
  isCheckoutOpen,
})

test('the end is looked at a minute, a day and a week later', () => {
  expect(checkDueAt('one_minute', CLOSED)).toBe('2026-12-04T18:21:00.000Z')
  expect(checkDueAt('one_day', CLOSED)).toBe('2026-12-05T18:20:00.000Z')
  expect(checkDueAt('seven_days', CLOSED)).toBe('2026-12-11T18:20:00.000Z')
})

test('the same offer goes on after zero: a lower price that stands, or a piece that still sells', () => {
  const priced = (...args: Parameters<typeof seen>) => judgeEnd({ isPriced: true }, [seen(...args)]).verdict
  const unpriced = (...args: Parameters<typeof seen>) =>
    judgeEnd({ isPriced: false }, [seen(...args)]).verdict
  expect(priced(true, true, true)).toBe('continues')
  expect(unpriced(false, true, true)).toBe('continues')
  // At full price a piece may go on selling: what was offered was the price.
  expect(priced(false, true, true)).toBe('ended')
  // A page without a way to buy is no offer.
  expect(unpriced(false, true, false)).toBe('ended')
  expect(unpriced(false, false, true)).toBe('ended')
  expect(priced(true, true, false)).toBe('ended')
})

test('what could not be found out is not called ended; one that goes on is enough', () => {
  const unpriced = { isPriced: false }
  expect(judgeEnd(unpriced, [seen(null, null, true)]).verdict).toBe('unknown')
  expect(judgeEnd(unpriced, [seen(null, null, false)]).verdict).toBe('ended')
  expect(judgeEnd(unpriced, []).verdict).toBe('unknown')
  const other = { ...seen(false, true, true), variantId: '42' }
  expect(judgeEnd(unpriced, [seen(null, null, null), other])).toEqual({
    verdict: 'continues',
    variants: [{ variantId: '42', still: 'sale' }],
  })
})

test('the same or a similar offer soon after is flagged, whichever drop it comes in', () => {
  const closed: OfferOfDrop = {
    dropId: 'a',
    productIds: ['7'],
    opensAt: '2026-12-04T18:00:00.000Z',
    closesAt: CLOSED,
    creatorId: 'ines',
    priceBps: 1500,
  }
  const again = (given: Partial<OfferOfDrop>): OfferOfDrop => ({
    ...closed,
    dropId: 'b',
    opensAt: '2026-12-14T18:00:00.000Z',
    closesAt: '2026-12-14T18:20:00.000Z',
    ...given,
  })
  expect(similarOffersAfter(closed, [again({})])).toEqual([{ dropId: 'b', why: 'same_piece', daysLater: 9 }])
  expect(similarOffersAfter(closed, [again({ productIds: ['8'] })])).toMatchObject([
    { why: 'same_creator_and_price' },
  ])
  expect(similarOffersAfter(closed, [again({ productIds: ['8'], priceBps: 1000 })])).toEqual([])
  expect(similarOffersAfter(closed, [again({ productIds: ['8'], priceBps: null, creatorId: null })])).toEqual(
    [],
  )
  const january = { opensAt: '2027-01-04T18:00:00.000Z', closesAt: '2027-01-04T18:20:00.000Z' }
  expect(similarOffersAfter(closed, [closed, again(january)])).toEqual([])
  // One that overlaps and goes on longer is the same offer without a pause.
  const longer = { opensAt: '2026-12-04T18:10:00.000Z', closesAt: '2026-12-04T19:00:00.000Z' }
  expect(similarOffersAfter(closed, [again(longer)])).toMatchObject([{ daysLater: 0 }])
})
