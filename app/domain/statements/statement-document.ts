// The frozen content of one royalty statement. Mail, web page, PDF and CSV are all rendered from this object and nothing else.

/** Minor units as a decimal integer string ("-1250"): JSON-safe and exact. */
export type MinorText = string

export interface StatementParty {
  name: string
  /** Where questions go. */
  email: string | null
}

/** One product at one rate: what sold, what came back, what it earned. All amounts in the statement's currency. */
export interface StatementLine {
  productId: string | null
  product: string
  role: 'promoter' | 'design_owner'
  agreementTitle: string
  agreementVersion: number
  shareBps: number
  /** Units sold and list value before discounts and tax. */
  unitsSold: number
  listMinor: MinorText
  discountMinor: MinorText
  /** list - discount: what buyers paid without tax. */
  netMinor: MinorText
  unitsReturned: number
  /** Net value of returns, as a negative amount. */
  returnsMinor: MinorText
  /** netMinor + returnsMinor. */
  netAfterReturnsMinor: MinorText
  royaltyMinor: MinorText
  /** Numbers of the journals that this line sums up, for checking. */
  journals: string[]
}

/** Anything that is not a line of sales: a lost dispute, a manual correction. */
export interface StatementAdjustment {
  at: string
  description: string
  amountMinor: MinorText
  journal: string
}

export interface StatementPayment {
  at: string
  method: string
  reference: string
  amountMinor: MinorText
}

export type CarryForwardReason =
  | 'below_minimum'
  | 'in_return_window'
  | 'negative_balance'
  | 'awaiting_payout'
  | 'nothing_due'

export interface StatementDocument {
  format: 1
  number: string
  sequence: number
  /** "2026-05", or "2026-Q2" for a quarterly creator. */
  period: string
  /** Local dates of the shop's zone, both inclusive. */
  from: string
  to: string
  issuedAt: string
  timeZone: string
  locale: string
  payer: StatementParty
  payee: StatementParty
  currency: string
  /** What counts as net, in one sentence for each agreement on the statement. */
  basis: string[]
  openingMinor: MinorText
  lines: StatementLine[]
  royaltiesMinor: MinorText
  adjustments: StatementAdjustment[]
  adjustmentsMinor: MinorText
  payments: StatementPayment[]
  paymentsMinor: MinorText
  /** opening + royalties + adjustments - payments. */
  closingMinor: MinorText
  /** Part of the closing balance whose return window is still open. */
  heldMinor: MinorText
  /** Held royalty by the local date on which it becomes payable. */
  maturities: Array<{ on: string; amountMinor: MinorText }>
  /** closing - held when that is at least the minimum payout, else 0. */
  payableMinor: MinorText
  minimumPayoutMinor: MinorText
  carryForwardMinor: MinorText
  carryForwardReason: CarryForwardReason
  previousStatement: { number: string; hash: string } | null
  /** Newest journal of the shop's chain at issue. */
  chain: { seq: string; head: string }
  contact: string | null
}
