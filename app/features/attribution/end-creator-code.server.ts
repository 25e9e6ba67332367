// Ends a creator's code. Attribution stops at once; the job ends the discount in Shopify.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'

export type EndCodeResult = { ok: true } | { ok: false; reason: 'unknown_code' }

/** Ending an ended code changes nothing and is fine. */
export async function endCreatorCode(ctx: ShopContext, input: { codeId: string }): Promise<EndCodeResult> {
  if (!isRowId(input.codeId)) return { ok: false, reason: 'unknown_code' }
  const now = ctx.clock.now()
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const code = await tx.creatorCode.findUnique({ where: { id: input.codeId } })
    if (!code) return { ok: false, reason: 'unknown_code' }
    const changed = await tx.creatorCode.updateMany({
      where: { id: code.id, endsAt: null },
      data: { endsAt: now },
    })
    if (changed.count === 0) return { ok: true }
    await recordCreatorEvent(tx, {
      shopId: ctx.shop.id,
      creatorId: code.creatorId,
      at: now,
      kind: 'code_ended',
      actor: 'merchant',
      facts: { code: code.code },
    })
    await ctx.queue.enqueue(tx, 'sync-creator-code', { shopId: ctx.shop.id, codeId: code.id })
    return { ok: true }
  })
}
