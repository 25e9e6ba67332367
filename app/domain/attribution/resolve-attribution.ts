import { type AgreementTerms, scopeContains } from '../agreements/terms.ts'
import { shareHeadroom } from '../awards/share-headroom.ts'
import { compareInstants } from '../time/instant.ts'
import type {
  AgreementInForce,
  AttributionInput,
  Candidate,
  Evidence,
  LineAttribution,
  LossReason,
  Payee,
  WinReason,
} from './attribution.ts'
import { capShares, payeeWeight } from './cap-shares.ts'
import { renewalShare } from './renewal-share.ts'

interface Winner {
  agreement: AgreementInForce
  evidence: Evidence
  /** What the agreement gives for this evidence. */
  shareBps: number
}

/**
 * Decides who is paid for one line. Every design owner of the product is; at most one promoter is: the creator of the drop that sold it
 * under the drop's own agreement, else the first discount code on the order that leads to an agreement in force, else the link, else whoever brought the subscription that the order renews. Depends on its input only, not on the order in which agreements are listed.
 */
export function resolveAttribution(input: AttributionInput): LineAttribution {
  const agreements = [...input.agreements].sort(newestFirst)
  const candidates: Candidate[] = []
  const winners = [
    ...findDesignOwners(input, agreements, candidates),
    ...findPromoter(input, agreements, candidates),
  ]
  const { shares, capped } = capShares(
    winners.map(({ agreement, shareBps }) => ({ id: agreement.versionId, shareBps })),
    input.circumstances.capBps,
  )
  const shareOf = ({ agreement }: Winner) => shares.get(agreement.versionId) ?? 0
  const rooms = shareHeadroom(
    winners.map((winner) => ({
      id: winner.agreement.versionId,
      shareBps: shareOf(winner),
      highestShareBps: highestShare(winner.agreement.terms),
    })),
    input.circumstances.capBps,
  )
  const payees = winners.map((winner) => ({
    ...payeeFrom(winner, shareOf(winner)),
    headroomBps: rooms.get(winner.agreement.versionId) ?? 0,
  }))
  return { payees, candidates, capped }
}

function highestShare(terms: AgreementTerms): number | null {
  return terms.tiers ? Math.max(...terms.tiers.steps.map((step) => step.shareBps)) : null
}

function findDesignOwners(
  input: AttributionInput,
  agreements: readonly AgreementInForce[],
  candidates: Candidate[],
): Winner[] {
  const evidence: Evidence = { kind: 'ownership', productId: input.productId }
  const owners = new Map<string, Winner>()
  for (const agreement of agreements) {
    if (agreement.terms.role !== 'design_owner' || !isInScope(agreement, input)) continue
    if (isArchived(agreement.creatorId, input)) {
      candidates.push(lost(agreement, evidence, 'creator_archived'))
    } else if (owners.has(agreement.creatorId)) {
      candidates.push(lost(agreement, evidence, 'superseded_by_newer_agreement'))
    } else {
      owners.set(agreement.creatorId, { agreement, evidence, shareBps: agreement.terms.shareBps })
      candidates.push(won(agreement, evidence, 'owns_design'))
    }
  }
  return [...owners.values()].sort((left, right) =>
    compareText(left.agreement.creatorId, right.agreement.creatorId),
  )
}

interface PromoterEvidence {
  evidence: Evidence
  creatorId: string | null
  /** Why it cannot count, whatever the agreements say. */
  flaw: LossReason | null
  reason: WinReason
}

function findPromoter(
  input: AttributionInput,
  agreements: readonly AgreementInForce[],
  candidates: Candidate[],
): Winner[] {
  const winners: Winner[] = []
  for (const found of [...dropEvidence(input), ...promoterEvidence(input)]) {
    const judged = judgePromoter(input, agreements, found)
    if (!judged.ok) {
      candidates.push(lostEvidence(found, judged.agreement, judged.reason))
      continue
    }
    const [agreement, ...older] = judged.matching
    if (winners.length > 0) {
      candidates.push(lost(agreement, found.evidence, 'lower_precedence'))
      continue
    }
    winners.push({
      agreement,
      evidence: found.evidence,
      shareBps: renewalShare(agreement.terms, found.evidence),
    })
    candidates.push(won(agreement, found.evidence, found.reason))
    for (const other of older) candidates.push(lost(other, found.evidence, 'superseded_by_newer_agreement'))
  }
  return winners
}

/** A drop that sells under a design owner's agreement pays by ownership: that is no promoter's part. */
function dropEvidence({ circumstances, agreements }: AttributionInput): PromoterEvidence[] {
  const { drop } = circumstances
  if (!drop?.creatorId || !drop.agreementId) return []
  const isOwned = agreements.some(
    ({ agreementId, terms }) => agreementId === drop.agreementId && terms.role === 'design_owner',
  )
  if (isOwned) return []
  const evidence: Evidence = { kind: 'drop', dropId: drop.id }
  return [{ evidence, creatorId: drop.creatorId, flaw: null, reason: 'sold_in_drop' }]
}

