// Captured payloads come as they are. One that does not add up is imported with its difference, and the ledger shows it in suspense.
import fs from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSuspense } from '#app/features/ledger/suspense-view.server.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { importPayload } from '#sandbox/commerce/import-order.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import { BUSY_SHOP, openBusyShop } from './harness/busy-shop.ts'
import { openHouseInProcess, startQuietSandbox } from './harness/house-in-process.ts'

const FALSE_TOTAL = 'tests/vectors/orders-paid-total-too-high.json'
const CORRECTED = 'tests/vectors/orders-updated-total-corrected.json'
const FOLDER = 'sandbox/commerce/vectors'
let sandbox: RunningSandbox

beforeAll(async () => {
  sandbox = await startQuietSandbox()
  openBusyShop(sandbox.sandbox, 1)
})
afterAll(() => sandbox?.stop())

function imported(payload: unknown, topic?: string) {
  sandbox.webhooks.clear()
  const outcome = importPayload(sandbox.sandbox, BUSY_SHOP, payload, topic)
  if (!outcome.ok) throw new Error(outcome.message)
  return outcome
}

test('an order whose total is 3.00 above its lines stands in suspense with 3.00 until a later version explains it', async () => {
  await using house = await openHouseInProcess(sandbox, '2026-03-01T12:00:00Z')
  const shopId = await house.install(BUSY_SHOP)
  const hear = async () => {
    for (const delivery of sandbox.webhooks.deliveries()) await house.receive(delivery)
    await house.drain(shopId)
  }
  const outcome = imported(JSON.parse(fs.readFileSync(FALSE_TOTAL, 'utf8')), 'orders/paid')
  expect(outcome.difference.shop).toBe('3.00')
  await hear()
  const suspended = await readSuspense(await house.context(shopId))
  expect(suspended.open).toMatchObject([{ orderName: '#4242', amountMinor: '300', currency: 'USD' }])
  const totals = await readTrialBalance(house.db, shopId)
  expect(totals.find(({ account }) => account.includes('suspense'))?.balanceMinor).toBe(-300n)
  expect(totals.find(({ account }) => account === 'receivable')?.balanceMinor).toBe(20_712n)
  const alerts = await house.db.inShop(shopId, (tx) => tx.alert.findMany({ where: { shopId } }))
  expect(alerts.filter(({ resolvedAt }) => resolvedAt === null)).toHaveLength(1)

  imported(JSON.parse(fs.readFileSync(CORRECTED, 'utf8')), 'orders/updated')
  for (const delivery of sandbox.webhooks.deliveries()) await house.receive(delivery)
  // orders/updated is no topic of ours: the reconcile run finds it.
  const { createJobHandlers } = await import('#app/jobs/handlers.ts')
  await createJobHandlers(house.services)['reconcile-orders']({ shopId }, { id: 'once', attempt: 1 })
  const explained = await readSuspense(await house.context(shopId))
  expect(explained.open).toEqual([])
  expect(explained.resolved).toMatchObject([{ orderName: '#4242', amountMinor: '300' }])
  expect(await verifyLedger(house.db, shopId)).toMatchObject({ ok: true, findings: [] })
})

test('every captured payload of the collection is booked: what adds up is clean, what does not is in suspense to the cent', async () => {
  await using house = await openHouseInProcess(sandbox, '2026-11-01T12:00:00Z')
  const shopId = await house.install(BUSY_SHOP)
  let known = 0
  for (const file of fs.readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
    const vector = JSON.parse(fs.readFileSync(`${FOLDER}/${file}`, 'utf8')) as {
      topic?: string
      payload: unknown
      payloads?: unknown[]
    }
    if (vector.payload === undefined) continue
    sandbox.webhooks.clear()
    const outcome = importPayload(sandbox.sandbox, BUSY_SHOP, vector.payload, vector.topic)
    // Payloads in another currency than the shop's are refused by name; they are for other shops.
    if (!outcome.ok) continue
    known += 1
    for (const delivery of sandbox.webhooks.deliveries()) await house.receive(delivery)
    await house.drain(shopId)
    const { order } = outcome
    if (
      order.test ||
      !['PAID', 'PARTIALLY_PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'].includes(order.financialStatus)
    )
      continue
    const suspended = await readSuspense(await house.context(shopId))
    const open = suspended.open.filter(({ orderId }) => orderId === order.id)
    const expected = outcome.difference.shop.replace('.', '').replace(/^(-?)0+(?=\d)/, '$1')
    expect([file, open.map(({ amountMinor }) => amountMinor)]).toEqual([
      file,
      expected === '0' || expected === '-0' ? [] : [expected],
    ])
  }
  expect(known).toBeGreaterThan(5)
  expect(await verifyLedger(house.db, shopId)).toMatchObject({ ok: true, findings: [] })
})
