import { expect, test } from 'vitest'
import type { Database } from '#app/adapters/db/database.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts'
import { jobNames } from './job-contracts.ts'
import { type JobHandlers, type JobQueue, openJobQueue } from './job-queue.ts'

const open = (database: TestDatabase, worker = false) =>
  openJobQueue(database.db.pool, { databaseUrl: database.url, worker, onError: () => {} })

async function using<Result>(queue: JobQueue, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } finally {
    await queue.stop()
  }
}

function handlers(drain: JobHandlers['drain-receipts']): JobHandlers {
  const idle = Object.fromEntries(jobNames.map((name) => [name, async () => {}])) as unknown as JobHandlers
  return { ...idle, 'drain-receipts': drain }
}

async function jobs(db: Database) {
  const result = await db.pool.query<{ state: string; heartbeat: number; pause: number }>(
    'select state::text, heartbeat_seconds as heartbeat, retry_delay_max as pause from pgboss.job',
  )
  return result.rows
}

test('a job is asked for with the change that needs it, or not at all', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  const queue = await open(database)
  await using(queue, async () => {
    const rolledBack = db.inShop(shop.id, async (tx) => {
      await queue.enqueue(tx, 'drain-receipts', { shopId: shop.id })
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    expect(await queue.pending()).toEqual({})
    await db.inShop(shop.id, (tx) => queue.enqueue(tx, 'drain-receipts', { shopId: shop.id }))
    await queue.enqueueNow('drain-receipts', { shopId: shop.id })
    await queue.enqueueNow('drain-receipts', { shopId: shop.id + 1 })
    expect(await queue.pending()).toEqual({ 'drain-receipts': 2 })
    expect((await queue.waiting(['drain-receipts', 'send-mail'])).get('drain-receipts')).toEqual(
      new Set([String(shop.id), String(shop.id + 1)]),
    )
  })
})

test('a killed worker is noticed by its silence, and pauses between tries have an end', async () => {
  await using database = await createTestDatabase()
  const queue = await open(database)
  await using(queue, () => queue.enqueueNow('drain-receipts', { shopId: 1 }))
  expect(await jobs(database.db)).toEqual([{ state: 'created', heartbeat: 30, pause: 600 }])
})

test('a job that fails is told of and tried again, beside one that was asked for meanwhile', async () => {
  await using database = await createTestDatabase()
  const queue = await open(database, true)
  await using(queue, async () => {
    const attempts: number[] = []
    const told: unknown[] = []
    const drain = async (_payload: unknown, job: { attempt: number }) => {
      attempts.push(job.attempt)
      if (job.attempt === 1) throw new Error('not yet')
    }
    await queue.work(handlers(drain), (name, error) => told.push([name, (error as Error).message]))
    await queue.enqueueNow('drain-receipts', { shopId: 1 })
    await expect.poll(() => attempts, { timeout: 20_000 }).toEqual([1, 2])
    await expect.poll(() => queue.pending(), { timeout: 10_000 }).toEqual({})
    expect(told).toEqual([['drain-receipts', 'not yet']])
  })
})
