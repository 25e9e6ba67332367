// What one person asks for and, where the shop wants it so, another agrees to: adjustments, advances, lower rules of approval.

/** Somebody whose session does not say who it is, and who may be anybody: no second person to others, and others are none to them. */
export const UNKNOWN_PERSON = 'user/unknown'

export type ProposalStatus = 'proposed' | 'agreed' | 'rejected'

export interface Proposal {
  status: ProposalStatus
  /** "user/<id>" of the verified session. */
  proposedBy: string
  /** As the shop wanted it when it was proposed: what changes later does not reach it. */
  needsSecond: boolean
}

export type Decision = 'agree' | 'reject'

export type Decided =
  /** `changed` is false when it stands so already: a second click asks for nothing new. */
  | { ok: true; status: 'agreed' | 'rejected'; changed: boolean }
  | {
      ok: false
      reason:
        | 'second_person_needed'
        | 'person_unknown'
        | 'proposer_unknown'
        | 'already_agreed'
        | 'already_rejected'
    }

export function decideProposal(proposal: Proposal, decision: Decision, actor: string): Decided {
  const wanted = decision === 'agree' ? 'agreed' : 'rejected'
  if (proposal.status === wanted) return { ok: true, status: wanted, changed: false }
  if (proposal.status !== 'proposed') return { ok: false, reason: `already_${proposal.status}` }
  // Whoever asked may also take it back.
  if (decision === 'agree' && proposal.needsSecond) {
    if (actor === UNKNOWN_PERSON) return { ok: false, reason: 'person_unknown' }
    if (proposal.proposedBy === UNKNOWN_PERSON) return { ok: false, reason: 'proposer_unknown' }
    if (actor === proposal.proposedBy) return { ok: false, reason: 'second_person_needed' }
  }
  return { ok: true, status: wanted, changed: true }
}

/** Whether this visitor would be let. */
export function mayAgree(proposal: Proposal, actor: string): boolean {
  return proposal.status === 'proposed' && decideProposal(proposal, 'agree', actor).ok
}

/** Whether somebody may undo what another one did, where it needed two to do it: nobody unnamed, and not whoever did it. */
export function mayUndo(
  { doneBy, needsSecond }: { doneBy: string; needsSecond: boolean },
  actor: string,
): { ok: true } | { ok: false; reason: 'undo_needs_second' | 'person_unknown' } {
  if (!needsSecond) return { ok: true }
  if (actor === UNKNOWN_PERSON) return { ok: false, reason: 'person_unknown' }
  return actor === doneBy || doneBy === UNKNOWN_PERSON
    ? { ok: false, reason: 'undo_needs_second' }
    : { ok: true }
}

/** Reads a proposal from its row. A row says in its own word that it was agreed to: an adjustment is posted. */
export function proposalOf(
  row: { status: string; proposedBy: string; needsSecond: boolean },
  agreed: string = 'agreed',
): Proposal {
  const { status, proposedBy, needsSecond } = row
  if (status === agreed) return { status: 'agreed', proposedBy, needsSecond }
  if (status !== 'proposed' && status !== 'rejected')
    throw new TypeError(`${status} is no state of a proposal`)
  return { status, proposedBy, needsSecond }
}
