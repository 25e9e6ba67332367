// Plans that were made while the tables were empty must not stay with sessions that fill them: every guard reads what it is about, never whole tables.
import pg from 'pg'
import { expect, test } from 'vitest'
import { createDatabase } from '#app/adapters/db/database.ts'
import { bookOrders, countLedger, makeShop } from '#tests/bench/make-ledger.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'

const ORDERS = 3000

test('one session that begins with empty tables books thousands of orders without reading whole tables', async () => {
  await using database = await createTestDatabase()
  const db = createDatabase(database.url, { maxConnections: 1 })
  try {
    const made = await makeShop(db, 20)
    await bookOrders(db, made, { count: 200, of: ORDERS }, () => {})
    const before = await readWhole(database.adminUrl)
    await bookOrders(db, made, { count: ORDERS - 200, of: ORDERS }, () => {})
    const after = await readWhole(database.adminUrl)
    const { postings } = await countLedger(db, made.shop.id)
    expect(postings).toBe(ORDERS * 8)
    for (const [table, rows] of after) {
      const read = rows - (before.get(table) ?? 0)
      // A handful of looks over a table as it is are nothing; a look for each group or row multiplies.
      expect([table, read < 3 * postings]).toEqual([table, true])
    }
  } finally {
    await db.close()
  }
}, 180_000)

/** Rows that were read by going through whole tables. */
async function readWhole(adminUrl: string): Promise<Map<string, number>> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    // Sessions hand their counts over when they are idle for a moment.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const { rows } = await client.query<{ table: string; rows: string }>(
      `select relname as table, seq_tup_read as rows from pg_stat_user_tables
       where relname in ('journal', 'posting', 'royalty_entry', 'sale', 'shop_order', 'line_attribution', 'royalty_hold')`,
    )
    return new Map(rows.map((row) => [row.table, Number(row.rows)]))
  } finally {
    await client.end()
  }
}
