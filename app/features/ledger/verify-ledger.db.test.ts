import pg from 'pg'
import { expect, test } from 'vitest'
import { createDatabase, type Database, type ShopTransaction } from '#app/adapters/db/database.ts'
import { createClosingContext } from '#tests/factories/closing-context.ts'
import { createAgreement, createCode, createCreator } from '#tests/factories/creator.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts'
import { closePeriods } from '../statements/close-periods.server.ts'
import { matureHolds } from './mature-holds.server.ts'
import { recordDispute } from './record-dispute.server.ts'
import { recordFetchedOrders } from './record-fetched-orders.server.ts'
import { replayLedger } from './replay-ledger.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

const SECRET = 'a link secret of more than thirty-two characters'

async function shopWithBooks(database: TestDatabase) {
  const shop = await createShop(database.db)
  const maya = await createCreator(database.db, shop, { handle: 'MAYA' })
  await createAgreement(database.db, shop, maya.id)
  await createCode(database.db, shop, maya.id, 'MAYA10')
  const orders = [1n, 2n, 3n, 4n].map((orderId) =>
    makeFetchedOrder({
      orderId,
      codes: ['MAYA10'],
      placedAt: '2026-03-10T15:00:00Z',
      lines: [{ lineItemId: orderId * 10n, netMinor: 1000n * orderId, taxMinor: 80n }],
      later:
        orderId === 2n
          ? [{ at: '2026-03-11T00:00:00Z', lineItemId: 20n, netMinor: -500n, taxMinor: -40n }]
          : [],
      unexplainedMinor: orderId === 3n ? 7n : 0n,
    }),
  )
  await database.db.inShop(shop.id, (tx) =>
    recordFetchedOrders(tx, shop, SECRET, orders, new Date('2026-03-12T00:00:00Z')),
  )
  const at = '2026-03-13T00:00:00Z'
  const dispute = {
    disputeId: 9n,
    orderId: 4n,
    type: 'CHARGEBACK',
    status: 'LOST',
    amountMinor: 4080n,
    currency: 'USD',
    at,
    initiatedAt: at,
    finalizedAt: at,
  }
  await database.db.inShop(shop.id, (tx) => recordDispute(tx, shop, dispute, new Date(at)))
  await using context = await createClosingContext(database, shop, '2026-05-02T00:00:00.000Z')
  await matureHolds(context)
  await closePeriods(context)
  return shop
}

test('books in order are found in order, and come out the same when computed anew', async () => {
  await using database = await createTestDatabase()
  const shop = await shopWithBooks(database)
  const verdict = await verifyLedger(database.db, shop.id)
  expect(verdict.findings).toEqual([])
  expect(verdict).toMatchObject({ ok: true, statements: 2 })
  expect(await replayLedger(database.db, shop.id)).toMatchObject({
    ok: true,
    firstDifference: null,
    takenAsStored: 0,
    missing: 0,
  })
})

