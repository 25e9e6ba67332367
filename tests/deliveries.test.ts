// Webhooks are wake-ups: whatever the way brings (order, doubles, losses), the books come out the same to the byte.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trialBalanceText } from '#app/domain/ledger/trial-balance.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { createJobHandlers } from '#app/jobs/handlers.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import type { Delivery } from '#sandbox/webhooks/delivery.ts'
import { seededDraws } from '#sandbox/webhooks/webhook-faults.ts'
import { createPartners } from './factories/partners.ts'
import { BUSY_SHOP, openBusyShop } from './harness/busy-shop.ts'
import { type HouseInProcess, openHouseInProcess, startQuietSandbox } from './harness/house-in-process.ts'

/** 830 orders make two thousand deliveries and more. */
const ORDERS = Number(process.env.PROOF_ORDERS ?? 300)
const DELIVERIES = Math.floor(ORDERS * 2.4)
const LATER = '2026-09-30T12:00:00Z'
const SEED = 20_260_301

let sandbox: RunningSandbox
let deliveries: Delivery[]
/** Of the house that heard of each thing as it happened, day by day. */
let expected: string

beforeAll(async () => {
  sandbox = await startQuietSandbox()
  const shop = openBusyShop(sandbox.sandbox, SEED)
  const owned = shop.products[0]?.id ?? ''
  await using house = await openHouseInProcess(sandbox, '2026-01-05T14:00:00Z')
  const shopId = await house.install(BUSY_SHOP)
  const context = await house.context(shopId)
  await createPartners(house.db, context.shop, owned)
  sandbox.webhooks.clear()
  let heard = 0
  const catchUp = async () => {
    const told = sandbox.webhooks.deliveries().slice(heard)
    heard += told.length
    await Promise.all(told.map((delivery) => house.receive(delivery)))
    await house.drain(shopId)
    await matureHolds(context)
  }
  for (const happenedAt of shop.trade(ORDERS)) {
    house.clock.moveTo(happenedAt)
    if (sandbox.webhooks.deliveries().length - heard >= 150) await catchUp()
  }
  await catchUp()
  deliveries = [...sandbox.webhooks.deliveries()]
  expected = await booksOf(house, shopId)
}, 120_000)

afterAll(() => sandbox?.stop())

/** Everything that is due has matured; nothing waits in suspense; the chain holds. */
async function booksOf(house: HouseInProcess, shopId: number): Promise<string> {
  house.clock.moveTo(LATER)
  await matureHolds(await house.context(shopId))
  expect(await verifyLedger(house.db, shopId)).toMatchObject({ ok: true, findings: [] })
  const totals = await readTrialBalance(house.db, shopId)
  expect(totals.filter(({ account }) => account.includes('suspense'))).toEqual([])
  const waiting = await house.db.inShop(shopId, (tx) =>
    tx.webhookReceipt.count({ where: { shopId, processedAt: null } }),
  )
  expect(waiting).toBe(0)
  return trialBalanceText(totals)
}

/** A house that hears of everything long after it happened. */
async function hear(
  told: readonly Delivery[],
  afterwards: (house: HouseInProcess, shopId: number) => Promise<void> = async () => {},
): Promise<string> {
  await using house = await openHouseInProcess(sandbox, LATER)
  const shopId = await house.install(BUSY_SHOP)
  const owned = Object.keys(sandbox.sandbox.shop(BUSY_SHOP).products)[0] ?? ''
  await createPartners(house.db, (await house.context(shopId)).shop, owned)
  for (let from = 0; from < told.length; from += 400) {
    const outcomes = await Promise.all(
      told.slice(from, from + 400).map((delivery) => house.receive(delivery)),
    )
    expect(outcomes.filter((outcome) => !outcome.ok)).toEqual([])
    await house.drain(shopId)
  }
  await afterwards(house, shopId)
  return await booksOf(house, shopId)
}

function journalCount(house: HouseInProcess, shopId: number): Promise<number> {
  return house.db.inShop(shopId, (tx) => tx.journal.count({ where: { shopId } }))
}

function shuffled(list: readonly Delivery[], seed: number): Delivery[] {
  const draw = seededDraws(seed)
  return list
    .map((delivery) => ({ delivery, place: draw() }))
    .sort((left, right) => left.place - right.place)
    .map(({ delivery }) => delivery)
}

test('the story is worth the comparison: more deliveries than orders, creators who earned, a lost dispute', () => {
  expect(deliveries.length).toBeGreaterThanOrEqual(DELIVERIES)
  expect(deliveries.every((delivery) => delivery.body !== null)).toBe(true)
  const statuses = Object.values(sandbox.sandbox.shop(BUSY_SHOP).disputes).map(({ status }) => status)
  expect(statuses).toContain('LOST')
  expect(statuses).toContain('WON')
  expect(expected.match(/^creator\/\S+\/available USD -\d+$/gm)).toHaveLength(3)
})

test('in order, long afterwards: the same books as day by day', async () => {
  expect(await hear(deliveries)).toBe(expected)
}, 120_000)

test('shuffled: the same books', async () => {
  expect(await hear(shuffled(deliveries, 7))).toBe(expected)
}, 120_000)

test('every delivery twice, the doubles anywhere: the same books', async () => {
  const doubles = deliveries.map((delivery) => ({ ...delivery, webhookId: `${delivery.webhookId}-again` }))
  expect(await hear(shuffled([...deliveries, ...doubles], 8))).toBe(expected)
}, 120_000)

test('one in twenty lost, then one reconcile run: the same books', async () => {
  const draw = seededDraws(9)
  const arrived = deliveries.filter((delivery) => !isLost(delivery) && draw() >= 0.05)
  expect(deliveries.length - arrived.length).toBeGreaterThan(ORDERS / 12)
  const books = await hear(arrived, async (house, shopId) => {
    const before = await journalCount(house, shopId)
    await createJobHandlers(house.services)['reconcile-orders']({ shopId }, { id: 'once', attempt: 1 })
    expect(await journalCount(house, shopId)).toBeGreaterThan(before)
  })
  expect(books).toBe(expected)
}, 120_000)

/** Among the lost: the end of the first lost dispute, and everything of one order. */
function isLost({ topic, resourceId }: Delivery): boolean {
  const { disputes, orders } = sandbox.sandbox.shop(BUSY_SHOP)
  const dispute = Object.values(disputes).find(({ status }) => status === 'LOST')
  return (
    (topic === 'disputes/update' && resourceId === dispute?.id) ||
    (topic.startsWith('orders/') && resourceId === Object.keys(orders)[3])
  )
}
