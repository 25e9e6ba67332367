// What the database itself refuses, whoever asks: unbalanced journals, changed history, unbound roles.
import pg from 'pg'
import { expect, test } from 'vitest'
import { assertBoundRole, bindShop, type Database } from '#app/adapters/db/database.ts'
import { findDrift, migrateDatabase, pendingMigrations } from '#app/adapters/db/migrate.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'

async function inShop(
  db: Database,
  shopId: number,
  work: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await bindShop(client, shopId)
    await work(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

async function account(
  client: pg.PoolClient,
  shopId: number,
  code: string,
  currency = 'USD',
): Promise<number> {
  const result = await client.query<{ id: number }>(
    `insert into account (shop_id, code, currency, kind) values ($1, $2, $3, 'asset') returning id`,
    [shopId, code, currency],
  )
  const row = result.rows[0]
  if (!row) throw new Error('no account')
  return row.id
}

type Rows = Array<[accountId: number, amount: number]>

const JOURNAL = `insert into journal (shop_id, seq, fact_key, kind, effective_at, recorded_at, period_id, currency, posting_count, input_hash, previous_hash, hash)
  values ($1, $2::bigint, 'test/' || $2::text, 'test', now(), now(), '00000000-0000-7000-8000-000000000001', 'USD', $3, '', '', '')`
const postingsOf = (shopId: number, seq: number, rows: Rows, from = 0) =>
  `insert into posting (shop_id, journal_seq, line, account_id, amount_minor) values ${rows
    .map(([accountId, amount], index) => `(${shopId}, ${seq}, ${from + index}, ${accountId}, ${amount})`)
    .join(', ')}`

/** A journal with its postings, as they have to come. */
async function book(
  client: pg.PoolClient,
  shopId: number,
  rows: Rows,
  { declares = rows.length, from = 0 } = {},
): Promise<void> {
  await client.query(`with written as (${JOURNAL}) ${postingsOf(shopId, 1, rows, from)}`, [
    shopId,
    1,
    declares,
  ])
}

/** Two accounts of the shop's currency, or of others. */
async function two(client: pg.PoolClient, shopId: number, first = 'USD', second = 'USD') {
  return [await account(client, shopId, 'a', first), await account(client, shopId, 'b', second)] as const
}

test('a balanced journal is taken', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  await inShop(database.db, shop.id, async (client) => {
    const [a, b] = await two(client, shop.id)
    await book(client, shop.id, [
      [a, 100],
      [b, -100],
    ])
  })
  const count = await database.db.inShop(shop.id, (tx) => tx.posting.count())
  expect(count).toBe(2)
})

const refused: Array<[string, RegExp, (client: pg.PoolClient, shopId: number) => Promise<unknown>]> = [
  [
    'postings that do not sum to zero',
    /unbalanced/,
    async (client, shop) => {
      const [a, b] = await two(client, shop)
      await book(client, shop, [
        [a, 100],
        [b, -99],
      ])
    },
  ],
  [
    'a journal balanced only across currencies',
    /another shop or currency/,
    async (client, shop) => {
      const [a, b] = await two(client, shop, 'USD', 'EUR')
      await book(client, shop, [
        [a, 100],
        [b, -100],
      ])
    },
  ],
  [
    'an account of another currency',
    /another shop or currency/,
    async (client, shop) => {
      const [a, b] = await two(client, shop, 'EUR', 'EUR')
      await book(client, shop, [
        [a, 100],
        [b, -100],
      ])
    },
  ],
  [
    'a journal without postings',
    /without its postings/,
    (client, shop) => client.query(JOURNAL, [shop, 1, 2]),
  ],
  [
    'a journal whose postings come later',
    /without its postings/,
    async (client, shop) => {
      const [a, b] = await two(client, shop)
      await client.query(JOURNAL, [shop, 1, 2])
      await client.query(
        postingsOf(shop, 1, [
          [a, 100],
          [b, -100],
        ]),
      )
    },
  ],
  [
    'a journal with fewer postings than declared',
    /not as many as it declares: journal 1 has 2 postings from 0 to 1/,
    async (client, shop) => {
      const [a, b] = await two(client, shop)
      await book(
        client,
        shop,
        [
          [a, 100],
          [b, -100],
        ],
        { declares: 4 },
      )
    },
  ],
  [
    'postings that are not numbered from 0',
    /not as many as it declares: journal 1 has 2 postings from 1 to 2/,
    async (client, shop) => {
      const [a, b] = await two(client, shop)
      await book(
        client,
        shop,
        [
          [a, 100],
          [b, -100],
        ],
        { from: 1 },
      )
    },
  ],
  [
    'more postings for a journal that has its own, in the same transaction',
    /not as many as it declares: journal 1 has 2 postings from 2 to 3/,
    async (client, shop) => {
      const [a, b] = await two(client, shop)
      const rows: Rows = [
        [a, 100],
        [b, -100],
      ]
      await book(client, shop, rows)
      await client.query(postingsOf(shop, 1, rows, 2))
    },
  ],
  [
    'a posting of nothing',
    /posting_amount_not_zero/,
    async (client, shop) => {
      const a = await account(client, shop, 'a')
      await book(client, shop, [[a, 0]], { declares: 2 })
    },
  ],
]
test.each(refused)('the database refuses %s', async (_name, message, work) => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  await expect(
    inShop(database.db, shop.id, async (client) => void (await work(client, shop.id))),
  ).rejects.toThrow(message)
})