const tamperings: Array<[string, string, string]> = [
  [
    'an amount',
    'update posting set amount_minor = amount_minor + 1 where journal_seq = 2 and line = 0',
    'chain',
  ],
  [
    'a pair of amounts that still balance',
    'update posting set amount_minor = amount_minor * 2 where journal_seq = 2',
    'chain',
  ],
  ['a date', "update journal set effective_at = effective_at + interval '1 day' where seq = 3", 'chain'],
  [
    'an explanation',
    `update journal set arithmetic = jsonb_set(arithmetic::jsonb, '{title}', '"Necklace"')::json where seq = 1`,
    'chain',
  ],
  [
    'a journal that is gone',
    'delete from posting where journal_seq = 2; delete from journal where seq = 2',
    'chain',
  ],
  [
    'the newest journals gone',
    'delete from posting where journal_seq > 7; delete from journal where seq > 7',
    'chain',
  ],
  ['a month’s movement', 'update account_movement set movement_minor = movement_minor + 5', 'balances'],
  [
    'an entry of the subledger',
    "update royalty_entry set title = 'Necklace' where journal_seq = (select min(journal_seq) from royalty_entry)",
    'chain',
  ],
  ['the nature of an account', "update account set kind = 'revenue' where code like 'creator/%'", 'accounts'],
  [
    'the month of a statement',
    'update statement_period set period_id = creator_id where statement_id = (select id from statement where sequence = 1)',
    'statements',
  ],
  [
    'the currency of a stated month',
    "update statement_period set currency = 'CHF' where statement_id = (select id from statement where sequence = 1)",
    'statements',
  ],
  ['a residual', 'update shop_order set residual_minor = 0', 'tie_out'],
  [
    'an issued statement',
    `update statement set document = jsonb_set(document, '{closingMinor}', '"1"') where sequence = 1`,
    'statements',
  ],
  [
    'the number of a statement’s opening',
    'update statement set opening_minor = opening_minor + 1 where sequence = 2',
    'statements',
  ],
  [
    'the newest journals gone and the head set back, as one who knows the chain would do it',
    `delete from posting where journal_seq > 7; delete from journal where seq > 7;
     update ledger_head h set seq = 7, hash = j.hash from journal j where j.seq = 7`,
    'statements',
  ],
  [
    'the head that a statement was issued at',
    "update statement set chain_head = repeat('0', 64) where sequence = 1",
    'statements',
  ],
]
test.each(tamperings)('%s changed behind the guards is found', async (_name, sql, check) => {
  await using database = await createTestDatabase()
  const shop = await shopWithBooks(database)
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  await admin.query('set session_replication_role = replica')
  await admin.query(sql)
  await admin.end()
  const verdict = await verifyLedger(database.db, shop.id)
  expect(verdict.ok).toBe(false)
  expect(verdict.findings.map((finding) => finding.check)).toContain(check)
})

const forged: Array<[what: string, sql: string, names: RegExp]> = [
  [
    'a pair of amounts that still balance',
    'update posting set amount_minor = amount_minor * 2 where journal_seq = 2',
    /^journal 2 \(sale\/\d+\): its postings$/,
  ],
  [
    'a share in the subledger',
    'update royalty_entry set share_bps = share_bps + 1 where journal_seq = (select max(journal_seq) from royalty_entry)',
    /^journal \d+ \(dispute\/9\/lost\/line\/40\): its subledger$/,
  ],
  [
    'a month’s movement',
    "update account_movement set movement_minor = movement_minor + 5 where account_id = (select id from account where code = 'receivable')",
    /^receivable USD in 2026-03$/,
  ],
  [
    'the newest journals gone and the head set back, as one who knows the chain would do it',
    `delete from posting where journal_seq > 7; delete from journal where seq > 7;
     update ledger_head h set seq = 7, hash = j.hash from journal j where j.seq = 7`,
    /^journal 8 |sale \d+ has no journal|its subledger/,
  ],
  [
    'a fact that was changed under its journal',
    'update sale set total_minor = total_minor + 100 where sale_id = (select sale_id from journal where seq = 3)',
    /^journal 3 \(sale\/\d+\)$/,
  ],
  [
    'a share that was changed after it was decided',
    'update line_attribution set payees = replace(payees::text, \'"weight": "\', \'"weight": "1\')::jsonb where line_item_id = 10',
    /^journal 1 \(sale\/\d+\): payees would take more than the whole net$/,
  ],
]
test.each(forged)('replay names %s', async (_name, sql, names) => {
  await using database = await createTestDatabase()
  const shop = await shopWithBooks(database)
  expect(await replayLedger(database.db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  await admin.query('set session_replication_role = replica')
  await admin.query(sql)
  await admin.end()
  const result = await replayLedger(database.db, shop.id)
  expect(result.ok).toBe(false)
  expect(result.firstDifference).toMatch(names)
})

test('replay names the newest order when its journals are gone with everything that hung on them', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  for (const orderId of [1n, 2n]) {
    const order = makeFetchedOrder({ orderId, lines: [{ lineItemId: orderId * 10n, netMinor: 1000n }] })
    await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, SECRET, [order], new Date()))
  }
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  await admin.query('set session_replication_role = replica')
  await admin.query(
    `delete from posting where journal_seq = 2; delete from journal where seq = 2; update account_movement set movement_minor = movement_minor / 2;
     update ledger_head h set seq = 1, hash = j.hash from journal j`,
  )
  await admin.end()
  expect(await verifyLedger(db, shop.id)).toMatchObject({ ok: true })
  expect(await replayLedger(db, shop.id)).toMatchObject({
    ok: false,
    missing: 1,
    firstDifference: 'sale 2001 has no journal',
  })
})

