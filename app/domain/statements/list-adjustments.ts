import { localDateOf } from '../time/instant.ts'
import { doesNotAddUp, ownPayees, sumOfDeltas } from './group-lines.ts'
import type { StatementAdjustment } from './statement-document.ts'
import type { StatementEntry, StatementRefusal } from './statement-input.ts'

export type ListedAdjustments =
  | { ok: true; adjustments: StatementAdjustment[] }
  | ({ ok: false } & StatementRefusal)

/** Everything that is not a line of sales: royalties taken back or restored by a dispute, corrections. In journal order. */
export function listAdjustments(
  creatorId: string,
  entries: readonly StatementEntry[],
  timeZone: string,
): ListedAdjustments {
  const adjustments: StatementAdjustment[] = []
  for (const entry of entries) {
    if (entry.kind === 'dispute_royalty' && sumOfDeltas(ownPayees(entry, creatorId)) !== entry.creditMinor) {
      return doesNotAddUp(entry)
    }
    adjustments.push({
      at: localDateOf(entry.effectiveAt, timeZone),
      description: describe(entry),
      amountMinor: entry.creditMinor.toString(),
      journal: entry.journalSeq.toString(),
    })
  }
  return { ok: true, adjustments }
}

function describe(entry: StatementEntry): string {
  const arithmetic: Record<string, unknown> = { ...(entry.arithmetic ?? {}) }
  if (entry.kind === 'dispute_royalty') {
    const product =
      typeof arithmetic.title === 'string' && arithmetic.title !== '' ? arithmetic.title : 'an item'
    return entry.creditMinor < 0n
      ? `Payment for ${product} was charged back and the dispute was lost`
      : `Royalty for ${product} restored after a dispute`
  }
  return typeof arithmetic.description === 'string' ? arithmetic.description : 'Correction'
}
