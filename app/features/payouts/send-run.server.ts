// Marks an approved run as sent: the money leaves the creators' balances, all of it in one transaction or nothing.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { journalForPayoutSent, payoutKey } from '#app/domain/payouts/payout-journals.ts'
import { stepRun } from '#app/domain/payouts/payout-state.ts'
import type { ShopContext } from '../context.ts'
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
  /** Returns came in meanwhile, or the account was changed: these payouts must be voided first. */
  | { ok: false; reason: 'balance_too_small' | 'method_replaced' | 'on_risk_hold'; creators: string[] }

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

interface Standing {
  creatorId: string
  name: string
  available: bigint
  methodId: string | null
  riskKind: string | null
}

/** Looked at again under the lock: what was payable when the run was made may not be any more. */
async function findObstacle(
  tx: ShopTransaction,
  shopId: number,
  currency: string,
  payouts: readonly LockedPayout[],
): Promise<Extract<SendRunResult, { creators: string[] }> | null> {
  const ids = payouts.map(({ creatorId }) => creatorId)
  const rows = await tx.$queryRaw<Standing[]>`
    select c.id::text as "creatorId", c.name,
      (select coalesce(-sum(v.movement_minor), 0)::bigint from account a join account_movement v on v.account_id = a.id
       where a.shop_id = ${shopId} and a.creator_id = c.id and a.currency = ${currency} and a.code like '%/available') as available,
      (select m.id::text from payout_method m where m.shop_id = ${shopId} and m.creator_id = c.id and m.replaced_at is null) as "methodId",
      (select e.kind from creator_event e where e.shop_id = ${shopId} and e.creator_id = c.id and e.kind in ('payouts_held', 'payouts_freed')
       order by e.at desc, e.id desc limit 1) as "riskKind"
    from creator c where c.shop_id = ${shopId} and c.id = any(${ids}::uuid[])`
  const standing = new Map(rows.map((row) => [row.creatorId, row]))
  const namesWhere = (isWrong: (row: Standing, payout: LockedPayout) => boolean) =>
    payouts.flatMap((payout) => {
      const row = standing.get(payout.creatorId)
      return !row || isWrong(row, payout) ? [row?.name ?? payout.reference] : []
    })
  const obstacles = [
    ['balance_too_small', namesWhere((row, payout) => row.available < payout.grossMinor)],
    ['method_replaced', namesWhere((row, payout) => row.methodId !== payout.methodId)],
    ['on_risk_hold', namesWhere((row) => row.riskKind === 'payouts_held')],
  ] as const
  const found = obstacles.find(([, creators]) => creators.length > 0)
  return found ? { ok: false, reason: found[0], creators: found[1] } : null
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
