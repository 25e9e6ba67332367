// Long work as whoever watches it sees it: how far it is, what may be done, what came out.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { LongTask } from '#app/adapters/db/generated/client.ts'
import type { LongTaskStatus } from '#app/adapters/db/long-task-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'

export interface TaskView {
  id: string
  kind: string
  status: LongTaskStatus
  done: number
  total: number
  /** Whole, 0 to 100; never 100 before it is done. */
  percent: number
  /** Asked to stop; it does so after the step that it is in. */
  isStopping: boolean
  error: string | null
  agreementId: string | null
  agreementVersionId: string | null
  dropId: string | null
  hasResult: boolean
  createdAt: string
  updatedAt: string
}

/** With the agreement or the drop that it is about, by its title and creator; null when it is about none. */
export interface NamedTask extends TaskView {
  about: { title: string; creatorName: string | null } | null
}

/** Null when the shop has no such task. */
export async function readTask(ctx: Pick<ShopContext, 'db' | 'shop'>, id: string): Promise<NamedTask | null> {
  if (!isRowId(id)) return null
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const task = await tx.longTask.findFirst({ where: { shopId: ctx.shop.id, id } })
    const [named] = task ? await nameTasks(tx, ctx.shop.id, [toTaskView(task)]) : []
    return named ?? null
  })
}

export interface TaskListView {
  tasks: NamedTask[]
  timeZone: string
}

const TASKS_SHOWN = 50

/** The newest of all kinds. */
export async function readTasks(ctx: Pick<ShopContext, 'db' | 'shop'>): Promise<TaskListView> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx) => {
    const found = await tx.longTask.findMany({
      where: { shopId: shop.id },
      orderBy: { createdAt: 'desc' },
      take: TASKS_SHOWN,
    })
    return { tasks: await nameTasks(tx, shop.id, found.map(toTaskView)), timeZone: shop.timeZone }
  })
}

async function nameTasks(
  tx: ShopTransaction,
  shopId: number,
  tasks: readonly TaskView[],
): Promise<NamedTask[]> {
  const agreements = await tx.agreement.findMany({
    where: { shopId, id: { in: tasks.flatMap(({ agreementId }) => agreementId ?? []) } },
    select: { id: true, title: true, creator: { select: { name: true } } },
  })
  const drops = await tx.drop.findMany({
    where: { shopId, id: { in: tasks.flatMap(({ dropId }) => dropId ?? []) } },
    select: { id: true, title: true },
  })
  const aboutOf = new Map<string, NonNullable<NamedTask['about']>>([
    ...agreements.map(({ id, title, creator }) => [id, { title, creatorName: creator.name }] as const),
    ...drops.map(({ id, title }) => [id, { title, creatorName: null }] as const),
  ])
  return tasks.map((task) => ({ ...task, about: aboutOf.get(task.agreementId ?? task.dropId ?? '') ?? null }))
}

/** The newest task of a kind whose input names the agreement (and the version, when given). */
export async function findTaskAbout(
  tx: ShopTransaction,
  shopId: number,
  about: { kind: string; agreementId: string; agreementVersionId?: string },
): Promise<LongTask | null> {
  const { kind, agreementId, agreementVersionId } = about
  return tx.longTask.findFirst({
    where: {
      shopId,
      kind,
      AND: [
        { input: { path: ['agreementId'], equals: agreementId } },
        ...(agreementVersionId
          ? [{ input: { path: ['agreementVersionId'], equals: agreementVersionId } }]
          : []),
      ],
    },
    orderBy: { createdAt: 'desc' },
  })
}

export function toTaskView(task: LongTask): TaskView {
  const status = statusOf(task.status)
  const { agreementId, agreementVersionId, dropId } = asRecord(task.input)
  return {
    id: task.id,
    kind: task.kind,
    status,
    done: task.done,
    total: task.total,
    percent: percentOf(status, task.done, task.total),
    isStopping: task.stopRequested && (status === 'queued' || status === 'running'),
    error: task.error,
    agreementId: typeof agreementId === 'string' ? agreementId : null,
    agreementVersionId: typeof agreementVersionId === 'string' ? agreementVersionId : null,
    dropId: isRowId(dropId) ? dropId : null,
    hasResult: task.result !== null,
    createdAt: task.createdAt.toISOString(),
    updatedAt: task.updatedAt.toISOString(),
  }
}

function percentOf(status: LongTaskStatus, done: number, total: number): number {
  if (status === 'done') return 100
  return total > 0 ? Math.min(99, Math.floor((done * 100) / total)) : 0
}

function statusOf(text: string): LongTaskStatus {
  const known = (['queued', 'running', 'stopped', 'done', 'failed'] as const).find(
    (status) => status === text,
  )
  if (!known) throw new TypeError(`a task has the unknown status ${text}`)
  return known
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
