import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renewalShare } from './renewal-share.ts'

const renewal = (cycle: number) => ({ kind: 'subscription' as const, contractId: '9', cycle })
const terms = (shareBps: number, decayBps: number) => ({ shareBps, subscription: { cycles: 99, decayBps } })

test('renewal k pays share x (1 - decay)^k, rounded once from the agreed share', () => {
  expect([1, 2, 3].map((cycle) => renewalShare(terms(1000, 2000), renewal(cycle)))).toEqual([800, 640, 512])
  // 9.99 % less a third each time: 666.03, 444.04 …
  expect([1, 2].map((cycle) => renewalShare(terms(999, 3333), renewal(cycle)))).toEqual([666, 444])
  expect(renewalShare(terms(1000, 0), renewal(24))).toBe(1000)
})

test('everything but a renewal pays the share itself', () => {
  expect(renewalShare(terms(1000, 2000), { kind: 'discount_code', code: 'MAYA10' })).toBe(1000)
  expect(renewalShare(terms(1000, 2000), { kind: 'ownership', productId: '1' })).toBe(1000)
})

test('no renewal pays more than the one before, and none less than nothing', () => {
  const bps = fc.integer({ min: 0, max: 9_999 })
  fc.assert(
    fc.property(bps, bps, fc.integer({ min: 1, max: 60 }), (share, decay, cycle) => {
      const now = renewalShare(terms(share, decay), renewal(cycle))
      expect(now).toBeGreaterThanOrEqual(0)
      expect(renewalShare(terms(share, decay), renewal(cycle + 1))).toBeLessThanOrEqual(now)
      expect(now).toBeLessThanOrEqual(share)
    }),
  )
})