/** Tables of a session's own, which come before the books' in its search path: a replay works on such. */
const IN_THE_WAY = ['account', 'journal', 'posting'].map(
  (table) => `create temp table ${table} (like public.${table}) on commit drop`,
)

test('a journal without postings is refused whatever tables of its own the session has', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const bare = inShop(database.db, shop.id, async (client) => {
    for (const statement of IN_THE_WAY) await client.query(statement)
    await client.query(
      `insert into posting (shop_id, journal_seq, line, account_id, amount_minor) values (${shop.id}, 1, 0, 7, 100)`,
    )
    await client.query(JOURNAL.replace('into journal', 'into public.journal'), [shop.id, 1, 2])
  })
  await expect(bare).rejects.toThrow(/without its postings/)
})

test('an account of another currency is refused whatever tables of its own the session has', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const foreign = inShop(database.db, shop.id, async (client) => {
    const [a, b] = await two(client, shop.id, 'EUR', 'EUR')
    for (const statement of IN_THE_WAY) await client.query(statement)
    await client.query(
      `insert into account (id, shop_id, code, currency, kind) select id, shop_id, code, 'USD', kind from public.account`,
    )
    await client.query('drop table pg_temp.journal, pg_temp.posting')
    await book(client, shop.id, [
      [a, 100],
      [b, -100],
    ])
  })
  await expect(foreign).rejects.toThrow(/another shop or currency/)
})

test('postings cannot be added to a journal of an earlier transaction', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const rows: Rows = []
  await inShop(database.db, shop.id, async (client) => {
    const [a, b] = await two(client, shop.id)
    rows.push([a, 100], [b, -100])
    await book(client, shop.id, rows)
  })
  const late = inShop(
    database.db,
    shop.id,
    async (client) => void (await client.query(postingsOf(shop.id, 1, rows, 2))),
  )
  await expect(late).rejects.toThrow(/same transaction/)
})

test('history cannot be changed by the app, nor by the owner of the tables', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  await inShop(database.db, shop.id, async (client) => {
    const [a, b] = await two(client, shop.id)
    await book(client, shop.id, [
      [a, 100],
      [b, -100],
    ])
  })
  const attempts = [
    'update posting set amount_minor = 7',
    'delete from posting',
    'update journal set kind = $$x$$',
    'delete from journal',
  ]
  for (const sql of attempts) {
    await expect(
      inShop(database.db, shop.id, async (client) => void (await client.query(sql))),
    ).rejects.toThrow(/permission denied/)
  }
  const owner = new pg.Client({ connectionString: database.adminUrl, options: '-c role=filigree_owner' })
  await owner.connect()
  try {
    await owner.query("select set_config('app.shop_id', $1, false)", [String(shop.id)])
    for (const sql of [...attempts, 'truncate posting'])
      await expect(owner.query(sql)).rejects.toThrow(/append-only/)
  } finally {
    await owner.end()
  }
})

