import { expect, test } from 'vitest'
import {
  beginTaskStep,
  claimTask,
  createLongTask,
  endTask,
  failTask,
  saveTaskStep,
} from '#app/adapters/db/long-task-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { runSimulation, startSimulation } from '#app/features/ledger/simulate-terms.server.ts'
import { tick } from '#app/jobs/ticker.ts'
import { createAgreement, createCreator } from '#tests/factories/creator.ts'
import { createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { readRerate, readSimulation, readVersionTerms } from './agreement-runs-view.server.ts'
import { resumeTasks } from './resume-tasks.server.ts'
import { continueTask, stopTask } from './steer-task.server.ts'
import { readTask, readTasks } from './task-view.server.ts'

const make = (ctx: PartnerTestContext, kind: 'rerate' | 'simulate' = 'rerate') =>
  ctx.db.inShop(ctx.shop.id, (tx) =>
    createLongTask(tx, { shopId: ctx.shop.id, kind, input: {}, startedBy: 'merchant', at: ctx.clock.now() }),
  )

/** What a worker does that takes the task up. */
const step = (ctx: PartnerTestContext, id: string) =>
  ctx.db.inShop(ctx.shop.id, async (tx) => {
    const claim = await claimTask(tx, ctx.shop.id, id)
    return claim && beginTaskStep(tx, claim, ctx.clock.now())
  })

test('a task tells how far it is, stops after its step, and goes on with one job however often that is asked', async () => {
  await using ctx = await createPartnerContext()
  const id = await make(ctx)
  const at = ctx.clock.now()
  const inShop = <Result>(work: Parameters<typeof ctx.db.inShop<Result>>[1]) =>
    ctx.db.inShop(ctx.shop.id, work)
  expect(await readTask(ctx, id)).toMatchObject({ status: 'queued', percent: 0 })
  await inShop((tx) => saveTaskStep(tx, id, { progress: {}, done: 1999, total: 2000, at }))
  expect(await readTask(ctx, id)).toMatchObject({ status: 'running', percent: 99, isStopping: false })
  expect(await continueTask(ctx, id)).toEqual({ ok: false, reason: 'task_not_stopped' })
  expect(await stopTask(ctx, id)).toEqual({ ok: true })
  expect(await readTask(ctx, id)).toMatchObject({ status: 'running', isStopping: true })
  expect(await step(ctx, id)).toEqual({ ok: false, reason: 'stop_requested' })
  expect(await readTask(ctx, id)).toMatchObject({ status: 'stopped', isStopping: false })
  expect(await Promise.all([continueTask(ctx, id), continueTask(ctx, id)])).toContainEqual({ ok: true })
  expect(await ctx.queue.pending()).toEqual({ 'run-task': 1 })
  await inShop((tx) => endTask(tx, id, { at }))
  expect(await readTask(ctx, id)).toMatchObject({ status: 'done', percent: 100 })
  expect(await stopTask(ctx, id)).toEqual({ ok: false, reason: 'task_not_running' })
})

test('a stopped re-rating waits for the one that is under way', async () => {
  await using ctx = await createPartnerContext()
  const stopped = await make(ctx)
  await stopTask(ctx, stopped)
  await step(ctx, stopped)
  await make(ctx)
  expect(await continueTask(ctx, stopped)).toEqual({ ok: false, reason: 'task_superseded' })
})

test('of two stopped re-ratings that are resumed at once, one goes on', async () => {
  await using ctx = await createPartnerContext()
  const ids = [await make(ctx), await make(ctx)]
  for (const id of ids) {
    await stopTask(ctx, id)
    await step(ctx, id)
  }
  const results = await Promise.all(ids.map((id) => continueTask(ctx, id)))
  expect(results).toContainEqual({ ok: true })
  expect(results).toContainEqual({ ok: false, reason: 'task_superseded' })
})

test('a task whose worker is gone is stopped by the next one that is free', async () => {
  await using ctx = await createPartnerContext()
  const id = await make(ctx)
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    saveTaskStep(tx, id, { progress: {}, done: 1, total: 2, at: ctx.clock.now() }),
  )
  expect(await ctx.queue.pending()).toEqual({})
  await stopTask(ctx, id)
  expect(await ctx.queue.pending()).toEqual({ 'run-task': 1 })
})

