// A risk hold: no payout to this creator until somebody lifts it. It never ends by itself.
import { isRowId } from '#app/adapters/db/row-id.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import type { ShopContext } from '../context.ts'
import { recordCreatorPayoutEvent } from './creator-payout-event.server.ts'

export type HoldPayoutsResult =
  | { ok: true; changed: boolean }
  | { ok: false; reason: 'unknown_creator' | 'reason_missing' | 'reason_malformed' }

/** `reason` is for the merchant's own eyes; null lifts the hold. */
export async function holdPayouts(
  ctx: ShopContext,
  input: { creatorId: string; reason: string | null },
): Promise<HoldPayoutsResult> {
  const { creatorId } = input
  const reason = input.reason?.trim() ?? null
  if (!isRowId(creatorId)) return { ok: false, reason: 'unknown_creator' }
  if (reason === '') return { ok: false, reason: 'reason_missing' }
  if (reason !== null && (reason.length > 300 || hasUnreadable(reason)))
    return { ok: false, reason: 'reason_malformed' }
  return ctx.db.inShop(ctx.shop.id, async (tx): Promise<HoldPayoutsResult> => {
    await tx.$queryRaw`select 1 from creator where id = ${creatorId}::uuid for update`
    const creator = await tx.creator.findUnique({ where: { id: creatorId }, select: { id: true } })
    if (!creator) return { ok: false, reason: 'unknown_creator' }
    const last = await tx.creatorEvent.findFirst({
      where: { creatorId, kind: { in: ['payouts_held', 'payouts_freed'] } },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      select: { kind: true },
    })
    const isHeld = last?.kind === 'payouts_held'
    if (isHeld === (reason !== null)) return { ok: true, changed: false }
    await recordCreatorPayoutEvent(tx, {
      shopId: ctx.shop.id,
      creatorId,
      at: ctx.clock.now(),
      kind: reason === null ? 'payouts_freed' : 'payouts_held',
      actor: 'merchant',
      facts: { reason },
    })
    return { ok: true, changed: true }
  })
}
