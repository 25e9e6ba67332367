import { canonicalJson } from '../canonical-json.ts'
import type { JournalDraft } from '../ledger/journal-draft.ts'
import { compareInstants, type IsoInstant } from '../time/instant.ts'
import { type AwardEvidence, firstDayOf } from './award.ts'
import { nameAward } from './explain-award.ts'
import { type AwardBucket, type AwardToPost, journalForAward, journalForAwardRelease } from './post-award.ts'

/** What an award should be, as the facts have it. */
export interface WantedAward extends Omit<AwardToPost, 'id'> {
  targetMinor: bigint
  evidence: AwardEvidence
  maturesAt: IsoInstant
  /** Of the newest fact that the target rests on. */
  effectiveAt: IsoInstant
  /** Its order is disputed: nothing is released meanwhile. */
  waits: boolean
}

/** An award as its row keeps it. `targetMinor` is what stands posted. */
export interface AwardRow {
  id: string
  key: string
  kind: AwardToPost['kind']
  creatorId: string
  agreementId: string
  agreementVersionId: string
  targetMinor: bigint
  currency: string
  evidence: AwardEvidence
  maturesAt: IsoInstant
  releasedAt: IsoInstant | null
  /** How many journals it has. */
  journals: number
}

/**
 * Brings one award to what the facts say: the row as it is then and the journals that lead there, at most one for a change of account and
 * one for the difference. Null when nothing changes. `newId` names the row of an award that is new.
 */
export function moveAward(
  standing: AwardRow | null,
  wanted: WantedAward,
  now: IsoInstant,
  newId: string,
): { row: AwardRow; journals: JournalDraft[] } | null {
  if (standing === null && wanted.targetMinor === 0n) return null
  const award: AwardToPost = { ...wanted, id: standing?.id ?? newId }
  const postedBeforeMinor = standing?.targetMinor ?? 0n
  const before: AwardBucket = standing?.releasedAt ? 'available' : 'held'
  const matured = compareInstants(wanted.maturesAt, now) <= 0
  const waits = wanted.waits && before === 'held'
  const bucket: AwardBucket = matured && !waits ? 'available' : 'held'
  let journals = standing?.journals ?? 0
  const drafts: JournalDraft[] = []
  const add = (draft: JournalDraft | null) => {
    if (!draft) return
    journals += 1
    drafts.push(draft)
  }
  if (standing && bucket !== before) {
    const effectiveAt = bucket === 'available' ? wanted.maturesAt : wanted.effectiveAt
    add(
      journalForAwardRelease(award, {
        number: journals + 1,
        postedMinor: postedBeforeMinor,
        to: bucket,
        maturesAt: wanted.maturesAt,
        effectiveAt,
      }),
    )
  }
  const { targetMinor, evidence, effectiveAt, maturesAt } = wanted
  add(
    journalForAward(award, {
      number: journals + 1,
      targetMinor,
      postedBeforeMinor,
      bucket,
      maturesAt,
      effectiveAt,
      evidence,
    }),
  )
  const row: AwardRow = {
    id: award.id,
    key: award.key,
    kind: award.kind,
    creatorId: award.creatorId,
    agreementId: award.agreementId,
    agreementVersionId: award.agreementVersionId,
    targetMinor,
    currency: award.currency,
    evidence,
    maturesAt: wanted.maturesAt,
    releasedAt: bucket === 'held' ? null : (standing?.releasedAt ?? wanted.maturesAt),
    journals,
  }
  return standing && canonicalJson({ ...standing }) === canonicalJson({ ...row })
    ? null
    : { row, journals: drafts }
}

/** Releases an award that has matured. */
export function releaseAward(
  standing: AwardRow,
  orderId: bigint | null,
): { row: AwardRow; journals: JournalDraft[] } {
  const number = standing.journals + 1
  const { maturesAt, targetMinor: postedMinor } = standing
  // Dated by the calendar, not by the moment of the run: a run after downtime gives the same books.
  const draft = journalForAwardRelease(
    { ...standing, orderId },
    { number, postedMinor, to: 'available', maturesAt, effectiveAt: maturesAt },
  )
  const journals = draft ? [draft] : []
  return {
    row: { ...standing, releasedAt: maturesAt, journals: standing.journals + journals.length },
    journals,
  }
}

/** An award that the facts no longer speak of: it goes to zero and keeps its row. */
export function vanishedAward(
  row: AwardRow,
  place: Pick<WantedAward, 'incomeType' | 'effectiveAt'>,
): WantedAward {
  const { month, repeatOn, repeatOrderId, endsOn } = row.evidence.facts
  const day = [repeatOn, endsOn].find((date) => typeof date === 'string')
  const monthOn = typeof month === 'string' ? firstDayOf(month) : row.maturesAt.slice(0, 10)
  return {
    ...row,
    ...place,
    title: nameAward(row.evidence).text,
    shareBps: 0,
    soldOn: typeof day === 'string' ? day : monthOn,
    orderId: typeof repeatOrderId === 'string' ? BigInt(repeatOrderId) : null,
    productId: null,
    dropId: null,
    targetMinor: 0n,
    evidence: { ...row.evidence, measured: '0', steps: [] },
    waits: false,
  }
}
