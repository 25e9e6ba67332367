import { expect, test } from 'vitest'
import { growth } from './accounts.ts'

test.each([
  ['available', -500n, 500n],
  ['held', 500n, -500n],
  ['advance', 500n, 500n],
  ['bank', -500n, -500n],
  ['royalty-expense', 500n, 500n],
  ['revenue/product', -500n, 500n],
  ['payouts-in-transit', -500n, 500n],
] as const)('%s that is posted %d grows by %d', (account, debitMinor, grown) => {
  expect(growth(account, debitMinor)).toBe(grown)
})
