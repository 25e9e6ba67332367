// One order at a time, as a single webhook brings it: fetched facts to eight durable postings, one transaction each.
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, quantile, rounded } from './bench-size.ts'
import { measureMachine } from './machine-limit.ts'
import { benchOrder, bookGroup, bookOrders, countLedger, makeShop } from './make-ledger.ts'
import { measureTransferLedger } from './peers.ts'
import type { Benchmark } from './run.ts'

const CREATORS = 200

export const benchmark: Benchmark = {
  says: 'one order, eight postings, one durable transaction, one after the other',
  async run(progress) {
    const orders = benchOrders(5000)
    await using server = await openProofServer({ durable: true })
    await using database = await server.open()
    const { db } = database
    const made = await makeShop(db, CREATORS)
    const of = orders + 2000
    await bookOrders(db, made, { count: 1500, of }, progress)
    const before = await countLedger(db, made.shop.id)
    progress('one order a transaction')
    const times: number[] = []
    const started = performance.now()
    for (let number = 0; number < orders; number++) {
      const order = benchOrder(made.orders + number, CREATORS, of)
      const from = performance.now()
      await bookGroup(db, made.shop, [order])
      times.push(performance.now() - from)
    }
    const seconds = (performance.now() - started) / 1000
    const after = await countLedger(db, made.shop.id)
    progress('the machine, and a peer')
    return {
      sizes: { orders, creators: CREATORS, postingsPerOrder: (after.postings - before.postings) / orders },
      figures: {
        ordersPerSecond: rounded(orders / seconds),
        p50Ms: rounded(quantile(times, 0.5), 2),
        p99Ms: rounded(quantile(times, 0.99), 2),
        machine: await measureMachine(database.adminUrl),
        peer: await measureTransferLedger(database.adminUrl),
      },
    }
  },
}
