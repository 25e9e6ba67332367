// A changed share that reaches back over a whole shop: every sold line decided anew, differences posted; then the same once more, which posts nothing.
import { randomUUID } from 'node:crypto'
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Database } from '#app/adapters/db/database.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { log } from '#app/config/logger.ts'
import { runRerate, startRerate } from '#app/features/ledger/rerate-agreement.server.ts'
import { openProofServer } from '#tests/proof/proof-database.ts'
import { acceptVersions, LINK_SECRET, planVersion } from '#tests/proof/proof-shop.ts'
import { benchOrders, rounded } from './bench-size.ts'
import { measureMachine } from './machine-limit.ts'
import { bookOrders, countLedger, type MadeLedger, MONTH_BEGINS, makeShop } from './make-ledger.ts'
import type { Benchmark } from './run.ts'

/** One creator earns every order: all of them change. */
const CREATORS = 1

export const benchmark: Benchmark = {
  says: 'a share that reaches back over every order of the shop; again: nothing to post',
  async run(progress) {
    const orders = benchOrders(100_000)
    await using server = await openProofServer({ durable: true })
    await using database = await server.open()
    const { db } = database
    const made = await makeShop(db, CREATORS)
    await bookOrders(db, made, { count: orders, of: orders }, progress)
    const queue = await openJobQueue(db.pool, { databaseUrl: database.url, worker: false, onError: () => {} })
    const clock = new ManualClock('2026-04-01T00:00:00.000Z')
    const context = { db, shop: made.shop, clock, queue, log, linkSecret: LINK_SECRET }
    const before = await countLedger(db, made.shop.id)
    const agreementVersionId = await agree(db, made)
    const rerate = async () => {
      const started = performance.now()
      const task = await startRerate(context, { agreementVersionId }, `bench/${randomUUID()}`)
      if (!task.ok) throw new Error(task.reason)
      await runRerate(context, task.taskId)
      return (performance.now() - started) / 1000
    }
    progress('re-rating')
    const seconds = await rerate()
    const after = await countLedger(db, made.shop.id)
    progress('re-rating once more')
    const secondSeconds = await rerate()
    const again = await countLedger(db, made.shop.id)
    await queue.stop()
    if (after.journals - before.journals !== orders)
      throw new Error(`${after.journals - before.journals} journals for ${orders} changed orders`)
    return {
      sizes: { orders, creators: CREATORS, postings: before.postings },
      figures: {
        seconds: rounded(seconds, 2),
        journals: after.journals - before.journals,
        secondRunPostings: again.postings - after.postings,
        secondSeconds: rounded(secondSeconds, 2),
        machine: await measureMachine(database.adminUrl),
      },
    }
  },
}

async function agree(db: Database, made: MadeLedger): Promise<string> {
  const acceptedAt = Date.UTC(2026, 2, 31, 23)
  const version = planVersion({ number: 0, versionNumber: 2, shareBps: 1234, from: MONTH_BEGINS, acceptedAt })
  await acceptVersions(db, made.shop, [version])
  return version.id
}
