// A month with 100,000 orders of 200 creators is closed: every statement built, sealed and stored with the closing, in one transaction.
import { ManualClock } from '#app/adapters/clock/clock.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { log } from '#app/config/logger.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, quantile, rounded } from './bench-size.ts'
import { measureMachine } from './machine-limit.ts'
import { bookOrders, makeShop } from './make-ledger.ts'
import type { Benchmark } from './run.ts'

const CREATORS = 200
const MONTHS_OF_ONE = 9

export const benchmark: Benchmark = {
  says: 'one month of 100,000 orders and 200 creators closed with its statements; then months of one creator',
  async run(progress) {
    const orders = benchOrders(100_000)
    await using server = await openProofServer({ durable: true })
    const many = await closeMonth(await server.open(), { orders, creators: CREATORS, months: 1 }, progress)
    const ofOne = { orders: Math.ceil(orders / CREATORS), creators: 1, months: MONTHS_OF_ONE }
    const single = await closeMonth(await server.open(), ofOne, progress)
    await using database = await server.open()
    return {
      sizes: { orders, creators: CREATORS, ordersOfOneCreator: Math.ceil(orders / CREATORS) },
      figures: {
        seconds: rounded(many.seconds[0] ?? 0, 3),
        // The median: a worker closes month after month, and the first one finds nothing prepared.
        oneCreatorMs: rounded(quantile(single.seconds, 0.5) * 1000),
        oneCreatorFirstMs: rounded((single.seconds[0] ?? 0) * 1000),
        statements: CREATORS,
        machine: await measureMachine(database.adminUrl),
      },
    }
  },
}

/** Books so many orders for each month, then closes month after month. Seconds, in their order. */
async function closeMonth(
  opened: Awaited<ReturnType<Awaited<ReturnType<typeof openProofServer>>['open']>>,
  { orders, creators, months }: { orders: number; creators: number; months: number },
  progress: (line: string) => void,
): Promise<{ seconds: number[] }> {
  await using database = opened
  const { db } = database
  const queue = await openJobQueue(db.pool, { databaseUrl: database.url, worker: false, onError: () => {} })
  const made = await makeShop(db, creators)
  await bookOrders(db, made, { count: orders * months, of: orders }, progress)
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const context = { db, shop: made.shop, clock, queue, log }
  const seconds: number[] = []
  for (let month = 0; month < months; month++) {
    clock.moveTo(new Date(Date.UTC(2026, 3 + month, 1)).toISOString())
    await matureHolds(context)
    progress(`closing a month of ${orders} orders and ${creators} creators`)
    const started = performance.now()
    const closed = await closePeriods(context)
    seconds.push((performance.now() - started) / 1000)
    if (closed.statements !== creators)
      throw new Error(`${closed.statements} statements instead of ${creators}`)
  }
  await queue.stop()
  return { seconds }
}
