import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { FetchedOrder } from '#app/adapters/shopify/fetched-order.ts'
import type { Candidate } from '#app/domain/attribution/attribution.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { makeFetchedOrder } from '#tests/factories/fetched-order.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts'
import { recordFetchedOrders } from './record-fetched-orders.server.ts'
import { replayLedger } from './replay-ledger.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

const SECRET = 'a link secret of more than thirty-two characters'
const NOW = new Date('2026-07-20T12:00:00.000Z')

let database: TestDatabase
let shop: Shop
let contracts = 0n

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await createShop(database.db)
  const { db } = database
  // 10 % on the first order, then 8 % and 6.4 %, then nothing.
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  await createAgreement(db, shop, maya.id, makeTerms({ subscription: { cycles: 2, decayBps: 2000 } }))
  await createCode(db, shop, maya.id, 'MAYA10')
  const noor = await createCreator(db, shop, { handle: 'NOOR' })
  await createAgreement(db, shop, noor.id, makeTerms({ shareBps: 500 }))
  await createCode(db, shop, noor.id, 'NOOR5')
})
afterAll(() => database?.[Symbol.asyncDispose]())

/** Four monthly orders of 100.00 of a contract of its own, the first with the code. */
function subscription(code = 'MAYA10', change: Partial<Record<number, Partial<FetchedOrder>>> = {}) {
  contracts += 1n
  const contractId = contracts
  return [0, 1, 2, 3].map((cycle) => {
    const orderId = contractId * 10n + BigInt(cycle)
    const order = makeFetchedOrder({
      orderId,
      placedAt: `2026-0${cycle + 2}-10T15:00:00.000Z`,
      codes: cycle === 0 ? [code] : [],
      lines: [{ lineItemId: orderId * 10n, netMinor: 10_000n, contractId }],
    })
    return { ...order, ...change[cycle] }
  })
}

async function record(orders: FetchedOrder[]) {
  return database.db.inShop(shop.id, (tx) => recordFetchedOrders(tx, shop, SECRET, orders, NOW))
}

/** Royalty of each order by its creators. */
async function royalties(orders: readonly FetchedOrder[]): Promise<string[]> {
  return database.db.inShop(shop.id, async (tx) => {
    const rows = await tx.$queryRaw<Array<{ order_id: bigint; handle: string; royalty: bigint }>>`
      select e.order_id, c.handle, sum(e.royalty_minor)::bigint as royalty from royalty_entry e join creator c on c.id = e.creator_id
      where e.shop_id = ${shop.id} group by 1, 2 having sum(e.royalty_minor) <> 0 order by 1, 2`
    return orders.map(({ orderId }) =>
      rows
        .filter((row) => row.order_id === orderId)
        .map((row) => `${row.handle} ${row.royalty}`)
        .join(', '),
    )
  })
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  )
}

test('whoever brought a subscription earns on its renewals, less each time, for as many as agreed', async () => {
  const orders = subscription()
  await record(orders)
  expect(await royalties(orders)).toEqual(['MAYA 1000', 'MAYA 800', 'MAYA 640', ''])
})

test('the order of arrival does not matter: all of them', async () => {
  for (const order of permutations([0, 1, 2, 3])) {
    const orders = subscription()
    for (const cycle of order) await record(orders.slice(cycle, cycle + 1))
    expect([order, await royalties(orders)]).toEqual([order, ['MAYA 1000', 'MAYA 800', 'MAYA 640', '']])
  }
  expect(await verifyLedger(database.db, shop.id)).toMatchObject({ ok: true, findings: [] })
  expect(await replayLedger(database.db, shop.id)).toMatchObject({ ok: true, firstDifference: null })
}, 180_000)

test('the same orders again change nothing', async () => {
  const orders = subscription()
  await record([...orders].reverse())
  expect(await record(orders)).toMatchObject({ journalsPosted: 0 })
})

test('a code on a renewal goes before the subscription, and those after it are still the bringer’s', async () => {
  const orders = subscription('MAYA10', { 1: { discountCodes: ['NOOR5'] } })
  await record([...orders].reverse())
  expect(await royalties(orders)).toEqual(['MAYA 1000', 'NOOR 500', 'MAYA 640', ''])
})

test('an agreement without renewals gives none, and the line says so', async () => {
  const orders = subscription('NOOR5')
  await record(orders)
  expect(await royalties(orders)).toEqual(['NOOR 500', '', '', ''])
  const renewal = await database.db.inShop(shop.id, (tx) =>
    tx.lineAttribution.findFirstOrThrow({ where: { shopId: shop.id, orderId: orders[1]?.orderId ?? 0n } }),
  )
  expect((renewal.candidates as unknown as Candidate[])[0]).toMatchObject({
    outcome: 'lost',
    reason: 'no_renewal_credit',
    evidence: { kind: 'subscription', cycle: 1 },
  })
})

test('a refunded renewal takes back what that renewal paid, also when its first order arrives afterwards', async () => {
  const orders = subscription()
  const [first, second] = orders
  if (!first || !second) throw new Error('no orders')
  await record([second])
  const [sale] = second.sales
  if (!sale) throw new Error('no sale')
  const back = {
    ...sale,
    saleId: sale.saleId + 500n,
    agreementKind: 'refund',
    actionType: 'return',
    happenedAt: '2026-04-01T12:00:00.000Z',
    quantity: -1,
    totalMinor: -4_000n,
    presentmentMinor: -4_000n,
  }
  const refunded = { ...second, updatedAt: back.happenedAt, currentTotalMinor: 6_000n, sales: [sale, back] }
  await record([refunded])
  expect(await royalties([first, second])).toEqual(['', ''])
  await record([first])
  expect(await royalties([first, second])).toEqual(['MAYA 1000', 'MAYA 480'])
  const rest = { ...back, saleId: back.saleId + 1n, totalMinor: -6_000n, presentmentMinor: -6_000n }
  await record([{ ...refunded, currentTotalMinor: 0n, sales: [sale, back, rest] }])
  expect(await royalties([first, second])).toEqual(['MAYA 1000', ''])
})

test('a first order that is not paid yet counts: the renewal is its first, whenever the payment comes', async () => {
  const pending = subscription('MAYA10', { 0: { financialStatus: 'PENDING' } })
  await record(pending.slice(1, 2))
  await record(pending.slice(0, 1))
  expect(await royalties(pending)).toEqual(['', 'MAYA 800', '', ''])
})
