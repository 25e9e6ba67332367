// Ends an agreement now. Sales until this moment keep their royalties; later ones earn none under it.
import { dueNoLaterThan } from '#app/adapters/db/calendar.ts'
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import type { ShopContext } from '../context.ts'
import { lockAgreement } from './lock-agreement.server.ts'

export type EndAgreementResult = { ok: true } | { ok: false; reason: 'unknown_agreement' | 'already_ended' }

/** Open offers are withdrawn and drafts dropped with it. */
export async function endAgreement(
  ctx: ShopContext,
  input: { agreementId: string },
): Promise<EndAgreementResult> {
  const now = ctx.clock.now()
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const locked = await lockAgreement(tx, input.agreementId)
    if (!locked) return { ok: false, reason: 'unknown_agreement' }
    if (locked.agreement.status === 'ended') return { ok: false, reason: 'already_ended' }
    const agreementId = locked.agreement.id
    await tx.agreementVersion.updateMany({
      where: { agreementId, status: 'offered' },
      data: { status: 'withdrawn' },
    })
    await tx.agreementVersion.deleteMany({ where: { agreementId, status: 'draft' } })
    await tx.agreement.update({ where: { id: agreementId }, data: { status: 'ended', endedAt: now } })
    // What was guaranteed ends with it.
    await dueNoLaterThan(tx, ctx.shop.id, 'settle-awards', now)
    await recordCreatorEvent(tx, {
      shopId: ctx.shop.id,
      creatorId: locked.creator.id,
      at: now,
      kind: 'agreement_ended',
      actor: 'merchant',
      facts: { agreementId, title: locked.agreement.title },
    })
    return { ok: true }
  })
}
