import { expect, test } from 'vitest'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { createClosingContext } from '#tests/factories/closing-context.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts'
import { matureHolds } from '../ledger/mature-holds.server.ts'
import { recordFetchedOrders } from '../ledger/record-fetched-orders.server.ts'
import { closePeriods } from './close-periods.server.ts'

const SECRET = 'a link secret of more than thirty-two characters'

async function shopWithMaya(database: TestDatabase, terms = makeTerms()) {
  const shop = await createShop(database.db)
  const maya = await createCreator(database.db, shop, { handle: 'MAYA' })
  await createAgreement(database.db, shop, maya.id, terms)
  await createCode(database.db, shop, maya.id, 'MAYA10')
  const record = (orders: Parameters<typeof makeFetchedOrder>[0][], now: string) =>
    database.db.inShop(shop.id, (tx) =>
      recordFetchedOrders(tx, shop, SECRET, orders.map(makeFetchedOrder), new Date(now)),
    )
  const statements = () =>
    database.db.inShop(shop.id, async (tx) => {
      const rows = await tx.statement.findMany({ orderBy: { issuedAt: 'asc' }, include: { periods: true } })
      return rows.map((row) => ({ ...row, document: row.document as unknown as StatementDocument }))
    })
  return { shop, maya, record, statements }
}

const march = (orderId: bigint, netMinor: bigint) => ({
  orderId,
  codes: ['MAYA10'],
  placedAt: '2026-03-10T15:00:00.000Z',
  lines: [{ lineItemId: orderId * 10n, netMinor }],
})

test('statements follow one another: opening is the last closing, and every entry stands on one statement', async () => {
  await using database = await createTestDatabase()
  const { shop, record, statements } = await shopWithMaya(database)
  await record([march(1n, 10_000n), march(2n, 5_000n)], '2026-03-10T16:00:00.000Z')
  await using context = await createClosingContext(database, shop, '2026-04-01T05:00:00.000Z')
  expect(await closePeriods(context)).toMatchObject({ closed: ['2026-03'], statements: 1, waitsFor: null })
  expect(await closePeriods(context)).toMatchObject({ closed: [], statements: 0 })

  context.clock.moveTo('2026-05-01T05:00:00.000Z')
  await matureHolds(context)
  const returned = [{ at: '2026-04-20T00:00:00.000Z', lineItemId: 20n, netMinor: -5_000n }]
  await record([{ ...march(2n, 5_000n), later: returned }], '2026-04-20T01:00:00.000Z')
  await closePeriods(context)

  const [first, second] = await statements()
  expect(first?.document).toMatchObject({
    number: 'MAYA-0001',
    openingMinor: '0',
    closingMinor: '1500',
    heldMinor: '1500',
    payableMinor: '0',
    carryForward: [{ reason: 'in_return_window', amountMinor: '1500' }],
  })
  expect(second?.document).toMatchObject({
    number: 'MAYA-0002',
    openingMinor: '1500',
    royaltiesMinor: '-500',
    closingMinor: '1000',
    payableMinor: '1000',
    carryForwardMinor: '0',
  })
  expect(second?.document.previousStatement).toEqual({ number: 'MAYA-0001', hash: first?.documentHash })
  const unstated = await database.db.inShop(
    shop.id,
    (tx) => tx.$queryRaw<unknown[]>`
    select e.journal_seq from royalty_entry e join period p on p.id = e.period_id and p.status = 'closed'
    left join statement_period s on s.creator_id = e.creator_id and s.period_id = e.period_id where s.statement_id is null`,
  )
  expect(unstated).toEqual([])
})

