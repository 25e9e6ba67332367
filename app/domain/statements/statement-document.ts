// The frozen content of one royalty statement. Mail, web page, PDF and CSV are all rendered from this object and nothing else. It holds no
// sentences of ours: what is said in words is said at rendering, in the reader's language.
import type { TaxFormStatus, TaxFormType } from '../tax/form-status.ts'
import type { IncomeTotals, TaxIncomeType } from '../tax/income-type.ts'
import type { ThresholdKey } from '../tax/thresholds.ts'
import type { VatTreatment } from '../tax/vat-facts.ts'
import type { WithholdingReason } from '../tax/withholding.ts'
import type { LocalDate } from '../time/instant.ts'

/** Minor units as a decimal integer string ("-1250"): JSON-safe and exact. */
export type MinorText = string

export interface StatementParty {
  name: string
  legalName: string
  /** Lines of the postal address, if known. */
  address: string[]
  country: string | null
  vatNumber: string | null
  /** As the register of companies has it. */
  companyNumber: string | null
  /** Where questions go. */
  email: string | null
}

/** An agreement version that a figure of the statement rests on, with what counts under it. */
export interface StatementAgreement {
  agreementId: string
  versionId: string
  title: string
  version: number
  role: 'promoter' | 'design_owner'
  shareBps: number
  /** Taken off net for the costs of payment. */
  deductPaymentFeeBps: number
  hasTiers: boolean
  reserve: { bps: number; days: number } | null
}

/** Sales of earlier statements that came back in this period. */
export interface EarlierReturn {
  /** Null: its month stands on no statement. */
  statement: string | null
  /** Month of the sale, 2026-04. */
  soldIn: string
  units: number
  returnsMinor: MinorText
  royaltyMinor: MinorText
}

/** What of a line was sold in drops, returns taken off, and what it earns. */
export interface SoldInDrops {
  titles: string[]
  units: number
  royaltyMinor: MinorText
}

/** One product at one share of one agreement version. All amounts in the statement's currency. */
export interface StatementLine {
  /** Names the line in questions and later statements: product/version/share. */
  key: string
  /** Printed position, from 1. */
  position: number
  productId: string | null
  product: string
  versionId: string
  incomeType: TaxIncomeType
  shareBps: number
  unitsSold: number
  /** Before discounts and tax. */
  listMinor: MinorText
  discountMinor: MinorText
  /** What else the agreement takes off: list - discount - deduction = net. */
  deductionMinor: MinorText
  netMinor: MinorText
  unitsReturned: number
  /** Net value of returns, as a negative amount. */
  returnsMinor: MinorText
  netUnits: number
  netAfterReturnsMinor: MinorText
  royaltyMinor: MinorText
  earlierReturns: EarlierReturn[]
  /** Contained in the figures above; missing when nothing of it was sold in a drop. */
  drops?: SoldInDrops
  /** Number of ledger entries that it sums up, and the first and last of their journals. */
  entries: number
  firstJournal: string
  lastJournal: string
}

/** Beyond the share of each line: a tier's extra, a retention bonus, a guarantee's top-up. */
export interface StatementBonus {
  key: string
  kind: 'tier' | 'retention' | 'guarantee'
  title: string
  versionId: string
  incomeType: TaxIncomeType
  /** As the award's journal recorded it: what was measured against what. Minor units or whole counts, as `unit` says. */
  rule: string
  metric: string
  threshold: string | null
  measured: string
  unit: 'money' | 'count'
  /** Month, quarter or day that it counts for. */
  window: string | null
  amountMinor: MinorText
  journal: string
}

export type AdjustmentKind =
  /** A sale, or a return, whose day lies in an earlier period and that became known in this one. */
  | 'late_sale'
  | 'late_return'
  /** Changed terms that reach back. */
  | 'rerate'
  | 'dispute_lost'
  | 'dispute_restored'
  /** Asked for by a person, with a reason. */
  | 'correction'
  /** The outcome of a question. */
  | 'answer'

/** A change that is no sale, return or bonus of this period. What changes an earlier one names its statement and line. */
export interface StatementAdjustment {
  key: string
  kind: AdjustmentKind
  /** Its own date, not that of booking. */
  at: LocalDate
  product: string | null
  /** Words of a person, as written. */
  reason: string | null
  units: number
  netMinor: MinorText
  amountMinor: MinorText
  original: {
    statement: string | null
    position: number | null
    key: string | null
    soldIn: string | null
  } | null
  firstJournal: string
  lastJournal: string
}

