// Every money event that Shopify can produce, through the sandbox, its webhooks, the real intake and the real adapter: the balances that it
// leaves by account, and the same ones whichever way the news took.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccountTotal, trialBalanceText } from '#app/domain/ledger/trial-balance.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { replayLedger } from '#app/features/ledger/replay-ledger.server.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { createJobHandlers } from '#app/jobs/handlers.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import type { Delivery } from '#sandbox/webhooks/delivery.ts'
import { seededDraws } from '#sandbox/webhooks/webhook-faults.ts'
import { createPartners } from './factories/partners.ts'
import { type HouseInProcess, openHouseInProcess, startQuietSandbox } from './harness/house-in-process.ts'
import { alertedOrders, type Balances, balancesByOrder, withoutZeros } from './money-events/books-by-order.ts'
import { EVENT_SHOP, type EventShop, moveClock, openEventShop } from './money-events/event-shop.ts'
import { EVENTS } from './money-events/events.ts'
import { balancesByHledger, exportLedger, hasHledger, inHledgerWords } from './money-events/hledger-oracle.ts'

/** All return windows have ended by then. */
const LATER = '2026-06-30T12:00:00Z'

let sandbox: RunningSandbox
let shop: EventShop
let deliveries: Delivery[]
/** By event: its order. */
const orderIds: string[] = []
/** Of the house that heard of each step when it happened. */
let books: Map<string, Balances>
let expected: string
let alerted: string[]
let foundByWalk: string[]
/** The first house's books in hledger's format. */
let ledgerText: string
let totals: AccountTotal[]

beforeAll(async () => {
  sandbox = await startQuietSandbox()
  shop = openEventShop(sandbox.sandbox)
  await using house = await openHouse('2026-01-10T12:00:00Z')
  await using late = await openHouse('2026-01-11T12:00:00Z')
  const { shopId } = house
  sandbox.webhooks.clear()
  let heard = 0
  const actors = EVENTS.map(() => shop.forEvent())
  let waiting: Delivery[] = []
  const longest = Math.max(...EVENTS.map(({ steps }) => steps.length))
  for (let step = 0; step < longest; step++) {
    const arrived = waiting
    waiting = []
    for (const [index, { name, steps }] of EVENTS.entries()) {
      const actor = actors[index]
      const act = steps[step]
      if (!actor || !act) continue
      house.clock.moveTo(moveClock(sandbox.sandbox, index, step))
      try {
        act(actor)
      } catch (error) {
        throw new Error(`${name}, step ${step + 1}: ${error instanceof Error ? error.message : error}`)
      }
      const told = sandbox.webhooks.deliveries().slice(heard)
      heard += told.length
      for (const delivery of told) expect(await house.receive(delivery)).toMatchObject({ ok: true })
      await house.drain(shopId)
      waiting.push(...told)
    }
    // A step is a day: the late house hears of yesterday when today is over.
    for (const delivery of arrived) expect(await late.receive(delivery)).toMatchObject({ ok: true })
    await late.drain(late.shopId)
  }
  for (const delivery of waiting) expect(await late.receive(delivery)).toMatchObject({ ok: true })
  await late.drain(late.shopId)
  orderIds.push(...actors.map((actor) => actor.order.id))
  deliveries = [...sandbox.webhooks.deliveries()]
  moveClock(sandbox.sandbox, 0, 150)
  const before = await balancesByOrder(house.db, shopId)
  await reconcile(house)
  const after = await balancesByOrder(house.db, shopId)
  foundByWalk = EVENTS.flatMap(({ name }, index) => {
    const [was, is] = [before.get(orderIds[index] ?? ''), after.get(orderIds[index] ?? '')]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [name]
  })
  expected = await booksOf(house)
  books = await balancesByOrder(house.db, shopId)
  ledgerText = await exportLedger(house.db, shopId)
  totals = await readTrialBalance(house.db, shopId)
  alerted = await alertedOrders(house.db, shopId, 'order_does_not_tie_out')
  await reconcile(late)
  expect(await booksOf(late)).toBe(expected)
  expect(await replayLedger(house.db, shopId)).toMatchObject({ ok: true, firstDifference: null })
}, 400_000)

