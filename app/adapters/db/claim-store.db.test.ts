import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type ClaimRow, claimRowText } from '#app/domain/drops/claim-log.ts'
import { createDrop, LOCATION, tellStock } from '#tests/factories/live-drops.ts'
import { namedId } from '#tests/factories/partners.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { noteDropChange, refreshClaims } from './claim-store.ts'
import type { Database } from './database.ts'
import type { Shop } from './generated/client.ts'

const NOW = new Date('2026-12-04T18:05:00.000Z')
const WAVE = '2026-12-04T18:11:00.000Z'
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

async function rowsOf(db: Database, shop: Shop): Promise<ClaimRow[]> {
  const rows = await db.inShop(shop.id, (tx) => tx.claim.findMany({ orderBy: { seq: 'asc' } }))
  return rows.map((row) => JSON.parse(row.body) as ClaimRow)
}

const told = (rows: ClaimRow[]) =>
  rows.map(({ event, claim, kind, value }) => `${event} ${claim} ${kind} ${value}`)

function refresh(db: Database, shop: Shop, dropId: string, now: Date) {
  return db.inShop(shop.id, (tx) => refreshClaims(tx, shop.id, dropId, now))
}

test('claims follow the stock: each is begun and ended once, with the facts it rests on', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  const drop = await createDrop(db, shop, { waves: [{ at: WAVE, units: 12 }] })
  await tellStock(db, shop, 41n, 9, NOW, { reserved: 12 })
  expect(await refresh(db, shop, drop.id, NOW)).toEqual({ begun: 2, ended: 0 })
  await tellStock(db, shop, 41n, 4, after(1), { reserved: 12 })
  await refresh(db, shop, drop.id, after(1))
  expect(await refresh(db, shop, drop.id, after(2))).toEqual({ begun: 0, ended: 0 })
  await tellStock(db, shop, 41n, 0, after(3), { reserved: 12 })
  await refresh(db, shop, drop.id, after(3))
  const rows = await rowsOf(db, shop)
  expect(told(rows)).toEqual([
    'shown 1 ends 2026-12-04T18:20:00.000Z',
    `shown 2 wave 12@${WAVE}`,
    `shown 3 low_stock low 12@${WAVE}`,
    `ended 3 low_stock low 12@${WAVE}`,
    `shown 5 sold_out gone 12@${WAVE}`,
  ])
  expect(rows[2]).toMatchObject({
    shop: shop.domain,
    at: after(1).toISOString(),
    from: after(1).toISOString(),
    why: 'at_most_low',
    rule: { version: 1, lowAt: 5, lastAt: 2 },
    stock: {
      available: 4,
      locations: [{ locationId: String(LOCATION), available: 4, heldBack: 0 }],
      waves: [{ id: drop.waveIds[0], units: 12, isBacked: true }],
    },
  })
})

test('a wave whose units somebody moved away by hand is announced no more', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  const drop = await createDrop(db, shop, { waves: [{ at: WAVE, units: 12 }] })
  const adjustmentGroupGid = 'gid://shopify/InventoryAdjustmentGroup/5'
  await db.inShop(shop.id, (tx) =>
    tx.stockMove.create({
      data: {
        id: namedId('move'),
        shopId: shop.id,
        dropId: drop.id,
        waveId: drop.waveIds[0] ?? '',
        kind: 'reserve',
        units: 12,
        idempotencyKey: namedId('key'),
        ledgerDocumentUri: 'gid://filigree/DropWave/1',
        fromBefore: 20,
        toBefore: 0,
        status: 'done',
        adjustmentGroupGid,
        intendedAt: after(-60),
        finishedAt: after(-60),
      },
    }),
  )
  await tellStock(db, shop, 41n, 3, NOW, { reserved: 12 })
  await refresh(db, shop, drop.id, NOW)
  expect(await rowsOf(db, shop)).toMatchObject([
    { kind: 'ends' },
    { kind: 'wave', adjustment: adjustmentGroupGid },
    { kind: 'low_stock' },
  ])
  await tellStock(db, shop, 41n, 3, after(5), { reserved: 11 })
  await refresh(db, shop, drop.id, after(5))
  // Neither the wave nor the low stock beside it: what is planned but not there can be neither named nor kept quiet.
  expect(told((await rowsOf(db, shop)).slice(3))).toEqual([
    `ended 2 wave 12@${WAVE}`,
    `ended 3 low_stock low 12@${WAVE}`,
  ])
})

