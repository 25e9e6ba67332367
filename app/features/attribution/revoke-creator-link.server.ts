// Takes a share link back: orders that carry it from now on are not attributed by it.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'

export type RevokeLinkResult = { ok: true } | { ok: false; reason: 'unknown_link' }

/** Revoking twice changes nothing and is fine. */
export async function revokeCreatorLink(
  ctx: ShopContext,
  input: { linkId: string },
): Promise<RevokeLinkResult> {
  if (!isRowId(input.linkId)) return { ok: false, reason: 'unknown_link' }
  const now = ctx.clock.now()
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const link = await tx.creatorLink.findUnique({ where: { id: input.linkId } })
    if (!link) return { ok: false, reason: 'unknown_link' }
    const changed = await tx.creatorLink.updateMany({
      where: { id: link.id, revokedAt: null },
      data: { revokedAt: now },
    })
    if (changed.count === 0) return { ok: true }
    await recordCreatorEvent(tx, {
      shopId: ctx.shop.id,
      creatorId: link.creatorId,
      at: now,
      kind: 'link_revoked',
      actor: 'merchant',
      facts: { reference: link.reference },
    })
    return { ok: true }
  })
}
