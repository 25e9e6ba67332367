import type { TaxFormStatus, TaxFormType } from '../tax/form-status.ts'
import type { TaxIncomeType } from '../tax/income-type.ts'
import type { VatTreatment } from '../tax/vat-facts.ts'
import type { WithholdingReason } from '../tax/withholding.ts'
import type { IsoInstant, LocalDate } from '../time/instant.ts'
import type {
  AdjustmentKind,
  StatementAgreement,
  StatementBonus,
  StatementParty,
} from './statement-document.ts'

/** Sums of the creators' subledger over the covered months: one product, version, share and month of sale. */
export interface LineSums {
  productId: string | null
  title: string
  versionId: string
  incomeType: TaxIncomeType
  shareBps: number
  /** Month of the sales, 2026-04. */
  soldIn: string
  /** Null: the month of sale is covered by this very statement, or stands on none. */
  soldOnStatement: string | null
  unitsSold: number
  listMinor: bigint
  discountMinor: bigint
  netMinor: bigint
  /** Positive count, negative amount. */
  unitsReturned: number
  returnsMinor: bigint
  royaltyMinor: bigint
  entries: number
  firstJournal: bigint
  lastJournal: bigint
  /** What of it was sold in drops; none when nothing was. */
  drops?: { titles: string[]; units: number; royaltyMinor: bigint } | undefined
}

export interface BonusSums extends Omit<StatementBonus, 'key' | 'amountMinor' | 'journal'> {
  awardKey: string
  amountMinor: bigint
  journal: bigint
}

export interface AdjustmentSums {
  kind: AdjustmentKind
  at: LocalDate
  productId: string | null
  product: string | null
  versionId: string | null
  shareBps: number | null
  incomeType: TaxIncomeType | null
  reason: string | null
  units: number
  netMinor: bigint
  amountMinor: bigint
  /** What it changes: month of sale, and the line of the statement on which that stood. */
  original: {
    statement: string | null
    position: number | null
    key: string | null
    soldIn: string | null
  } | null
  firstJournal: bigint
  lastJournal: bigint
}

export interface PaymentFacts {
  at: LocalDate
  kind: 'sent' | 'returned'
  method: string
  ending: string
  reference: string
  /** Positive; what kind says tells the direction. */
  grossMinor: bigint
  withheldMinor: bigint
  journal: bigint
}

/** What the ledger says of one creator over the covered months. Rebuilt from it at any later time, it is the same. */
export interface CreatorFigures {
  lines: LineSums[]
  bonuses: BonusSums[]
  adjustments: AdjustmentSums[]
  payments: PaymentFacts[]
  reserve: {
    openingMinor: bigint
    closingMinor: bigint
    releases: Array<{ soldIn: string; amountMinor: bigint }>
  }
  advance: {
    openingMinor: bigint
    closingMinor: bigint
    recoupedMinor: bigint
    /** Of the advances that were paid in the covered months. */
    withheldMinor: bigint
    recoupBps: number[]
  }
  /** held + available + reserve as credits, before and after the covered months. */
  openingMinor: bigint
  closingMinor: bigint
  heldMinor: bigint
  maturities: Array<{ on: LocalDate; amountMinor: bigint }>
  /** Paid or given in the calendar year up to the end of the period. */
  paidInYear: Array<{ incomeType: TaxIncomeType; amountMinor: bigint }>
}

/** What people say of themselves and the shop decided, as it stood at issue. */
export interface StatementParticulars {
  handle: string
  sequence: number
  /** "2026-05" or "2026-Q2" */
  period: string
  from: LocalDate
  to: LocalDate
  issuedAt: IsoInstant
  timeZone: string
  locale: string
  payer: StatementParty
  payee: StatementParty
  currency: string
  contact: string | null
  /** Every accepted version of the creator; those that figures name are printed, and those in force. */
  agreements: readonly StatementAgreement[]
  inForce: readonly string[]
  minimumPayoutMinor: bigint
  form: TaxFormType
  formStatus: TaxFormStatus
  withholdingBps: number
  withholdingReason: WithholdingReason | null
  /** Null: not self-billed. */
  selfBilling: {
    agreedOn: LocalDate
    treatment: VatTreatment
    rateBps: number
    acceptedAfterDays: number
  } | null
  selfBilledBefore: number
  arePayoutsPaused: boolean
  previousStatement: { number: string; hash: string; closingMinor: bigint } | null
  chain: { seq: bigint; head: string }
}

/** What does not add up, so that nothing is issued. Each is a defect of the ledger or of the reader, never of the creator. */
export type StatementRefusal =
  | { reason: 'opening_differs_from_last_closing'; openingMinor: string; lastClosingMinor: string }
  | { reason: 'closing_differs_from_ledger'; closingMinor: string; ledgerMinor: string }
  | { reason: 'maturities_differ_from_held'; maturitiesMinor: string; heldMinor: string }
  | { reason: 'unknown_agreement_version'; versionId: string }
  | { reason: 'advance_does_not_add_up'; paidMinor: string }
