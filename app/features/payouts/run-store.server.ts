// What every step of a run shares: the lock, the row, the history.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Payout, PayoutRun, Prisma } from '#app/adapters/db/generated/client.ts'
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import {
  isPayoutStatus,
  isRunStatus,
  type PayoutStatus,
  type RunStatus,
  runStatusAfter,
} from '#app/domain/payouts/payout-state.ts'
import type { LocalDate } from '#app/domain/time/instant.ts'

export type LockedPayout = Omit<Payout, 'status'> & { status: PayoutStatus }
export type LockedRun = Omit<PayoutRun, 'status'> & { status: RunStatus; payouts: LockedPayout[] }

/** The run with its payouts, locked until the transaction ends: two people's clicks come one after the other. */
export async function lockRun(tx: ShopTransaction, runId: string): Promise<LockedRun | null> {
  if (!isRowId(runId)) return null
  await tx.$queryRaw`select 1 from payout_run where id = ${runId}::uuid for update`
  const run = await tx.payoutRun.findUnique({
    where: { id: runId },
    include: { payouts: { orderBy: { reference: 'asc' } } },
  })
  if (!run) return null
  if (!isRunStatus(run.status)) throw new TypeError(`run ${runId} has the status ${run.status}`)
  return {
    ...run,
    status: run.status,
    payouts: run.payouts.map((payout) => {
      if (!isPayoutStatus(payout.status))
        throw new TypeError(`payout ${payout.id} has the status ${payout.status}`)
      return { ...payout, status: payout.status }
    }),
  }
}

/** The run of a payout, locked. */
export async function lockRunOfPayout(
  tx: ShopTransaction,
  payoutId: string,
): Promise<{ run: LockedRun; payout: LockedPayout } | null> {
  if (!isRowId(payoutId)) return null
  const found = await tx.payout.findUnique({ where: { id: payoutId }, select: { runId: true } })
  const run = found && (await lockRun(tx, found.runId))
  const payout = run?.payouts.find(({ id }) => id === payoutId)
  return run && payout ? { run, payout } : null
}

/** Brings the run's row to what its payouts say, and its revision up: pages that show the older one are told. */
export async function touchRun(
  tx: ShopTransaction,
  run: LockedRun,
  change: Prisma.PayoutRunUpdateInput & { status?: RunStatus } = {},
): Promise<void> {
  const payouts = await tx.payout.findMany({ where: { runId: run.id }, select: { status: true } })
  const statuses = payouts.map(({ status }) => status as PayoutStatus)
  const status = runStatusAfter(change.status ?? run.status, statuses)
  await tx.payoutRun.update({
    where: { id: run.id },
    data: { ...change, status, revision: { increment: 1 } },
  })
}

/** A new draft, to be approved by as many people as the shop wants now. Returns its number. Call with the ledger locked. */
export async function insertRun(
  tx: ShopTransaction,
  shopId: number,
  run: { id: string; currency: string; executeOn: LocalDate; actor: string; now: Date },
): Promise<number> {
  const last = await tx.payoutRun.aggregate({ where: { shopId }, _max: { number: true } })
  const number = (last._max.number ?? 0) + 1
  const { payoutApprovals } = await tx.shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { payoutApprovals: true },
  })
  await tx.payoutRun.create({
    data: {
      id: run.id,
      shopId,
      number,
      currency: run.currency,
      executeOn: new Date(`${run.executeOn}T00:00:00Z`),
      createdBy: run.actor,
      createdAt: run.now,
      approvalsNeeded: payoutApprovals,
    },
  })
  return number
}

export type PayoutEventKind =
  | 'run_created'
  | 'run_approved'
  | 'run_sent'
  | 'run_voided'
  | 'file_made'
  | 'payout_confirmed'
  | 'payout_failed'
  | 'payout_voided'
  | 'payout_retried'

export async function recordPayoutEvent(
  tx: ShopTransaction,
  event: {
    shopId: number
    runId: string
    payoutId?: string
    at: Date
    kind: PayoutEventKind
    actor: string
    facts?: Prisma.InputJsonObject
  },
): Promise<void> {
  await tx.payoutEvent.create({ data: { id: newRowId(), ...event, facts: event.facts ?? {} } })
}
