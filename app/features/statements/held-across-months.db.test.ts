// What a month's statement says of held money when facts of the month were booked after, or facts of the next one before, a line's release.
import { expect, test } from 'vitest'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { createClosingContext } from '#tests/factories/closing-context.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts'
import { settleDueAwards } from '../ledger/awards/settle-due-awards.server.ts'
import { matureHolds } from '../ledger/mature-holds.server.ts'
import { recordDispute } from '../ledger/record-dispute.server.ts'
import { recordFetchedOrders } from '../ledger/record-fetched-orders.server.ts'
import { verifyLedger } from '../ledger/verify-ledger.server.ts'
import { closePeriods } from './close-periods.server.ts'
import { rebuildStatement } from './rebuild-statement.server.ts'

const SECRET = 'a link secret of more than thirty-two characters'

type Terms = Parameters<typeof makeTerms>[0]

async function shopWithMaya({ db }: TestDatabase, terms: Terms) {
  const shop = await createShop(db)
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  await createAgreement(db, shop, maya.id, makeTerms(terms))
  await createCode(db, shop, maya.id, 'MAYA10')
  return shop
}

/** One sale of 100.00 at 10 %, and what came after. */
const order = (placedAt: string, later: Array<{ at: string; netMinor: bigint; quantity?: number }> = []) =>
  makeFetchedOrder({
    orderId: 1n,
    codes: ['MAYA10'],
    placedAt,
    lines: [{ lineItemId: 10n, netMinor: 10_000n }],
    later: later.map((given) => ({ ...given, lineItemId: 10n })),
  })

async function booksOf(database: TestDatabase, terms: Terms = {}) {
  const shop = await shopWithMaya(database, terms)
  const { db } = database
  const context = await createClosingContext(database, shop, '2026-03-10T16:00:00.000Z')
  return {
    ...{ context, shop },
    async at(now: string, work: 'release' | 'close' | ReturnType<typeof order>) {
      context.clock.moveTo(now)
      if (work === 'release') {
        await matureHolds(context)
        await settleDueAwards(context)
      } else if (work === 'close') await closePeriods(context)
      else
        await db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, SECRET, [work], context.clock.now()))
    },
    async disputed(now: string, status: string) {
      context.clock.moveTo(now)
      const dispute = {
        ...{ disputeId: 1n, orderId: 1n, type: 'CHARGEBACK', status, amountMinor: 10_000n, currency: 'USD' },
        ...{ at: now, initiatedAt: now, finalizedAt: null },
      }
      await db.inShop(shop.id, (tx) => recordDispute(tx, shop, dispute, context.clock.now()))
    },
    /** Each built again from the ledger, byte for byte. */
    statements: () =>
      db.inShop(shop.id, async (tx) => {
        const rows = await tx.statement.findMany({ orderBy: { sequence: 'asc' } })
        for (const { id } of rows)
          expect(await rebuildStatement(tx, shop, id)).toMatchObject({ ok: true, matches: true })
        return rows.map((row) => row.document as unknown as StatementDocument)
      }),
    [Symbol.asyncDispose]: () => context[Symbol.asyncDispose](),
  }
}

test('a return of the old month that is booked after a release of the new one does not stop the statement', async () => {
  await using database = await createTestDatabase()
  await using books = await booksOf(database)
  // Half a minute into 2 March: thirty days later it is April.
  const placedAt = '2026-03-02T05:00:30.000Z'
  await books.at('2026-03-02T06:00:00.000Z', order(placedAt))
  await books.at('2026-04-01T04:01:00.000Z', 'release')
  const returned = { at: '2026-03-31T20:00:00.000Z', netMinor: -4_000n }
  await books.at('2026-04-01T04:02:00.000Z', order(placedAt, [returned]))
  await books.at('2026-04-01T04:03:00.000Z', 'close')
  await books.at('2026-05-01T05:00:00.000Z', 'close')
  const [march, april] = await books.statements()
  expect(march).toMatchObject({
    closingMinor: '600',
    heldMinor: '1000',
    maturities: [{ on: '2026-04-01', amountMinor: '1000' }],
  })
  expect(april).toMatchObject({
    openingMinor: '600',
    closingMinor: '600',
    heldMinor: '0',
    payableMinor: '600',
  })
  expect((await verifyLedger(database.db, books.shop.id)).findings).toEqual([])
})

