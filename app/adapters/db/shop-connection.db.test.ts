import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { createDatabase, type ShopTransaction } from './database.ts'
import { Prisma, PrismaClient } from './generated/client.ts'

/** Every type that the tables have, with nulls, arrays and what text can hold. */
const ALL_TYPES = Prisma.sql`
  select 9007199254740993::bigint as big, 7::int as whole, 3::smallint as small, 12.50::numeric as fraction, 1.5::float8 as real, true as flag,
         'EUR'::char(3) as fixed, E'a "quoted", {braced} \\\\ text\\n' as text, null::text as nothing,
         '2026-03-29'::date as day, '2026-03-29 01:30:00.123+02'::timestamptz as at, '2026-03-29 01:30:00'::timestamp as zoneless,
         '{"b": 1, "a": [null, "x"]}'::jsonb as document, '{"b": 1}'::json as written, decode('00ff10', 'hex') as bytes,
         '00000000-0000-7000-8000-000000000001'::uuid as id, array[1, null, 9007199254740993]::bigint[] as bigs,
         array['a,b', null, 'c"d']::text[] as texts, array[1, 2]::int[] as wholes`

test('a raw statement gives the rows and types that Prisma gives', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url }) })
  try {
    const ofPrisma = await prisma.$queryRaw<Array<Record<string, unknown>>>(ALL_TYPES)
    const direct = await database.db.inShop(shop.id, (tx) =>
      tx.$queryRaw<Array<Record<string, unknown>>>(ALL_TYPES),
    )
    const plain = (row: Record<string, unknown> | undefined) => ({
      ...row,
      bytes: [...((row?.bytes as Uint8Array | undefined) ?? [])],
    })
    expect(direct).toHaveLength(1)
    expect(plain(direct[0])).toEqual(plain(ofPrisma[0]))
  } finally {
    await prisma.$disconnect()
  }
})

test('parameters arrive as they were given, in a template, in parts of one and in a text', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const at = new Date('2026-03-29T01:30:00.123Z')
  const given = [
    9_007_199_254_740_993n,
    `O'Hara "x" \\ {y}`,
    null,
    at,
    Buffer.from('00ff', 'hex'),
    ['1', 'a,"b"'],
  ]
  const [big, text, nothing, when, bytes, list] = given
  const casts = (values: readonly Prisma.Sql[]) =>
    Prisma.sql`select ${Prisma.join([...values])}, ${list}::text[] as list`
  const row = await database.db.inShop(shop.id, async (tx) => {
    const parts = [
      Prisma.sql`${big}::bigint as big`,
      Prisma.sql`${text}::text as text`,
      Prisma.sql`${nothing}::text as nothing`,
      Prisma.sql`${when}::timestamptz as at`,
      Prisma.sql`${bytes}::bytea as bytes`,
    ]
    const [fromParts] = await tx.$queryRaw<Array<Record<string, unknown>>>(casts(parts))
    const [fromText] = await tx.$queryRawUnsafe<Array<Record<string, unknown>>>(
      'select $1::bigint as big, $2::text as text, $3::text as nothing, $4::timestamptz as at, $5::bytea as bytes, $6::text[] as list',
      ...given,
    )
    expect(fromText).toEqual(fromParts)
    return fromParts
  })
  expect(row).toEqual({ big, text, nothing, at, bytes, list })
})

test('statements that are asked for at once, of models and raw ones, all run in the transaction and in order', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const names = await database.db.inShop(shop.id, async (tx) => {
    const rename = (name: string) => tx.$executeRaw`update shop set name = ${name} where id = ${shop.id}`
    const [, before, , after, byModel] = await Promise.all([
      rename('one'),
      tx.$queryRaw<Array<{ name: string }>>`select name from shop where id = ${shop.id}`,
      rename('two'),
      tx.$queryRaw<Array<{ name: string }>>`select name from shop where id = ${shop.id}`,
      tx.period.count(),
    ])
    return [before[0]?.name, after[0]?.name, byModel]
  })
  expect(names).toEqual(['one', 'two', 0])
})

