// Sends a fresh invitation for terms that are on offer; links in earlier mails stop working.
import { renewInvitation } from '#app/adapters/db/invitation-store.ts'
import type { ShopContext } from '../context.ts'
import { lockAgreement, openOffer } from './lock-agreement.server.ts'

export type InviteAgainResult =
  | { ok: true }
  | { ok: false; reason: 'unknown_agreement' | 'no_open_offer' | 'sent_just_now' }

/** Two clicks are one mail. */
const LEAST_GAP_MS = 60_000

export async function inviteAgain(
  ctx: ShopContext,
  input: { agreementId: string },
): Promise<InviteAgainResult> {
  const now = ctx.clock.now()
  return ctx.db.inShop(ctx.shop.id, async (tx): Promise<InviteAgainResult> => {
    const locked = await lockAgreement(tx, input.agreementId)
    if (!locked) return { ok: false, reason: 'unknown_agreement' }
    const offer = openOffer(locked.versions)
    if (!offer) return { ok: false, reason: 'no_open_offer' }
    const since = new Date(now.getTime() - LEAST_GAP_MS)
    const recent = await tx.mailDelivery.count({ where: { subjectId: offer.id, requestedAt: { gt: since } } })
    if (recent > 0) return { ok: false, reason: 'sent_just_now' }
    const { agreement, creator } = locked
    await renewInvitation(tx, ctx.queue, { shopId: ctx.shop.id, agreement, creator, version: offer, at: now })
    return { ok: true }
  })
}
