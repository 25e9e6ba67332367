// The operator's tool for the books, as a process of its own.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'

test('without --shop every shop with books is looked at, also one that uninstalled', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const installed = await createShop(db)
  const gone = await createShop(db, { uninstalledAt: new Date('2026-05-01T10:00:00Z') })
  const erased = await createShop(db)
  await db.inShop(erased.id, (tx) => tx.$queryRaw`select erase_shop(${erased.id}::int)::text`)
  await createShop(db, { currency: 'XXX' })
  const last = await createShop(db, { uninstalledAt: new Date('2026-05-01T10:00:00Z') })
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'app/cli/ledger.ts', 'verify', '--json'], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: database.url },
  })
  expect(run.status, run.stderr).toBe(0)
  const verdicts = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { shop: string; ok: boolean })
  expect(verdicts.map(({ shop, ok }) => [shop, ok])).toEqual(
    [installed, gone, last].map(({ domain }) => [domain, true]),
  )
})
