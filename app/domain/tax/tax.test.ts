import { expect, test } from 'vitest'
import { toSellerYearCsv } from './dac7-csv.ts'
import { inForceOn } from './dated-fact.ts'
import { taxFormStatus } from './form-status.ts'
import { totalIncome } from './income-type.ts'
import { parsePayerDetails } from './payer-details.ts'
import { invoicedVat, isSelfBilled, selfBillingNumber } from './self-billing.ts'
import { measureThresholds, type YearOfIncome } from './thresholds.ts'
import { parseVatFacts, type VatFacts } from './vat-facts.ts'
import { parseWithholding } from './withholding.ts'

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

const vat = (change: Partial<VatFacts> = {}): VatFacts => ({
  vatNumber: 'FR12345678901',
  address: [],
  treatment: 'reverse_charge',
  rateBps: 0,
  selfBilling: { from: '2026-01-01', until: '2026-06-30', agreedOn: '2025-12-20', acceptedAfterDays: 14 },
  ...change,
})

test('self-billing needs an accepted agreement with a VAT number that covers the whole period', () => {
  const facts = vat()
  const agreement = facts.selfBilling
  expect(isSelfBilled(facts, '2026-06-01', '2026-06-30')).toBe(true)
  expect(isSelfBilled(facts, '2026-07-01', '2026-07-31')).toBe(false)
  const open = agreement && { ...agreement, agreedOn: null }
  expect(isSelfBilled(vat({ selfBilling: open }), '2026-06-01', '2026-06-30')).toBe(false)
  expect(isSelfBilled(vat({ vatNumber: null }), '2026-06-01', '2026-06-30')).toBe(false)
  expect(selfBillingNumber('maya', 7)).toBe('MAYA-SB-0007')
})

test('VAT is half a unit away from zero, and returns give it back', () => {
  const rate = { treatment: 'rate' as const, rateBps: 1_900 }
  expect(invoicedVat(rate, 10_050n).vatMinor).toBe(1_910n)
  expect(invoicedVat(rate, -10_050n).vatMinor).toBe(-1_910n)
  expect(invoicedVat({ treatment: 'reverse_charge', rateBps: 1_900 }, 10_050n)).toMatchObject({
    rateBps: 0,
    vatMinor: 0n,
  })
})

test('the fact of the latest day that has come holds; of one day the one that was recorded last', () => {
  const fact = (id: string, number: number, inForceFrom: string) => ({
    id,
    number,
    inForceFrom,
    recordedAt: '2026-01-01T00:00:00.000Z',
    recordedBy: 'user/1',
    facts: id,
  })
  const facts = [
    fact('a', 1, '2026-01-01'),
    fact('later', 2, '2026-07-01'),
    fact('corrected', 3, '2026-01-01'),
  ]
  expect(inForceOn(facts, '2025-12-31')).toBeNull()
  expect(inForceOn(facts, '2026-06-30')?.id).toBe('corrected')
  expect(inForceOn(facts, '2026-07-01')?.id).toBe('later')
})

test('a rate is withheld for a reason, and never a tax number', () => {
  expect(parseWithholding({ rate: '24', reason: 'backup' })).toEqual({
    ok: true,
    facts: { bps: 2_400, reason: 'backup', note: null },
  })
  expect(parseWithholding({ rate: '0' }).ok).toBe(true)
  for (const [input, fields] of [
    [{ rate: '24' }, { reason: 'required' }],
    [{ rate: '51', reason: 'treaty' }, { rate: 'withholding_range' }],
    [{ rate: '5', reason: 'other' }, { note: 'required' }],
    [
      { rate: 'x', reason: 'magic' },
      { rate: 'withholding_range', reason: 'unknown_kind' },
    ],
  ] as const)
    expect(parseWithholding(input)).toEqual({ ok: false, fields })
})

test('self-billing is agreed for one VAT number: another number needs a new agreement', () => {
  const typed = {
    vatNumber: 'fr 999',
    treatment: 'reverse_charge',
    selfBillingFrom: '2026-01-01',
    agreedOn: '2025-12-20',
  }
  expect(parseVatFacts(typed, [vat()])).toEqual({ ok: false, fields: { agreedOn: 'new_agreement_needed' } })
  expect(parseVatFacts({ ...typed, agreedOn: '2026-03-01' }, [vat()])).toMatchObject({
    ok: true,
    facts: { vatNumber: 'FR999', rateBps: 0 },
  })
  const without = vat({ vatNumber: null, selfBilling: null })
  expect(parseVatFacts(typed, [without, vat()])).toEqual({
    ok: false,
    fields: { agreedOn: 'new_agreement_needed' },
  })
  expect(parseVatFacts({ treatment: 'rate', rate: '19' }, [])).toEqual({
    ok: false,
    fields: { vatNumber: 'needed_for_vat' },
  })
})

test('a VAT rate is asked for where VAT is a rate, and nowhere else', () => {
  expect(parseVatFacts({ vatNumber: 'DE1', treatment: 'rate' }, [])).toEqual({
    ok: false,
    fields: { rate: 'vat_rate_range' },
  })
  expect(parseVatFacts({ vatNumber: 'DE1', treatment: 'reverse_charge', rate: 'ten' }, [])).toMatchObject({
    ok: true,
    facts: { rateBps: 0 },
  })
})

test('a payer has a name and a country; its address is at most five lines', () => {
  expect(
    parsePayerDetails({ legalName: 'Lumen GmbH', country: 'de', address: 'Hof 1\n\n10115 Berlin' }),
  ).toEqual({
    ok: true,
    facts: {
      legalName: 'Lumen GmbH',
      address: ['Hof 1', '10115 Berlin'],
      country: 'DE',
      vatNumber: null,
      companyNumber: null,
      contact: null,
    },
  })
  expect(parsePayerDetails({ country: 'Germany', contact: 'x', address: 'a\nb\nc\nd\ne\nf' })).toEqual({
    ok: false,
    fields: {
      address: 'too_long',
      country: 'too_long',
      contact: 'email_malformed',
      legalName: 'required',
    },
  })
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
