import { expect, test } from 'vitest'
import type { Log } from '#app/config/logger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { startTicker, tick } from './ticker.ts'

async function putOnCalendar(
  context: PartnerTestContext,
  kind: string,
  dueAt: string,
  shopId = context.shop.id,
) {
  await context.db.inShop(shopId, (tx) =>
    tx.dueDate.create({ data: { shopId, kind, dueAt: new Date(dueAt) } }),
  )
}

function listeningLog() {
  const errors: unknown[] = []
  const log = { error: (facts: unknown) => errors.push(facts), warn() {}, info() {}, debug() {} }
  return { errors, log: log as unknown as Log }
}

test('what is due goes to the queue once, however often and by how many it is looked for', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  const other = await createShop(context.db)
  await putOnCalendar(context, 'mature-holds', '2026-05-04T15:00:00Z')
  await putOnCalendar(context, 'close-periods', '2026-05-04T15:00:01Z')
  await putOnCalendar(context, 'mature-holds', '2026-05-01T00:00:00Z', other.id)
  expect(await tick(context)).toBe(2)
  await Promise.all([tick(context), tick(context), tick(context)])
  expect(await context.queue.pending()).toEqual({ 'mature-holds': 2 })
  context.clock.moveTo('2026-05-04T15:00:01Z')
  expect(await tick(context)).toBe(3)
  expect(await context.queue.pending()).toEqual({ 'mature-holds': 2, 'close-periods': 1 })
})

test('work that failed waits for its own next try instead of being asked for at every tick', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  await putOnCalendar(context, 'reconcile-orders', '2026-05-04T00:00:00Z')
  await tick(context)
  await context.db.pool.query("update pgboss.job set state = 'retry' where name = 'reconcile-orders'")
  await tick(context)
  await tick(context)
  expect(await context.queue.pending()).toEqual({ 'reconcile-orders': 1 })
})

test('a job that a dead worker holds does not keep its work from another one', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  await putOnCalendar(context, 'close-periods', '2026-05-04T00:00:00Z')
  await tick(context)
  await context.db.pool.query(
    "update pgboss.job set state = 'active', started_on = now() where name = 'close-periods'",
  )
  await tick(context)
  expect(await context.queue.pending()).toEqual({ 'close-periods': 2 })
})

test('a kind of work that nobody does is named in the log, and the rest is done', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  const { log, errors } = listeningLog()
  await putOnCalendar(context, 'water-plants', '2026-05-01T00:00:00Z')
  await putOnCalendar(context, 'verify-ledger', '2026-05-02T00:00:00Z')
  await tick({ ...context, log })
  expect(errors).toEqual([{ shopId: context.shop.id, kind: 'water-plants' }])
  expect(await context.queue.pending()).toEqual({ 'verify-ledger': 1 })
})

test('a tick that fails is logged, the next one works, and stopping waits for the one under way', async () => {
  await using context = await createPartnerContext('2026-05-04T15:00:00Z')
  await putOnCalendar(context, 'verify-ledger', '2026-05-02T00:00:00Z')
  const { log, errors } = listeningLog()
  let looks = 0
  const db = {
    ...context.db,
    workDue(asOf: Date, limit: number) {
      looks += 1
      return looks === 1 ? Promise.reject(new Error('connection lost')) : context.db.workDue(asOf, limit)
    },
  }
  const ticker = startTicker({ ...context, db, log }, 10)
  await expect.poll(() => context.queue.pending(), { timeout: 10_000 }).toEqual({ 'verify-ledger': 1 })
  await ticker.stop()
  const after = looks
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(looks).toBe(after)
  expect(errors).toHaveLength(1)
})
