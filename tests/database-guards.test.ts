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

const period = '00000000-0000-7000-8000-000000000001'

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

async function journal(client: pg.PoolClient, shopId: number, seq: number, postings: number): Promise<void> {
  await client.query(
    `insert into journal (shop_id, seq, fact_key, kind, effective_at, recorded_at, period_id, currency, posting_count, input_hash, previous_hash, hash)
     values ($1, $2::bigint, 'test/' || $2::text, 'test', now(), now(), $3, 'USD', $4, '', '', '')`,
    [shopId, seq, period, postings],
  )
}

async function post(
  client: pg.PoolClient,
  shopId: number,
  seq: number,
  rows: Array<[number, number]>,
  from = 0,
): Promise<void> {
  const values = rows.map(
    ([accountId, amount], index) => `(${shopId}, ${seq}, ${from + index}, ${accountId}, ${amount})`,
  )
  await client.query(
    `insert into posting (shop_id, journal_seq, line, account_id, amount_minor) values ${values.join(', ')}`,
  )
}

test('a balanced journal is taken', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  await inShop(database.db, shop.id, async (client) => {
    const [a, b] = [await account(client, shop.id, 'a'), await account(client, shop.id, 'b')]
    await journal(client, shop.id, 1, 2)
    await post(client, shop.id, 1, [
      [a, 100],
      [b, -100],
    ])
  })
  const count = await database.db.inShop(shop.id, (tx) => tx.posting.count())
  expect(count).toBe(2)
})

const refused: Array<[string, RegExp, (client: pg.PoolClient, shopId: number) => Promise<void>]> = [
  [
    'postings that do not sum to zero',
    /unbalanced/,
    async (client, shop) => {
      const [a, b] = [await account(client, shop, 'a'), await account(client, shop, 'b')]
      await journal(client, shop, 1, 2)
      await post(client, shop, 1, [
        [a, 100],
        [b, -99],
      ])
    },
  ],
  [
    'a journal balanced only across currencies',
    /another shop or currency/,
    async (client, shop) => {
      const [a, b] = [await account(client, shop, 'a'), await account(client, shop, 'b', 'EUR')]
      await journal(client, shop, 1, 2)
      await post(client, shop, 1, [
        [a, 100],
        [b, -100],
      ])
    },
  ],
  [
    'a journal without postings',
    /declares 2 postings and has 0/,
    (client, shop) => journal(client, shop, 1, 2),
  ],
  [
    'a journal with fewer postings than declared',
    /declares 4 postings and has 2/,
    async (client, shop) => {
      const [a, b] = [await account(client, shop, 'a'), await account(client, shop, 'b')]
      await journal(client, shop, 1, 4)
      await post(client, shop, 1, [
        [a, 100],
        [b, -100],
      ])
    },
  ],
  [
    'a posting of nothing',
    /posting_amount_not_zero/,
    async (client, shop) => {
      const a = await account(client, shop, 'a')
      await journal(client, shop, 1, 2)
      await post(client, shop, 1, [[a, 0]])
    },
  ],
  [
    'an account of another currency',
    /another shop or currency/,
    async (client, shop) => {
      const [a, b] = [await account(client, shop, 'a', 'EUR'), await account(client, shop, 'b', 'EUR')]
      await journal(client, shop, 1, 2)
      await post(client, shop, 1, [
        [a, 100],
        [b, -100],
      ])
    },
  ],
]
test.each(refused)('the database refuses %s', async (_name, message, work) => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  await expect(inShop(database.db, shop.id, (client) => work(client, shop.id))).rejects.toThrow(message)
})

test('postings cannot be added to a journal of an earlier transaction', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  let accounts: [number, number] = [0, 0]
  await inShop(database.db, shop.id, async (client) => {
    accounts = [await account(client, shop.id, 'a'), await account(client, shop.id, 'b')]
    await journal(client, shop.id, 1, 2)
    await post(client, shop.id, 1, [
      [accounts[0], 100],
      [accounts[1], -100],
    ])
  })
  const late = inShop(database.db, shop.id, (client) =>
    post(
      client,
      shop.id,
      1,
      [
        [accounts[0], 5],
        [accounts[1], -5],
      ],
      2,
    ),
  )
  await expect(late).rejects.toThrow(/same transaction/)
})

test('history cannot be changed by the app, nor by the owner of the tables', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  await inShop(database.db, shop.id, async (client) => {
    const [a, b] = [await account(client, shop.id, 'a'), await account(client, shop.id, 'b')]
    await journal(client, shop.id, 1, 2)
    await post(client, shop.id, 1, [
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
