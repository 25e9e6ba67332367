// The second pair of eyes: posts what somebody else asked for, or turns it down.
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { type Decided, type Decision, decideProposal, proposalOf } from '#app/domain/proposals/proposal.ts'
import type { ShopContext } from '../context.ts'
import { postAdjustment } from './post-adjustment.server.ts'

export type DecideAdjustmentResult =
  | Decided
  | { ok: false; reason: 'unknown_adjustment' | 'suspense_changed' }

export async function decideAdjustment(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  input: { adjustmentId: string; decision: Decision; actor: string },
): Promise<DecideAdjustmentResult> {
  if (!isRowId(input.adjustmentId)) return { ok: false, reason: 'unknown_adjustment' }
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<DecideAdjustmentResult> => {
    const head = await lockLedger(tx, shop.id)
    const row = await tx.adjustment.findUnique({ where: { id: input.adjustmentId } })
    if (!row) return { ok: false, reason: 'unknown_adjustment' }
    const decided = decideProposal(proposalOf(row, 'posted'), input.decision, input.actor)
    if (!decided.ok || !decided.changed) return decided
    const now = ctx.clock.now()
    if (decided.status === 'agreed') {
      const posted = await postAdjustment(tx, shop, head, row, { by: input.actor, at: now })
      return posted.ok ? decided : posted
    }
    await tx.adjustment.update({
      where: { id: row.id },
      data: { status: 'rejected', decidedBy: input.actor, decidedAt: now },
    })
    return decided
  })
}
