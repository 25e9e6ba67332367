// What closing a month needs: a real queue on the test's database and a clock that the test moves.
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { type JobQueue, openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { log } from '#app/config/logger.ts'
import type { TestDatabase } from '#tests/harness/test-database.ts'

export interface ClosingTestContext extends AsyncDisposable {
  db: TestDatabase['db']
  shop: Shop
  clock: ManualClock
  queue: JobQueue
  log: typeof log
}

export async function createClosingContext(
  database: TestDatabase,
  shop: Shop,
  now: string,
): Promise<ClosingTestContext> {
  const errors: unknown[] = []
  const queue = await openJobQueue(database.db.pool, {
    databaseUrl: database.url,
    worker: false,
    onError: (error) => errors.push(error),
  })
  return {
    db: database.db,
    shop,
    clock: new ManualClock(now),
    queue,
    log,
    async [Symbol.asyncDispose]() {
      await queue.stop()
      if (errors.length > 0) throw errors[0]
    },
  }
}