/** In order of precedence, after a drop's. */
function promoterEvidence(input: AttributionInput): PromoterEvidence[] {
  const { codes, link } = input.circumstances
  const found = codes.map(({ code, creatorId, isInWindow }): PromoterEvidence => {
    const flaw = creatorId === null ? 'code_not_ours' : isInWindow ? null : 'outside_window'
    return { evidence: { kind: 'discount_code', code }, creatorId, flaw, reason: 'first_valid_code' }
  })
  if (link) {
    const { reference, creatorId } = link
    const flaw = creatorId === null ? 'link_invalid' : null
    found.push({ evidence: { kind: 'link', reference }, creatorId, flaw, reason: 'valid_link' })
  }
  if (input.renewal) {
    const { contractId, cycle, creatorId } = input.renewal
    const evidence: Evidence = { kind: 'subscription', contractId, cycle }
    found.push({ evidence, creatorId, flaw: null, reason: 'brought_subscription' })
  }
  return found
}

type Judgement =
  | { ok: true; matching: [AgreementInForce, ...AgreementInForce[]] }
  | { ok: false; reason: LossReason; agreement: AgreementInForce | null }

function judgePromoter(
  input: AttributionInput,
  agreements: readonly AgreementInForce[],
  found: PromoterEvidence,
): Judgement {
  const { creatorId } = found
  if (found.flaw !== null) return { ok: false, reason: found.flaw, agreement: null }
  if (creatorId === null || isArchived(creatorId, input)) {
    return { ok: false, reason: 'creator_archived', agreement: null }
  }
  const isMeant = (item: AgreementInForce) =>
    found.evidence.kind !== 'drop' || item.agreementId === input.circumstances.drop?.agreementId
  const own = agreements.filter(
    (item) => item.creatorId === creatorId && item.terms.role === 'promoter' && isMeant(item),
  )
  const [newest] = own
  if (!newest) return { ok: false, reason: 'no_agreement_in_force', agreement: null }
  const [first, ...rest] = own.filter((item) => isInScope(item, input))
  if (!first) return { ok: false, reason: 'product_not_in_scope', agreement: newest }
  const refusal = renewalRefusal(first, found.evidence)
  return refusal ? { ok: false, reason: refusal, agreement: first } : { ok: true, matching: [first, ...rest] }
}

function isInScope({ terms }: AgreementInForce, { productId, circumstances }: AttributionInput): boolean {
  return scopeContains(terms.scope, { productId, collectionIds: circumstances.collectionIds })
}

function isArchived(creatorId: string, { circumstances }: AttributionInput): boolean {
  return circumstances.archivedCreatorIds.includes(creatorId)
}

function renewalRefusal({ terms }: AgreementInForce, evidence: Evidence): LossReason | null {
  if (evidence.kind !== 'subscription') return null
  if (!terms.subscription) return 'no_renewal_credit'
  return evidence.cycle > terms.subscription.cycles ? 'renewals_ended' : null
}

function payeeFrom({ agreement, evidence }: Winner, shareBps: number): Payee {
  const { deductPaymentFeeBps } = agreement.terms.net
  return {
    creatorId: agreement.creatorId,
    agreementId: agreement.agreementId,
    agreementVersionId: agreement.versionId,
    role: agreement.terms.role,
    agreedShareBps: agreement.terms.shareBps,
    shareBps,
    deductPaymentFeeBps,
    weight: payeeWeight(shareBps, deductPaymentFeeBps).toString(),
    evidence,
  }
}

function considered(agreement: AgreementInForce, evidence: Evidence) {
  return {
    creatorId: agreement.creatorId,
    agreementId: agreement.agreementId,
    agreementVersionId: agreement.versionId,
    role: agreement.terms.role,
    evidence,
  }
}

function won(agreement: AgreementInForce, evidence: Evidence, reason: WinReason): Candidate {
  return { ...considered(agreement, evidence), outcome: 'won', reason }
}

function lost(agreement: AgreementInForce, evidence: Evidence, reason: LossReason): Candidate {
  return { ...considered(agreement, evidence), outcome: 'lost', reason }
}

function lostEvidence(
  found: PromoterEvidence,
  agreement: AgreementInForce | null,
  reason: LossReason,
): Candidate {
  if (agreement) return lost(agreement, found.evidence, reason)
  const nobody = { agreementId: null, agreementVersionId: null, role: 'promoter' as const }
  return { ...nobody, creatorId: found.creatorId, evidence: found.evidence, outcome: 'lost', reason }
}

function newestFirst(left: AgreementInForce, right: AgreementInForce): number {
  const order = compareInstants(right.effectiveFrom, left.effectiveFrom)
  return order === 0 ? compareText(left.versionId, right.versionId) : order
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
