// What payouts and advances do to the books.
import { creatorAccount } from '../ledger/accounts.ts'
import { draftJournal, type JournalDraft, type JournalKind } from '../ledger/journal-draft.ts'
import type { IsoInstant } from '../time/instant.ts'
import type { PayoutAmounts } from './payout-amounts.ts'

export interface PayoutFact extends PayoutAmounts {
  payoutId: string
  creatorId: string
  currency: string
  reference: string
  runNumber: number
  at: IsoInstant
}

export const payoutKey = (payoutId: string) => `payout/${payoutId}`
export const payoutSettledKey = (payoutId: string) => `payout-settled/${payoutId}`
export const advanceKey = (advanceId: string) => `advance/${advanceId}`

/** The money leaves the creator's balance; it is on its way until the bank confirms it. */
export function journalForPayoutSent(payout: PayoutFact): JournalDraft {
  return required({
    factKey: payoutKey(payout.payoutId),
    kind: 'payout',
    effectiveAt: payout.at,
    currency: payout.currency,
    arithmetic: {
      creatorId: payout.creatorId,
      payoutId: payout.payoutId,
      reference: payout.reference,
      runNumber: payout.runNumber,
      grossMinor: String(payout.grossMinor),
      withheldMinor: String(payout.withheldMinor),
      netMinor: String(payout.netMinor),
    },
    postings: [
      { account: creatorAccount(payout.creatorId, 'available'), amountMinor: payout.grossMinor },
      { account: 'payouts-in-transit', amountMinor: -payout.netMinor },
      { account: 'withholding-payable', amountMinor: -payout.withheldMinor },
    ],
  })
}

/** The bank confirmed it. */
export function journalForPayoutSettled(
  payout: Pick<PayoutFact, 'payoutId' | 'creatorId' | 'currency' | 'reference' | 'netMinor' | 'at'>,
): JournalDraft {
  return required({
    factKey: payoutSettledKey(payout.payoutId),
    kind: 'payout_settled',
    effectiveAt: payout.at,
    currency: payout.currency,
    arithmetic: {
      creatorId: payout.creatorId,
      payoutId: payout.payoutId,
      reference: payout.reference,
      netMinor: String(payout.netMinor),
    },
    postings: [
      { account: 'payouts-in-transit', amountMinor: payout.netMinor },
      { account: 'bank', amountMinor: -payout.netMinor },
    ],
  })
}

/** Money paid ahead: the creator owes all of it to coming earnings, also what went to the tax office. */
export function journalForAdvance(
  advance: PayoutAmounts & {
    advanceId: string
    creatorId: string
    currency: string
    recoupBps: number
    /** Who says that it was paid. */
    paidBy: string
    at: IsoInstant
  },
): JournalDraft {
  return required({
    factKey: advanceKey(advance.advanceId),
    kind: 'advance',
    effectiveAt: advance.at,
    currency: advance.currency,
    arithmetic: {
      creatorId: advance.creatorId,
      advanceId: advance.advanceId,
      amountMinor: String(advance.grossMinor),
      withheldMinor: String(advance.withheldMinor),
      netMinor: String(advance.netMinor),
      recoupBps: advance.recoupBps,
      paidBy: advance.paidBy,
    },
    postings: [
      { account: creatorAccount(advance.creatorId, 'advance'), amountMinor: advance.grossMinor },
      { account: 'bank', amountMinor: -advance.netMinor },
      { account: 'withholding-payable', amountMinor: -advance.withheldMinor },
    ],
  })
}

/** A journal as it stands, as far as undoing it needs. */
export interface StandingJournal {
  seq: bigint
  kind: JournalKind
  currency: string
  orderId: bigint | null
  postings: ReadonlyArray<{ account: JournalDraft['postings'][number]['account']; amountMinor: bigint }>
}

/** Undoes a journal: exactly the negated postings. The books refuse a second one. */
export function journalForReversal(
  standing: StandingJournal,
  at: IsoInstant,
  facts: { creatorId: string | null; reason: string } & Record<string, string | null>,
): JournalDraft {
  return required({
    factKey: `reversal/${standing.seq}`,
    kind: 'reversal',
    effectiveAt: at,
    orderId: standing.orderId,
    currency: standing.currency,
    reversesSeq: standing.seq,
    arithmetic: { ...facts, reversesSeq: String(standing.seq), reversesKind: standing.kind },
    postings: standing.postings.map(({ account, amountMinor }) => ({ account, amountMinor: -amountMinor })),
  })
}

/** An advance that had not left the bank, or came back whole: its journal undone, and why, in somebody's words. */
export function journalForUndoneAdvance(
  standing: StandingJournal,
  undone: { advanceId: string; creatorId: string; by: string; reason: string; at: IsoInstant },
): JournalDraft {
  return journalForReversal(standing, undone.at, {
    creatorId: undone.creatorId,
    advanceId: undone.advanceId,
    reason: 'advance_undone',
    undoneBy: undone.by,
    explanation: undone.reason,
  })
}

function required(input: Parameters<typeof draftJournal>[0]): JournalDraft {
  const draft = draftJournal(input)
  if (!draft) throw new RangeError(`journal ${input.factKey} moves nothing`)
  return draft
}
