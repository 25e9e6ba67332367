// Marks an approved run as sent: the money leaves the creators' balances, all of it in one transaction or nothing.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { journalForPayoutSent, payoutKey } from '#app/domain/payouts/payout-journals.ts'
import { stepRun } from '#app/domain/payouts/payout-state.ts'
import type { ShopContext } from '../context.ts'
import { findObstacle, type PayoutObstacle } from './payout-obstacle.server.ts'
import { postPayoutJournals } from './post-payout-journals.server.ts'
import {
  type LockedPayout,
  type LockedRun,
  lockRun,
  recordPayoutEvent,
  touchRun,
} from './run-store.server.ts'

export type SendRunResult =
  | { ok: true; changed: boolean }
  | { ok: false; reason: 'unknown_run' | 'changed_meanwhile' | `run_is_${LockedRun['status']}` }
  | PayoutObstacle

export async function sendRun(
  ctx: ShopContext,
  input: { runId: string; revision: number; actor: string },
): Promise<SendRunResult> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<SendRunResult> => {
    const head = await lockLedger(tx, shop.id)
    const run = await lockRun(tx, input.runId)
    if (!run) return { ok: false, reason: 'unknown_run' }
    const step = stepRun(run.status, 'send')
    if (!step.ok) return step
    if (!step.changed) return { ok: true, changed: false }
    if (run.revision !== input.revision) return { ok: false, reason: 'changed_meanwhile' }
    const payouts = run.payouts.filter(({ status }) => status === 'approved')
    const refusal = await findObstacle(tx, shop.id, run.currency, payouts)
    if (refusal) return refusal

    const now = ctx.clock.now()
    const drafts = payouts.map((payout) =>
      journalForPayoutSent({
        payoutId: payout.id,
        creatorId: payout.creatorId,
        currency: payout.currency,
        reference: payout.reference,
        runNumber: run.number,
        grossMinor: payout.grossMinor,
        withheldMinor: payout.withheldMinor,
        netMinor: payout.netMinor,
        at: now.toISOString(),
      }),
    )
    const seqOf = await postPayoutJournals(tx, shop, head, drafts, now)
    for (const payout of payouts) {
      const journalSeq = seqOf.get(payoutKey(payout.id)) ?? null
      await tx.payout.update({ where: { id: payout.id }, data: { status: 'sent', sentAt: now, journalSeq } })
    }
    await touchRun(tx, run, { status: 'sent', sentAt: now })
    await recordPayoutEvent(tx, {
      shopId: shop.id,
      runId: run.id,
      at: now,
      kind: 'run_sent',
      actor: input.actor,
      facts: { payouts: payouts.length },
    })
    await askForAdvice(ctx, tx, payouts, now)
    return { ok: true, changed: true }
  })
}

async function askForAdvice(
  ctx: ShopContext,
  tx: ShopTransaction,
  payouts: readonly LockedPayout[],
  now: Date,
): Promise<void> {
  const shopId = ctx.shop.id
  const creators = await tx.creator.findMany({
    where: { shopId, id: { in: payouts.map(({ creatorId }) => creatorId) } },
    select: { id: true, email: true },
  })
  const emailOf = new Map(creators.map(({ id, email }) => [id, email]))
  for (const payout of payouts) {
    const toAddress = emailOf.get(payout.creatorId)
    if (!toAddress) continue
    const deliveryId = newRowId()
    await tx.mailDelivery.create({
      data: {
        id: deliveryId,
        shopId,
        kind: 'payment_advice',
        subjectId: payout.id,
        creatorId: payout.creatorId,
        toAddress,
        subject: payout.reference,
        requestedAt: now,
      },
    })
    await ctx.queue.enqueue(tx, 'send-mail', { shopId, deliveryId })
  }
}
