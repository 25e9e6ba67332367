// Two at once: whoever comes second sees what the first one did, and the books are those of one after the other.
import { expect, test } from 'vitest'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { replayLedger } from '#app/features/ledger/replay-ledger.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { planVersion } from './proof-shop.ts'
import { WorldOrder } from './shop-world.ts'
import { Story } from './story.ts'

const DAY = 86_400_000
const ROUNDS = 6

async function openStory() {
  const database = await createTestDatabase()
  // Shares alone, so that every balance says what the race did.
  const story = await Story.begin(database, (version) => version)
  const { real } = story
  return {
    database,
    real,
    story,
    async [Symbol.asyncDispose]() {
      await real.end()
      await database[Symbol.asyncDispose]()
    },
  }
}

function orderAt(number: number, at: number): WorldOrder {
  return new WorldOrder({
    orderId: BigInt(number),
    at,
    currency: 'EUR',
    presentment: { currency: 'EUR', rate: 10_000n },
    codes: [`PROOF${number % 3}`],
    lines: [{ productId: 2n, quantity: 2, unitNetMinor: 12_345n, discountMinor: 0n }],
    taxBps: 1900n,
    shippingMinor: 0n,
    tipMinor: 0n,
    giftCardMinor: 0n,
    status: 'PAID',
    isTest: false,
  })
}

test('a month closes while its orders are booked: each stands in exactly one month, none in one that had closed', async () => {
  await using opened = await openStory()
  const { story, real, database } = opened
  let number = 0
  for (let round = 0; round < ROUNDS; round++) {
    const told = Array.from({ length: 12 }, () => {
      number += 1
      return orderAt(number, story.now)
    })
    await real.record([(told.at(-1) as WorldOrder).told()])
    story.pass(32 * DAY)
    const posting = told.slice(0, -1).map((order) => real.record([order.told()]))
    await Promise.all([...posting.slice(0, 4), closePeriods(real.context), ...posting.slice(4)])
  }
  const [late] = await database.db.inShop(
    real.shop.id,
    (tx) => tx.$queryRaw<Array<{ late: bigint; statements: bigint }>>`
      select count(*) as late from journal j join period p on p.id = j.period_id
      where j.shop_id = ${real.shop.id} and p.status = 'closed' and j.seq > coalesce((select max(s.chain_seq) from statement s where s.shop_id = j.shop_id and s.period_id = p.id), j.seq)`,
  )
  expect(late?.late).toBe(0n)
  expect((await verifyLedger(database.db, real.shop.id)).findings).toEqual([])
  const sales = await database.db.inShop(real.shop.id, (tx) =>
    tx.journal.count({ where: { shopId: real.shop.id, kind: 'sale' } }),
  )
  expect(sales).toBe(number)
}, 120_000)

test('two closers close each month once and number each statement once', async () => {
  await using opened = await openStory()
  const { story, real, database } = opened
  for (let number = 1; number <= 9; number++) {
    await real.record([orderAt(number, story.now).told()])
    story.pass(12 * DAY)
  }
  const closed = await Promise.all([1, 2, 3].map(() => closePeriods(real.context)))
  const labels = closed.flatMap((outcome) => outcome.closed)
  expect(labels).toEqual([...new Set(labels)])
  expect(labels.length).toBeGreaterThanOrEqual(3)
  const statements = await database.db.inShop(real.shop.id, (tx) =>
    tx.statement.findMany({ where: { shopId: real.shop.id } }),
  )
  expect(statements.length).toBe(closed.reduce((sum, outcome) => sum + outcome.statements, 0))
  const numbers = statements.map((statement) => statement.number)
  expect(numbers).toEqual([...new Set(numbers)])
  expect((await verifyLedger(database.db, real.shop.id)).findings).toEqual([])
}, 120_000)

test('a refund and the end of the return window at the same moment leave nothing behind in either account', async () => {
  await using opened = await openStory()
  const { story, real, database } = opened
  for (let number = 1; number <= ROUNDS; number++) {
    const order = orderAt(number, story.now)
    await story.tell(order, 'at_once')
    story.pass(46 * DAY)
    order.takeAllBack(story.now, 'refund')
    story.pass(1000)
    await Promise.all([matureHolds(real.context), real.record([order.told()]), matureHolds(real.context)])
  }
  await matureHolds(real.context)
  const balances = await real.balances()
  expect(balances.match(/^creator\/.*$/gm)).toBeNull()
  expect((await verifyLedger(database.db, real.shop.id)).findings).toEqual([])
}, 120_000)

test('the same order told by eight at once is booked once', async () => {
  await using opened = await openStory()
  const { story, real, database } = opened
  for (let number = 1; number <= ROUNDS; number++) {
    const order = orderAt(number, story.now)
    story.model.hear(order.told())
    await Promise.all(Array.from({ length: 8 }, () => real.record([order.told()])))
  }
  expect(await real.balances()).toBe(story.model.text())
  expect((await verifyLedger(database.db, real.shop.id)).findings).toEqual([])
}, 120_000)

test('a re-rating and refunds at the same moment give the books of one after the other', async () => {
  await using opened = await openStory()
  const { story, real, database } = opened
  for (let number = 1; number <= ROUNDS; number++) {
    const order = orderAt(number, story.now)
    story.orders.push(order)
    await story.tell(order, 'at_once')
    story.pass(DAY)
  }
  const version = planVersion({
    number: 1,
    versionNumber: 2,
    shareBps: 1777,
    from: story.now - 30 * DAY,
    acceptedAt: story.now,
  })
  story.model.accept(version)
  await real.accept([version])
  const refunds = story.orders.map((order, place) => {
    if (place % 2 === 0) order.takeAllBack(story.now, 'refund')
    else order.takeBack(story.now, 0, 1, 'return')
    return order.told()
  })
  story.pass(DAY)
  await Promise.all([real.rerate(version.id), ...refunds.map((order) => real.record([order]))])
  for (const order of refunds) story.model.hear(order)
  story.model.rerate(version.agreementId, version.from)
  expect(await real.balances()).toBe(story.model.text())
  expect((await verifyLedger(database.db, real.shop.id)).findings).toEqual([])
  expect(await replayLedger(database.db, real.shop.id)).toMatchObject({ ok: true })
}, 120_000)
