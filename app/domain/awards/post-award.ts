import { creatorAccount } from '../ledger/accounts.ts'
import { draftJournal, type JournalDraft } from '../ledger/journal-draft.ts'
import type { IncomeType } from '../ledger/royalty-entry.ts'
import type { IsoInstant, LocalDate } from '../time/instant.ts'
import type { AwardEvidence, AwardKind } from './award.ts'

/** An award as journals name it. */
export interface AwardToPost {
  /** Of its row. */
  id: string
  /** Names it for ever: tier/<agreement>/<window>/<month>, retention/<agreement>/<first order>, guarantee/<agreement>/<window> */
  key: string
  kind: AwardKind
  creatorId: string
  agreementId: string
  agreementVersionId: string
  currency: string
  incomeType: IncomeType
  title: string
  /** Share that was reached; zero where the award is no share. */
  shareBps: number
  /** Day, or first day of the month, that it counts for. */
  soldOn: LocalDate
  orderId: bigint | null
  productId: bigint | null
  dropId: string | null
}

/** held until the award matures, then available. */
export type AwardBucket = 'held' | 'available'

export interface AwardMove {
  /** Counts the journals of one award, from 1. */
  number: number
  targetMinor: bigint
  postedBeforeMinor: bigint
  bucket: AwardBucket
  maturesAt: IsoInstant
  /** Of the newest fact that the target rests on. */
  effectiveAt: IsoInstant
  evidence: AwardEvidence
}

/** Brings an award to its target: posts what is missing or too much. Null when nothing is. */
export function journalForAward(award: AwardToPost, move: AwardMove): JournalDraft | null {
  const delta = move.targetMinor - move.postedBeforeMinor
  if (delta === 0n) return null
  return draftJournal({
    factKey: `award/${award.key}/${move.number}`,
    kind: 'award',
    effectiveAt: move.effectiveAt,
    orderId: award.orderId,
    currency: award.currency,
    arithmetic: {
      awardKey: award.key,
      creatorId: award.creatorId,
      agreementId: award.agreementId,
      agreementVersionId: award.agreementVersionId,
      targetMinor: move.targetMinor.toString(),
      postedBeforeMinor: move.postedBeforeMinor.toString(),
      deltaMinor: delta.toString(),
      bucket: move.bucket,
      maturesAt: move.maturesAt,
      evidence: move.evidence,
    },
    postings: [
      { account: 'award-expense', amountMinor: delta },
      { account: creatorAccount(award.creatorId, move.bucket), amountMinor: -delta },
    ],
    entries: [
      {
        creatorId: award.creatorId,
        agreementId: award.agreementId,
        agreementVersionId: award.agreementVersionId,
        kind: 'award',
        incomeType: award.incomeType,
        soldOn: award.soldOn,
        effectiveAt: move.effectiveAt,
        orderId: award.orderId,
        lineItemId: null,
        productId: award.productId,
        dropId: award.dropId,
        awardId: award.id,
        title: award.title,
        shareBps: award.shareBps,
        units: 0,
        listMinor: 0n,
        discountMinor: 0n,
        netMinor: 0n,
        royaltyMinor: delta,
      },
    ],
  })
}

export interface AwardRelease {
  number: number
  /** What stands of the award. */
  postedMinor: bigint
  to: AwardBucket
  maturesAt: IsoInstant
  effectiveAt: IsoInstant
}

/** Moves an award between held and available: to available when it matures, back when changed facts let it mature later. Null for nothing. */
export function journalForAwardRelease(
  award: Pick<AwardToPost, 'key' | 'creatorId' | 'currency' | 'orderId'>,
  release: AwardRelease,
): JournalDraft | null {
  const from = release.to === 'available' ? 'held' : 'available'
  return draftJournal({
    factKey: `award_release/${award.key}/${release.number}`,
    kind: 'award_release',
    effectiveAt: release.effectiveAt,
    orderId: award.orderId,
    currency: award.currency,
    arithmetic: {
      awardKey: award.key,
      creatorId: award.creatorId,
      postedMinor: release.postedMinor.toString(),
      from,
      to: release.to,
      maturesAt: release.maturesAt,
    },
    postings: [
      { account: creatorAccount(award.creatorId, from), amountMinor: release.postedMinor },
      { account: creatorAccount(award.creatorId, release.to), amountMinor: -release.postedMinor },
    ],
  })
}
