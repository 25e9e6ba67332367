// Work that takes long and that somebody watches. Its row is its memory: it is stopped, resumed and survives restarts by what stands here.

import { dueNoLaterThan } from './calendar.ts'
import type { ShopTransaction } from './database.ts'
import type { LongTask, Prisma } from './generated/client.ts'
import { newRowId } from './row-id.ts'

export type LongTaskKind = 'rerate' | 'simulate' | 'rehearse' | 'export'
export type LongTaskStatus = 'queued' | 'running' | 'stopped' | 'done' | 'failed'

export interface NewLongTask {
  shopId: number
  kind: LongTaskKind
  /** What it is about; JSON-safe. */
  input: Prisma.InputJsonObject
  startedBy: string
  at: Date
}

/** How often somebody looks whether open work still has a job. */
export const LOOK_AFTER_MS = 60_000

/** Makes the task; whoever calls enqueues its job in the same transaction. Returns its id. */
export async function createLongTask(tx: ShopTransaction, task: NewLongTask): Promise<string> {
  const { at, ...row } = task
  const id = newRowId()
  await tx.longTask.create({ data: { ...row, id, createdAt: at, updatedAt: at } })
  await lookAfterTasks(tx, task.shopId, at)
  return id
}

/** Notes on the calendar when to look whether the open work's jobs are alive. */
export function lookAfterTasks(tx: ShopTransaction, shopId: number, at: Date): Promise<void> {
  return dueNoLaterThan(tx, shopId, 'resume-tasks', new Date(at.getTime() + LOOK_AFTER_MS))
}

/** The task of this kind that is still under way, if any: two at once would do the same work twice. */
export function findOpenTask(
  tx: ShopTransaction,
  shopId: number,
  kind: LongTaskKind,
): Promise<LongTask | null> {
  return tx.longTask.findFirst({
    where: { shopId, kind, status: { in: ['queued', 'running'] } },
    orderBy: { createdAt: 'desc' },
  })
}

/** One worker's right to a task. */
export interface TaskClaim {
  shopId: number
  id: string
  claim: string
}

/**
 * Gives the task to one worker: who was at it before, and may have been taken for dead too early, finds so at its next step and leaves it.
 * Null when there is nothing to do.
 */
export async function claimTask(tx: ShopTransaction, shopId: number, id: string): Promise<TaskClaim | null> {
  const claim = newRowId()
  const { count } = await tx.longTask.updateMany({
    where: { shopId, id, status: { in: ['queued', 'running'] } },
    data: { claim },
  })
  return count === 1 ? { shopId, id, claim } : null
}

export type StepPermission =
  | { ok: true; task: LongTask }
  | { ok: false; reason: 'gone' | 'ended' | 'taken_over' | 'stop_requested' }

/** Asks before each step whether to go on, and locks the row: of two workers, one waits and then finds that the task is not its own. */
export async function beginTaskStep(
  tx: ShopTransaction,
  { shopId, id, claim }: TaskClaim,
  at: Date,
): Promise<StepPermission> {
  await tx.$queryRaw`select 1 from long_task where shop_id = ${shopId} and id = ${id}::uuid for update`
  const task = await tx.longTask.findUnique({ where: { id } })
  if (!task) return { ok: false, reason: 'gone' }
  if (task.status !== 'queued' && task.status !== 'running') return { ok: false, reason: 'ended' }
  if (task.claim !== claim) return { ok: false, reason: 'taken_over' }
  if (task.stopRequested) {
    await tx.longTask.update({
      where: { id },
      data: { status: 'stopped', stopRequested: false, updatedAt: at },
    })
    return { ok: false, reason: 'stop_requested' }
  }
  return { ok: true, task }
}

export interface TaskStep {
  progress: Prisma.InputJsonObject
  done: number
  total: number
  at: Date
}

/** Writes down how far it is; in the transaction of the step itself. */
export async function saveTaskStep(tx: ShopTransaction, id: string, step: TaskStep): Promise<void> {
  const { at, ...rest } = step
  await tx.longTask.update({ where: { id }, data: { ...rest, status: 'running', updatedAt: at } })
}

/** In the transaction of its last step. */
export async function endTask(
  tx: ShopTransaction,
  id: string,
  { result, at }: { result?: Prisma.InputJsonObject; at: Date },
): Promise<void> {
  await tx.longTask.update({ where: { id }, data: { status: 'done', result, updatedAt: at } })
}

/** Says on its page why it broke off. Does nothing when somebody else has it by now, or when it has ended. */
export async function failTask(
  tx: ShopTransaction,
  { shopId, id, claim }: TaskClaim,
  { error, at }: { error: string; at: Date },
): Promise<void> {
  await tx.longTask.updateMany({
    where: { shopId, id, claim, status: { in: ['queued', 'running'] } },
    data: { status: 'failed', error, updatedAt: at },
  })
}

export type StopOutcome = { ok: true } | { ok: false; reason: 'not_running' }

/** Takes effect at the next step. */
export async function requestStop(tx: ShopTransaction, shopId: number, id: string): Promise<StopOutcome> {
  const { count } = await tx.longTask.updateMany({
    where: { shopId, id, status: { in: ['queued', 'running'] } },
    data: { stopRequested: true },
  })
  return count === 1 ? { ok: true } : { ok: false, reason: 'not_running' }
}

export type ResumeOutcome = { ok: true } | { ok: false; reason: 'not_stopped' }

/** Whoever calls enqueues its job in the same transaction. */
export async function resumeTask(
  tx: ShopTransaction,
  shopId: number,
  id: string,
  at: Date,
): Promise<ResumeOutcome> {
  const { count } = await tx.longTask.updateMany({
    where: { shopId, id, status: { in: ['stopped', 'failed'] } },
    data: { status: 'queued', stopRequested: false, error: null, updatedAt: at },
  })
  if (count !== 1) return { ok: false, reason: 'not_stopped' }
  await lookAfterTasks(tx, shopId, at)
  return { ok: true }
}