export interface StatementReserve {
  openingMinor: MinorText
  withheldMinor: MinorText
  releasedMinor: MinorText
  closingMinor: MinorText
  /** By month of the sales that it was kept from. */
  releases: Array<{ soldIn: string; amountMinor: MinorText }>
}

/** Money paid ahead of earnings. */
export interface StatementAdvance {
  openingMinor: MinorText
  paidMinor: MinorText
  recoupedMinor: MinorText
  closingMinor: MinorText
  /** Part of what was paid ahead that went to the tax office. */
  withheldMinor: MinorText
  /** Parts of what becomes payable that go to advances, oldest first. */
  recoupBps: number[]
}

export interface StatementPayment {
  key: string
  at: LocalDate
  /** A payment that failed comes back on to the balance. */
  kind: 'sent' | 'returned'
  method: string
  ending: string
  reference: string
  /** What left the balance: withheld + net. Positive when sent, negative when returned. */
  grossMinor: MinorText
  withheldMinor: MinorText
  netMinor: MinorText
  journal: string
}

export interface StatementTax {
  payerCountry: string | null
  payeeCountry: string | null
  form: TaxFormType
  formStatus: TaxFormStatus
  /** In force at issue: what payments are made under it. */
  withholdingBps: number
  withholdingReason: WithholdingReason | null
  /** Earned in this period, by type. */
  earned: IncomeTotals
  /** Paid (goods: given) in the calendar year of the period's end, up to that end, by payment date. */
  year: number
  paid: IncomeTotals
  notices: Array<{
    key: ThresholdKey
    status: 'near' | 'reached'
    thresholdMinor: MinorText
    measuredMinor: MinorText
  }>
}

export interface StatementSelfBilling {
  number: string
  /** The day on which the creator agreed that the shop writes the invoices. */
  agreedOn: LocalDate
  vat: VatTreatment
  rateBps: number
  /** Earned in the period, without VAT. */
  taxableMinor: MinorText
  /** On top of it, and no part of the balance. */
  vatMinor: MinorText
  acceptedAfterDays: number
}

export type CarryReason =
  | 'in_return_window'
  | 'in_reserve'
  | 'below_minimum'
  | 'negative_balance'
  | 'payouts_paused'
  | 'tax_form_missing'

export interface StatementDocument {
  format: 2
  number: string
  sequence: number
  /** "2026-05", or "2026-Q2" for a quarterly creator. */
  period: string
  /** Local dates of the shop's zone, both inclusive. */
  from: LocalDate
  to: LocalDate
  issuedAt: string
  timeZone: string
  locale: string
  payer: StatementParty
  payee: StatementParty
  currency: string
  agreements: StatementAgreement[]
  openingMinor: MinorText
  lines: StatementLine[]
  royaltiesMinor: MinorText
  bonuses: StatementBonus[]
  bonusesMinor: MinorText
  adjustments: StatementAdjustment[]
  adjustmentsMinor: MinorText
  reserve: StatementReserve
  advance: StatementAdvance
  tax: StatementTax
  selfBilling: StatementSelfBilling | null
  /** Self-billed statements of this creator so far. */
  selfBilledCount: number
  payments: StatementPayment[]
  paymentsMinor: MinorText
  /** opening + royalties + bonuses + adjustments - recouped - payments. */
  closingMinor: MinorText
  /** Part of the closing balance whose return window is still open. */
  heldMinor: MinorText
  /** Held money by the local date on which it becomes payable. */
  maturities: Array<{ on: LocalDate; amountMinor: MinorText }>
  payableMinor: MinorText
  minimumPayoutMinor: MinorText
  carryForwardMinor: MinorText
  /** Together the amount carried forward; not zero each. */
  carryForward: Array<{ reason: CarryReason; amountMinor: MinorText }>
  /** Last day on which lines may be questioned from the statement's page. */
  questionsUntil: LocalDate
  previousStatement: { number: string; hash: string } | null
  /** Newest journal of the shop's chain at issue. */
  chain: { seq: string; head: string }
  contact: string | null
}
