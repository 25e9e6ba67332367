// Every table belongs to a shop, and no shop sees another's rows, whatever the query.
import pg from 'pg'
import { expect, test } from 'vitest'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'

async function asAdmin<Result>(
  adminUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function tenantTables(client: pg.Client): Promise<string[]> {
  const result = await client.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations' order by 1`,
  )
  return result.rows.map((row) => row.relname)
}

test('row-level security is on and forced on every table', async () => {
  await using database = await createTestDatabase()
  const unguarded = await asAdmin(database.adminUrl, async (client) => {
    const result = await client.query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname <> '_prisma_migrations' and not (relrowsecurity and relforcerowsecurity)`,
    )
    return result.rows.map((row) => row.relname)
  })
  expect(unguarded).toEqual([])
})

test('every table but the shop itself carries shop_id', async () => {
  await using database = await createTestDatabase()
  const without = await asAdmin(database.adminUrl, async (client) => {
    const tables = await tenantTables(client)
    const result = await client.query<{ table_name: string }>(
      `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'shop_id'`,
    )
    const withShop = new Set(result.rows.map((row) => row.table_name))
    return tables.filter((name) => !withShop.has(name))
  })
  expect(without).toEqual(['shop'])
})

// What a check constraint of the table asks for.
const checked: Record<string, string> = {
  'period.ends_at': "'2026-02-01'",
  'payout.gross_minor': '7',
  'payout.net_minor': '7',
  'line_attribution.circumstances': "'{}'",
  'drop.handle': "'rose'",
  'act.kind': "'open'",
  'drop_offer.role': "'offer'",
  'act_receipt.outcome': "'done'",
  'access_pass.locale': "'en'",
  'access_pass.expires_at': "'2026-02-01'",
  'claim.event': "'shown'",
  'claim.kind': "'ends'",
  'claim_check.name': "'one_day'",
  'claim_check.verdict': "'ended'",
  'restock_signup.status': "'waiting'",
}

// Fills one row of every table by the catalogue's own description, so that a new table cannot be forgotten here.
async function fillEveryTable(client: pg.Client, shopId: number): Promise<string[]> {
  const tables = (await tenantTables(client)).filter((name) => name !== 'shop')
  // The administrator only prepares; replica mode skips triggers and foreign keys, not policies (a superuser has none).
  await client.query('set session_replication_role = replica')
  for (const table of tables) {
    const columns = await client.query<{ column_name: string; data_type: string; udt_name: string }>(
      `select column_name, data_type, udt_name from information_schema.columns
       where table_schema = 'public' and table_name = $1
         and (is_nullable = 'NO' and column_default is null or table_name || '.' || column_name = any($2))`,
      [table, Object.keys(checked)],
    )
    const values: Record<string, string> = {
      integer: '7',
      bigint: '7',
      smallint: '7',
      boolean: 'false',
      text: "'x'",
      character: "'USD'",
      uuid: 'gen_random_uuid()',
      json: "'{}'",
      jsonb: "'{}'",
      date: "'2026-01-01'",
      bytea: "'\\x00'",
      'timestamp with time zone': "'2026-01-01'",
      ARRAY: "'{}'",
    }
    const names = columns.rows.map((column) => `"${column.column_name}"`)
    const cells = columns.rows.map((column) => {
      if (column.column_name === 'shop_id') return String(shopId)
      const special = checked[`${table}.${column.column_name}`]
      if (special) return special
      const value = values[column.data_type]
      if (!value) throw new Error(`no sample value for ${table}.${column.column_name}: ${column.data_type}`)
      return value
    })
    await client.query(`insert into "${table}" (${names.join(', ')}) values (${cells.join(', ')})`)
  }
  await client.query('set session_replication_role = origin')
  return tables
}

test('no table shows or takes rows of another shop', async () => {
  await using database = await createTestDatabase()
  const mine = await createShop(database.db)
  const other = await createShop(database.db)
  const tables = await asAdmin(database.adminUrl, (client) => fillEveryTable(client, other.id))
  expect(tables.length).toBeGreaterThan(25)
  for (const table of tables) {
    const seen = async (shopId: number | null) => {
      const client = await database.db.pool.connect()
      try {
        await client.query('begin')
        if (shopId !== null)
          await client.query("select set_config('app.shop_id', $1, true)", [String(shopId)])
        const result = await client.query<{ rows: string }>(`select count(*) as rows from "${table}"`)
        return Number(result.rows[0]?.rows)
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
    expect(await seen(other.id), `${table} as its own shop`).toBe(1)
    expect(await seen(mine.id), `${table} from another shop`).toBe(0)
    expect(await seen(null), `${table} with no shop bound`).toBe(0)
  }
})

test('a row for another shop is refused by the database', async () => {
  await using database = await createTestDatabase()
  const mine = await createShop(database.db)
  const other = await createShop(database.db)
  const insert = database.db.inShop(mine.id, (tx) =>
    tx.alert.create({
      data: {
        id: crypto.randomUUID(),
        shopId: other.id,
        key: 'k',
        kind: 'x',
        severity: 'info',
        raisedAt: new Date(),
      },
    }),
  )
  await expect(insert).rejects.toThrow(/row-level security/)
})

test('one shop cannot erase another', async () => {
  await using database = await createTestDatabase()
  const mine = await createShop(database.db)
  const other = await createShop(database.db)
  await expect(
    database.db.inShop(mine.id, (tx) => tx.$queryRaw`select erase_shop(${other.id}::int)::text`),
  ).rejects.toThrow(/only inside the shop/)
})

test('erasing a shop leaves no row of it and all rows of the other', async () => {
  await using database = await createTestDatabase()
  const mine = await createShop(database.db)
  const other = await createShop(database.db)
  const tables = await asAdmin(database.adminUrl, async (client) => {
    await fillEveryTable(client, mine.id)
    await client.query('update account set id = id + 1000')
    return tenantTables(client)
  })
  await database.db.inShop(mine.id, (tx) => tx.$queryRaw`select erase_shop(${mine.id}::int)::text`)
  await asAdmin(database.adminUrl, async (client) => {
    for (const table of tables.filter((name) => name !== 'shop')) {
      const result = await client.query(`select 1 from "${table}" where shop_id = $1`, [mine.id])
      expect(result.rowCount, table).toBe(0)
    }
    const shops = await client.query<{ id: number }>('select id from shop')
    expect(shops.rows.map((row) => row.id)).toEqual([other.id])
  })
})
