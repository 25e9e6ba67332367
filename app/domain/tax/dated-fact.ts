// Facts that hold from a day on. A change is a further fact, never an edit: what was printed under the earlier one can be explained for ever.
import type { IsoInstant, LocalDate } from '../time/instant.ts'

export const FACT_KINDS = ['payer', 'withholding', 'vat'] as const
export type FactKind = (typeof FACT_KINDS)[number]

export interface DatedFact<Facts> {
  id: string
  /** 1, 2, 3 … in the order of recording. */
  number: number
  inForceFrom: LocalDate
  recordedAt: IsoInstant
  /** "user/<id>" */
  recordedBy: string
  facts: Facts
}

/** The fact that holds on a day: of those whose day has come the latest one; of the same day the one that was recorded last. */
export function inForceOn<Facts>(facts: readonly DatedFact<Facts>[], on: LocalDate): DatedFact<Facts> | null {
  return facts
    .filter(({ inForceFrom }) => inForceFrom <= on)
    .reduce<DatedFact<Facts> | null>(
      (latest, fact) => (latest !== null && isAfter(latest, fact) ? latest : fact),
      null,
    )
}

function isAfter(left: DatedFact<unknown>, right: DatedFact<unknown>): boolean {
  if (left.inForceFrom !== right.inForceFrom) return left.inForceFrom > right.inForceFrom
  return left.number > right.number
}

export type ParsedFact<Facts, Field extends string> =
  | { ok: true; facts: Facts }
  | { ok: false; fields: Partial<Record<Field, string>> }