/** Each asked for by user/1, waiting for somebody else. */
const PROPOSALS: Record<string, string> = {
  adjustment: `insert into adjustment (id, shop_id, kind, account, amount_minor, currency, reason, proposed_by, proposed_at, needs_second)
    values (gen_random_uuid(), $1, 'gift', 'gifts-in-kind', 500, 'USD', 'A ring', 'user/1', now(), true)`,
  advance: `insert into advance (id, shop_id, creator_id, amount_minor, currency, recoup_bps, proposed_by, proposed_at, needs_second)
    values (gen_random_uuid(), $1, gen_random_uuid(), 500, 'USD', 5000, 'user/1', now(), true)`,
  approval_rule_change: `insert into approval_rule_change (id, shop_id, rule, from_level, to_level, proposed_by, proposed_at, needs_second)
    values (gen_random_uuid(), $1, 'runs', 2, 1, 'user/1', now(), true)`,
}
const bypasses: Array<[table: string, change: string]> = [
  ['adjustment', "needs_second = false, status = 'posted', decided_by = 'user/1'"],
  ['adjustment', "proposed_by = 'user/9', status = 'posted', decided_by = 'user/1'"],
  ['adjustment', 'amount_minor = 50000'],
  ['adjustment', 'facts = \'{"description": "Another ring"}\''],
  ['adjustment', 'creator_id = gen_random_uuid()'],
  ['advance', "needs_second = false, status = 'agreed', decided_by = 'user/1'"],
  ['advance', "proposed_by = 'user/9', status = 'agreed', decided_by = 'user/1'"],
  ['advance', 'amount_minor = 50000'],
  ['advance', 'recoup_bps = 1'],
  ['approval_rule_change', "proposed_by = 'user/9', status = 'agreed', decided_by = 'user/1'"],
  ['approval_rule_change', 'to_level = 0'],
]
test.each(bypasses)('what was proposed stays as it was: %s set %s', async (table, change) => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const inIt = (sql: string, values: unknown[] = []) =>
    inShop(database.db, shop.id, async (client) => void (await client.query(sql, values)))
  await inIt(PROPOSALS[table] ?? '', [shop.id])
  await expect(inIt(`update ${table} set ${change}`)).rejects.toThrow(/is proposed: its \w+ cannot change/)
  // Somebody else's decision is taken.
  const decided = table === 'adjustment' ? 'posted' : 'agreed'
  await inIt(`update ${table} set status = '${decided}', decided_by = 'user/2', decided_at = now()`)
})

test('migrations are complete, leave no drift, and applying them again changes nothing', async () => {
  await using database = await createTestDatabase()
  expect(await pendingMigrations(database.db.pool)).toEqual([])
  expect(await findDrift(database.adminUrl)).toBe('')
  expect(await migrateDatabase(database.adminUrl)).toEqual([])
})

test('drift is found when a column is missing', async () => {
  await using database = await createTestDatabase()
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  await admin.query('alter table creator drop column notes')
  await admin.end()
  expect(await findDrift(database.adminUrl)).toMatch(/ADD COLUMN\s+"notes"/)
})

test('a connection that row-level security does not bind is refused at boot', async () => {
  await using database = await createTestDatabase()
  await expect(assertBoundRole(database.db.pool)).resolves.toBeUndefined()
  const unbound = new pg.Pool({ connectionString: database.adminUrl })
  await expect(assertBoundRole(unbound)).rejects.toThrow(/row-level security does not bind/)
  await unbound.end()
})

test('a test database is cloned in well under a second', async () => {
  const started = performance.now()
  await using database = await createTestDatabase()
  await database.db.pool.query('select 1')
  // A bound generous enough for a loaded machine: the clone itself takes tens of milliseconds.
  expect(performance.now() - started).toBeLessThan(5000)
})
