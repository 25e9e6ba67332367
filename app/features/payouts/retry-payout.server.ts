// Pays again what failed: in a run of its own, with a reference of its own, and only once.
import type { Prisma } from '#app/adapters/db/generated/client.ts'
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { type PayoutException, waivedOf } from '#app/domain/payouts/eligibility.ts'
import { payoutAmounts, splitIncome } from '#app/domain/payouts/payout-amounts.ts'
import { payoutReference } from '#app/domain/payouts/payout-reference.ts'
import type { PayoutStatus } from '#app/domain/payouts/payout-state.ts'
import { localDateOf } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'
import { readIncomeToDate } from './income-to-date.server.ts'
import { readCandidates, withholdingColumn } from './payout-candidates.server.ts'
import { insertRun, lockRunOfPayout, recordPayoutEvent } from './run-store.server.ts'

export type RetryPayoutResult =
  | { ok: true; runId: string; changed: boolean }
  | { ok: false; reason: 'unknown_payout' | `payout_is_${PayoutStatus}` }
  | { ok: false; reason: 'not_payable'; exceptions: PayoutException[] }

/** At most what failed, and at most what is due now. A draft: it is approved like any other. */
export async function retryPayout(
  ctx: ShopContext,
  input: { payoutId: string; actor: string },
): Promise<RetryPayoutResult> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<RetryPayoutResult> => {
    await lockLedger(tx, shop.id)
    const found = await lockRunOfPayout(tx, input.payoutId)
    if (!found) return { ok: false, reason: 'unknown_payout' }
    const { payout, run } = found
    if (payout.status !== 'failed') return { ok: false, reason: `payout_is_${payout.status}` }
    const known = await tx.payout.findFirst({
      where: { shopId: shop.id, repeatsId: payout.id, status: { not: 'voided' } },
      select: { runId: true },
    })
    if (known) return { ok: true, runId: known.runId, changed: false }
    const now = ctx.clock.now()
    const [candidate] = await readCandidates(tx, shop, payout.currency, now, [payout.creatorId])
    if (!candidate?.method || candidate.verdict === 'blocked') {
      return { ok: false, reason: 'not_payable', exceptions: candidate?.exceptions ?? ['nothing_due'] }
    }
    const gross = candidate.grossMinor < payout.grossMinor ? candidate.grossMinor : payout.grossMinor
    const income = (await readIncomeToDate(tx, shop.id, payout.currency, [payout.creatorId])).get(
      payout.creatorId,
    )
    const runId = newRowId()
    const id = newRowId()
    const executeOn = localDateOf(now.toISOString(), shop.timeZone)
    const { currency } = payout
    const number = await insertRun(tx, shop.id, { id: runId, currency, executeOn, actor: input.actor, now })
    await tx.payout.create({
      data: {
        id,
        shopId: shop.id,
        runId,
        creatorId: payout.creatorId,
        currency: payout.currency,
        ...payoutAmounts(gross, candidate.withholding?.bps ?? 0),
        ...withholdingColumn(candidate),
        methodId: candidate.method.id,
        reference: payoutReference(number, id),
        repeatsId: payout.id,
        income: splitIncome(
          gross,
          income?.earned ?? new Map(),
          income?.paid ?? new Map(),
          candidate.mainIncome,
        ) as unknown as Prisma.InputJsonArray,
      },
    })
    const event = { shopId: shop.id, at: now, actor: input.actor }
    await recordPayoutEvent(tx, {
      ...event,
      runId,
      kind: 'run_created',
      facts: { payouts: 1, repeats: payout.reference, waived: waivedOf([candidate]) },
    })
    await recordPayoutEvent(tx, {
      ...event,
      runId: run.id,
      payoutId: payout.id,
      kind: 'payout_retried',
      facts: { reference: payout.reference, inRun: number },
    })
    return { ok: true, runId, changed: true }
  })
}
