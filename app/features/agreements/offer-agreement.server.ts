// Offers the draft to the creator: the terms freeze, and a mail with a signed link is on its way.
import { randomNonce } from '#app/adapters/crypto/digest.ts'
import { invitationEnd, queueInvitation } from '#app/adapters/db/invitation-store.ts'
import type { ShopContext } from '../context.ts'
import { checkTerms, type TermsProblem } from './check-terms.server.ts'
import { draftOf, lockAgreement, openOffer } from './lock-agreement.server.ts'

export interface OfferAgreementInput {
  agreementId: string
  /** Hash of the terms that the merchant saw when offering them. */
  termsHash: string
}

export type OfferAgreementResult =
  | { ok: true; versionNumber: number }
  | { ok: false; reason: 'invalid_terms'; problems: TermsProblem[] }
  | {
      ok: false
      reason:
        | 'unknown_agreement'
        | 'agreement_ended'
        | 'creator_archived'
        | 'no_draft'
        | 'already_offered'
        | 'changed_meanwhile'
    }

export async function offerAgreement(
  ctx: ShopContext,
  input: OfferAgreementInput,
): Promise<OfferAgreementResult> {
  const now = ctx.clock.now()
  return ctx.db.inShop(ctx.shop.id, async (tx): Promise<OfferAgreementResult> => {
    const locked = await lockAgreement(tx, input.agreementId)
    if (!locked) return { ok: false, reason: 'unknown_agreement' }
    const { agreement, creator, versions } = locked
    if (agreement.status === 'ended') return { ok: false, reason: 'agreement_ended' }
    if (creator.status !== 'active') return { ok: false, reason: 'creator_archived' }
    if (openOffer(versions)) return { ok: false, reason: 'already_offered' }
    const draft = draftOf(versions)
    if (!draft) return { ok: false, reason: 'no_draft' }
    if (draft.termsHash !== input.termsHash) return { ok: false, reason: 'changed_meanwhile' }
    // Days may have passed since it was drafted: the shop's cap and books are asked again.
    const { terms, retroactive } = draft
    const drafted = { title: agreement.title, terms, retroactive }
    const checked = await checkTerms(ctx, tx, drafted, { creator, versions })
    if (!checked.ok) return { ok: false, reason: 'invalid_terms', problems: checked.problems }
    await tx.agreementVersion.update({
      where: { id: draft.id },
      data: {
        status: 'offered',
        offeredAt: now,
        inviteNonce: randomNonce(),
        inviteExpiresAt: invitationEnd(now),
      },
    })
    if (agreement.status !== 'active') {
      await tx.agreement.update({ where: { id: agreement.id }, data: { status: 'offered' } })
    }
    await queueInvitation(tx, ctx.queue, { shopId: ctx.shop.id, agreement, creator, version: draft, at: now })
    return { ok: true, versionNumber: draft.number }
  })
}
