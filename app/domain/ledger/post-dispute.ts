import type { IsoInstant } from '../time/instant.ts'
import { draftJournal, type JournalDraft } from './journal-draft.ts'
import type { RoyaltyLine } from './royalty-line.ts'
import { moveRoyalty } from './royalty-target.ts'

/** One dispute as Shopify tells it. */
export interface DisputeFact {
  disputeId: bigint
  orderId: bigint | null
  /** chargeback | inquiry; case does not matter. */
  type: string
  /** needs_response | under_review | accepted | won | lost | prevented | charge_refunded; case does not matter. */
  status: string
  amountMinor: bigint
  currency: string
  at: IsoInstant
}

/** inquiry: a question only, no money moves. returned: the money is back with the merchant (won, prevented) or with the buyer by a refund. */
export type DisputeStage = 'inquiry' | 'open' | 'returned' | 'lost'

const STAGES = new Map<string, DisputeStage>([
  ['needs_response', 'open'],
  ['under_review', 'open'],
  ['accepted', 'lost'],
  ['lost', 'lost'],
  ['won', 'returned'],
  ['prevented', 'returned'],
  ['charge_refunded', 'returned'],
])

export type StagedDispute =
  | { ok: true; stage: DisputeStage }
  | { ok: false; reason: 'unknown_dispute_type' | 'unknown_dispute_status' }

export function disputeStage(dispute: Pick<DisputeFact, 'type' | 'status'>): StagedDispute {
  const type = dispute.type.toLowerCase()
  if (type !== 'inquiry' && type !== 'chargeback') return { ok: false, reason: 'unknown_dispute_type' }
  const stage = STAGES.get(dispute.status.toLowerCase())
  if (!stage) return { ok: false, reason: 'unknown_dispute_status' }
  return { ok: true, stage: type === 'inquiry' ? 'inquiry' : stage }
}

/** Whether royalties of the order must wait: its money may still be taken back. */
export function holdsRoyalties(dispute: Pick<DisputeFact, 'type' | 'status'>): boolean {
  return STAGES.get(dispute.status.toLowerCase()) === 'open'
}

/** What earlier journals of this dispute left in its two accounts, debits positive. */
export interface DisputePosition {
  pendingMinor: bigint
  lossMinor: bigint
}

export type DisputePosting =
  | { ok: true; stage: DisputeStage; draft: JournalDraft | null }
  | { ok: false; reason: 'unknown_dispute_type' | 'unknown_dispute_status' }

/**
 * Books where a dispute stands now: the disputed money leaves the receivable while it is open, comes back when it is won, and becomes a
 * loss when it is lost. Steps that Shopify never told of do not matter: only the difference to what was posted is booked.
 */
export function journalForDispute(dispute: DisputeFact, before: DisputePosition): DisputePosting {
  const staged = disputeStage(dispute)
  if (!staged.ok) return staged
  const { stage } = staged
  const pending = (stage === 'open' ? dispute.amountMinor : 0n) - before.pendingMinor
  const loss = (stage === 'lost' ? dispute.amountMinor : 0n) - before.lossMinor
  const draft = draftJournal({
    factKey: `dispute/${dispute.disputeId}/${stage}/${dispute.amountMinor}`,
    kind: 'dispute',
    effectiveAt: dispute.at,
    orderId: dispute.orderId,
    currency: dispute.currency,
    arithmetic: {
      disputeId: dispute.disputeId.toString(),
      status: dispute.status.toLowerCase(),
      stage,
      amountMinor: dispute.amountMinor.toString(),
      pendingBeforeMinor: before.pendingMinor.toString(),
      lossBeforeMinor: before.lossMinor.toString(),
    },
    postings: [
      { account: 'chargebacks-pending', amountMinor: pending },
      { account: 'chargeback-losses', amountMinor: loss },
      { account: 'receivable', amountMinor: -(pending + loss) },
    ],
  })
  return { ok: true, stage, draft }
}

/** Which line of the disputed order. */
export interface DisputedLine {
  line: RoyaltyLine
  title: string
  productId: bigint | null
}

/**
 * Takes the royalty of one line back when its order's dispute is lost, or restores it when the loss is undone. Null draft when nothing
 * changes. Call it once for each line of the order, with `lost` as the order stands now.
 */
export function royaltyJournalForDispute(
  dispute: DisputeFact & { orderId: bigint },
  { line, title, productId }: DisputedLine,
  lost: boolean,
): { draft: JournalDraft | null; line: RoyaltyLine } {
  const subject = {
    kind: 'dispute' as const,
    effectiveAt: dispute.at,
    orderId: dispute.orderId,
    productId,
    title,
  }
  const nothing = { units: 0, listMinor: 0n, discountMinor: 0n }
  const move = moveRoyalty(line, { netMinor: 0n, disputeLost: lost }, { ...subject, ...nothing })
  const draft = draftJournal({
    factKey: `dispute/${dispute.disputeId}/${lost ? 'lost' : 'restored'}/line/${line.lineItemId}`,
    kind: 'dispute_royalty',
    effectiveAt: dispute.at,
    orderId: dispute.orderId,
    lineItemId: line.lineItemId,
    currency: dispute.currency,
    arithmetic: {
      disputeId: dispute.disputeId.toString(),
      status: dispute.status.toLowerCase(),
      title,
      productId: productId === null ? null : productId.toString(),
      royalty: move.arithmetic,
    },
    postings: move.postings,
    entries: move.entries,
  })
  return { draft, line: move.line }
}
