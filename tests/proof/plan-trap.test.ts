// Plans that were made while the tables were empty must not stay with sessions that fill them: every guard reads what it is about, never whole tables.
import pg from 'pg'
import { expect, test } from 'vitest'
import { ManualClock } from '#app/adapters/clock/clock.ts'
import { createDatabase, type Database } from '#app/adapters/db/database.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { log } from '#app/config/logger.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import {
  cursorAfter,
  type LineCursor,
  redecidePage,
  type SoldLine,
} from '#app/features/ledger/redecide-lines.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import {
  benchOrder,
  bookGroup,
  bookOrders,
  countLedger,
  MONTH_BEGINS,
  makeShop,
} from '#tests/bench/make-ledger.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { LINK_SECRET } from './proof-shop.ts'

const ORDERS = 3000
const LINES = 2000
const TOLD_AGAIN_AT_ONCE = 20
const MONTHS = 4

test('one session that begins with empty tables books thousands of orders without going through what stands there already', async () => {
  await using database = await createTestDatabase()
  const db = createDatabase(database.url, { maxConnections: 1 })
  try {
    const made = await makeShop(db, 20)
    await bookOrders(db, made, { count: 200, of: ORDERS }, () => {})
    const before = await rowsRead(database.adminUrl)
    await bookOrders(db, made, { count: ORDERS - 200, of: ORDERS }, () => {})
    const after = await rowsRead(database.adminUrl)
    const { postings } = await countLedger(db, made.shop.id)
    expect(postings).toBe(ORDERS * 8)
    for (const [name, rows] of after) {
      // Each row is looked at a few times when it comes and when it is checked. To look at all of them for each multiplies.
      const each = (rows - (before.get(name) ?? 0)) / postings
      expect([name, each < 10]).toEqual([name, true])
    }
  } finally {
    await db.close()
  }
}, 180_000)

test('orders that such a session is told of again are found one by one, not by going through the books for each group', async () => {
  await using database = await createTestDatabase()
  const db = createDatabase(database.url, { maxConnections: 1 })
  try {
    const made = await makeShop(db, 20)
    await bookOrders(db, made, { count: LINES, of: LINES }, () => {})
    const before = await rowsRead(database.adminUrl)
    for (let first = 0; first < LINES; first += TOLD_AGAIN_AT_ONCE) {
      const orders = Array.from({ length: TOLD_AGAIN_AT_ONCE }, (_, place) =>
        benchOrder(first + place, 20, LINES),
      )
      await bookGroup(db, made.shop, orders)
    }
    const each = [...(await rowsRead(database.adminUrl))].map(
      ([name, rows]) => [name, (rows - (before.get(name) ?? 0)) / LINES] as const,
    )
    // Its own few rows, each looked at a few times.
    expect(each.filter(([, times]) => times >= 16)).toEqual([])
  } finally {
    await db.close()
  }
}, 180_000)

test('a walk in pages over the sold lines of such a session reads each line a few times, not once a page', async () => {
  await using database = await createTestDatabase()
  const db = createDatabase(database.url, { maxConnections: 1 })
  try {
    const made = await makeShop(db, 20)
    await bookOrders(db, made, { count: LINES, of: LINES }, () => {})
    const before = await rowsRead(database.adminUrl)
    const since = new Date(MONTH_BEGINS)
    let after: LineCursor | null = null
    let lines = 0
    for (;;) {
      const page = { since, after, size: LINES / 20 }
      const read: SoldLine[] = await db.inShop(made.shop.id, (tx) =>
        redecidePage(tx, made.shop, LINK_SECRET, page),
      )
      if (read.length === 0) break
      after = cursorAfter(read)
      lines += read.length
    }
    expect(lines).toBe(LINES)
    const each = [...(await rowsRead(database.adminUrl))].map(
      ([name, rows]) => [name, (rows - (before.get(name) ?? 0)) / LINES] as const,
    )
    expect(each.filter(([, times]) => times >= 4)).toEqual([])
  } finally {
    await db.close()
  }
}, 180_000)

