// A difference that somebody booked out of suspense, and that Shopify's numbers then settled or changed: what was booked is undone.

import type { AccountCode } from '../ledger/accounts.ts'
import { draftJournal, type JournalDraft } from '../ledger/journal-draft.ts'
import type { IsoInstant } from '../time/instant.ts'

export interface PostedSuspenseAdjustment {
  seq: bigint
  orderId: bigint
  currency: string
  postings: ReadonlyArray<{ account: AccountCode; amountMinor: bigint }>
}

/** Exact negations, each once. Post them together with the journal that brings the order's suspense to its new residual. */
export function reversalsOfSuspense(
  standing: readonly PostedSuspenseAdjustment[],
  at: IsoInstant,
): JournalDraft[] {
  return standing.flatMap(({ seq, orderId, currency, postings }) => {
    const draft = draftJournal({
      factKey: `reversal/${seq}`,
      kind: 'reversal',
      effectiveAt: at,
      orderId,
      currency,
      reversesSeq: seq,
      arithmetic: { reversesSeq: String(seq), reversesKind: 'correction', reason: 'residual_changed' },
      postings: postings.map(({ account, amountMinor }) => ({ account, amountMinor: -amountMinor })),
    })
    return draft ? [draft] : []
  })
}
