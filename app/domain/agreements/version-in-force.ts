import { compareInstants, type IsoInstant, localDateOf, startOfDay } from '../time/instant.ts'
import type { AgreementTerms } from './terms.ts'

export interface AgreementVersion {
  id: string
  number: number
  status: string
  effectiveFrom: IsoInstant
  terms: AgreementTerms
}

/**
 * The version under which a sale at this instant is rated: of the accepted versions that had begun by then, the newest; null when that
 * one has run out or the agreement was ended. A newer version replaces the older ones for good, also after its own end.
 */
export function versionInForce<Version extends AgreementVersion>(
  versions: readonly Version[],
  agreement: { endedAt: IsoInstant | null },
  instant: IsoInstant,
  timeZone: string,
): Version | null {
  if (agreement.endedAt !== null && compareInstants(instant, agreement.endedAt) >= 0) return null
  let newest: { version: Version; beginsAt: IsoInstant } | null = null
  for (const version of versions) {
    if (version.status !== 'accepted') continue
    const beginsAt = beginOf(version, timeZone)
    if (compareInstants(beginsAt, instant) > 0) continue
    if (newest === null || isNewer(version, beginsAt, newest)) newest = { version, beginsAt }
  }
  if (newest === null) return null
  const { endsOn } = newest.version.terms
  return endsOn !== null && localDateOf(instant, timeZone) > endsOn ? null : newest.version
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
function beginOf(version: AgreementVersion, timeZone: string): IsoInstant {
  const firstDay = startOfDay(version.terms.startsOn, timeZone)
  return compareInstants(version.effectiveFrom, firstDay) >= 0 ? version.effectiveFrom : firstDay
}

function isNewer(
  version: AgreementVersion,
  beginsAt: IsoInstant,
  other: { version: AgreementVersion; beginsAt: IsoInstant },
): boolean {
  const order = compareInstants(beginsAt, other.beginsAt)
  return order === 0 ? version.number > other.version.number : order > 0
}
