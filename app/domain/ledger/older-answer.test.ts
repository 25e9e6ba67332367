import { expect, test } from 'vitest'
import { isOlderAnswer, type OrderAnswer } from './older-answer.ts'

const answer = (over: Partial<Omit<OrderAnswer, 'saleIds'>> & { sales?: bigint[] } = {}): OrderAnswer => {
  const { sales = [1n, 2n], ...rest } = over
  const updatedAt = new Date('2026-03-20T12:00:00Z')
  return { updatedAt, cancelledAt: null, financialStatus: 'PAID', saleIds: new Set(sales), ...rest }
}

/** Told later, told earlier: both dated as given. */
const pairs: Array<[why: string, newer: OrderAnswer, older: OrderAnswer]> = [
  ['a later date', answer({ updatedAt: new Date('2026-03-20T12:00:01Z'), sales: [1n] }), answer()],
  ['a sale more', answer({ sales: [1n, 2n, 3n] }), answer()],
  [
    'a sale more, though its payment is open',
    answer({ sales: [1n, 2n, 3n], financialStatus: 'PARTIALLY_PAID' }),
    answer(),
  ],
  ['its cancellation', answer({ cancelledAt: '2026-03-20T12:00:00Z', financialStatus: 'PENDING' }), answer()],
  ['its payment', answer(), answer({ financialStatus: 'PENDING' })],
  ['the rest of its payment', answer(), answer({ financialStatus: 'PARTIALLY_PAID' })],
  ['its capture', answer({ financialStatus: 'PARTIALLY_PAID' }), answer({ financialStatus: 'AUTHORIZED' })],
  ['its refund', answer({ financialStatus: 'REFUNDED' }), answer({ financialStatus: 'PARTIALLY_REFUNDED' })],
  ['its part refund', answer({ financialStatus: 'PARTIALLY_REFUNDED' }), answer()],
  ['that it is void', answer({ financialStatus: 'VOIDED' }), answer({ financialStatus: 'AUTHORIZED' })],
]
test.each(pairs)('the newer answer about an order is known by %s', (_why, newer, older) => {
  expect([isOlderAnswer(newer, older), isOlderAnswer(older, newer)]).toEqual([false, true])
})

const alike: Array<[what: string, OrderAnswer]> = [
  ['the same', answer()],
  ['void', answer({ financialStatus: 'VOIDED' })],
  ['cancelled', answer({ cancelledAt: '2026-03-20T12:00:00Z' })],
]
test.each(alike)('an answer that shows %s again is not older', (_what, told) => {
  expect(isOlderAnswer(told, told)).toBe(false)
})
