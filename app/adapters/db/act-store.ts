// Acts as runners see them: which are due, how far one has come, and the receipt of each execution.

import type { StepNote } from '../../domain/drops/act-steps.ts'
import type { ActKind } from '../../domain/drops/drop.ts'
import { noteDropChange } from './claim-store.ts'
import type { Database, ShopTransaction } from './database.ts'
import { assertDropLease, type DropLease } from './drop-lease.ts'
import type { Prisma } from './generated/client.ts'
import { newRowId } from './row-id.ts'

export interface DueAct {
  shopId: number
  dropId: string
  /** Null: the drop is to be settled, whatever act. */
  actId: string | null
  runsAt: Date
}

/** Over all shops: what is due until then, soonest first. */
export async function actsDue(
  { pool }: Pick<Database, 'pool'>,
  until: Date,
  limit: number,
): Promise<DueAct[]> {
  const found = await pool.query<{ shop_id: number; drop_id: string; act_id: string | null; runs_at: Date }>(
    'select * from acts_due($1, $2)',
    [until, limit],
  )
  return found.rows.map((row) => ({
    shopId: row.shop_id,
    dropId: row.drop_id,
    actId: row.act_id,
    runsAt: row.runs_at,
  }))
}

export interface ActRun {
  id: string
  kind: ActKind
  at: Date
  runsAt: Date | null
  attempts: number
  progress: StepNote[]
}

/** What of the drop is to be run: in order of time. */
export async function actsToRun(tx: ShopTransaction, shopId: number, dropId: string): Promise<ActRun[]> {
  const rows = await tx.act.findMany({
    where: { shopId, dropId, runsAt: { not: null } },
    orderBy: { at: 'asc' },
  })
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as ActKind,
    at: row.at,
    runsAt: row.runsAt,
    attempts: row.attempts,
    progress: row.progress as unknown as StepNote[],
  }))
}

/** A step is done: nobody does it again, also not after a stop. */
export async function noteStep(
  tx: ShopTransaction,
  lease: DropLease,
  actId: string,
  note: StepNote,
): Promise<void> {
  await assertDropLease(tx, lease)
  await tx.$executeRaw`
    update act set status = 'running', progress = progress || ${JSON.stringify([note])}::jsonb
    where id = ${actId}::uuid and shop_id = ${lease.shopId}`
}

export interface ActReceiptInput {
  act: Pick<ActRun, 'id' | 'kind' | 'at' | 'attempts'>
  startedAt: Date
  finishedAt: Date
  steps: StepNote[]
  outcome: 'done' | 'failed' | 'retry' | 'skipped'
  evidence: Prisma.InputJsonObject
}

/** Ends one execution. With `retryAt` the act is run again then; else it is over. */
export async function writeActReceipt(
  tx: ShopTransaction,
  lease: DropLease,
  receipt: ActReceiptInput,
  retryAt: Date | null,
): Promise<void> {
  await assertDropLease(tx, lease)
  const { act, startedAt, finishedAt, steps, outcome, evidence } = receipt
  const { shopId, dropId } = lease
  await tx.actReceipt.create({
    data: {
      id: newRowId(),
      shopId,
      dropId,
      actId: act.id,
      kind: act.kind,
      attempt: act.attempts + 1,
      dueAt: act.at,
      startedAt,
      finishedAt,
      latenessMs: Math.max(0, finishedAt.getTime() - act.at.getTime()),
      steps: steps as unknown as Prisma.InputJsonArray,
      outcome,
      evidence: { ...evidence, owner: lease.owner, token: String(lease.token) },
    },
  })
  await tx.act.update({
    where: { id: act.id },
    data: {
      attempts: { increment: 1 },
      runsAt: retryAt,
      status: retryAt ? 'running' : outcome === 'retry' ? 'failed' : outcome,
    },
  })
  await noteDropChange(tx, shopId, dropId, finishedAt)
}
