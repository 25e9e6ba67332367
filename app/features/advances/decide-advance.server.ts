// The second pair of eyes on an advance; and taking one back before it was paid, which anybody may.
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { type Decided, type Decision, decideProposal, proposalOf } from '#app/domain/proposals/proposal.ts'
import type { ShopContext } from '../context.ts'

export type DecideAdvanceResult = Decided | { ok: false; reason: 'unknown_advance' | 'advance_is_paid' }

export async function decideAdvance(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  input: { advanceId: string; decision: Decision; actor: string },
): Promise<DecideAdvanceResult> {
  if (!isRowId(input.advanceId)) return { ok: false, reason: 'unknown_advance' }
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<DecideAdvanceResult> => {
    await lockLedger(tx, shop.id)
    const row = await tx.advance.findUnique({ where: { id: input.advanceId } })
    if (!row) return { ok: false, reason: 'unknown_advance' }
    if (row.paidAt && input.decision === 'reject') return { ok: false, reason: 'advance_is_paid' }
    // What was agreed to and not paid yet can still be taken back: nothing has left the house.
    const isWithdrawn = row.status === 'agreed' && input.decision === 'reject'
    const decided: Decided = isWithdrawn
      ? { ok: true, status: 'rejected', changed: true }
      : decideProposal(proposalOf(row), input.decision, input.actor)
    if (!decided.ok || !decided.changed) return decided
    await tx.advance.update({
      where: { id: row.id },
      data: { status: decided.status, decidedBy: input.actor, decidedAt: ctx.clock.now() },
    })
    return decided
  })
}
