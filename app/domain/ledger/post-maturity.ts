import type { IsoInstant } from '../time/instant.ts'
import { creatorAccount } from './accounts.ts'
import { draftJournal, type JournalDraft } from './journal-draft.ts'

export interface MaturedHold {
  orderId: bigint
  lineItemId: bigint
  creatorId: string
  /** What stands in the held account for this line and creator now. */
  heldMinor: bigint
  currency: string
  maturesAt: IsoInstant
  releasedAt: IsoInstant
}

/** Moves the royalty of one line from held to available. Null when returns have already taken all of it. */
export function journalForMaturity(hold: MaturedHold): JournalDraft | null {
  return draftJournal({
    factKey: `maturity/${hold.lineItemId}/${hold.creatorId}`,
    kind: 'maturity',
    effectiveAt: hold.releasedAt,
    orderId: hold.orderId,
    lineItemId: hold.lineItemId,
    currency: hold.currency,
    arithmetic: {
      creatorId: hold.creatorId,
      heldMinor: hold.heldMinor.toString(),
      maturesAt: hold.maturesAt,
    },
    postings: [
      { account: creatorAccount(hold.creatorId, 'held'), amountMinor: hold.heldMinor },
      { account: creatorAccount(hold.creatorId, 'available'), amountMinor: -hold.heldMinor },
    ],
  })
}