test('a fact that comes after the close goes to the open month and leaves the issued statement as it was', async () => {
  await using database = await createTestDatabase()
  const { shop, record, statements } = await shopWithMaya(database)
  await record([march(1n, 10_000n)], '2026-03-10T16:00:00.000Z')
  await using context = await createClosingContext(database, shop, '2026-04-01T05:00:00.000Z')
  await closePeriods(context)
  const [before] = await statements()
  await record([march(2n, 3_000n)], '2026-04-02T00:00:00.000Z')
  context.clock.moveTo('2026-05-01T05:00:00.000Z')
  await closePeriods(context)
  const [first, second] = await statements()
  expect(first).toEqual(before)
  expect(second?.document).toMatchObject({
    openingMinor: '1000',
    royaltiesMinor: '0',
    adjustmentsMinor: '300',
    closingMinor: '1300',
  })
  expect(second?.document.adjustments).toMatchObject([
    {
      kind: 'late_sale',
      at: '2026-03-10',
      amountMinor: '300',
      original: { statement: 'MAYA-0001', position: 1, soldIn: '2026-03' },
    },
  ])
  const journal = await database.db.inShop(shop.id, (tx) =>
    tx.journal.findFirstOrThrow({ where: { orderId: 2n } }),
  )
  expect(journal.effectiveAt.toISOString()).toBe('2026-03-10T15:00:00.000Z')
})

test('the month stays open while a webhook of it is not worked off', async () => {
  await using database = await createTestDatabase()
  const { shop, record } = await shopWithMaya(database)
  await record([march(1n, 10_000n)], '2026-03-10T16:00:00.000Z')
  await using context = await createClosingContext(database, shop, '2026-04-01T05:00:00.000Z')
  const receipt = await database.db.inShop(shop.id, (tx) =>
    tx.webhookReceipt.create({
      data: {
        shopId: shop.id,
        topic: 'orders/create',
        eventId: 'e',
        webhookId: 'w',
        apiVersion: '2026-10',
        triggeredAt: new Date('2026-03-31T20:00:00.000Z'),
        receivedAt: new Date('2026-03-31T20:00:01.000Z'),
      },
    }),
  )
  expect(await closePeriods(context)).toMatchObject({ closed: [], waitsFor: 'webhooks' })
  expect(await context.queue.pending()).toEqual({ 'drain-receipts': 1 })
  await database.db.inShop(shop.id, (tx) =>
    tx.webhookReceipt.update({ where: { id: receipt.id }, data: { processedAt: new Date() } }),
  )
  expect(await closePeriods(context)).toMatchObject({ closed: ['2026-03'] })
})

test('a quarterly creator is told once a quarter, with the whole quarter on the statement', async () => {
  await using database = await createTestDatabase()
  const { shop, record, statements } = await shopWithMaya(
    database,
    makeTerms({ period: 'quarterly', minimumPayoutMinor: '100000' }),
  )
  const february = { ...march(1n, 10_000n), placedAt: '2026-02-10T15:00:00.000Z' }
  await record([february, march(2n, 5_000n)], '2026-03-10T16:00:00.000Z')
  await using context = await createClosingContext(database, shop, '2026-03-01T06:00:00.000Z')
  await closePeriods(context)
  expect(await statements()).toHaveLength(0)
  context.clock.moveTo('2026-04-01T05:00:00.000Z')
  await closePeriods(context)
  const [only, ...more] = await statements()
  expect(more).toEqual([])
  expect(only?.document).toMatchObject({
    period: '2026-Q1',
    from: '2026-01-01',
    to: '2026-03-31',
    royaltiesMinor: '1500',
    payableMinor: '0',
  })
})

test('each statement asks for one mail in the same transaction', async () => {
  await using database = await createTestDatabase()
  const { shop, maya, record } = await shopWithMaya(database)
  await record([march(1n, 10_000n)], '2026-03-10T16:00:00.000Z')
  await using context = await createClosingContext(database, shop, '2026-04-01T05:00:00.000Z')
  await closePeriods(context)
  const mails = await database.db.inShop(shop.id, (tx) => tx.mailDelivery.findMany())
  expect(mails).toMatchObject([
    { kind: 'statement', creatorId: maya.id, status: 'queued', toAddress: 'maya@creators.example' },
  ])
  expect(await context.queue.pending()).toEqual({ 'send-mail': 1 })
})

