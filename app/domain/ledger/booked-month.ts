import type { IsoInstant } from '../time/instant.ts'

/** An accounting month as it stands now, and when it was closed. */
export interface LedgerMonth {
  id: string
  startsAt: Date
  endsAt: Date
  closedAt: Date | null
  /** The newest journal when it was closed, by its statements; null where it had none, or is open. */
  closedSeq: bigint | null
}

interface BookedJournal {
  seq: bigint
  effectiveAt: IsoInstant
  recordedAt: IsoInstant
  periodId: string
}

/**
 * The month that a journal belongs in: that of its date, or, where that was closed when the journal was written, the first one that was not.
 * Returns the month in which it stands when that is right. `slackMs`: how far apart clocks of a shop that has moved to another time zone lie.
 */
export function bookedMonth(months: readonly LedgerMonth[], journal: BookedJournal, slackMs = 0): string {
  const own = months.find(({ id }) => id === journal.periodId)
  // A month that closes at the very instant may be the last to take it, or not any more.
  const candidates = [false, true].map((atOnce) => dateFor(months, journal, atOnce))
  const takes = (month: LedgerMonth, at: number, slack: number) =>
    month.startsAt.getTime() - slack <= at && at < month.endsAt.getTime() + slack
  if (own && candidates.some((at) => takes(own, at, slackMs))) return own.id
  const [, at = 0] = candidates
  return months.find((month) => takes(month, at, 0))?.id ?? journal.periodId
}

/** The journal's date, or the end of what was closed when it was written. */
function dateFor(months: readonly LedgerMonth[], journal: BookedJournal, atOnce: boolean): number {
  const closed = months.filter((month) => wasClosed(month, journal, atOnce))
  return Math.max(Date.parse(journal.effectiveAt), ...closed.map(({ endsAt }) => endsAt.getTime()))
}

function wasClosed({ closedAt, closedSeq }: LedgerMonth, journal: BookedJournal, atOnce: boolean): boolean {
  // The chain knows better than clocks.
  if (closedSeq !== null) return journal.seq > closedSeq
  if (closedAt === null) return false
  const written = Date.parse(journal.recordedAt)
  return closedAt.getTime() < written || (atOnce && closedAt.getTime() === written)
}
