// What became of a payout that was sent: the bank confirmed it, it failed, or it was marked as sent by mistake.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { readStandingJournal } from '#app/adapters/db/standing-journal.ts'
import {
  journalForPayoutSettled,
  journalForReversal,
  payoutSettledKey,
} from '#app/domain/payouts/payout-journals.ts'
import { type PayoutStatus, type PayoutStep, stepPayout } from '#app/domain/payouts/payout-state.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import type { ShopContext } from '../context.ts'
import { postPayoutJournals } from './post-payout-journals.server.ts'
import {
  type LockedPayout,
  lockRun,
  lockRunOfPayout,
  recordPayoutEvent,
  touchRun,
} from './run-store.server.ts'

export type SettleResult =
  | { ok: true; changed: boolean }
  | {
      ok: false
      reason: 'unknown_payout' | 'reason_missing' | 'reason_malformed' | `payout_is_${PayoutStatus}`
    }

type Head = Awaited<ReturnType<typeof lockLedger>>

export function confirmPayout(
  ctx: ShopContext,
  input: { payoutId: string; actor: string },
): Promise<SettleResult> {
  return step(ctx, input, 'confirm')
}

/** The bank did not pay, or paid back. The amount stands on the creator's balance again. */
export async function failPayout(
  ctx: ShopContext,
  input: { payoutId: string; actor: string; failure: string },
): Promise<SettleResult> {
  const failure = input.failure.trim()
  if (failure === '') return { ok: false, reason: 'reason_missing' }
  if (failure.length > 300 || hasUnreadable(failure)) return { ok: false, reason: 'reason_malformed' }
  return step(ctx, { ...input, failure }, 'fail')
}

/** Takes a payout out of its run. One that was marked as sent is taken back in the books. */
export function voidPayout(
  ctx: ShopContext,
  { payoutId, actor }: { payoutId: string; actor: string },
): Promise<SettleResult> {
  // Nothing else that a caller holds: only what failed has a failure.
  return step(ctx, { payoutId, actor }, 'void')
}

async function step(
  ctx: ShopContext,
  input: { payoutId: string; actor: string; failure?: string },
  wanted: Extract<PayoutStep, 'confirm' | 'fail' | 'void'>,
): Promise<SettleResult> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<SettleResult> => {
    const head = await lockLedger(tx, shop.id)
    const found = await lockRunOfPayout(tx, input.payoutId)
    if (!found) return { ok: false, reason: 'unknown_payout' }
    const { run, payout } = found
    const next = stepPayout(payout.status, wanted)
    if (!next.ok) return next
    if (!next.changed) return { ok: true, changed: false }
    const now = ctx.clock.now()
    if (wanted === 'confirm') await bookConfirmation(tx, ctx, head, [payout], now)
    else await bookWithdrawal(tx, ctx, head, payout, wanted, input.failure ?? null, now)
    await recordPayoutEvent(tx, {
      shopId: shop.id,
      runId: run.id,
      payoutId: payout.id,
      at: now,
      kind: EVENTS[wanted],
      actor: input.actor,
      facts: { reference: payout.reference, ...(input.failure ? { reason: input.failure } : {}) },
    })
    await touchRun(tx, run)
    return { ok: true, changed: true }
  })
}

const EVENTS = { confirm: 'payout_confirmed', fail: 'payout_failed', void: 'payout_voided' } as const

export type ConfirmRunResult =
  | { ok: true; confirmed: number }
  | { ok: false; reason: 'unknown_run' | 'run_is_not_sent' }

/** Everything of the run that is still on its way arrived. */
export async function confirmRun(
  ctx: ShopContext,
  input: { runId: string; actor: string },
): Promise<ConfirmRunResult> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<ConfirmRunResult> => {
    const head = await lockLedger(tx, shop.id)
    const run = await lockRun(tx, input.runId)
    if (!run) return { ok: false, reason: 'unknown_run' }
    if (run.status === 'finished') return { ok: true, confirmed: 0 }
    if (run.status !== 'sent') return { ok: false, reason: 'run_is_not_sent' }
    const waiting = run.payouts.filter(({ status }) => status === 'sent')
    const now = ctx.clock.now()
    await bookConfirmation(tx, ctx, head, waiting, now)
    for (const payout of waiting) {
      await recordPayoutEvent(tx, {
        shopId: shop.id,
        runId: run.id,
        payoutId: payout.id,
        at: now,
        kind: 'payout_confirmed',
        actor: input.actor,
        facts: { reference: payout.reference },
      })
    }
    await touchRun(tx, run)
    return { ok: true, confirmed: waiting.length }
  })
}

async function bookConfirmation(
  tx: ShopTransaction,
  { shop }: ShopContext,
  head: Head,
  payouts: readonly LockedPayout[],
  now: Date,
): Promise<void> {
  const drafts = payouts.map((payout) =>
    journalForPayoutSettled({
      payoutId: payout.id,
      creatorId: payout.creatorId,
      currency: payout.currency,
      reference: payout.reference,
      netMinor: payout.netMinor,
      at: now.toISOString(),
    }),
  )
  await postPayoutJournals(tx, shop, head, drafts, now)
  await tx.payout.updateMany({
    where: { id: { in: payouts.map(({ id }) => id) } },
    data: { status: 'confirmed', settledAt: now },
  })
}

/** A payout that never left has no journal; one that did is undone, and its confirmation before it. */
async function bookWithdrawal(
  tx: ShopTransaction,
  { shop }: ShopContext,
  head: Head,
  payout: LockedPayout,
  wanted: 'fail' | 'void',
  failure: string | null,
  now: Date,
): Promise<void> {
  const seqs: bigint[] = []
  if (payout.status === 'confirmed') {
    const settled = await tx.journal.findUniqueOrThrow({
      where: { shopId_factKey: { shopId: shop.id, factKey: payoutSettledKey(payout.id) } },
      select: { seq: true },
    })
    seqs.push(settled.seq)
  }
  if (payout.journalSeq !== null) seqs.push(payout.journalSeq)
  const drafts = []
  for (const seq of seqs) {
    const standing = await readStandingJournal(tx, shop.id, seq)
    const facts = {
      creatorId: payout.creatorId,
      payoutId: payout.id,
      reference: payout.reference,
      reason: wanted === 'fail' ? 'payout_failed' : 'payout_voided',
      failure,
    }
    drafts.push(journalForReversal(standing, now.toISOString(), facts))
  }
  const seqOf = await postPayoutJournals(tx, shop, head, drafts, now)
  await tx.payout.update({
    where: { id: payout.id },
    data: {
      status: wanted === 'fail' ? 'failed' : 'voided',
      failureReason: failure,
      settledAt: now,
      reversalSeq: payout.journalSeq === null ? null : (seqOf.get(`reversal/${payout.journalSeq}`) ?? null),
    },
  })
}