test('two closers at once close each month once', async () => {
  await using database = await createTestDatabase()
  const { shop, record, statements } = await shopWithMaya(database)
  await record([march(1n, 10_000n)], '2026-03-10T16:00:00.000Z')
  await using context = await createClosingContext(database, shop, '2026-04-01T05:00:00.000Z')
  const results = await Promise.all([closePeriods(context), closePeriods(context), closePeriods(context)])
  expect(results.map((result) => result.closed.length).sort()).toEqual([0, 0, 1])
  expect(await statements()).toHaveLength(1)
})

/** A second version of Maya's only agreement, accepted and in force from a date on. */
async function revise(database: TestDatabase, shop: Shop, terms: AgreementTerms, effectiveFrom: string) {
  await database.db.inShop(shop.id, async (tx) => {
    const agreement = await tx.agreement.findFirstOrThrow()
    await tx.agreementVersion.create({
      data: {
        id: crypto.randomUUID(),
        shopId: shop.id,
        agreementId: agreement.id,
        number: 2,
        status: 'accepted',
        terms: terms as unknown as object,
        termsHash: 'test',
        effectiveFrom: new Date(effectiveFrom),
        createdAt: new Date(effectiveFrom),
      },
    })
  })
}

test('a minimum that was agreed away no longer keeps money back', async () => {
  await using database = await createTestDatabase()
  const old = makeTerms({ minimumPayoutMinor: '100000', holdDays: 0 })
  const { shop, record, statements } = await shopWithMaya(database, old)
  await revise(database, shop, makeTerms({ holdDays: 0, startsOn: '2026-04-01' }), '2026-04-01T04:00:00.000Z')
  await record([march(1n, 10_000n)], '2026-03-10T16:00:00.000Z')
  await using context = await createClosingContext(database, shop, '2026-05-01T05:00:00.000Z')
  await matureHolds(context)
  await closePeriods(context)
  const [first] = await statements()
  expect(first?.document).toMatchObject({
    period: '2026-03',
    payableMinor: '0',
    minimumPayoutMinor: '100000',
  })
  await record([{ ...march(2n, 10_000n), placedAt: '2026-04-10T15:00:00.000Z' }], '2026-05-01T06:00:00.000Z')
  context.clock.moveTo('2026-06-01T05:00:00.000Z')
  await matureHolds(context)
  await closePeriods(context)
  const last = (await statements()).at(-1)
  expect(last?.document).toMatchObject({ payableMinor: '2000', minimumPayoutMinor: '0' })
})

test('who changed from monthly to quarterly is told quarterly from then on', async () => {
  await using database = await createTestDatabase()
  const { shop, record, statements } = await shopWithMaya(database)
  const quarterly = makeTerms({ period: 'quarterly', startsOn: '2026-04-01' })
  await revise(database, shop, quarterly, '2026-04-01T04:00:00.000Z')
  await record([march(1n, 10_000n)], '2026-03-10T16:00:00.000Z')
  await record([{ ...march(2n, 10_000n), placedAt: '2026-04-10T15:00:00.000Z' }], '2026-04-10T16:00:00.000Z')
  await using context = await createClosingContext(database, shop, '2026-07-01T05:00:00.000Z')
  await closePeriods(context)
  expect((await statements()).map(({ document }) => document.period)).toEqual(['2026-03', '2026-Q2'])
})

test('money in another currency than the shop has now is on no statement of this one', async () => {
  await using database = await createTestDatabase()
  const { shop, record, statements } = await shopWithMaya(database)
  await record([{ ...march(1n, 7_000n), currency: 'CAD' }, march(2n, 10_000n)], '2026-03-10T16:00:00.000Z')
  await using context = await createClosingContext(database, shop, '2026-04-01T05:00:00.000Z')
  await closePeriods(context)
  const [only] = await statements()
  expect(only?.document).toMatchObject({ currency: 'USD', closingMinor: '1000', heldMinor: '1000' })
})