test('a worker that was taken for dead finds its task taken over, does nothing more and cannot fail it', async () => {
  await using ctx = await createPartnerContext()
  const id = await make(ctx)
  const at = ctx.clock.now()
  const inShop = <Result>(work: Parameters<typeof ctx.db.inShop<Result>>[1]) =>
    ctx.db.inShop(ctx.shop.id, work)
  const [slow, second] = [
    await inShop((tx) => claimTask(tx, ctx.shop.id, id)),
    await inShop((tx) => claimTask(tx, ctx.shop.id, id)),
  ]
  if (!slow || !second) throw new Error('nobody could take the task')
  expect(await inShop((tx) => beginTaskStep(tx, slow, at))).toEqual({ ok: false, reason: 'taken_over' })
  await inShop((tx) => failTask(tx, slow, { error: 'too late', at }))
  expect(await inShop((tx) => beginTaskStep(tx, second, at))).toMatchObject({ ok: true })
  await inShop((tx) => failTask(tx, second, { error: 'a wire broke', at }))
  expect(await readTask(ctx, id)).toMatchObject({ status: 'failed', error: 'a wire broke' })
  expect(await inShop((tx) => claimTask(tx, ctx.shop.id, id))).toBeNull()
})

/** What becomes of a job whose worker died in its last attempt, and of one that somebody cleared away. */
const gone: Array<[what: string, sql: string]> = [
  ['failed for good', "update pgboss.job set state = 'failed' where name = 'run-task'"],
  ['is gone without a trace', "delete from pgboss.job where name = 'run-task'"],
]
test.each(gone)(
  'an open task whose job %s gets another one within a minute, and does not block later ones',
  async (_what, sql) => {
    await using ctx = await createPartnerContext('2026-05-04T15:00:00Z')
    const id = await make(ctx)
    await ctx.queue.enqueueNow('run-task', { shopId: ctx.shop.id, taskId: id })
    await step(ctx, id)
    await ctx.db.inShop(ctx.shop.id, (tx) =>
      saveTaskStep(tx, id, { progress: {}, done: 1, total: 2, at: ctx.clock.now() }),
    )
    expect(await tick(ctx)).toBe(0)
    await ctx.db.pool.query(sql)
    ctx.clock.moveTo('2026-05-04T15:01:00Z')
    expect(await tick(ctx)).toBe(1)
    await resumeTasks(ctx)
    expect(await ctx.queue.pending()).toEqual({ 'resume-tasks': 1, 'run-task': 1 })
    // Looked at again a minute later, and no more once nothing is open.
    expect(await tick(ctx)).toBe(0)
    ctx.clock.moveTo('2026-05-04T15:02:00Z')
    expect(await tick(ctx)).toBe(1)
    await ctx.db.inShop(ctx.shop.id, (tx) => endTask(tx, id, { at: ctx.clock.now() }))
    await resumeTasks(ctx)
    ctx.clock.moveTo('2027-05-04T15:00:00Z')
    expect(await tick(ctx)).toBe(0)
  },
)

test.each(['created', 'retry', 'active'])('a task whose job is %s is left to it', async (state) => {
  await using ctx = await createPartnerContext()
  const id = await make(ctx)
  await ctx.queue.enqueueNow('run-task', { shopId: ctx.shop.id, taskId: id })
  await ctx.db.pool.query('update pgboss.job set state = $1::pgboss.job_state', [state])
  await resumeTasks(ctx)
  expect(await ctx.queue.pending()).toEqual({ 'run-task': 1 })
})

