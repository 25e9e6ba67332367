import { expect, test } from 'vitest'
import { computeSamplePayout, type SampleSale } from './sample-payout.ts'

const sale: SampleSale = {
  listMinor: 10_000n,
  discountMinor: 3_000n,
  quantity: 3,
  terms: { shareBps: 1000, net: { deductPaymentFeeBps: 0 } },
  otherSharesBps: [500, 300],
  capBps: 4000,
}

test('several pieces and several others: each gets their own share of the whole line', () => {
  expect(computeSamplePayout(sale)).toMatchObject({
    ok: true,
    listMinor: 30_000n,
    netMinor: 27_000n,
    feeMinor: 0n,
    baseMinor: 27_000n,
    royaltyMinor: 2_700n,
    otherRoyaltiesMinor: 2_160n,
    merchantKeepsMinor: 22_140n,
  })
})

test('payment costs are deducted from one’s own share, not from that of the others', () => {
  const terms = { shareBps: 1000, net: { deductPaymentFeeBps: 1000 } }
  expect(computeSamplePayout({ ...sale, terms })).toMatchObject({
    feeMinor: 2_700n,
    baseMinor: 24_300n,
    royaltyMinor: 2_430n,
    otherRoyaltiesMinor: 2_160n,
  })
})

test('a sale that is given away pays nothing, and a negative one is refused', () => {
  expect(computeSamplePayout({ ...sale, discountMinor: 30_000n })).toMatchObject({
    netMinor: 0n,
    royaltyMinor: 0n,
  })
  expect(computeSamplePayout({ ...sale, listMinor: 0n, discountMinor: 0n })).toMatchObject({
    ok: true,
    netMinor: 0n,
  })
  expect(computeSamplePayout({ ...sale, discountMinor: -1n })).toEqual({
    ok: false,
    reason: 'negative_amount',
  })
})
