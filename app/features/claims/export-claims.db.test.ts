import { expect, test } from 'vitest'
import { sha256Hex } from '#app/adapters/crypto/digest.ts'
import { refreshClaims } from '#app/adapters/db/claim-store.ts'
import { verifyClaims } from '#app/domain/drops/verify-claims.ts'
import { createDrop, tellStock } from '#tests/factories/live-drops.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { exportClaims } from './export-claims.server.ts'

const NOW = new Date('2026-12-04T18:05:00.000Z')
/** A second apart, each announced by a row of its own. */
const WAVES = Array.from({ length: 30 }, (_, index) => ({
  at: new Date(NOW.getTime() + (index + 60) * 1000).toISOString(),
  units: 1,
}))

async function linesOf(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const line of lines) all.push(line)
  return all
}

test('a log is exported whole, page by page, without the rows of other shops, and a changed file is found out', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  const other = await createShop(db)
  const [empty] = await linesOf(exportClaims(db, shop.id))
  expect(JSON.parse(empty ?? '')).toMatchObject({ end: { rows: 0 } })

  const drop = await createDrop(db, shop, { waves: WAVES })
  const theirs = await createDrop(db, other)
  await tellStock(db, shop, 41n, 9, NOW, { reserved: WAVES.length })
  // Announced before they come, and taken back when they are there.
  for (const seconds of [0, 600]) {
    const at = new Date(NOW.getTime() + seconds * 1000)
    await db.inShop(shop.id, (tx) => refreshClaims(tx, shop.id, drop.id, at))
  }
  await db.inShop(other.id, (tx) => refreshClaims(tx, other.id, theirs.id, NOW))

  const rows = 2 * WAVES.length + 1
  // Pages that end with the log and pages that do not.
  for (const atOnce of [1_000, rows, 20]) {
    const lines = await linesOf(exportClaims(db, shop.id, { atOnce }))
    expect(await verifyClaims(lines, sha256Hex)).toMatchObject({ ok: true, shop: shop.domain, rows })
  }
  const lines = await linesOf(exportClaims(db, shop.id))
  const changed = lines.map((line, index) => (index === 40 ? line.replace('"v":1', '"v":2') : line))
  expect(await verifyClaims(changed, sha256Hex)).toMatchObject({ ok: false, line: 41 })
  expect(await verifyClaims(lines.toSpliced(49, 1), sha256Hex)).toMatchObject({ ok: false, line: 50 })
  expect(await verifyClaims(lines.slice(0, -1), sha256Hex)).toMatchObject({ ok: false, fault: 'cut_off' })
})