afterAll(() => sandbox?.stop())

type House = HouseInProcess & { shopId: number }

async function openHouse(now: string): Promise<House> {
  const house = await openHouseInProcess(sandbox, now)
  const shopId = await house.install(EVENT_SHOP)
  await createPartners(house.db, (await house.context(shopId)).shop, shop.ringId)
  return Object.assign(house, { shopId })
}

async function reconcile({ services, shopId }: House): Promise<void> {
  await createJobHandlers(services)['reconcile-orders']({ shopId }, { id: 'walk', attempt: 1 })
}

async function booksOf(house: House): Promise<string> {
  const { db, shopId } = house
  house.clock.moveTo(LATER)
  await matureHolds(await house.context(shopId))
  expect(await verifyLedger(db, shopId)).toMatchObject({ ok: true, findings: [] })
  return trialBalanceText(await readTrialBalance(db, shopId))
}

test.each(EVENTS.map((event, index) => ({ ...event, index })))('$name', ({ index, leaves }) => {
  expect(books.get(orderIds[index] ?? '') ?? {}).toEqual(withoutZeros(leaves))
})

test('what does not tie out stands in suspense with an alert, and nothing else does', () => {
  const wanted = EVENTS.flatMap(({ alerts }, index) => (alerts ? [orderIds[index] ?? ''] : [])).sort()
  expect(alerted).toEqual(wanted)
  const suspended = [...books].filter(([, balances]) => balances.suspense !== undefined).map(([id]) => id)
  expect(suspended.sort()).toEqual(wanted)
})

test('webhooks alone bring everything but what Shopify has no topic for', () => {
  expect(foundByWalk).toEqual(EVENTS.filter((event) => event.foundByWalk).map(({ name }) => name))
})

/** A house that hears of everything long afterwards, and walks the orders once. */
async function hear(told: readonly Delivery[], groups = 1): Promise<string> {
  await using house = await openHouse(LATER)
  for (let group = 0; group < groups; group++) {
    const size = Math.ceil(told.length / groups)
    const part = told.slice(group * size, (group + 1) * size)
    for (const delivery of part) expect(await house.receive(delivery)).toMatchObject({ ok: true })
    await house.drain(house.shopId)
  }
  await reconcile(house)
  const text = await booksOf(house)
  expect(await balancesByOrder(house.db, house.shopId)).toEqual(books)
  return text
}

function shuffled(list: readonly Delivery[], seed: number): Delivery[] {
  const draw = seededDraws(seed)
  return list
    .map((delivery) => ({ delivery, place: draw() }))
    .sort((left, right) => left.place - right.place)
    .map(({ delivery }) => delivery)
}

const again = (list: readonly Delivery[]) =>
  list.map((delivery) => ({ ...delivery, webhookId: `${delivery.webhookId}-again` }))

test('doubled: the same balances', async () => {
  expect(await hear([...deliveries, ...again(deliveries)], 3)).toBe(expected)
}, 180_000)

test('doubled and out of order: the same balances', async () => {
  expect(await hear(shuffled([...deliveries, ...again(deliveries)], 11), 9)).toBe(expected)
}, 180_000)

test('newest first: the same balances', async () => {
  expect(await hear([...deliveries].reverse(), 20)).toBe(expected)
}, 180_000)

test('lost altogether, then one walk: the same balances', async () => {
  expect(await hear([])).toBe(expected)
}, 180_000)

test.skipIf(!hasHledger)(
  'hledger accepts these books strictly and finds the same balances (needs hledger: apt-get install hledger)',
  () => {
    expect(totals.length).toBeGreaterThan(15)
    expect(balancesByHledger(ledgerText)).toEqual(inHledgerWords(totals))
  },
)
