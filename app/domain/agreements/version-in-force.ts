import { compareInstants, type IsoInstant, localDateOf, startOfDay } from '../time/instant.ts'
import type { AgreementTerms } from './terms.ts'

export interface AgreementVersion {
  id: string
  number: number
  status: string
  effectiveFrom: IsoInstant
  /** When it was accepted, where `effectiveFrom` is as agreed and not yet moved to that moment. */
  decidedAt?: IsoInstant | null
  retroactive?: boolean
  terms: AgreementTerms
}

/**
 * The version under which a sale at this instant is rated: of the accepted versions that had begun by then, the one agreed last; null when
 * that one has run out or the agreement was ended. A newer version replaces the older ones for good: also after its own end, and also
 * where it reaches back to a time before they began.
 */
export function versionInForce<Version extends AgreementVersion>(
  versions: readonly Version[],
  agreement: { endedAt: IsoInstant | null },
  instant: IsoInstant,
  timeZone: string,
): Version | null {
  if (agreement.endedAt !== null && compareInstants(instant, agreement.endedAt) >= 0) return null
  let newest: Version | null = null
  for (const version of versions) {
    if (version.status !== 'accepted') continue
    if (compareInstants(beginOf(version, timeZone), instant) > 0) continue
    if (newest === null || version.number > newest.number) newest = version
  }
  if (newest === null) return null
  const { endsOn } = newest.terms
  return endsOn !== null && localDateOf(instant, timeZone) > endsOn ? null : newest
}

/**
 * When an accepted version starts to bind: nobody is bound before they accept, so a late acceptance does not reach back, whenever the
 * sale is read. Unless reaching back is what was accepted.
 */
export function effectiveBeginOf(version: {
  effectiveFrom: IsoInstant
  decidedAt: IsoInstant | null
  retroactive: boolean
}): IsoInstant {
  const { effectiveFrom, decidedAt, retroactive } = version
  if (retroactive || decidedAt === null) return effectiveFrom
  return compareInstants(effectiveFrom, decidedAt) >= 0 ? effectiveFrom : decidedAt
}

/** A version begins when it becomes effective, but not before the first day that its terms name. */
export function beginOf(
  version: Omit<AgreementVersion, 'id' | 'number' | 'status'>,
  timeZone: string,
): IsoInstant {
  const { effectiveFrom, decidedAt = null, retroactive = false } = version
  const binds = effectiveBeginOf({ effectiveFrom, decidedAt, retroactive })
  const firstDay = startOfDay(version.terms.startsOn, timeZone)
  return compareInstants(binds, firstDay) >= 0 ? binds : firstDay
}
