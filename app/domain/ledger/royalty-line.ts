import type { Payee } from '../attribution/attribution.ts'
import type { LocalDate } from '../time/instant.ts'
import type { CreatorBucket } from './accounts.ts'

/** held: the return window is open; reserved: payable but for the reserve; free: payable. */
export type RoyaltyStage = 'held' | 'reserved' | 'free'

/** Where a creator's royalty of one line stands on its way to being payable. */
export interface RoyaltyStanding {
  stage: RoyaltyStage
  /** Part of it that stays back against returns after the window has ended. */
  reserveBps: number
}

/** Where the royalty of one order line stands before the next journal of that line. */
export interface RoyaltyLine {
  lineItemId: bigint
  /** Local date (of the shop) of the line's first sale. */
  soldOn: LocalDate
  /** The drop in whose window it was sold; null: in none. */
  dropId: string | null
  /** Decided at the first sale of the line, or anew by a re-rating. Empty when nobody is paid. */
  payees: readonly Payee[]
  capped: boolean
  /** Net of all sales of the line that have been posted, returns subtracted. */
  cumulativeNetMinor: bigint
  /** Royalty credited so far per payee, by agreement version id. */
  posted: ReadonlyMap<string, bigint>
  /** By creator id; a creator who is not there is held without reserve. */
  standings: ReadonlyMap<string, RoyaltyStanding>
  /** A lost dispute took the royalty of the order's lines back: their target is zero from then on. */
  disputeLost: boolean
}

/** A line of which nothing is booked yet. */
export function newLine(
  lineItemId: bigint,
  soldOn: LocalDate,
  decided: {
    dropId?: string | null
    payees: readonly Payee[]
    capped: boolean
    holds: ReadonlyMap<string, { reserveBps: number }>
  },
  disputeLost = false,
): RoyaltyLine {
  return {
    lineItemId,
    soldOn,
    dropId: decided.dropId ?? null,
    payees: decided.payees,
    capped: decided.capped,
    cumulativeNetMinor: 0n,
    posted: new Map(),
    standings: new Map(
      [...decided.holds].map(([creatorId, { reserveBps }]) => [creatorId, { stage: 'held', reserveBps }]),
    ),
    disputeLost,
  }
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
  /** list - discount = net; net + tax + fx = total. */
  listMinor: string
  discountMinor: string
  netMinor: string
  taxMinor: string
  /** What a change of the exchange rate since the sale adds to a return. */
  fxMinor: string
  totalMinor: string
  royalty: RoyaltyArithmetic | null
}
