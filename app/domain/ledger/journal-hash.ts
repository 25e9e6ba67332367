// What seals a journal. Written so that Postgres can compute the same hash by itself (see verify-ledger): plain lines of text, no nested format.
import { canonicalJson } from '../canonical-json.ts'
import type { IsoInstant } from '../time/instant.ts'
import type { JournalDraft } from './journal-draft.ts'
import type { RoyaltyEntry } from './royalty-entry.ts'

/** A draft whose arithmetic is text already, as it is stored. The account codes of stored postings are plain text. */
export interface SealedContent extends Omit<JournalDraft, 'postings' | 'entries' | 'arithmetic'> {
  arithmeticText: string
  postings: ReadonlyArray<{ account: string; amountMinor: bigint }>
  /** In any order. */
  entries: readonly RoyaltyEntry[]
}

/** What gives a journal its place in the shop's chain. */
export interface ChainPlace {
  shopId: number
  seq: bigint
  periodId: string
  recordedAt: IsoInstant
}

/** The one spelling of a draft's arithmetic. */
export function arithmeticText(arithmetic: Record<string, unknown>): string {
  return canonicalJson(arithmetic)
}

/** The text of a journal's content alone: the same fact told twice gives the same text, a changed one another. */
export function contentText(content: SealedContent): string {
  const { orderId, lineItemId, saleId, reversesSeq } = content
  let text = `${content.factKey}\n${content.kind}\n${content.effectiveAt}\n${orderId ?? ''}\n${lineItemId ?? ''}\n${saleId ?? ''}\n${reversesSeq ?? ''}\n${content.currency}\n${content.arithmeticText}`
  for (const { account, amountMinor } of content.postings) text += `\n${account} ${amountMinor}`
  for (const entry of inOrder(content.entries)) text += `\n${entryText(entry)}`
  return text
}

function inOrder(entries: readonly RoyaltyEntry[]): readonly RoyaltyEntry[] {
  return entries.length < 2
    ? entries
    : entries.toSorted((left, right) => (left.agreementVersionId < right.agreementVersionId ? -1 : 1))
}

/** Every column of a row of the subledger that its journal does not say already; the title last, because it may hold anything. */
function entryText(entry: RoyaltyEntry): string {
  return [
    entry.agreementVersionId,
    entry.agreementId,
    entry.creatorId,
    entry.kind,
    entry.incomeType,
    entry.soldOn,
    entry.effectiveAt,
    entry.orderId ?? '-',
    entry.lineItemId ?? '-',
    entry.productId ?? '-',
    entry.dropId ?? '-',
    entry.awardId ?? '-',
    entry.shareBps,
    entry.units,
    entry.listMinor,
    entry.discountMinor,
    entry.netMinor,
    entry.royaltyMinor,
    entry.title,
  ].join(' ')
}

/** Follows the two hashes (the chain's so far, the content's) in what is hashed for the next link. */
export function placeText(place: ChainPlace): string {
  return `${place.shopId} ${place.seq} ${place.periodId} ${place.recordedAt}`
}
