// Single orders from fetched facts to eight durable postings: many at once, as webhooks bring them, and one after the other.
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, quantile, rounded } from './bench-size.ts'
import { openGroupCommit, sendOrders } from './group-commit.ts'
import { measureMachine } from './machine-limit.ts'
import { bookOrders, countLedger, makeShop, nextOrders } from './make-ledger.ts'
import { measureTransferLedger } from './peers.ts'
import type { Benchmark } from './run.ts'

const CREATORS = 200
const SENDERS = 16

export const benchmark: Benchmark = {
  says: `one order each from ${SENDERS} senders at once, each waiting for its own eight durable postings; and from one sender alone`,
  async run(progress) {
    const orders = benchOrders(20_000)
    const alone = Math.ceil(orders / 10)
    await using server = await openProofServer({ durable: true })
    await using database = await server.open()
    const { db } = database
    const made = await makeShop(db, CREATORS)
    const of = orders + alone + 2000
    await bookOrders(db, made, { count: 1500, of }, progress)
    const before = await countLedger(db, made.shop.id)
    const books = openGroupCommit(db, made.shop)
    progress(`${SENDERS} senders`)
    const many = await sendOrders(books, SENDERS, nextOrders(made, orders, of))
    progress('one sender')
    const one = await sendOrders(books, 1, nextOrders(made, alone, of))
    const after = await countLedger(db, made.shop.id)
    progress('the machine, and a peer')
    return {
      sizes: {
        orders,
        senders: SENDERS,
        creators: CREATORS,
        postingsPerOrder: (after.postings - before.postings) / (orders + alone),
      },
      figures: {
        ordersPerSecond: rounded(orders / many.seconds),
        p50Ms: rounded(quantile(many.times, 0.5), 2),
        p99Ms: rounded(quantile(many.times, 0.99), 2),
        aloneOrdersPerSecond: rounded(alone / one.seconds),
        aloneP50Ms: rounded(quantile(one.times, 0.5), 2),
        aloneP99Ms: rounded(quantile(one.times, 0.99), 2),
        machine: await measureMachine(database.adminUrl),
        peer: await measureTransferLedger(database.adminUrl),
      },
    }
  },
}