test('a return of the new month that is booked before a late release of the old one does not stop it either', async () => {
  await using database = await createTestDatabase()
  await using books = await booksOf(database)
  const placedAt = '2026-03-10T15:00:00.000Z'
  await books.at('2026-03-10T16:00:00.000Z', order(placedAt))
  await books.at('2026-04-01T05:00:00.000Z', 'close')
  // The worker was away: the release of April comes after a return of May.
  const returned = { at: '2026-05-02T12:00:00.000Z', netMinor: -4_000n }
  await books.at('2026-05-03T08:00:00.000Z', order(placedAt, [returned]))
  await books.at('2026-05-03T08:01:00.000Z', 'release')
  await books.at('2026-05-03T08:02:00.000Z', 'close')
  await books.at('2026-06-01T05:00:00.000Z', 'close')
  const [march, april, may] = await books.statements()
  expect(march).toMatchObject({ closingMinor: '1000', heldMinor: '1000' })
  expect(april).toMatchObject({
    closingMinor: '1000',
    heldMinor: '400',
    maturities: [{ on: '2026-04-09', amountMinor: '400' }],
    payableMinor: '600',
  })
  expect(may).toMatchObject({
    royaltiesMinor: '-400',
    closingMinor: '600',
    heldMinor: '0',
    payableMinor: '600',
  })
  expect((await verifyLedger(database.db, books.shop.id)).findings).toEqual([])
})

test('a full return of the new month that is booked before a late release of the old one leaves the old month as it was', async () => {
  await using database = await createTestDatabase()
  await using books = await booksOf(database)
  const placedAt = '2026-03-10T15:00:00.000Z'
  await books.at('2026-03-10T16:00:00.000Z', order(placedAt))
  await books.at('2026-04-01T05:00:00.000Z', 'close')
  // Nothing is left that the release of April could move.
  const returned = { at: '2026-05-02T12:00:00.000Z', netMinor: -10_000n }
  await books.at('2026-05-03T08:00:00.000Z', order(placedAt, [returned]))
  await books.at('2026-05-03T08:01:00.000Z', 'release')
  await books.at('2026-05-03T08:02:00.000Z', 'close')
  await books.at('2026-06-01T05:00:00.000Z', 'close')
  const [march, april, may] = await books.statements()
  const waiting = {
    closingMinor: '1000',
    heldMinor: '1000',
    payableMinor: '0',
    maturities: [{ on: '2026-04-09', amountMinor: '1000' }],
  }
  expect(march).toMatchObject(waiting)
  expect(april).toMatchObject(waiting)
  expect(may).toMatchObject({ royaltiesMinor: '-1000', closingMinor: '0', heldMinor: '0', maturities: [] })
  expect((await verifyLedger(database.db, books.shop.id)).findings).toEqual([])
})

test('what is booked after a release that moved nothing is payable, also when it belongs to the month before', async () => {
  await using database = await createTestDatabase()
  await using books = await booksOf(database)
  const placedAt = '2026-03-02T05:00:30.000Z'
  const returned = { at: '2026-03-20T12:00:00.000Z', netMinor: -10_000n }
  await books.at('2026-03-20T13:00:00.000Z', order(placedAt, [returned]))
  await books.at('2026-04-01T04:01:00.000Z', 'release')
  const soldAgain = { at: '2026-03-31T20:00:00.000Z', netMinor: 4_000n, quantity: 1 }
  await books.at('2026-04-01T04:02:00.000Z', order(placedAt, [returned, soldAgain]))
  await books.at('2026-04-01T04:03:00.000Z', 'close')
  const [march] = await books.statements()
  expect(march).toMatchObject({ closingMinor: '400', heldMinor: '0', maturities: [], payableMinor: '400' })
})

