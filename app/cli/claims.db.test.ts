import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { refreshClaims } from '#app/adapters/db/claim-store.ts'
import { createDrop, tellStock } from '#tests/factories/live-drops.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'

const NOW = new Date('2026-12-04T18:05:00.000Z')

function claims(url: string, args: string[], input?: string) {
  const { status, stdout, stderr } = spawnSync('node_modules/.bin/tsx', ['app/cli/claims.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url },
    ...(input === undefined ? {} : { input }),
  })
  return { status, stdout, stderr }
}

test('a shop’s log is exported, proven from the file alone, and the first row that was touched is named', async () => {
  await using database = await createTestDatabase()
  const { db, url } = database
  const shop = await createShop(db)
  const drop = await createDrop(db, shop)
  for (const [second, available] of [5, 2, 0].entries()) {
    const now = new Date(NOW.getTime() + second * 1000)
    await tellStock(db, shop, 41n, available, now)
    await db.inShop(shop.id, (tx) => refreshClaims(tx, shop.id, drop.id, now))
  }
  const exported = claims(url, ['export', '--shop', shop.domain])
  expect([exported.status, exported.stderr]).toEqual([0, ''])
  const lines = exported.stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(7)

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'claims-'))
  const file = path.join(folder, 'claims.jsonl')
  fs.writeFileSync(file, exported.stdout)
  const proven = claims('postgresql://nobody@127.0.0.1:1/none', ['verify', file, '--json'])
  expect(JSON.parse(proven.stdout)).toMatchObject({ ok: true, shop: shop.domain, rows: 6 })
  expect(claims(url, ['verify', '--shop', shop.domain]).stdout).toMatch(/in order \(6 rows/)

  const touched = exported.stdout.replace('"available":2,', '"available":1,')
  const found = claims(url, ['verify', '-', '--json'], touched)
  expect(found.status).toBe(1)
  expect(JSON.parse(found.stdout)).toMatchObject({ ok: false, fault: 'changed', line: 4 })
  fs.rmSync(folder, { recursive: true })
})

test('a wrong call says what to do', () => {
  const url = 'postgresql://nobody@127.0.0.1:1/none'
  expect(claims(url, ['verify', '/nowhere.jsonl'])).toMatchObject({
    status: 2,
    stderr: 'there is no file /nowhere.jsonl\n',
  })
  expect(claims(url, ['export'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('export needs --shop'),
  })
  expect(claims(url, ['burn']).stderr).toContain('unknown command burn')
})
