import { compareInstants, type IsoInstant } from '../time/instant.ts'
import type { AgreementTerms } from './terms.ts'
import { type AgreementVersion, beginOf, versionInForce } from './version-in-force.ts'

export interface AcceptedVersion extends AgreementVersion {
  agreementId: string
  agreementEndedAt: IsoInstant | null
}

/**
 * The terms that say how often a creator is told and from what amount on they are paid: those in force at the instant. When none is,
 * the last ones of each agreement: what they earned is still to be settled.
 */
export function standingTerms(
  versions: readonly AcceptedVersion[],
  instant: IsoInstant,
  timeZone: string,
): AgreementTerms[] {
  const agreements = new Map<string, AcceptedVersion[]>()
  for (const version of [...versions].sort((left, right) => left.number - right.number))
    agreements.set(version.agreementId, [...(agreements.get(version.agreementId) ?? []), version])
  const inForce: AgreementTerms[] = []
  const last: AgreementTerms[] = []
  for (const history of agreements.values()) {
    const endedAt = history[0]?.agreementEndedAt ?? null
    const standing = versionInForce(history, { endedAt }, instant, timeZone)
    if (standing) inForce.push(standing.terms)
    const begun = history.findLast((version) => compareInstants(beginOf(version, timeZone), instant) <= 0)
    const latest = begun ?? history.at(-1)
    if (latest) last.push(latest.terms)
  }
  return inForce.length > 0 ? inForce : last
}
