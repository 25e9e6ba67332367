// What a posting weighs on disk: its table with every index, and what the journals and the subledger weigh beside it.
import pg from 'pg'
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, rounded } from './bench-size.ts'
import { measureMachine } from './machine-limit.ts'
import { bookOrders, countLedger, makeShop } from './make-ledger.ts'
import type { Benchmark } from './run.ts'

const CREATORS = 200
const TABLES = [
  'posting',
  'journal',
  'royalty_entry',
  'sale',
  'shop_order',
  'line_attribution',
  'royalty_hold',
] as const

export const benchmark: Benchmark = {
  says: 'bytes on disk of a posting with its indexes',
  async run(progress) {
    const orders = benchOrders(100_000)
    await using server = await openProofServer({ durable: true })
    await using database = await server.open()
    const made = await makeShop(database.db, CREATORS)
    await bookOrders(database.db, made, { count: orders, of: orders }, progress)
    const { postings, journals } = await countLedger(database.db, made.shop.id)
    const client = new pg.Client({ connectionString: database.adminUrl })
    await client.connect()
    const bytes: Record<string, number> = {}
    for (const table of TABLES) {
      const { rows } = await client.query<{ bytes: string }>(
        'select pg_total_relation_size($1::regclass) as bytes',
        [table],
      )
      bytes[table] = Number(rows[0]?.bytes ?? 0)
    }
    await client.end()
    const all = Object.values(bytes).reduce((sum, size) => sum + size, 0)
    return {
      sizes: { orders, creators: CREATORS, journals, postings },
      figures: {
        bytesPerPosting: rounded((bytes.posting ?? 0) / postings),
        bytesPerJournal: rounded((bytes.journal ?? 0) / journals),
        bytesPerOrderInAll: Math.round(all / orders),
        megabytes: Object.fromEntries(
          Object.entries(bytes).map(([table, size]) => [table, rounded(size / 2 ** 20)]),
        ),
        machine: await measureMachine(database.adminUrl),
      },
    }
  },
}
