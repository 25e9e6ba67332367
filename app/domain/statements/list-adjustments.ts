import { compareText } from './group-lines.ts'
import type { StatementAdjustment } from './statement-document.ts'
import type { AdjustmentSums } from './statement-input.ts'

/** In order of their own dates, then of booking. Keys A1, A2 … name them in questions. */
export function listAdjustments(sums: readonly AdjustmentSums[]): StatementAdjustment[] {
  return [...sums]
    .sort(
      (left, right) =>
        compareText(left.at, right.at) ||
        compareSeq(left.firstJournal, right.firstJournal) ||
        compareText(left.kind, right.kind) ||
        compareText(left.versionId ?? '', right.versionId ?? ''),
    )
    .map((part, index) => ({
      key: `A${index + 1}`,
      kind: part.kind,
      at: part.at,
      product: part.product,
      reason: part.reason,
      units: part.units,
      netMinor: `${part.netMinor}`,
      amountMinor: `${part.amountMinor}`,
      original: part.original && { ...part.original },
      firstJournal: `${part.firstJournal}`,
      lastJournal: `${part.lastJournal}`,
    }))
}

export function compareSeq(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}
