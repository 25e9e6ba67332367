import type { IsoInstant } from '../time/instant.ts'
import type { AccountCode } from './accounts.ts'
import type { RoyaltyEntry } from './royalty-entry.ts'

export type JournalKind =
  | 'sale'
  /** The return window of a line ended: held royalty becomes payable, less what is kept in reserve. */
  | 'maturity'
  /** The reserve of a line ended. */
  | 'reserve_release'
  | 'dispute'
  /** Royalty of one line taken back or restored by a dispute. */
  | 'dispute_royalty'
  /** Royalty of one line brought to what changed terms say of it. */
  | 'rerate'
  /** A tier's extra, a retention bonus, a guarantee: brought to its target. */
  | 'award'
  | 'award_release'
  | 'suspense'
  /** What an order's payments came to beside its sales: exchange and cash rounding. */
  | 'settlement'
  /** Asked for by a person, with a reason. */
  | 'correction'
  | 'gift'
  /** Paid ahead of earnings. */
  | 'advance'
  /** Earnings that go to an advance. */
  | 'recoup'
  | 'payout'
  /** The bank confirmed a payout. */
  | 'payout_settled'
  /** Exactly undoes another journal. */
  | 'reversal'

/** One signed amount, debits positive, in minor units of the journal's currency. */
export interface DraftPosting {
  account: AccountCode
  amountMinor: bigint
}

/** A balanced entry for one economic fact, before it gets its place in the shop's chain. */
export interface JournalDraft {
  /** Names the fact for ever: a second journal under the same key is the same fact again. */
  factKey: string
  kind: JournalKind
  effectiveAt: IsoInstant
  orderId: bigint | null
  lineItemId: bigint | null
  saleId: bigint | null
  currency: string
  /** The journal that this one undoes; at most one journal does. */
  reversesSeq: bigint | null
  /** How the amounts were reached. JSON-safe: amounts as decimal strings of minor units. */
  arithmetic: Record<string, unknown>
  /** At least two, none zero, sum zero; each account once, but for a move within one. */
  postings: DraftPosting[]
  /** What it earns or takes back per agreement version; together what it credits to held, available and reserve by royalties and awards. */
  entries: RoyaltyEntry[]
}

export interface DraftInput
  extends Omit<JournalDraft, 'orderId' | 'lineItemId' | 'saleId' | 'reversesSeq' | 'postings' | 'entries'> {
  orderId?: bigint | null
  lineItemId?: bigint | null
  saleId?: bigint | null
  reversesSeq?: bigint | null
  entries?: readonly RoyaltyEntry[]
  /** May hold zeros and several amounts for one account; they are merged. */
  postings: readonly DraftPosting[]
}

/** Merges the postings per account and drops zeros; null when nothing is left to post. Throws when they do not balance. */
export function draftJournal(input: DraftInput): JournalDraft | null {
  const amounts = new Map<AccountCode, bigint>()
  let sum = 0n
  for (const { account, amountMinor } of input.postings) {
    amounts.set(account, (amounts.get(account) ?? 0n) + amountMinor)
    sum += amountMinor
  }
  if (sum !== 0n) throw new RangeError(`journal ${input.factKey} is out of balance by ${sum}`)
  const postings = [...amounts]
    .filter(([, amountMinor]) => amountMinor !== 0n)
    .map(([account, amountMinor]) => ({ account, amountMinor }))
  return postings.length === 0 ? null : withPostings(input, postings)
}

/**
 * A journal that moves an amount within one account: its entries say from where to where. Both sides are shown, nothing is merged; null for
 * nothing.
 */
export function draftWithin(
  input: DraftInput,
  account: AccountCode,
  amountMinor: bigint,
): JournalDraft | null {
  if (amountMinor === 0n) return null
  return withPostings(input, [
    { account, amountMinor },
    { account, amountMinor: -amountMinor },
  ])
}

function withPostings(input: DraftInput, postings: DraftPosting[]): JournalDraft {
  return {
    factKey: input.factKey,
    kind: input.kind,
    effectiveAt: input.effectiveAt,
    orderId: input.orderId ?? null,
    lineItemId: input.lineItemId ?? null,
    saleId: input.saleId ?? null,
    currency: input.currency,
    reversesSeq: input.reversesSeq ?? null,
    arithmetic: input.arithmetic,
    postings,
    entries: [...(input.entries ?? [])],
  }
}

/** A journal that stands in the ledger, as exports and checks read it. */
export interface PostedJournal extends Omit<JournalDraft, 'postings' | 'arithmetic'> {
  seq: bigint
  recordedAt: IsoInstant
  /** As stored: the hash covers this very text. */
  arithmeticText: string
  /** Hexadecimal. */
  previousHash: string
  hash: string
  /** Account codes as stored. */
  postings: Array<{ account: string; amountMinor: bigint }>
}