test('months that such a session closes late read what waited and what came later by its keys, and the last one nothing of the months before it', async () => {
  await using database = await createTestDatabase()
  const db = createDatabase(database.url, { maxConnections: 1 })
  const queue = await openJobQueue(database.db.pool, {
    databaseUrl: database.url,
    worker: false,
    onError: () => {},
  })
  try {
    const made = await makeShop(db, 20)
    const { shop } = made
    await bookOrders(db, made, { count: LINES, of: LINES / MONTHS }, () => {})
    const clock = new ManualClock(new Date(Date.UTC(2026, 2 + MONTHS, 1)).toISOString())
    const context = { db, shop, clock, queue, log }
    await matureHolds(context)
    const readBy = async (work: () => Promise<unknown>) => {
      await handOverCounts(db, shop.id)
      const before = await rowsRead(database.adminUrl)
      await work()
      await handOverCounts(db, shop.id)
      return [...(await rowsRead(database.adminUrl))].map(
        ([name, rows]) => [name, rows - (before.get(name) ?? 0)] as const,
      )
    }
    const late = await readBy(() => closePeriods(context))
    expect(await db.inShop(shop.id, (tx) => tx.statement.count())).toBe(20 * MONTHS)
    // Each month but the last takes back what came after it: four times for a line, whose hold has been released and is there twice.
    expect(late.filter(([, rows]) => rows >= LINES * 16)).toEqual([])
    const months = () => db.inShop(shop.id, (tx) => tx.accountMovement.count())
    const monthsRead = (counts: typeof late) =>
      counts.filter(([name]) => name.startsWith('account_movement')).reduce((sum, [, rows]) => sum + rows, 0)
    // Each close looks at an account's months for its balance and for what was not stated yet: by their key, not all of the shop's for each account.
    expect(monthsRead(late)).toBeLessThan((await months()) * MONTHS * 3)

    const { orders } = made
    await bookOrders(db, made, { count: LINES / MONTHS, of: LINES / MONTHS }, () => {})
    expect(made.orders).toBe(orders + LINES / MONTHS)
    clock.moveTo(new Date(Date.UTC(2026, 3 + MONTHS, 1)).toISOString())
    await matureHolds(context)
    const last = await readBy(() => closePeriods(context))
    // By now there are more lines than that, and many more postings. An index keeps what waited once until it is vacuumed.
    const kept = last.filter(([name]) => !name.startsWith('royalty_hold'))
    expect(kept.filter(([, rows]) => rows >= LINES)).toEqual([])
    expect(monthsRead(last)).toBeLessThan((await months()) * 3)
  } finally {
    await queue.stop()
    await db.close()
  }
}, 180_000)

/** The session's own counts, which it would else keep for a while. */
async function handOverCounts(db: Database, shopId: number): Promise<void> {
  await db.inShop(shopId, (tx) => tx.$queryRaw`select pg_stat_force_next_flush()::text`)
}

/** Rows that were read so far, by going through whole tables or along an index, whether they were wanted or not. */
async function rowsRead(adminUrl: string): Promise<Map<string, number>> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    // Sessions hand their counts over when they are idle for a moment.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const { rows } = await client.query<{ name: string; rows: string }>(
      `select relname as name, seq_tup_read as rows from pg_stat_user_tables where relname = any($1)
       union all select indexrelname, idx_tup_read from pg_stat_user_indexes where relname = any($1)`,
      [
        [
          'journal',
          'posting',
          'royalty_entry',
          'sale',
          'shop_order',
          'line_attribution',
          'royalty_hold',
          'account',
          'account_movement',
          'period',
          'statement_period',
        ],
      ],
    )
    return new Map(rows.map((row) => [row.name, Number(row.rows)]))
  } finally {
    await client.end()
  }
}
