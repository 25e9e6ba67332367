import fc from 'fast-check'
import { expect, test } from 'vitest'
import { INCOME_TYPES, payoutAmounts, readIncome, splitIncome } from './payout-amounts.ts'
import { payoutReference } from './payout-reference.ts'

test('what is withheld and what is paid add up, and something is always paid', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 15n), fc.integer({ min: 0, max: 10_000 }), (gross, bps) => {
      const { withheldMinor, netMinor } = payoutAmounts(gross, bps)
      expect(withheldMinor + netMinor).toBe(gross)
      expect(withheldMinor).toBeGreaterThanOrEqual(0n)
      expect(netMinor).toBeGreaterThan(0n)
    }),
  )
  expect(payoutAmounts(10_005n, 1_000).withheldMinor).toBe(1_001n)
  expect(() => payoutAmounts(0n, 0)).toThrow(RangeError)
  expect(() => payoutAmounts(5n, 10_001)).toThrow(RangeError)
})

test('a payment divides over what was earned and not paid yet, to the last unit', () => {
  const earned = new Map([
    ['commission_service', 9_000n],
    ['design_royalty', 3_000n],
    ['bonus', -500n],
  ] as const)
  const paid = new Map([['commission_service', 3_000n]] as const)
  expect(splitIncome(6_001n, earned, paid, 'bonus')).toEqual([
    { incomeType: 'commission_service', amountMinor: '4001' },
    { incomeType: 'design_royalty', amountMinor: '2000' },
  ])
  expect(splitIncome(700n, new Map(), new Map(), 'design_royalty')).toEqual([
    { incomeType: 'design_royalty', amountMinor: '700' },
  ])
  fc.assert(
    fc.property(
      fc.bigInt(1n, 10n ** 12n),
      fc.array(fc.bigInt(-(10n ** 12n), 10n ** 12n), { minLength: 6, maxLength: 6 }),
      (gross, sums) => {
        const side = (from: number) =>
          new Map(INCOME_TYPES.map((type, index) => [type, sums[from + index] ?? 0n]))
        const parts = splitIncome(gross, side(0), side(3), 'bonus')
        expect(parts.reduce((sum, part) => sum + BigInt(part.amountMinor), 0n)).toBe(gross)
      },
    ),
  )
})

test('stored income that nobody wrote is refused', () => {
  expect(readIncome([{ incomeType: 'bonus', amountMinor: '5' }])).toHaveLength(1)
  expect(() => readIncome([{ incomeType: 'gold', amountMinor: '5' }])).toThrow(TypeError)
  expect(() => readIncome([{ incomeType: 'bonus', amountMinor: 5 }])).toThrow(TypeError)
  expect(() => readIncome({})).toThrow(TypeError)
})

test('a reference has 15 characters that every bank and service takes', () => {
  const reference = payoutReference(12, '0f8c3b1e-77aa-4c0d-9a51-2b1f6d3e4a5b')
  expect(reference).toBe('FG0012-1Y63P7KQ')
  expect(reference).toMatch(/^[A-Z0-9-]{15}$/)
  expect(payoutReference(123_456, 'ffffffff-ffff-4fff-8fff-ffffffffffff').length).toBeLessThanOrEqual(30)
})