test('books that grow while they are checked are still in order', async () => {
  await using database = await createTestDatabase()
  const shop = await shopWithBooks(database)
  const sellMore = async (orderId: bigint) => {
    const order = makeFetchedOrder({
      orderId,
      codes: ['MAYA10'],
      lines: [{ lineItemId: orderId * 10n, netMinor: 700n }],
    })
    const now = new Date('2026-05-03T00:00:00Z')
    await database.db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, SECRET, [order], now))
  }
  const growing = (orderId: bigint): Database => ({
    ...database.db,
    inShop: (shopId, work, options) =>
      database.db.inShop(shopId, (tx) => work(callingOnce(tx, () => sellMore(orderId))), options),
  })
  expect(await verifyLedger(growing(50n), shop.id)).toMatchObject({ ok: true, findings: [] })
  expect(await replayLedger(growing(51n), shop.id)).toMatchObject({ ok: true, firstDifference: null })
  expect(await verifyLedger(database.db, shop.id)).toMatchObject({ ok: true, findings: [] })
})

/** Something else happens in the shop between two statements of the reader: before its third one. */
function callingOnce(tx: ShopTransaction, meanwhile: () => Promise<void>): ShopTransaction {
  let statements = 0
  const patient = { findMany: null, findUnique: null, $queryRaw: null }
  const wrap = (target: object): object =>
    new Proxy(target, {
      get(_, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value === 'object' && value !== null) return wrap(value)
        if (!(name in patient) || typeof value !== 'function') return value
        return async (...given: unknown[]) => {
          statements += 1
          if (statements === 2) await meanwhile()
          return Reflect.apply(value, target, given)
        }
      },
    })
  return wrap(tx) as ShopTransaction
}

test('a royalty of nothing whose wait ended without a journal is computed anew where it stood', async () => {
  await using database = await createTestDatabase()
  const shop = await shopWithBooks(database)
  const returned = makeFetchedOrder({
    orderId: 4n,
    codes: ['MAYA10'],
    placedAt: '2026-03-10T15:00:00Z',
    lines: [{ lineItemId: 40n, netMinor: 4000n, taxMinor: 80n }],
    later: [{ at: '2026-05-03T00:00:00Z', lineItemId: 40n, netMinor: -1000n, taxMinor: -20n }],
  })
  const at = new Date('2026-05-03T00:00:00Z')
  await database.db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, SECRET, [returned], at))
  expect(await replayLedger(database.db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
})

test('a replay on a connection that has booked and replayed before writes nothing into the books', async () => {
  await using database = await createTestDatabase()
  const db = createDatabase(database.url, { maxConnections: 1 })
  try {
    const shop = await shopWithBooks({ ...database, db })
    const sellOne = (orderId: bigint) => {
      const lines = [{ lineItemId: orderId * 10n, netMinor: 700n }]
      const order = makeFetchedOrder({ orderId, codes: ['MAYA10'], lines })
      return db.inShop(shop.id, (tx) =>
        recordFetchedOrders(tx, shop, SECRET, [order], new Date('2026-05-03T00:00:00Z')),
      )
    }
    for (const orderId of [60n, 61n, 62n]) {
      await sellOne(orderId)
      expect(await replayLedger(db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
    }
    expect(await verifyLedger(db, shop.id)).toMatchObject({ ok: true, findings: [] })
  } finally {
    await db.close()
  }
})
