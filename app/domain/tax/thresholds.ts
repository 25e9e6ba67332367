// Amounts from which a tax office wants to be told, or the law wants paper. Data with dates, not constants in code: the next change is a
// new row. Each row says where it was read; none of it is tax advice, and the screens say so.
import type { LocalDate } from '../time/instant.ts'
import type { TaxIncomeType } from './income-type.ts'

export type ThresholdKey = '1099-NEC' | '1099-MISC' | 'FR-WRITTEN'

export interface TaxThreshold {
  key: ThresholdKey
  /** ISO 3166 of the payer for the US forms; France asks where either side is French. */
  country: string
  currency: string
  amountMinor: bigint
  /** Income that counts towards it. */
  counts: readonly TaxIncomeType[]
  /** Payments made (things given) on these dates, both inclusive. */
  from: LocalDate
  until: LocalDate | null
  /** Part of the amount at which to warn. */
  warnAtBps: number
  source: string
}

export const TAX_THRESHOLDS: readonly TaxThreshold[] = [
  {
    key: '1099-NEC',
    country: 'US',
    currency: 'USD',
    amountMinor: 60_000n,
    counts: ['commission_service', 'bonus', 'in_kind'],
    from: '2020-01-01',
    until: '2025-12-31',
    warnAtBps: 8_000,
    source: '26 USC 6041 before Public Law 119-21: 600 US dollars a calendar year, by payment date.',
  },
  {
    key: '1099-NEC',
    country: 'US',
    currency: 'USD',
    amountMinor: 200_000n,
    counts: ['commission_service', 'bonus', 'in_kind'],
    from: '2026-01-01',
    until: '2026-12-31',
    warnAtBps: 8_000,
    source:
      'Public Law 119-21: 2,000 US dollars for payments made after 31 December 2025; indexed from 2027.',
  },
  {
    key: '1099-NEC',
    country: 'US',
    currency: 'USD',
    amountMinor: 200_000n,
    counts: ['commission_service', 'bonus', 'in_kind'],
    from: '2027-01-01',
    until: null,
    warnAtBps: 8_000,
    source:
      'Public Law 119-21: 2,000 US dollars, to be indexed from 2027. The indexed figure was not published when this row was written: it errs low.',
  },
  {
    key: '1099-MISC',
    country: 'US',
    currency: 'USD',
    amountMinor: 1_000n,
    counts: ['design_royalty'],
    from: '2020-01-01',
    until: null,
    warnAtBps: 8_000,
    source: '26 USC 6050N: royalties of 10 US dollars or more a calendar year, box 2.',
  },
  {
    key: 'FR-WRITTEN',
    country: 'FR',
    currency: 'EUR',
    amountMinor: 100_000n,
    counts: ['commission_service', 'bonus', 'in_kind'],
    from: '2026-01-01',
    until: null,
    warnAtBps: 8_000,
    source:
      'Loi 2023-451 art. 8 and Décret 2025-1137: from 1,000 euros a year without VAT, pay and gifts together, the contract must be in writing.',
  },
]

export interface ThresholdNotice {
  key: ThresholdKey
  year: number
  thresholdMinor: bigint
  measuredMinor: bigint
  currency: string
  status: 'below' | 'near' | 'reached'
  source: string
}

export interface YearOfIncome {
  year: number
  currency: string
  /** Country of the payer and of the creator's tax residence. */
  payerCountry: string | null
  payeeCountry: string | null
  /** Form W-8 says: not a US person. The 1099 forms are then not for them. */
  isForeignToUs: boolean
  paid: Readonly<Record<TaxIncomeType, bigint | string>>
}

/** How one calendar year of payments stands to every threshold that concerns payer and creator. Other currencies are not converted. */
export function measureThresholds(
  income: YearOfIncome,
  thresholds: readonly TaxThreshold[] = TAX_THRESHOLDS,
): ThresholdNotice[] {
  const lastDay = `${income.year}-12-31`
  return thresholds
    .filter((row) => row.currency === income.currency && concerns(row, income))
    .filter((row) => row.from <= lastDay && (row.until === null || row.until >= lastDay))
    .map((row) => {
      const measuredMinor = row.counts.reduce((sum, type) => sum + BigInt(income.paid[type]), 0n)
      const near = measuredMinor * 10_000n >= row.amountMinor * BigInt(row.warnAtBps)
      return {
        key: row.key,
        year: income.year,
        thresholdMinor: row.amountMinor,
        measuredMinor,
        currency: row.currency,
        status: measuredMinor >= row.amountMinor ? 'reached' : near ? 'near' : 'below',
        source: row.source,
      }
    })
}

function concerns(row: TaxThreshold, income: YearOfIncome): boolean {
  if (row.country === 'FR') return income.payerCountry === 'FR' || income.payeeCountry === 'FR'
  return income.payerCountry === row.country && !(row.country === 'US' && income.isForeignToUs)
}
