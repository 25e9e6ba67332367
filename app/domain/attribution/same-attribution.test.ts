import { expect, test } from 'vitest'
import { payee } from '../ledger/test-facts.ts'
import { paysTheSame } from './same-attribution.ts'

const paid = (shareBps: number, capped = false) => ({ capped, payees: [payee('ana', shareBps)] })

test('the order in which stored JSON lists its members is no difference; shares, versions and the cap are', () => {
  const stored = Object.fromEntries(Object.entries(payee('ana', 1000)).reverse()) as ReturnType<typeof payee>
  expect(paysTheSame(paid(1000), { capped: false, payees: [stored] })).toBe(true)
  expect(paysTheSame(paid(1000), paid(1001))).toBe(false)
  expect(paysTheSame(paid(1000), paid(1000, true))).toBe(false)
  const newer = { capped: false, payees: [payee('ana', 1000, { agreementVersionId: 'ana-v2' })] }
  expect(paysTheSame(paid(1000), newer)).toBe(false)
})
