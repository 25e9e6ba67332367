import type { Payee } from '../attribution/attribution.ts'
import type { IsoInstant } from '../time/instant.ts'
import { type DraftInput, draftJournal, draftWithin, type JournalDraft } from './journal-draft.ts'
import type { RoyaltyEntry } from './royalty-entry.ts'
import type { RoyaltyLine } from './royalty-line.ts'
import { moveRoyalty } from './royalty-target.ts'
import type { SoldGoods } from './sold-goods.ts'

export interface Rerating {
  /** Names the run: one journal a line and run. */
  rerateId: string
  at: IsoInstant
  orderId: bigint
  productId: bigint | null
  title: string
  currency: string
  /** What the line has sold so far, as the books have it: moves from the old agreement version to the new one. */
  sold: SoldGoods
  decided: { payees: readonly Payee[]; capped: boolean }
}

/**
 * Brings a line to what newly decided payees and shares make of it: posts the difference only, so that a second run posts nothing and a
 * run back to the old terms restores every balance. A line that earns as much under another version moves to it all the same, within one
 * account: its ladder counts the sale, and what comes later finds it there. Null draft when nothing moves.
 */
export function journalForRerate(
  line: RoyaltyLine,
  rerating: Rerating,
): { draft: JournalDraft | null; line: RoyaltyLine } {
  const { rerateId, at, orderId, productId, title, currency, sold, decided } = rerating
  const move = moveRoyalty(
    line,
    { netMinor: 0n, disputeLost: line.disputeLost, redecided: decided },
    { kind: 'rerate', effectiveAt: at, orderId, productId, title, ...sold },
  )
  const fact: DraftInput = {
    factKey: `rerate/${rerateId}/${line.lineItemId}`,
    kind: 'rerate',
    effectiveAt: at,
    orderId,
    lineItemId: line.lineItemId,
    currency,
    arithmetic: {
      rerateId,
      title,
      productId: productId === null ? null : productId.toString(),
      royalty: move.arithmetic,
    },
    postings: move.postings,
    entries: move.entries,
  }
  const sumOf = (pick: (entry: RoyaltyEntry) => bigint) =>
    move.entries.map(pick).reduce((sum, amount) => (amount > 0n ? sum + amount : sum), 0n)
  const draft =
    draftJournal(fact) ??
    draftWithin(
      fact,
      'royalty-expense',
      sumOf((entry) => entry.royaltyMinor),
    ) ??
    // Nobody's money moves: a base share of nothing, or a lost dispute. The goods' net still goes over, for ladders and for what comes later.
    draftWithin(
      fact,
      'revenue/product',
      sumOf((entry) => entry.netMinor),
    )
  return { draft, line: move.line }
}
