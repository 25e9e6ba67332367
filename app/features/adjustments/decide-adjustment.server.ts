// The second pair of eyes: posts what somebody else asked for, or turns it down.
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'
import { postAdjustment } from './post-adjustment.server.ts'

export type DecideAdjustmentResult =
  | { ok: true; status: 'posted' | 'rejected'; changed: boolean }
  | {
      ok: false
      reason:
        | 'unknown_adjustment'
        | 'second_person_needed'
        | 'adjustment_is_posted'
        | 'adjustment_is_rejected'
        | 'suspense_changed'
    }

export async function decideAdjustment(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  input: { adjustmentId: string; decision: 'post' | 'reject'; actor: string },
): Promise<DecideAdjustmentResult> {
  if (!isRowId(input.adjustmentId)) return { ok: false, reason: 'unknown_adjustment' }
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<DecideAdjustmentResult> => {
    const head = await lockLedger(tx, shop.id)
    const row = await tx.adjustment.findUnique({ where: { id: input.adjustmentId } })
    if (!row) return { ok: false, reason: 'unknown_adjustment' }
    const wanted = input.decision === 'post' ? 'posted' : 'rejected'
    if (row.status === wanted) return { ok: true, status: wanted, changed: false }
    if (row.status === 'posted' || row.status === 'rejected')
      return { ok: false, reason: `adjustment_is_${row.status}` }
    const now = ctx.clock.now()
    if (input.decision === 'reject') {
      // Whoever asked may also take it back.
      await tx.adjustment.update({
        where: { id: row.id },
        data: { status: 'rejected', decidedBy: input.actor, decidedAt: now },
      })
      return { ok: true, status: 'rejected', changed: true }
    }
    const { adjustmentsNeedSecond } = await tx.shop.findUniqueOrThrow({
      where: { id: shop.id },
      select: { adjustmentsNeedSecond: true },
    })
    if (adjustmentsNeedSecond && row.proposedBy === input.actor)
      return { ok: false, reason: 'second_person_needed' }
    const posted = await postAdjustment(tx, shop, head, row, { by: input.actor, at: now })
    return posted.ok ? { ok: true, status: 'posted', changed: true } : posted
  })
}
