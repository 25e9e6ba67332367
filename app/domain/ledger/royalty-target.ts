import { splitNet } from '../attribution/cap-shares.ts'
import { type CreatorBucket, creatorAccount } from './accounts.ts'
import type { DraftPosting } from './journal-draft.ts'
import type { PayeeArithmetic, RoyaltyArithmetic, RoyaltyLine } from './royalty-line.ts'

export interface RoyaltyMove {
  postings: DraftPosting[]
  arithmetic: RoyaltyArithmetic
  /** Where the line stands after the move. */
  line: RoyaltyLine
}

/**
 * Brings the royalty of a line to its target: what the cumulative net is worth to each payee, less what was posted before. Because only
 * the cumulative net counts, refunds in any pieces and order end exactly where one refund of the same amount would.
 */
export function moveRoyalty(
  line: RoyaltyLine,
  change: { netMinor: bigint; disputeLost: boolean },
): RoyaltyMove {
  const cumulativeAfter = line.cumulativeNetMinor + change.netMinor
  // After a lost dispute the buyer has the money back: later returns find a target of zero and take nothing a second time.
  const ratedNet = change.disputeLost ? 0n : cumulativeAfter
  const targets = splitNet(
    ratedNet,
    line.payees.map((payee) => ({ id: payee.agreementVersionId, weight: BigInt(payee.weight) })),
  )
  const posted = new Map(line.posted)
  const postings: DraftPosting[] = []
  const payees = line.payees.map((payee): PayeeArithmetic => {
    const key = payee.agreementVersionId
    const target = targets.payees.get(key) ?? 0n
    const before = line.posted.get(key) ?? 0n
    const delta = target - before
    const bucket: CreatorBucket = line.releasedCreatorIds.has(payee.creatorId) ? 'available' : 'held'
    posted.set(key, target)
    postings.push({ account: 'royalty-expense', amountMinor: delta })
    postings.push({ account: creatorAccount(payee.creatorId, bucket), amountMinor: -delta })
    return {
      creatorId: payee.creatorId,
      agreementId: payee.agreementId,
      agreementVersionId: key,
      role: payee.role,
      agreedShareBps: payee.agreedShareBps,
      shareBps: payee.shareBps,
      deductPaymentFeeBps: payee.deductPaymentFeeBps,
      weight: payee.weight,
      targetMinor: target.toString(),
      postedBeforeMinor: before.toString(),
      deltaMinor: delta.toString(),
      bucket,
    }
  })
  return {
    postings,
    arithmetic: {
      cumulativeBeforeMinor: line.cumulativeNetMinor.toString(),
      cumulativeAfterMinor: cumulativeAfter.toString(),
      capped: line.capped,
      disputeLost: change.disputeLost,
      merchantTargetMinor: targets.merchantMinor.toString(),
      payees,
    },
    line: { ...line, posted, cumulativeNetMinor: cumulativeAfter, disputeLost: change.disputeLost },
  }
}

/** Royalty of one creator on the line that still waits in the held account. */
export function heldOnLine(line: RoyaltyLine, creatorId: string): bigint {
  if (line.releasedCreatorIds.has(creatorId)) return 0n
  return line.payees
    .filter((payee) => payee.creatorId === creatorId)
    .reduce((sum, payee) => sum + (line.posted.get(payee.agreementVersionId) ?? 0n), 0n)
}
