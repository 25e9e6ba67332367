// The creator's answer to an offer. What was read, by whom and when is kept with it for good.
import { keyedDigest } from '#app/adapters/crypto/digest.ts'
import { dueNoLaterThan } from '#app/adapters/db/calendar.ts'
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { AgreementVersion } from '#app/adapters/db/generated/client.ts'
import {
  agreementStatusFrom,
  decideVersion,
  type VersionRefusal,
  type VersionStatus,
} from '#app/domain/agreements/agreement-state.ts'
import { termsLanguage } from '#app/domain/agreements/describe-terms.ts'
import { hasUnreadable, withoutUnreadable } from '#app/domain/plain-text.ts'
import type { ServiceContext } from '../context.ts'
import { storedTerms } from './check-terms.server.ts'
import { readInvitationLink } from './invitation-link.server.ts'
import { termsSentences } from './invitation-text.ts'
import { type LockedAgreement, lockAgreement } from './lock-agreement.server.ts'
import { readScopeTitles } from './scope-titles.server.ts'

export interface DecideAgreementInput {
  token: string
  decision: 'accept' | 'decline'
  /** Full name as typed: the signature. Asked for on acceptance only. */
  name: string
  /** The box "I have read and agree". */
  confirmed: boolean
  /** Hash of the terms that the page showed. */
  termsHash: string
  /** Locale in which the page showed them; the creator's own when it does not say. */
  locale?: string
  ip: string
  userAgent: string
}

export type DecideAgreementResult =
  | { ok: true; status: 'accepted' | 'declined' }
  | { ok: false; reason: 'malformed' | 'forged' | 'unknown_offer' | 'creator_archived' | VersionRefusal }
  | { ok: false; reason: 'incomplete'; problems: DecisionProblem[] }

export interface DecisionProblem {
  field: 'name' | 'confirmed'
  reason: 'missing' | 'too_long' | 'malformed'
}

type Services = Pick<ServiceContext, 'db' | 'clock' | 'linkSecret'>

const LONGEST_NAME = 120
const LONGEST_USER_AGENT = 300

export async function decideAgreement(
  services: Services,
  input: DecideAgreementInput,
): Promise<DecideAgreementResult> {
  const link = readInvitationLink(services, input.token)
  if (!link.ok) return link
  const now = services.clock.now()
  return services.db.inShop(link.shopId, async (tx): Promise<DecideAgreementResult> => {
    const found = await tx.agreementVersion.findUnique({ where: { id: link.versionId } })
    const locked = found ? await lockAgreement(tx, found.agreementId) : null
    const shop = await tx.shop.findUnique({ where: { id: link.shopId } })
    const version = locked?.versions.find((candidate) => candidate.id === link.versionId)
    if (!locked || !version || !shop || shop.uninstalledAt) return { ok: false, reason: 'unknown_offer' }
    // Pressing the button twice is one answer.
    if (isRepeat(version, link.nonce, input.decision)) {
      return { ok: true, status: input.decision === 'accept' ? 'accepted' : 'declined' }
    }
    // The page behind such a link says that it has run out: its form must not work either.
    if (link.expired) return { ok: false, reason: 'invitation_expired' }
    const state = {
      status: version.status as VersionStatus,
      termsHash: version.termsHash,
      inviteNonce: version.inviteNonce,
      inviteExpiresAt: version.inviteExpiresAt?.toISOString() ?? null,
      agreementEnded: locked.agreement.status === 'ended',
    }
    const answer = { at: now.toISOString(), nonce: link.nonce, termsHash: input.termsHash }
    const decision = decideVersion(state, { kind: input.decision, ...answer })
    if (!decision.ok) return decision
    if (locked.creator.status !== 'active') return { ok: false, reason: 'creator_archived' }
    const problems = input.decision === 'accept' ? checkSignature(input) : []
    if (problems.length > 0) return { ok: false, reason: 'incomplete', problems }
    const status = input.decision === 'accept' ? 'accepted' : 'declined'
    await saveDecision(services, tx, { locked, version, input, status, now })
    return { ok: true, status }
  })
}

function isRepeat(version: AgreementVersion, nonce: string, decision: 'accept' | 'decline'): boolean {
  const status = decision === 'accept' ? 'accepted' : 'declined'
  return version.status === status && version.inviteNonce === nonce
}

function checkSignature(input: DecideAgreementInput): DecisionProblem[] {
  const problems: DecisionProblem[] = []
  const name = input.name.trim()
  if (name === '') problems.push({ field: 'name', reason: 'missing' })
  if (name.length > LONGEST_NAME) problems.push({ field: 'name', reason: 'too_long' })
  else if (hasUnreadable(name)) problems.push({ field: 'name', reason: 'malformed' })
  if (!input.confirmed) problems.push({ field: 'confirmed', reason: 'missing' })
  return problems
}

/** Null for what is no locale: it came with the form. */
function readLocale(text: string | undefined): string | null {
  return text && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(text) ? text : null
}

async function saveDecision(
  services: Services,
  tx: ShopTransaction,
  save: {
    locked: LockedAgreement
    version: AgreementVersion
    input: DecideAgreementInput
    status: 'accepted' | 'declined'
    now: Date
  },
): Promise<void> {
  const { locked, version, input, status, now } = save
  const { agreement, creator } = locked
  const terms = storedTerms(version)
  const { retroactive } = version
  // The creator's locale may have been changed since the page was opened: what was read is what is kept.
  const locale = readLocale(input.locale) ?? creator.locale
  const evidence = {
    decision: input.decision,
    // Of a refusal it is kept as far as it can be: nobody is asked to sign one.
    name: withoutUnreadable(input.name.trim().slice(0, LONGEST_NAME)),
    at: now.toISOString(),
    ipHash: keyedDigest('invitation-ip', input.ip, services.linkSecret),
    userAgent: input.userAgent.slice(0, LONGEST_USER_AGENT),
    termsHash: version.termsHash,
    retroactive,
    locale,
    language: termsLanguage(locale),
    text: termsSentences(terms, await readScopeTitles(tx, [terms]), { locale, retroactive }),
  }
  await tx.agreementVersion.update({ where: { id: version.id }, data: { status, decidedAt: now, evidence } })
  // Guarantees fall due also when nothing is sold: whoever settles them finds the date.
  await dueNoLaterThan(tx, version.shopId, 'settle-awards', now)
  const statuses = locked.versions.map((other) =>
    other.id === version.id ? status : (other.status as VersionStatus),
  )
  await tx.agreement.update({
    where: { id: agreement.id },
    data: { status: agreementStatusFrom(statuses, false) },
  })
  await recordCreatorEvent(tx, {
    shopId: agreement.shopId,
    creatorId: creator.id,
    at: now,
    kind: status === 'accepted' ? 'agreement_accepted' : 'agreement_declined',
    actor: 'creator',
    facts: { agreementId: agreement.id, title: agreement.title, version: version.number },
  })
}