test('a task that was resumed by hand is looked after as well', async () => {
  await using ctx = await createPartnerContext('2026-05-04T15:00:00Z')
  const id = await make(ctx)
  await stopTask(ctx, id)
  await step(ctx, id)
  await resumeTasks(ctx)
  ctx.clock.moveTo('2026-05-04T16:00:00Z')
  expect(await tick(ctx)).toBe(0)
  await continueTask(ctx, id)
  ctx.clock.moveTo('2026-05-04T16:01:00Z')
  expect(await tick(ctx)).toBe(1)
})

test('another shop neither sees nor steers a task', async () => {
  await using ctx = await createPartnerContext()
  const id = await make(ctx, 'simulate')
  const other = ctx.forShop(await createShop(ctx.db))
  expect(await readTask(other, id)).toBeNull()
  expect((await readTasks(other)).tasks).toEqual([])
  expect(await stopTask(other, id)).toEqual({ ok: false, reason: 'task_not_running' })
  expect(await readTask(ctx, 'no id')).toBeNull()
})

test('a simulation of a change comes out by creator and month, with the shop’s margin before and after', async () => {
  await using ctx = await createPartnerContext()
  const { maya } = await createBookedShop(ctx)
  const agreement = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.agreement.findFirstOrThrow({ where: { creatorId: maya.id }, include: { versions: true } }),
  )
  const [version] = agreement.versions
  const stored = await readVersionTerms(ctx, agreement.id, version?.id ?? '')
  if (!stored) throw new Error('no version')
  const terms = { ...stored.terms, shareBps: 2000 }
  const { taskId } = await startSimulation(
    ctx,
    { agreementId: agreement.id, creatorId: maya.id, terms },
    'merchant',
  )
  expect((await readSimulation(ctx, agreement.id))?.result).toBeNull()
  await runSimulation(ctx, taskId)
  const view = await readSimulation(ctx, agreement.id)
  expect(view?.task).toMatchObject({ status: 'done', percent: 100 })
  const named = { id: taskId, about: { title: agreement.title, creatorName: 'Maya Linden' } }
  expect((await readTasks(ctx)).tasks).toMatchObject([named])
  expect(await readTask(ctx, taskId)).toMatchObject(named)
  // These terms are of no version: the page says so.
  expect(view?.simulatedVersion).toBeNull()
  const outcome = view?.result?.creators.map(({ name, actualMinor, simulatedMinor }) => [
    name,
    actualMinor,
    simulatedMinor,
  ])
  expect(outcome?.[0]).toEqual(['Maya Linden', '2200', '4400'])
  const { totals } = view?.result ?? {}
  expect(BigInt(totals?.keptActualMinor ?? 0) - BigInt(totals?.keptSimulatedMinor ?? 0)).toBe(2200n)
  expect(() => JSON.stringify(view)).not.toThrow()
  expect(await readSimulation(ctx.forShop(await createShop(ctx.db)), agreement.id)).toBeNull()
})

test('only an accepted version that reaches back can be re-rated', async () => {
  await using ctx = await createPartnerContext()
  const maya = await createCreator(ctx.db, ctx.shop)
  const agreement = await createAgreement(ctx.db, ctx.shop, maya.id)
  expect((await readRerate(ctx, agreement.id, null))?.version).toBeNull()
  const [first] = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.agreementVersion.findMany({ where: { agreementId: agreement.id } }),
  )
  if (!first) throw new Error('no version')
  const reaching = {
    ...first,
    id: newRowId(),
    number: 2,
    retroactive: true,
    terms: first.terms as object,
    evidence: {},
  }
  await ctx.db.inShop(ctx.shop.id, (tx) => tx.agreementVersion.create({ data: reaching }))
  expect(await readRerate(ctx, agreement.id, first.id)).toMatchObject({
    version: { id: reaching.id, number: 2 },
    task: null,
    preview: null,
  })
})
