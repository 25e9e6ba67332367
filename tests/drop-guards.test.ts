// What the database refuses of drops, whoever asks: timelines out of order, units moved twice, changed receipts.
import { expect, test } from 'vitest'
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'

const DROP = '0199a000-0000-7000-8000-000000000001'
const ACT = '0199a000-0000-7000-8000-00000000000a'
const OTHER_ACT = '0199a000-0000-7000-8000-00000000000b'
const WAVE = '0199a000-0000-7000-8000-00000000000c'
const AT = new Date('2026-12-10T17:00:00Z')
const LATER = new Date('2026-12-10T17:20:00Z')

async function inPreparedShop(
  work: (tx: ShopTransaction, shopId: number) => Promise<unknown>,
): Promise<void> {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  const shopId = shop.id
  await database.db.inShop(shopId, async (tx) => {
    const drop = { id: DROP, shopId, handle: 'rose-signet', title: 'Rose signet', timeZone: 'Europe/Berlin' }
    await tx.drop.create({
      data: { ...drop, scarcity: { version: 1, lowAt: 5, lastAt: 2 }, createdAt: AT, createdBy: 'user/1' },
    })
    await tx.act.create({ data: { id: ACT, shopId, dropId: DROP, kind: 'open', at: AT, runsAt: AT } })
    await tx.wave.create({ data: { id: WAVE, shopId, dropId: DROP, actId: ACT, ...PIECES } })
  })
  await database.db.inShop(shopId, (tx) => work(tx, shopId))
}

const PIECES = { variantId: 11n, inventoryItemId: 111n, locationId: 1n, units: 12 }

function moveOf(shopId: number, kind: string, given: object = {}) {
  const intended = { fromBefore: 12, toBefore: 0, intendedAt: AT, units: 12 }
  const names = { idempotencyKey: crypto.randomUUID(), ledgerDocumentUri: `gid://filigree/DropWave/${WAVE}` }
  return {
    id: crypto.randomUUID(),
    shopId,
    dropId: DROP,
    waveId: WAVE,
    kind,
    ...names,
    ...intended,
    ...given,
  }
}

const refused: Array<[string, RegExp, (tx: ShopTransaction, shopId: number) => Promise<unknown>]> = [
  [
    'a second opening',
    /act_once_in_drop|Unique constraint/,
    (tx, shopId) => tx.act.create({ data: { id: OTHER_ACT, shopId, dropId: DROP, kind: 'open', at: LATER } }),
  ],
  [
    'a close before the opening',
    /out of order: (open|close)/,
    (tx, shopId) =>
      tx.act.create({
        data: { id: OTHER_ACT, shopId, dropId: DROP, kind: 'close', at: new Date(AT.getTime() - 1000) },
      }),
  ],
  [
    'an opening that is moved behind its close',
    /out of order: (open|close)/,
    async (tx, shopId) => {
      await tx.act.create({ data: { id: OTHER_ACT, shopId, dropId: DROP, kind: 'close', at: LATER } })
      await tx.act.update({ where: { id: ACT }, data: { at: LATER } })
    },
  ],
  [
    'an act that is done and still to be run',
    /act_runs_until_done/,
    (tx) => tx.act.update({ where: { id: ACT }, data: { status: 'done' } }),
  ],
  [
    'a wave of nothing',
    /wave_has_units/,
    (tx) => tx.wave.update({ where: { id: WAVE }, data: { units: 0 } }),
  ],
  [
    'the same pieces twice at one act',
    /wave_once_at_act|Unique constraint/,
    (tx, shopId) => tx.wave.create({ data: { id: OTHER_ACT, shopId, dropId: DROP, actId: ACT, ...PIECES } }),
  ],
  [
    'units that are reserved twice',
    /stock_move_reserves_once|Unique constraint/,
    async (tx, shopId) => {
      await tx.stockMove.create({ data: moveOf(shopId, 'reserve') })
      await tx.stockMove.create({ data: moveOf(shopId, 'reserve') })
    },
  ],
  [
    'units that are released and returned',
    /stock_move_leaves_once|Unique constraint/,
    async (tx, shopId) => {
      await tx.stockMove.create({ data: moveOf(shopId, 'release') })
      await tx.stockMove.create({ data: moveOf(shopId, 'return') })
    },
  ],
  [
    'a move that is done without evidence',
    /stock_move_ends/,
    (tx, shopId) =>
      tx.stockMove.create({ data: moveOf(shopId, 'reserve', { status: 'done', finishedAt: AT }) }),
  ],
  ['a changed receipt', /permission denied/, (tx) => tx.$executeRaw`update act_receipt set lateness_ms = 0`],
  ['a deleted event', /permission denied/, (tx) => tx.$executeRaw`delete from drop_event`],
  [
    'a hold that does not say since when',
    /drop_held_says_from/,
    (tx) => tx.drop.update({ where: { id: DROP }, data: { status: 'held' } }),
  ],
  [
    'a handle that no link can carry',
    /drop_handle_form/,
    (tx) => tx.drop.update({ where: { id: DROP }, data: { handle: 'Rose Signet' } }),
  ],
]
test.each(refused)('the database refuses %s', async (_name, message, work) => {
  await expect(inPreparedShop(work)).rejects.toThrow(message)
})

test('a whole timeline moves within one transaction, and a refused move may be tried again', async () => {
  await inPreparedShop(async (tx, shopId) => {
    await tx.act.create({ data: { id: OTHER_ACT, shopId, dropId: DROP, kind: 'close', at: LATER } })
    // Out of order between the two.
    await tx.act.update({ where: { id: ACT }, data: { at: new Date(LATER.getTime() + 1000) } })
    await tx.act.update({ where: { id: OTHER_ACT }, data: { at: new Date(LATER.getTime() + 2000) } })
    await tx.stockMove.create({ data: moveOf(shopId, 'reserve', { status: 'refused', finishedAt: AT }) })
    await tx.stockMove.create({ data: moveOf(shopId, 'reserve') })
  })
})

test('over all shops one learns which acts are due, and nothing of what they are', async () => {
  await using database = await createTestDatabase()
  const shops = [await createShop(database.db), await createShop(database.db)]
  for (const [index, { id: shopId }] of shops.entries())
    await database.db.inShop(shopId, (tx) =>
      tx.drop.create({
        data: {
          id: crypto.randomUUID(),
          shopId,
          handle: 'rose',
          title: 'Rose',
          timeZone: 'UTC',
          scarcity: {},
          createdAt: AT,
          createdBy: 'user/1',
          acts: {
            create: [
              {
                id: crypto.randomUUID(),
                shopId,
                kind: 'open',
                at: AT,
                runsAt: new Date(AT.getTime() + index),
              },
              { id: crypto.randomUUID(), shopId, kind: 'close', at: LATER, runsAt: LATER },
            ],
          },
        },
      }),
    )
  const due = await database.db.pool.query('select * from acts_due($1, 10)', [new Date(AT.getTime() + 500)])
  expect(due.rows.map((row) => row.shop_id)).toEqual(shops.map(({ id }) => id))
  expect(Object.keys(due.rows[0])).toEqual(['shop_id', 'drop_id', 'act_id', 'runs_at'])
  expect((await database.db.pool.query('select id from act union all select id from drop')).rows).toEqual([])
})
