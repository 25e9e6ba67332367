// Facts in bulk with one writer, as a reconcile walk or an import brings them: groups of orders to durable postings.
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, rounded } from './bench-size.ts'
import { measureMachine } from './machine-limit.ts'
import { bookOrders, countLedger, GROUP, makeShop } from './make-ledger.ts'
import { measureTransferLedger } from './peers.ts'
import type { Benchmark } from './run.ts'

const CREATORS = 200

export const benchmark: Benchmark = {
  says: `fetched orders to durable postings in groups of ${GROUP}, one writer`,
  async run(progress) {
    const orders = benchOrders(50_000)
    await using server = await openProofServer({ durable: true })
    await using database = await server.open()
    const { db } = database
    const made = await makeShop(db, CREATORS)
    const warm = 2000
    await bookOrders(db, made, { count: warm, of: orders + warm }, progress)
    const before = await countLedger(db, made.shop.id)
    const { seconds } = await bookOrders(db, made, { count: orders, of: orders + warm }, progress)
    const after = await countLedger(db, made.shop.id)
    return {
      sizes: { orders, creators: CREATORS, group: GROUP, postings: after.postings - before.postings },
      figures: {
        postingsPerSecond: Math.round((after.postings - before.postings) / seconds),
        ordersPerSecond: rounded(orders / seconds),
        machine: await measureMachine(database.adminUrl),
        peer: await measureTransferLedger(database.adminUrl),
      },
    }
  },
}
