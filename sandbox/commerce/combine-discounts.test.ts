import { expect, test } from 'vitest'
import type { DiscountCode } from '#sandbox/state/nouns.ts'
import { type AutomaticOffer, combineDiscounts } from './combine-discounts.ts'

const line = (unitPrice: bigint, isGiftCard = false) => ({ unitPrice, quantity: 1, isGiftCard })
const code = (percentage: string, combines: boolean) =>
  ({ id: '1', code: 'NOVA', percentage, combines }) as DiscountCode
const offer = (amounts: bigint[], given: Partial<AutomaticOffer> = {}): AutomaticOffer => ({
  discountId: '9',
  title: 'Drop',
  combines: true,
  amounts,
  ...given,
})

test('discounts that combine share the lines: each takes the one that is better for the buyer', () => {
  const lines = [line(1000n), line(1000n), line(1000n)]
  const codes = [{ discount: code('0.1', true), entitled: [0, 1, 2] }]
  const { codes: kept, automatic } = combineDiscounts(lines, codes, [offer([200n, 50n, 0n])])
  expect(kept[0]?.entitled).toEqual([1, 2])
  expect(automatic.map((one) => one?.amount ?? null)).toEqual([200n, null, null])
})

test('discounts that do not combine stand against each other as a whole', () => {
  const lines = [line(1000n), line(1000n)]
  const codes = [{ discount: code('0.1', false), entitled: [0, 1] }]
  const less = combineDiscounts(lines, codes, [offer([150n, 0n])])
  expect(less.codes).toHaveLength(1)
  expect(less.automatic).toEqual([null, null])
  const more = combineDiscounts(lines, codes, [offer([250n, 0n])])
  expect(more.codes).toEqual([])
  expect(more.automatic[0]?.amount).toBe(250n)
})

test('of several automatic discounts a line has the best; gift cards have none', () => {
  const lines = [line(1000n), line(1000n, true)]
  const offers = [offer([100n, 100n]), offer([300n, 300n], { discountId: '8', title: 'Perk' })]
  expect(combineDiscounts(lines, [], offers).automatic).toEqual([
    { discountId: '8', title: 'Perk', amount: 300n },
    null,
  ])
})
