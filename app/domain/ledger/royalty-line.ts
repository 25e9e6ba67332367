import type { Payee } from '../attribution/attribution.ts'
import type { CreatorBucket } from './accounts.ts'

/** Where the royalty of one order line stands before the next journal of that line. */
export interface RoyaltyLine {
  lineItemId: bigint
  /** Decided once, at the first sale of the line. Empty when nobody is paid. */
  payees: readonly Payee[]
  capped: boolean
  /** Net of all sales of the line that have been posted, returns subtracted. */
  cumulativeNetMinor: bigint
  /** Royalty credited so far per payee, by agreement version id. */
  posted: ReadonlyMap<string, bigint>
  /** Creators whose hold on this line was released: their later changes go to the available account. */
  releasedCreatorIds: ReadonlySet<string>
  /** A lost dispute took the royalty of the order's lines back: their target is zero from then on. */
  disputeLost: boolean
}

/** One payee's part in a journal, as its arithmetic keeps it. All amounts decimal strings of minor units. */
export interface PayeeArithmetic {
  creatorId: string
  agreementId: string
  agreementVersionId: string
  role: Payee['role']
  agreedShareBps: number
  shareBps: number
  deductPaymentFeeBps: number
  weight: string
  /** What the payee should have been credited on this line in all. */
  targetMinor: string
  postedBeforeMinor: string
  /** target - posted before: what this journal credits (negative takes back). */
  deltaMinor: string
  bucket: CreatorBucket
}

/** The royalty part of a journal's arithmetic. */
export interface RoyaltyArithmetic {
  cumulativeBeforeMinor: string
  cumulativeAfterMinor: string
  capped: boolean
  disputeLost: boolean
  /** What stays with the merchant of the cumulative net. */
  merchantTargetMinor: string
  payees: PayeeArithmetic[]
}

/** Arithmetic of a `sale` journal. */
export interface SaleArithmetic {
  actionType: string
  lineType: string
  title: string
  productId: string | null
  quantity: number | null
  /** list - discount = net; net + tax = total. */
  listMinor: string
  discountMinor: string
  netMinor: string
  taxMinor: string
  totalMinor: string
  royalty: RoyaltyArithmetic | null
}
