import { expect, test } from 'vitest'
import { toSellerYearCsv } from './dac7-csv.ts'
import { taxFormStatus } from './form-status.ts'
import { totalIncome } from './income-type.ts'
import { isSelfBilled, selfBillingNumber, vatTreatment } from './self-billing.ts'
import { measureThresholds, type YearOfIncome } from './thresholds.ts'

const nothing = { commission_service: 0n, design_royalty: 0n, bonus: 0n, in_kind: 0n }
const us: YearOfIncome = {
  year: 2026,
  currency: 'USD',
  payerCountry: 'US',
  payeeCountry: 'US',
  isForeignToUs: false,
  paid: nothing,
}
const statusOf = (income: YearOfIncome, key: string) =>
  measureThresholds(income).find((notice) => notice.key === key)?.status

test('the same 700 dollars were reportable in 2025 and are not in 2026', () => {
  const paid = { ...nothing, commission_service: 70_000n }
  expect(statusOf({ ...us, year: 2025, paid }, '1099-NEC')).toBe('reached')
  expect(statusOf({ ...us, year: 2026, paid }, '1099-NEC')).toBe('below')
  expect(statusOf({ ...us, year: 2026, paid: { ...nothing, bonus: 160_000n } }, '1099-NEC')).toBe('near')
})

test('a design royalty of ten dollars counts on its own form, and commissions do not push it over', () => {
  expect(statusOf({ ...us, paid: { ...nothing, design_royalty: 1_000n } }, '1099-MISC')).toBe('reached')
  expect(statusOf({ ...us, paid: { ...nothing, design_royalty: 799n, bonus: 999_999n } }, '1099-MISC')).toBe(
    'below',
  )
})

test('forms of the United States do not concern creators who are foreign to it, nor payers elsewhere', () => {
  expect(measureThresholds({ ...us, isForeignToUs: true })).toEqual([])
  expect(measureThresholds({ ...us, payerCountry: 'CH' })).toEqual([])
})

test('France wants it in writing from 1,000 euros of pay and gifts together, and a warning comes at 800', () => {
  const french: YearOfIncome = { ...us, currency: 'EUR', payerCountry: 'DE', payeeCountry: 'FR' }
  const paid = { ...nothing, commission_service: 50_000n, in_kind: 30_000n }
  expect(statusOf({ ...french, paid }, 'FR-WRITTEN')).toBe('near')
  expect(statusOf({ ...french, paid: { ...paid, in_kind: 50_000n } }, 'FR-WRITTEN')).toBe('reached')
  expect(statusOf({ ...french, paid: { ...nothing, in_kind: 79_999n } }, 'FR-WRITTEN')).toBe('below')
})

test('a payer in the United States waits for the form; a W-8 ends with its third year', () => {
  const w8 = { formType: 'w8ben' as const, receivedOn: '2023-05-01', expiresOn: null }
  expect(taxFormStatus(null, 'US', '2026-06-01')).toBe('missing')
  expect(taxFormStatus(null, 'FR', '2026-06-01')).toBe('not_needed')
  expect(taxFormStatus(w8, 'US', '2026-12-31')).toBe('on_file')
  expect(taxFormStatus(w8, 'US', '2027-01-01')).toBe('expired')
})

test('income is added up by type and every type is there', () => {
  const parts = [
    { incomeType: 'bonus' as const, amountMinor: 5n },
    { incomeType: 'bonus' as const, amountMinor: -2n },
  ]
  expect(totalIncome(parts)).toEqual({
    commission_service: '0',
    design_royalty: '0',
    bonus: '3',
    in_kind: '0',
  })
})

test('self-billing needs an accepted agreement with a VAT number that covers the whole period', () => {
  const agreement = {
    from: '2026-01-01',
    until: '2026-06-30',
    acceptedAt: '2025-12-20T10:00:00.000Z',
    vatNumber: 'FR12345678901',
    acceptedAfterDays: 14,
  }
  expect(isSelfBilled(agreement, '2026-06-01', '2026-06-30')).toBe(true)
  expect(isSelfBilled(agreement, '2026-07-01', '2026-07-31')).toBe(false)
  expect(isSelfBilled({ ...agreement, acceptedAt: null }, '2026-06-01', '2026-06-30')).toBe(false)
  expect(isSelfBilled({ ...agreement, vatNumber: null }, '2026-06-01', '2026-06-30')).toBe(false)
  expect(selfBillingNumber('maya', 7)).toBe('MAYA-SB-0007')
})

test('reverse charge is for registered businesses of two EU countries only', () => {
  const german = { country: 'DE', vatNumber: 'DE123' }
  expect(vatTreatment(german, { country: 'FR', vatNumber: 'FR123' })).toBe('reverse_charge')
  expect(vatTreatment(german, { country: 'DE', vatNumber: 'DE456' })).toBe('not_included')
  expect(vatTreatment(german, { country: 'FR', vatNumber: null })).toBe('not_included')
  expect(vatTreatment(german, { country: 'US', vatNumber: 'X' })).toBe('not_included')
})

test('a year of payments falls into quarters by payment date', () => {
  const csv = toSellerYearCsv(
    [
      {
        name: 'Mira',
        country: 'FR',
        vatNumber: null,
        taxNumberEnding: '4711',
        accountEnding: '0189',
        payments: [
          { paidOn: '2026-03-31', amountMinor: 10_000n, feesMinor: 0n },
          { paidOn: '2026-04-01', amountMinor: 5_050n, feesMinor: 50n },
          { paidOn: '2025-04-01', amountMinor: 9n, feesMinor: 0n },
        ],
      },
    ],
    2026,
    'EUR',
  )
  expect(csv.split('\r\n')[1]).toBe(
    '2026,Mira,FR,,4711,0189,100.00,1,0.00,50.50,1,0.50,0.00,0,0.00,0.00,0,0.00,EUR',
  )
})
