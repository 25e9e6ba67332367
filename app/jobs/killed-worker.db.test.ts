// A worker is killed in the midst of a long task: another one goes on by itself, soon, and nothing is done twice.
import { expect, test } from 'vitest'
import { ManualClock } from '#app/adapters/clock/clock.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { startRerate } from '#app/features/ledger/rerate-agreement.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { bookOrders, MONTH_BEGINS, makeShop } from '#tests/bench/make-ledger.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { startWorker, workerEnvironment } from '#tests/harness/worker-process.ts'
import { acceptVersions, planVersion } from '#tests/proof/proof-shop.ts'

/** Three pages of a re-rating. */
const ORDERS = 4_500
const A_MINUTE_MS = 60_000

test('a re-rating whose worker was killed goes on within a minute, from where it stood', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const made = await makeShop(db, 1)
  await bookOrders(db, made, { count: ORDERS, of: ORDERS }, () => {})
  const acceptedAt = Date.UTC(2026, 2, 31, 23)
  const terms = { number: 0, versionNumber: 2, shareBps: 1234, from: MONTH_BEGINS, acceptedAt }
  const version = planVersion(terms)
  await acceptVersions(db, made.shop, [version])
  const queue = await openJobQueue(db.pool, {
    databaseUrl: database.url,
    worker: false,
    onError: () => {},
  })
  const clock = new ManualClock('2026-04-01T00:00:00.000Z')
  // Nothing else is due meanwhile.
  await db.inShop(made.shop.id, (tx) => tx.dueDate.deleteMany())
  const asked = await startRerate(
    { db, shop: made.shop, clock, queue },
    { agreementVersionId: version.id },
    'owner',
  )
  await queue.stop()
  if (!asked.ok) throw new Error(asked.reason)
  const task = () =>
    db.inShop(made.shop.id, (tx) => tx.longTask.findUniqueOrThrow({ where: { id: asked.taskId } }))
  const environment = workerEnvironment(database.url, 'smtp://127.0.0.1:9')

  await using first = startWorker(environment)
  await expect.poll(async () => (await task()).done, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0)
  first.process.kill('SIGKILL')
  await first.ended
  const killed = await task()
  expect(killed).toMatchObject({ status: 'running' })
  expect(killed.done).toBeLessThan(ORDERS)

  await using second = startWorker(environment)
  await expect.poll(() => second.output(), { timeout: 60_000 }).toMatch(/worker is ready/)
  const readyAt = Date.now()
  await expect
    .poll(async () => (await task()).done, { timeout: 2 * A_MINUTE_MS, interval: 200 })
    .toBeGreaterThan(killed.done)
  expect(Date.now() - readyAt).toBeLessThan(A_MINUTE_MS)
  await expect.poll(async () => (await task()).status, { timeout: 60_000 }).toBe('done')
  expect(await task()).toMatchObject({ done: ORDERS, total: ORDERS, result: { journals: ORDERS } })
  expect(await db.inShop(made.shop.id, (tx) => tx.journal.count({ where: { kind: 'rerate' } }))).toBe(ORDERS)
  expect((await verifyLedger(db, made.shop.id)).findings).toEqual([])
  expect(second.output()).not.toMatch(/"level":"error"/)
}, 300_000)
