// Computes journals anew that a person or a payout run asked for: from the rows that say what was asked.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Adjustment, Advance, Payout } from '../../adapters/db/generated/client.ts'
import type { JournalPlace } from '../../adapters/db/ledger-reader.ts'
import { type AdjustmentKind, isAdjustmentKind } from '../../domain/adjustments/adjustment-input.ts'
import { journalForAdjustment } from '../../domain/adjustments/adjustment-journals.ts'
import { reversalsOfSuspense } from '../../domain/adjustments/suspense-reversal.ts'
import { describeAccount, type ShopAccountCode } from '../../domain/ledger/accounts.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import {
  journalForAdvance,
  journalForPayoutSent,
  journalForPayoutSettled,
  journalForReversal,
  journalForUndoneAdvance,
} from '../../domain/payouts/payout-journals.ts'

export interface AskedFor {
  payouts: ReadonlyMap<string, Payout & { runNumber: number }>
  /** "payout/kind of event": when it last happened. */
  payoutEvents: ReadonlyMap<string, Date>
  adjustments: ReadonlyMap<string, Adjustment>
  advances: ReadonlyMap<string, Advance>
}

export async function readAskedFor(tx: ShopTransaction, shopId: number): Promise<AskedFor> {
  const where = { shopId }
  const [payouts, events, adjustments, advances] = await Promise.all([
    tx.payout.findMany({ where, include: { run: { select: { number: true } } } }),
    tx.payoutEvent.findMany({ where: { shopId, payoutId: { not: null } }, orderBy: { at: 'asc' } }),
    tx.adjustment.findMany({ where: { shopId, status: 'posted' } }),
    tx.advance.findMany({ where: { shopId, paidAt: { not: null } } }),
  ])
  return {
    payouts: new Map(payouts.map(({ run, ...payout }) => [payout.id, { ...payout, runNumber: run.number }])),
    payoutEvents: new Map(events.map(({ payoutId, kind, at }) => [`${payoutId}/${kind}`, at])),
    adjustments: new Map(adjustments.map((adjustment) => [adjustment.id, adjustment])),
    advances: new Map(advances.map((advance) => [advance.id, advance])),
  }
}

/** What can be undone: the journals that came by, by their numbers. */
export type Undoable = Map<bigint, JournalDraft>

/** Null when no row asks for such a journal. */
export function redraftAskedFor(
  journal: JournalPlace,
  rows: AskedFor,
  { undoable }: { undoable: Undoable },
): JournalDraft | null {
  const draft = draftAskedFor(journal, rows, undoable)
  if (draft && draft.kind !== 'reversal') undoable.set(journal.seq, draft)
  return draft
}

function draftAskedFor(journal: JournalPlace, rows: AskedFor, undoable: Undoable): JournalDraft | null {
  const [, id = ''] = journal.factKey.split('/')
  switch (journal.kind) {
    case 'payout': {
      const payout = rows.payouts.get(id)
      return payout?.sentAt
        ? journalForPayoutSent({ ...payout, payoutId: id, at: payout.sentAt.toISOString() })
        : null
    }
    case 'payout_settled': {
      const payout = rows.payouts.get(id)
      const at = rows.payoutEvents.get(`${id}/payout_confirmed`)
      return payout && at ? journalForPayoutSettled({ ...payout, payoutId: id, at: at.toISOString() }) : null
    }
    case 'advance':
      return draftAdvance(rows.advances.get(id))
    case 'reversal':
      return draftReversal(journal, rows, undoable)
    default:
      return draftAdjustment(rows.adjustments.get(id))
  }
}

function draftAdvance(advance: Advance | undefined): JournalDraft | null {
  if (!advance?.paidAt || advance.paidBy === null) return null
  return journalForAdvance({
    ...advance,
    advanceId: advance.id,
    grossMinor: advance.amountMinor,
    netMinor: advance.amountMinor - advance.withheldMinor,
    paidBy: advance.paidBy,
    at: advance.paidAt.toISOString(),
  })
}

function draftAdjustment(adjustment: Adjustment | undefined): JournalDraft | null {
  if (!adjustment?.decidedAt || adjustment.decidedBy === null || !isAdjustmentKind(adjustment.kind))
    return null
  const kind: AdjustmentKind = adjustment.kind
  return journalForAdjustment({
    ...adjustment,
    adjustmentId: adjustment.id,
    kind,
    account: describeAccount(adjustment.account).code as ShopAccountCode,
    facts: adjustment.facts as Record<string, unknown>,
    decidedBy: adjustment.decidedBy,
    at: adjustment.decidedAt.toISOString(),
  })
}

function draftUndoneAdvance(undone: JournalDraft & { seq: bigint }, rows: AskedFor): JournalDraft | null {
  const advance = rows.advances.get(undone.factKey.split('/')[1] ?? '')
  if (!advance?.undoneAt || advance.undoneBy === null || advance.undoneReason === null) return null
  return journalForUndoneAdvance(undone, {
    advanceId: advance.id,
    creatorId: advance.creatorId,
    by: advance.undoneBy,
    reason: advance.undoneReason,
    at: advance.undoneAt.toISOString(),
  })
}

/** The exact opposite of a journal that came by before. */
function draftReversal(journal: JournalPlace, rows: AskedFor, undoable: Undoable): JournalDraft | null {
  const seq = journal.reversesSeq
  const undone = seq === null ? undefined : undoable.get(seq)
  if (seq === null || !undone) return null
  if (undone.kind === 'correction') {
    const { orderId, currency, postings } = undone
    if (orderId === null) return null
    return reversalsOfSuspense([{ seq, orderId, currency, postings }], journal.effectiveAt)[0] ?? null
  }
  if (undone.kind === 'advance') return draftUndoneAdvance({ ...undone, seq }, rows)
  const payout = rows.payouts.get(undone.factKey.split('/')[1] ?? '')
  const isFailure = payout?.status === 'failed'
  const at = rows.payoutEvents.get(`${payout?.id}/${isFailure ? 'payout_failed' : 'payout_voided'}`)
  if (!payout || !at) return null
  return journalForReversal({ ...undone, seq }, at.toISOString(), {
    creatorId: payout.creatorId,
    payoutId: payout.id,
    reference: payout.reference,
    reason: isFailure ? 'payout_failed' : 'payout_voided',
    failure: payout.failureReason,
  })
}
