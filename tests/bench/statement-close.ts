// A month with 100,000 orders of 200 creators is closed: every statement built, sealed and stored with the closing, in one transaction.
import { ManualClock } from '#app/adapters/clock/clock.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { log } from '#app/config/logger.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, rounded } from './bench-size.ts'
import { measureMachine } from './machine-limit.ts'
import { bookOrders, makeShop } from './make-ledger.ts'
import type { Benchmark } from './run.ts'

const CREATORS = 200

export const benchmark: Benchmark = {
  says: 'one month of 100,000 orders and 200 creators closed with its statements; then a month of one creator',
  async run(progress) {
    const orders = benchOrders(100_000)
    await using server = await openProofServer({ durable: true })
    const many = await closeMonth(server, { orders, creators: CREATORS }, progress)
    const single = await closeMonth(server, { orders: Math.ceil(orders / CREATORS), creators: 1 }, progress)
    await using database = await server.open()
    return {
      sizes: { orders, creators: CREATORS, ordersOfOneCreator: Math.ceil(orders / CREATORS) },
      figures: {
        seconds: rounded(many.seconds, 3),
        oneCreatorMs: rounded(single.seconds * 1000),
        statements: many.statements,
        machine: await measureMachine(database.adminUrl),
      },
    }
  },
}

async function closeMonth(
  server: Awaited<ReturnType<typeof openProofServer>>,
  { orders, creators }: { orders: number; creators: number },
  progress: (line: string) => void,
): Promise<{ seconds: number; statements: number }> {
  await using database = await server.open()
  const { db } = database
  const made = await makeShop(db, creators)
  await bookOrders(db, made, { count: orders, of: orders }, progress)
  const queue = await openJobQueue(db.pool, { databaseUrl: database.url, worker: false, onError: () => {} })
  const clock = new ManualClock('2026-04-01T00:00:00.000Z')
  const context = { db, shop: made.shop, clock, queue, log }
  await matureHolds(context)
  progress(`closing a month of ${orders} orders and ${creators} creators`)
  const started = performance.now()
  const closed = await closePeriods(context)
  const seconds = (performance.now() - started) / 1000
  await queue.stop()
  if (closed.statements !== creators)
    throw new Error(`${closed.statements} statements instead of ${creators}`)
  return { seconds, statements: closed.statements }
}
