import type { LocalDate } from '../time/instant.ts'

export type AwardKind = 'tier' | 'retention' | 'guarantee'

export type AwardRule =
  | 'tier_marginal'
  | 'tier_retroactive'
  | 'retention'
  | 'guarantee_minimum'
  | 'guarantee_restock'

/** One stair of the way to an award's amount. Numbers are whole: minor units, pieces or days, as decimal digits. */
export interface EvidenceStep {
  /** What is looked at: a bracket "from" a number of units or an amount, an order, a window, a count of stock. */
  name: string
  from?: string
  to?: string | null
  measured?: string
  shareBps?: number
  amountMinor?: string
  at?: string
}

/** How an award came to its amount, as numbers: kept with the award and printed on statements. JSON-safe. Names no shopper. */
export interface AwardEvidence {
  rule: AwardRule
  /** What `threshold` and `measured` count. */
  metric: 'net' | 'units' | 'repeat_order_net' | 'earned' | 'restocked_units'
  /** What had to be reached; null when there is no further one. */
  threshold: string | null
  measured: string
  /** ISO 4217 of every amount in it. */
  currency: string
  steps: EvidenceStep[]
  /** What else the words need: shares, ids of orders, dates. */
  facts: Record<string, string | string[]>
}

/** What an award should come to in all, and why. */
export interface AwardTarget {
  targetMinor: bigint
  evidence: AwardEvidence
}

/** YYYY-MM */
export type MonthLabel = string

/** First day of a month. */
export function firstDayOf(month: MonthLabel): LocalDate {
  return `${month}-01`
}
