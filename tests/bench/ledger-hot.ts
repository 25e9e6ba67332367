// Eight senders on one shop, whose accounts all of them move, against one sender.
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, quantile, rounded } from './bench-size.ts'
import { openGroupCommit, sendOrders } from './group-commit.ts'
import { measureMachine } from './machine-limit.ts'
import { bookOrders, makeShop, nextOrders } from './make-ledger.ts'
import { measureTransferLedger } from './peers.ts'
import type { Benchmark } from './run.ts'

const CREATORS = 200
const SENDERS = 8
/** One and eight take turns, so that a machine that tires tires for both. */
const ROUNDS = 4

export const benchmark: Benchmark = {
  says: `${SENDERS} senders of single orders on one shop against one sender`,
  async run(progress) {
    const orders = benchOrders(1000)
    await using server = await openProofServer({ durable: true })
    await using database = await server.open()
    const { db } = database
    const made = await makeShop(db, CREATORS)
    const of = 2000 + 2 * ROUNDS * orders
    await bookOrders(db, made, { count: 1500, of }, progress)
    const books = openGroupCommit(db, made.shop)
    const seconds = { one: 0, eight: 0 }
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      progress(`round ${round + 1} of ${ROUNDS}`)
      seconds.one += (await sendOrders(books, 1, nextOrders(made, orders, of))).seconds
      const eight = await sendOrders(books, SENDERS, nextOrders(made, orders, of))
      seconds.eight += eight.seconds
      times.push(...eight.times)
    }
    return {
      sizes: { orders: orders * ROUNDS, senders: SENDERS, creators: CREATORS },
      figures: {
        ratio: rounded(seconds.one / seconds.eight, 2),
        onePerSecond: rounded((orders * ROUNDS) / seconds.one),
        eightPerSecond: rounded((orders * ROUNDS) / seconds.eight),
        eightP99Ms: rounded(quantile(times, 0.99), 2),
        machine: await measureMachine(database.adminUrl),
        peer: await measureTransferLedger(database.adminUrl),
      },
    }
  },
}
