import { canonicalJson } from '../canonical-json.ts'
import type { IsoInstant } from '../time/instant.ts'
import type { JournalDraft } from './journal-draft.ts'

/** The account codes of stored postings are plain text. */
export interface HashedDraft extends Omit<JournalDraft, 'postings'> {
  postings: ReadonlyArray<{ account: string; amountMinor: bigint }>
}

/** What gives a journal its place in the shop's chain. */
export interface ChainPlace {
  shopId: number
  seq: bigint
  periodId: string
  recordedAt: IsoInstant
  reversesSeq: bigint | null
  /** Hexadecimal. */
  previousHash: string
}

/** The text of a draft alone: the same fact told twice gives the same text, a changed one another. */
export function canonicalDraft(draft: HashedDraft): string {
  return canonicalJson({
    arithmetic: draft.arithmetic,
    currency: draft.currency,
    effectiveAt: draft.effectiveAt,
    factKey: draft.factKey,
    kind: draft.kind,
    lineItemId: draft.lineItemId,
    orderId: draft.orderId,
    postings: draft.postings.map(({ account, amountMinor }) => [account, amountMinor]),
    saleId: draft.saleId,
  })
}

/** The text whose hash seals a journal: its place, the hash before it, and everything that it says. */
export function canonicalJournal(place: ChainPlace, draft: HashedDraft): string {
  const head = canonicalJson({
    periodId: place.periodId,
    previousHash: place.previousHash,
    recordedAt: place.recordedAt,
    reversesSeq: place.reversesSeq,
    seq: place.seq,
    shopId: place.shopId,
  })
  return `${head}\n${canonicalDraft(draft)}`
}
