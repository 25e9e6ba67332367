// What an agreed adjustment posts.
import { creatorAccount, type ShopAccountCode } from '../ledger/accounts.ts'
import {
  type DraftPosting,
  draftJournal,
  type JournalDraft,
  type JournalKind,
} from '../ledger/journal-draft.ts'
import type { IsoInstant } from '../time/instant.ts'
import type { AdjustmentKind } from './adjustment-input.ts'

export interface AgreedAdjustment {
  adjustmentId: string
  kind: AdjustmentKind
  creatorId: string | null
  orderId: bigint | null
  account: ShopAccountCode
  amountMinor: bigint
  currency: string
  incomeType: string | null
  reason: string
  facts: Record<string, unknown>
  proposedBy: string
  decidedBy: string
  at: IsoInstant
}

export const adjustmentKey = (adjustmentId: string) => `adjustment/${adjustmentId}`

const JOURNAL_KINDS: Record<AdjustmentKind, JournalKind> = {
  creator_correction: 'correction',
  answer: 'correction',
  suspense: 'correction',
  gift: 'gift',
}

/** Throws on an adjustment that `checkAdjustment` refuses. */
export function journalForAdjustment(adjustment: AgreedAdjustment): JournalDraft {
  const { kind, amountMinor, facts } = adjustment
  const draft = draftJournal({
    factKey: adjustmentKey(adjustment.adjustmentId),
    kind: JOURNAL_KINDS[kind],
    effectiveAt: adjustment.at,
    orderId: adjustment.orderId,
    currency: adjustment.currency,
    arithmetic: {
      ...facts,
      adjustmentId: adjustment.adjustmentId,
      adjustment: kind,
      creatorId: adjustment.creatorId,
      incomeType: adjustment.incomeType,
      amountMinor: String(amountMinor),
      account: adjustment.account,
      reason: adjustment.reason,
      proposedBy: adjustment.proposedBy,
      decidedBy: adjustment.decidedBy,
    },
    postings: postingsOf(adjustment),
  })
  if (!draft) throw new RangeError(`adjustment ${adjustment.adjustmentId} moves nothing`)
  return draft
}

function postingsOf({
  kind,
  creatorId,
  account,
  amountMinor,
  adjustmentId,
}: AgreedAdjustment): DraftPosting[] {
  switch (kind) {
    case 'suspense':
      // A positive amount leaves as a credit of the named account: what suspense owed, it owes no more.
      return [
        { account: 'suspense', amountMinor },
        { account, amountMinor: -amountMinor },
      ]
    case 'gift':
      return [
        { account, amountMinor },
        { account: 'goods-given', amountMinor: -amountMinor },
      ]
    case 'creator_correction':
    case 'answer':
      if (!creatorId) throw new RangeError(`adjustment ${adjustmentId} names no creator`)
      return [
        { account, amountMinor },
        { account: creatorAccount(creatorId, 'available'), amountMinor: -amountMinor },
      ]
  }
}
