import { compareInstants, type IsoInstant } from '../time/instant.ts'

export type VersionStatus = 'draft' | 'offered' | 'accepted' | 'declined' | 'withdrawn'
export type AgreementStatus = 'draft' | 'offered' | 'active' | 'declined' | 'ended'

export interface VersionState {
  status: VersionStatus
  termsHash: string
  inviteNonce: string | null
  inviteExpiresAt: IsoInstant | null
  agreementEnded: boolean
}

export type VersionEvent =
  | { kind: 'edit' }
  | { kind: 'offer' }
  /** A fresh invitation for terms that are offered already. */
  | { kind: 'invite_again' }
  | { kind: 'withdraw' }
  /** The creator's answer, with the nonce of the link that was opened and the hash of the terms that were shown. */
  | { kind: 'accept' | 'decline'; at: IsoInstant; nonce: string; termsHash: string }

export type VersionRefusal =
  | 'not_a_draft'
  | 'not_offered'
  | 'already_accepted'
  | 'already_declined'
  | 'offer_withdrawn'
  | 'invitation_replaced'
  | 'invitation_expired'
  | 'terms_changed'
  | 'agreement_ended'

export type VersionDecision = { ok: true; status: VersionStatus } | { ok: false; reason: VersionRefusal }

/** draft -> offered -> accepted or declined; an offer can be withdrawn. Accepted terms never change: a change is a new version. */
export function decideVersion(version: VersionState, event: VersionEvent): VersionDecision {
  if (version.agreementEnded) return { ok: false, reason: 'agreement_ended' }
  switch (event.kind) {
    case 'edit':
      return version.status === 'draft' ? { ok: true, status: 'draft' } : { ok: false, reason: 'not_a_draft' }
    case 'offer':
      return version.status === 'draft'
        ? { ok: true, status: 'offered' }
        : { ok: false, reason: 'not_a_draft' }
    case 'invite_again':
      return version.status === 'offered'
        ? { ok: true, status: 'offered' }
        : refuseUnlessOffered(version.status)
    case 'withdraw':
      return version.status === 'offered'
        ? { ok: true, status: 'withdrawn' }
        : refuseUnlessOffered(version.status)
    case 'accept':
      return decideAnswer(version, event, 'accepted')
    case 'decline':
      return decideAnswer(version, event, 'declined')
  }
}

function decideAnswer(
  version: VersionState,
  answer: { at: IsoInstant; nonce: string; termsHash: string },
  status: 'accepted' | 'declined',
): VersionDecision {
  if (version.status !== 'offered') return refuseUnlessOffered(version.status)
  if (version.inviteNonce !== answer.nonce) return { ok: false, reason: 'invitation_replaced' }
  if (version.inviteExpiresAt === null || compareInstants(answer.at, version.inviteExpiresAt) >= 0) {
    return { ok: false, reason: 'invitation_expired' }
  }
  // What was read must be what is bound: an edit between reading and answering voids the answer.
  if (version.termsHash !== answer.termsHash) return { ok: false, reason: 'terms_changed' }
  return { ok: true, status }
}

function refuseUnlessOffered(status: VersionStatus): VersionDecision {
  switch (status) {
    case 'accepted':
      return { ok: false, reason: 'already_accepted' }
    case 'declined':
      return { ok: false, reason: 'already_declined' }
    case 'withdrawn':
      return { ok: false, reason: 'offer_withdrawn' }
    default:
      return { ok: false, reason: 'not_offered' }
  }
}

/** Whether a new version may be begun: one open version at a time, and none once the agreement has ended. */
export function decideNewVersion(
  statuses: readonly VersionStatus[],
  agreementEnded: boolean,
): { ok: true } | { ok: false; reason: 'agreement_ended' | 'version_open' } {
  if (agreementEnded) return { ok: false, reason: 'agreement_ended' }
  const isOpen = statuses.some((status) => status === 'draft' || status === 'offered')
  return isOpen ? { ok: false, reason: 'version_open' } : { ok: true }
}

/** Ending is possible once and stops later sales; earlier sales keep their terms. */
export function decideEnd(
  status: AgreementStatus,
): { ok: true } | { ok: false; reason: 'already_ended' | 'never_active' } {
  if (status === 'ended') return { ok: false, reason: 'already_ended' }
  return status === 'active' ? { ok: true } : { ok: false, reason: 'never_active' }
}

/** The agreement's status as its versions make it: accepted terms keep it active while a newer version is on offer. */
export function agreementStatusFrom(statuses: readonly VersionStatus[], ended: boolean): AgreementStatus {
  if (ended) return 'ended'
  if (statuses.includes('accepted')) return 'active'
  if (statuses.includes('offered')) return 'offered'
  const newest = statuses[statuses.length - 1]
  return newest === 'declined' ? 'declined' : 'draft'
}