test('what a lost dispute takes back in a later month stands on the earlier statement as it was, also when it is built again', async () => {
  await using database = await createTestDatabase()
  await using books = await booksOf(database, { holdDays: 5 })
  await books.at('2026-03-10T16:00:00.000Z', order('2026-03-10T15:00:00.000Z'))
  await books.disputed('2026-03-12T10:00:00.000Z', 'NEEDS_RESPONSE')
  await books.at('2026-04-01T05:00:00.000Z', 'release')
  await books.at('2026-04-01T05:00:00.000Z', 'close')
  await books.disputed('2026-04-10T10:00:00.000Z', 'LOST')
  await books.at('2026-04-10T11:00:00.000Z', 'release')
  await books.at('2026-05-01T05:00:00.000Z', 'close')
  const [march, april] = await books.statements()
  expect(march).toMatchObject({
    closingMinor: '1000',
    heldMinor: '1000',
    maturities: [{ on: '2026-03-15', amountMinor: '1000' }],
  })
  expect(april).toMatchObject({ closingMinor: '0', heldMinor: '0', maturities: [] })
})

test('what a dispute keeps waiting beyond its month stands on both statements as it was, also when they are built again', async () => {
  await using database = await createTestDatabase()
  await using books = await booksOf(database, { holdDays: 5, reserve: { bps: 1_000, days: 10 } })
  await books.at('2026-03-10T16:00:00.000Z', order('2026-03-10T15:00:00.000Z'))
  await books.disputed('2026-03-12T10:00:00.000Z', 'NEEDS_RESPONSE')
  await books.at('2026-04-01T05:00:00.000Z', 'release')
  await books.at('2026-04-01T05:00:00.000Z', 'close')
  await books.disputed('2026-04-10T10:00:00.000Z', 'WON')
  await books.at('2026-04-10T11:00:00.000Z', 'release')
  await books.at('2026-05-01T05:00:00.000Z', 'close')
  const [march, april] = await books.statements()
  expect(march).toMatchObject({ heldMinor: '1000', payableMinor: '0' })
  expect(april).toMatchObject({ heldMinor: '0', payableMinor: '1000' })
  expect(april?.reserve).toEqual({
    openingMinor: '0',
    withheldMinor: '100',
    releasedMinor: '100',
    closingMinor: '0',
    releases: [{ soldIn: '2026-03', amountMinor: '100' }],
  })
})

test('a guarantee that grows in the old month after its release in the new one is held by what was held of it then', async () => {
  await using database = await createTestDatabase()
  await using books = await booksOf(database, {
    holdDays: 14,
    guarantee: { kind: 'minimum', amountMinor: '5000', window: 'month' },
  })
  const placedAt = '2026-03-10T15:00:00.000Z'
  await books.at('2026-03-10T16:00:00.000Z', order(placedAt))
  await books.at('2026-04-02T08:00:00.000Z', 'release')
  await books.at('2026-04-20T08:00:00.000Z', 'release')
  // The news of a return comes late: March lacks more, and what it was topped up by has been released since.
  const returned = { at: '2026-03-31T20:00:00.000Z', netMinor: -4_000n }
  await books.at('2026-04-20T09:00:00.000Z', order(placedAt, [returned]))
  await books.at('2026-04-20T10:00:00.000Z', 'close')
  await books.at('2026-05-01T05:00:00.000Z', 'close')
  const [, , march, april] = await books.statements()
  expect(march).toMatchObject({
    bonusesMinor: '4400',
    heldMinor: '4000',
    maturities: [{ on: '2026-04-15', amountMinor: '4000' }],
  })
  expect(april).toMatchObject({ openingMinor: march?.closingMinor })
  expect((await verifyLedger(database.db, books.shop.id)).findings).toEqual([])
})
