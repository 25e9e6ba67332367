import { formatPercent } from '../money/percent.ts'
import { type Sentence, sentence } from '../sentence.ts'
import type { Candidate, Evidence, LineAttribution, LossReason, Payee } from './attribution.ts'

export interface AttributionNames {
  /** Creator names by id. */
  creators: ReadonlyMap<string, string>
  /** Default en. */
  locale?: string
}

/** Answers "why this creator?": first who is paid and why, then what was considered and lost. */
export function explainAttribution(attribution: LineAttribution, names: AttributionNames): Sentence[] {
  const sentences = attribution.payees.map((payee) => explainPayee(payee, names))
  if (attribution.payees.length === 0) {
    sentences.push(
      sentence('attribution.nobody', 'Nobody is paid for this line: no creator owns it and none brought it.'),
    )
  }
  if (attribution.capped) {
    sentences.push(
      sentence(
        'attribution.capped',
        'The agreed shares together were above the cap of the shop and were scaled down in proportion.',
      ),
    )
  }
  for (const candidate of attribution.candidates) {
    if (candidate.outcome === 'lost') sentences.push(explainLoss(candidate, candidate.reason, names))
  }
  return sentences
}

function explainPayee(payee: Payee, names: AttributionNames): Sentence {
  const params = {
    creator: nameOf(payee.creatorId, names),
    share: formatPercent(payee.shareBps, names.locale ?? 'en'),
    evidence: evidenceWords(payee.evidence),
  }
  switch (payee.evidence.kind) {
    case 'ownership':
      return sentence('attribution.won.owner', '{creator} gets {share} because the design is theirs.', params)
    case 'discount_code':
      return sentence(
        'attribution.won.code',
        '{creator} gets {share} because the buyer used their {evidence}.',
        params,
      )
    case 'link':
      return sentence(
        'attribution.won.link',
        '{creator} gets {share} because the buyer came through their {evidence}.',
        params,
      )
    case 'drop':
      return sentence(
        'attribution.won.drop',
        '{creator} gets {share} because it was sold in their drop, under the agreement of that drop.',
        params,
      )
    case 'subscription':
      return sentence(
        'attribution.won.subscription',
        '{creator} gets {share} because they brought the subscription: this is {evidence}.',
        params,
      )
  }
}

const LOSSES: Record<LossReason, string> = {
  lower_precedence:
    '{evidence} of {creator} did not count: stronger evidence had already named the promoter.',
  code_not_ours: '{evidence} belongs to no creator.',
  outside_window: '{evidence} of {creator} did not count: it was not valid at the time of the sale.',
  link_invalid: '{evidence} did not count: it is unknown, revoked or was tampered with.',
  creator_archived: '{evidence} of {creator} did not count: the creator was archived.',
  no_agreement_in_force:
    '{evidence} of {creator} did not count: no agreement was in force at the time of the sale.',
  product_not_in_scope: '{evidence} of {creator} did not count: the agreement does not cover this product.',
  superseded_by_newer_agreement: '{evidence} of {creator} counts under a newer agreement.',
  no_renewal_credit: '{evidence} did not count: the agreement with {creator} gives no credit for renewals.',
  renewals_ended: '{evidence} did not count: the renewals that {creator} is credited for have ended.',
}

function explainLoss(candidate: Candidate, reason: LossReason, names: AttributionNames): Sentence {
  const words = evidenceWords(candidate.evidence)
  return sentence(`attribution.lost.${reason}`, LOSSES[reason], {
    creator: nameOf(candidate.creatorId, names),
    evidence: words.charAt(0).toUpperCase() + words.slice(1),
  })
}

function evidenceWords(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'discount_code':
      return `code ${evidence.code}`
    case 'link':
      return `link ${evidence.reference}`
    case 'drop':
      return 'the drop in which it was sold'
    case 'ownership':
      return 'design ownership'
    case 'subscription':
      return `renewal ${evidence.cycle} of subscription ${evidence.contractId}`
  }
}

function nameOf(creatorId: string | null, names: AttributionNames): string {
  return (creatorId === null ? undefined : names.creators.get(creatorId)) ?? 'an unknown creator'
}