test('what fails rolls everything back, models and raw statements alike', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const failing = database.db.inShop(shop.id, async (tx) => {
    await tx.$executeRaw`update shop set name = 'changed' where id = ${shop.id}`
    await tx.$queryRaw`select 1 / 0`
  })
  await expect(failing).rejects.toThrow(/division by zero/)
  const [row] = await database.db.inShop(
    shop.id,
    (tx) => tx.$queryRaw<Array<{ name: string }>>`select name from shop where id = ${shop.id}`,
  )
  expect(row?.name).toBe(shop.name)
})

test('a transaction that has ended takes no more statements: its connection may be somebody else’s', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const kept = await database.db.inShop(shop.id, async (tx): Promise<{ tx: ShopTransaction }> => ({ tx }))
  await expect(kept.tx.$queryRaw`select 1`).rejects.toThrow(/has ended/)

  let late: Promise<unknown> | undefined
  const tooSlow = database.db.inShop(
    shop.id,
    async (tx) => {
      await tx.$executeRaw`update shop set name = 'too late' where id = ${shop.id}`
      await new Promise((resolve) => setTimeout(resolve, 400))
      late = Promise.resolve(tx.$executeRaw`update shop set name = 'much too late' where id = ${shop.id}`)
      await late
    },
    { timeoutMs: 100 },
  )
  await expect(tooSlow).rejects.toThrow()
  await expect(late).rejects.toThrow(/has ended/)
  expect(await database.db.inShop(shop.id, (tx) => tx.shop.findMany({ select: { name: true } }))).toEqual([
    { name: shop.name },
  ])
})

test('what is asked for while a transaction is being given up runs nowhere', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const db = createDatabase(database.url, { maxConnections: 1 })
  try {
    let late: Promise<unknown> | undefined
    const tooSlow = db.inShop(
      shop.id,
      async (tx) => {
        const slow = tx.$queryRaw`select pg_sleep(0.6)`
        // By now Prisma has asked for the rollback, which waits for the sleeper.
        await new Promise((resolve) => setTimeout(resolve, 300))
        late = Promise.resolve(tx.$executeRaw`select set_config('filigree.stray', 'ran', false)`)
        await Promise.all([slow, late])
      },
      { timeoutMs: 100 },
    )
    await expect(tooSlow).rejects.toThrow()
    await expect(late).rejects.toThrow(/has ended/)
    const { rows } = await db.pool.query("select current_setting('filigree.stray', true) as stray")
    expect(rows).toEqual([{ stray: null }])
  } finally {
    await db.close()
  }
})

test('times come back as they went in, whatever zone the server lives in', async () => {
  await using database = await createTestDatabase()
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  await admin.query(
    `alter database ${pg.escapeIdentifier(new URL(database.url).pathname.slice(1))} set timezone to 'America/New_York'`,
  )
  await admin.end()
  const db = createDatabase(database.url, { maxConnections: 1 })
  try {
    const shop = await createShop(db)
    const startsAt = new Date('2026-03-29T01:30:00.123Z')
    const period = {
      id: randomUUID(),
      shopId: shop.id,
      label: '2026-03',
      startsAt,
      endsAt: new Date('2026-04-01T00:00:00Z'),
    }
    await db.inShop(shop.id, async (tx) => {
      await tx.period.create({ data: period })
      const [raw] = await tx.$queryRaw<Array<{ at: Date; text: string }>>`
        select starts_at as at, to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') as text from period`
      expect(raw).toEqual({ at: startsAt, text: '2026-03-29 01:30:00.123' })
      expect(await tx.period.findMany({ select: { startsAt: true } })).toEqual([{ startsAt }])
      expect(await tx.period.count({ where: { startsAt } })).toBe(1)
    })
  } finally {
    await db.close()
  }
})