test('stock of another piece, and a wave of another drop of the same piece, are taken into account', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  const drop = await createDrop(db, shop, { variants: [41n, 42n] })
  await tellStock(db, shop, 41n, 3, NOW)
  await tellStock(db, shop, 42n, 50, NOW)
  await createDrop(db, shop, {
    handle: 'next-week',
    status: 'scheduled',
    opensAt: '2026-12-11T18:00:00.000Z',
    closesAt: '2026-12-11T18:20:00.000Z',
    waves: [{ at: '2026-12-11T18:00:00.000Z', units: 5, state: 'planned' }],
  })
  await refresh(db, shop, drop.id, NOW)
  expect(told(await rowsOf(db, shop))).toEqual(['shown 1 ends 2026-12-04T18:20:00.000Z'])
})

test('two that write at once write one after the other, and nothing twice', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  const drop = await createDrop(db, shop, { waves: [{ at: WAVE, units: 12 }] })
  await tellStock(db, shop, 41n, 1, NOW, { reserved: 12 })
  await Promise.all(Array.from({ length: 6 }, () => refresh(db, shop, drop.id, NOW)))
  expect(await rowsOf(db, shop)).toHaveLength(3)
})

test('a change of the drop has the stock looked at anew', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  const drop = await createDrop(db, shop)
  await db.inShop(shop.id, (tx) => noteDropChange(tx, shop.id, drop.id, NOW))
  expect(await db.workDue(NOW, 10)).toMatchObject([{ shopId: shop.id, kind: 'watch-drops' }])
})

const sealed = (row: Record<string, unknown>) => {
  const body = claimRowText(row as unknown as ClaimRow)
  return { body, hash: createHash('sha256').update(body).digest() }
}

test('the database itself refuses what is changed, forged, out of place or another shop’s', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  const drop = await createDrop(db, shop)
  await refresh(db, shop, drop.id, NOW)
  const [first] = await db.inShop(shop.id, (tx) => tx.claim.findMany())
  if (!first) throw new Error('no claim')
  const prev = Buffer.from(first.hash).toString('hex')
  const row = { ...(JSON.parse(first.body) as ClaimRow), seq: 2, claim: 2, prev }
  const add = (given: { row?: Partial<ClaimRow>; columns?: Record<string, unknown>; hash?: Buffer }) => {
    const all = { ...row, ...given.row }
    const { body, hash } = sealed(all)
    return db.inShop(shop.id, (tx) =>
      tx.claim.create({
        data: {
          shopId: shop.id,
          seq: BigInt(all.seq),
          claim: BigInt(all.claim),
          event: all.event,
          at: new Date(all.at),
          dropId: all.drop,
          kind: all.kind,
          body,
          previousHash: Buffer.from(all.prev, 'hex'),
          hash: given.hash ?? hash,
          ...given.columns,
        } as never,
      }),
    )
  }
  await expect(add({ hash: Buffer.alloc(32, 1) })).rejects.toThrow(/not sealed over its text/)
  await expect(add({ columns: { kind: 'wave' } })).rejects.toThrow(/says otherwise/)
  await expect(add({ columns: { dropId: namedId('other') } })).rejects.toThrow(/says otherwise/)
  await expect(add({ row: { shop: 'other.myshopify.com' } })).rejects.toThrow(/says otherwise/)
  await expect(add({ row: { prev: '1'.repeat(64) } })).rejects.toThrow(/does not follow/)
  await expect(add({ row: { seq: 3, claim: 3 } })).rejects.toThrow(/does not follow/)
  await expect(add({ row: { event: 'ended', claim: 9 } })).rejects.toThrow(/never shown/)
  await add({})
  for (const statement of [
    "update claim set body = '{}'",
    'delete from claim',
    "update claim_check set verdict = 'ended'",
  ])
    await expect(db.inShop(shop.id, (tx) => tx.$executeRawUnsafe(statement))).rejects.toThrow(
      /permission denied|append-only/,
    )
  await add({ row: { seq: 3, claim: 2, event: 'ended', prev: sealed(row).hash.toString('hex') } })
  const twice = { seq: 4, claim: 2, event: 'ended' as const }
  const last = await db.inShop(shop.id, (tx) => tx.claim.findFirst({ orderBy: { seq: 'desc' } }))
  const tail = Buffer.from(last?.hash ?? []).toString('hex')
  await expect(add({ row: { ...twice, prev: tail } })).rejects.toThrow(/Unique|claim_ends_once/)
})
