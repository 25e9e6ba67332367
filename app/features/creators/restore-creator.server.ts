// Brings an archived creator back. What archiving ended stays ended: terms are offered anew.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'
import { checkAllowance } from './check-allowance.server.ts'

export type RestoreCreatorResult =
  | { ok: true }
  | { ok: false; reason: 'unknown_creator' | 'not_archived' | 'plan_limit_reached' }

export async function restoreCreator(
  ctx: ShopContext,
  input: { creatorId: string },
): Promise<RestoreCreatorResult> {
  const { creatorId } = input
  if (!isRowId(creatorId)) return { ok: false, reason: 'unknown_creator' }
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const allowance = await checkAllowance(tx, ctx.shop.id)
    const archived = await tx.creator.count({ where: { id: creatorId, status: 'archived' } })
    if (archived > 0 && !allowance.ok) return { ok: false, reason: allowance.reason }
    const changed = await tx.creator.updateMany({
      where: { id: creatorId, status: 'archived' },
      data: { status: 'active', archivedAt: null, revision: { increment: 1 } },
    })
    if (changed.count === 0) {
      const exists = await tx.creator.count({ where: { id: creatorId } })
      return { ok: false, reason: exists > 0 ? 'not_archived' : 'unknown_creator' }
    }
    await recordCreatorEvent(tx, {
      shopId: ctx.shop.id,
      creatorId,
      at: ctx.clock.now(),
      kind: 'creator_restored',
      actor: 'merchant',
    })
    return { ok: true }
  })
}
