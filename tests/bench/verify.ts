// The whole ledger proved from the ground: chain, sums, balances, tie-out.
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, rounded } from './bench-size.ts'
import { measureMachine } from './machine-limit.ts'
import { bookOrders, makeShop } from './make-ledger.ts'
import type { Benchmark } from './run.ts'

const CREATORS = 200
const RUNS = 3

export const benchmark: Benchmark = {
  says: 'every check of `ledger verify` over one shop; the median of three runs',
  async run(progress) {
    const orders = benchOrders(100_000)
    await using server = await openProofServer({ durable: true })
    await using database = await server.open()
    const made = await makeShop(database.db, CREATORS)
    await bookOrders(database.db, made, { count: orders, of: orders }, progress)
    const rates: number[] = []
    let verdict = await verifyLedger(database.db, made.shop.id)
    for (let run = 0; run < RUNS; run++) {
      const started = performance.now()
      verdict = await verifyLedger(database.db, made.shop.id)
      rates.push(verdict.journals / ((performance.now() - started) / 1000))
      progress(`${Math.round(rates.at(-1) ?? 0)} journals a second`)
    }
    if (!verdict.ok) throw new Error(`the books do not verify: ${JSON.stringify(verdict.findings)}`)
    rates.sort((left, right) => left - right)
    return {
      sizes: { orders, creators: CREATORS, journals: verdict.journals, postings: verdict.postings },
      figures: {
        journalsPerSecond: Math.round(rates[1] ?? 0),
        seconds: rounded(verdict.journals / (rates[1] ?? 1), 2),
        machine: await measureMachine(database.adminUrl),
      },
    }
  },
}
