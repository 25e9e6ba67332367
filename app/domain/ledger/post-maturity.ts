import type { IsoInstant } from '../time/instant.ts'
import { draftJournal, type JournalDraft } from './journal-draft.ts'
import { distribute, postedTo, postingsBetween, standingOf } from './royalty-buckets.ts'
import type { RoyaltyLine, RoyaltyStage } from './royalty-line.ts'

export interface StageChange {
  orderId: bigint
  creatorId: string
  currency: string
  /** The frozen date that has come: the journal is dated by it, not by the moment of the run. */
  at: IsoInstant
}

/** The return window of a line has ended for a creator: held royalty becomes payable, less the reserve. Null when nothing stands there. */
export function journalForMaturity(
  line: RoyaltyLine,
  change: StageChange,
  to: RoyaltyStage,
): JournalDraft | null {
  return journalForStage(line, change, { to, kind: 'maturity', prefix: 'maturity' })
}

/** The reserve of a line has ended for a creator. Null when nothing stands there. */
export function journalForReserveRelease(line: RoyaltyLine, change: StageChange): JournalDraft | null {
  return journalForStage(line, change, { to: 'free', kind: 'reserve_release', prefix: 'reserve' })
}

function journalForStage(
  line: RoyaltyLine,
  change: StageChange,
  step: { to: RoyaltyStage; kind: 'maturity' | 'reserve_release'; prefix: string },
): JournalDraft | null {
  const { creatorId } = change
  const standing = standingOf(line, creatorId)
  const royalty = postedTo(line, creatorId)
  const before = distribute(royalty, standing)
  const after = distribute(royalty, { ...standing, stage: step.to })
  return draftJournal({
    factKey: `${step.prefix}/${line.lineItemId}/${creatorId}`,
    kind: step.kind,
    effectiveAt: change.at,
    orderId: change.orderId,
    lineItemId: line.lineItemId,
    currency: change.currency,
    arithmetic: {
      creatorId,
      royaltyMinor: royalty.toString(),
      reserveBps: standing.reserveBps,
      availableMinor: (after.get('available') ?? 0n).toString(),
      reserveMinor: (after.get('reserve') ?? 0n).toString(),
      maturesAt: change.at,
    },
    postings: postingsBetween(creatorId, before, after),
  })
}

/** The line after a creator's stage changed. */
export function withStage(line: RoyaltyLine, creatorId: string, stage: RoyaltyStage): RoyaltyLine {
  const standing = { ...standingOf(line, creatorId), stage }
  return { ...line, standings: new Map([...line.standings, [creatorId, standing]]) }
}
