// The whole ledger of a shop rebuilt from its stored facts by one writer and compared with the books, as `ledger replay` does; before that, what
// bringing the facts in took: groups of fetched orders to durable postings, as a reconcile walk or an import brings them; after it, the writer alone.
import { replayLedger } from '#app/features/ledger/replay-ledger.server.ts'
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, rounded } from './bench-size.ts'
import { measureMachine } from './machine-limit.ts'
import { bookOrders, countLedger, GROUP, makeShop } from './make-ledger.ts'
import { measureTransferLedger } from './peers.ts'
import type { Benchmark } from './run.ts'
import { writeAgain } from './write-again.ts'

const CREATORS = 200
const RUNS = 3
/** Journals that the writer alone writes. */
const WRITTEN = 50_000

export const benchmark: Benchmark = {
  says: `stored facts to rebuilt and compared postings, the median of ${RUNS} runs; fetched orders to durable ones in groups of ${GROUP}; and ready journals to durable ones`,
  async run(progress) {
    const orders = benchOrders(100_000)
    await using server = await openProofServer({ durable: true })
    await using database = await server.open()
    const { db } = database
    const made = await makeShop(db, CREATORS)
    const { seconds: booking } = await bookOrders(db, made, { count: orders, of: orders }, progress)
    const { postings, journals } = await countLedger(db, made.shop.id)
    const runs: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const started = performance.now()
      const result = await replayLedger(db, made.shop.id)
      runs.push((performance.now() - started) / 1000)
      if (!result.ok || result.replayed !== journals) throw new Error(`replay: ${JSON.stringify(result)}`)
      progress(`${Math.round(postings / (runs.at(-1) ?? 1))} postings a second`)
    }
    const seconds = runs.sort((left, right) => left - right)[1] ?? 0
    progress('the writer alone')
    await using other = await server.open()
    const again = await makeShop(other.db, CREATORS)
    const written = await writeAgain({ db, shop: made.shop }, { db: other.db, shop: again.shop }, WRITTEN)
    return {
      sizes: { orders, creators: CREATORS, journals, postings },
      figures: {
        postingsPerSecond: Math.round(postings / seconds),
        ordersPerSecond: rounded(orders / seconds),
        bookedPostingsPerSecond: Math.round(postings / booking),
        bookedOrdersPerSecond: rounded(orders / booking),
        writtenPostingsPerSecond: Math.round(written.postings / written.seconds),
        machine: await measureMachine(database.adminUrl),
        peer: await measureTransferLedger(database.adminUrl),
      },
    }
  },
}
