// Takes an offer back before the creator has answered. The link in the mail then says so.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import type { ShopContext } from '../context.ts'
import { lockAgreement, openOffer } from './lock-agreement.server.ts'

export type WithdrawOfferResult = { ok: true } | { ok: false; reason: 'unknown_agreement' | 'no_open_offer' }

export async function withdrawOffer(
  ctx: ShopContext,
  input: { agreementId: string },
): Promise<WithdrawOfferResult> {
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const locked = await lockAgreement(tx, input.agreementId)
    if (!locked) return { ok: false, reason: 'unknown_agreement' }
    const offer = openOffer(locked.versions)
    if (!offer) return { ok: false, reason: 'no_open_offer' }
    await tx.agreementVersion.update({ where: { id: offer.id }, data: { status: 'withdrawn' } })
    // A withdrawn first offer leaves an agreement that can be drafted anew; a running one keeps running.
    if (locked.agreement.status === 'offered') {
      await tx.agreement.update({ where: { id: locked.agreement.id }, data: { status: 'draft' } })
    }
    await recordCreatorEvent(tx, {
      shopId: ctx.shop.id,
      creatorId: locked.creator.id,
      at: ctx.clock.now(),
      kind: 'offer_withdrawn',
      actor: 'merchant',
      facts: { agreementId: locked.agreement.id, title: locked.agreement.title, version: offer.number },
    })
    return { ok: true }
  })
}
