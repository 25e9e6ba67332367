// Acts of drops in several shops, as many in each as its checkout has windows for, on the machine's own clock and run by two worker processes of
// which one is killed while it is at work: how late each act was when it was done. `--orders N` says in how many shops. Everything before the
// acts is as in life: preflight, units in reserve, and a checkout that was told beforehand. Each answer of the sandbox takes as long as
// Shopify's.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { newRowId } from '#app/adapters/db/row-id.ts'
import { SLOT_COUNT } from '#app/domain/drops/checkout-rules.ts'
import type { DropPlan } from '#app/domain/drops/drop.ts'
import type { ShopContext } from '#app/features/context.ts'
import { draftDrop } from '#app/features/drops/plan-drop.server.ts'
import { scheduleDrop } from '#app/features/drops/schedule-drop.server.ts'
import { switchOnGate } from '#app/features/drops/tell-checkout.server.ts'
import { createProduct } from '#sandbox/commerce/create-product.ts'
import { createShop } from '#sandbox/commerce/create-shop.ts'
import { setFaults } from '#sandbox/graphql/faults.ts'
import { installApp } from '#sandbox/oauth/install.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import {
  type HouseInProcess,
  openHouseInProcess,
  startQuietSandbox,
} from '#tests/harness/house-in-process.ts'
import { openProofServer } from '#tests/proof/proof-database.ts'
import { benchOrders, quantile, rounded } from './bench-size.ts'
import type { Benchmark } from './run.ts'

const ACTS_OF_EACH = 4
/** Drops are scheduled a minute ahead at least; scheduling eight takes a while at this Shopify. */
const LEAD_MS = 75_000
const SCHEDULING_MS = 4_000
/** Openings are spread over so many seconds, several on one. */
const SPREAD_SECONDS = 20
const GAP_SECONDS = 10
/** What the Admin API takes for an answer, on a good day. */
const SHOPIFY_TAKES_MS = 150
/** Into the second round of acts, when the most is going on. */
const KILLED_AFTER_MS = (GAP_SECONDS + 3) * 1_000
const GIVEN_UP_AFTER_MS = 120_000

export const benchmark: Benchmark = {
  says: 'acts of shops full of drops, run by two worker processes on the real clock, one of them killed in the middle',
  async run(progress) {
    const shops = benchOrders(5)
    // What builds replace: this process speaks to a sandbox.
    Object.assign(globalThis, { __SANDBOX__: true })
    await using server = await openProofServer({ durable: true })
    await using sandbox = await openSandbox()
    const { running } = sandbox
    const database = await server.open()
    await using house = await openHouseInProcess(running, new Date().toISOString(), database)
    house.services.clock = { now: () => new Date() }
    await using workers = await startWorkers(house, running, ['one', 'two'])
    const drops = shops * SLOT_COUNT
    progress(`${drops} drops of ${ACTS_OF_EACH} acts are scheduled in ${shops} shops`)
    const contexts: ShopContext[] = []
    for (let index = 0; index < shops; index += 1) contexts.push(await openShop(house, running, index))
    setFaults(running.sandbox, { graphqlDelayMs: SHOPIFY_TAKES_MS })
    const startsAt = Math.ceil((Date.now() + LEAD_MS + SLOT_COUNT * SCHEDULING_MS) / 1000) * 1000
    await Promise.all(
      contexts.map(async (context, shop) => {
        for (let index = 0; index < SLOT_COUNT; index += 1)
          await scheduleOne(context, running, index, startsAt + ((shop + index * 3) % SPREAD_SECONDS) * 1000)
      }),
    )
    const expected = drops * ACTS_OF_EACH
    await sleep(startsAt + KILLED_AFTER_MS - Date.now())
    workers.all[0]?.kill('SIGKILL')
    progress('one worker is killed')
    const lastAt = startsAt + (SPREAD_SECONDS + GAP_SECONDS * (ACTS_OF_EACH - 1)) * 1000
    let receipts = await readReceipts(house, contexts)
    while (receipts.length < expected && Date.now() < lastAt + GIVEN_UP_AFTER_MS) {
      progress(`${receipts.length} of ${expected} acts`)
      await sleep(5_000)
      receipts = await readReceipts(house, contexts)
    }
    const late = receipts.map(({ latenessMs }) => latenessMs)
    return {
      sizes: {
        shops,
        drops,
        acts: expected,
        workers: workers.all.length,
        killed: 1,
        shopifyMs: SHOPIFY_TAKES_MS,
      },
      figures: {
        p50Ms: rounded(quantile(late, 0.5)),
        p95Ms: rounded(quantile(late, 0.95)),
        p99Ms: rounded(quantile(late, 0.99)),
        worstMs: Math.max(...late),
        done: receipts.filter(({ outcome }) => outcome === 'done').length,
        missing: expected - receipts.length,
      },
    }
  },
}

async function openSandbox(): Promise<AsyncDisposable & { running: RunningSandbox }> {
  const running = await startQuietSandbox()
  return { running, [Symbol.asyncDispose]: () => running.stop() }
}

async function startWorkers(
  house: HouseInProcess,
  { url: sandboxUrl }: RunningSandbox,
  owners: readonly string[],
): Promise<AsyncDisposable & { all: ChildProcess[] }> {
  const { id, key } = house.services.tokenKeys.current
  const known = { databaseUrl: house.databaseUrl, sandboxUrl, tokenKey: { id, hex: key.toString('hex') } }
  const all = owners.map((owner) => {
    const told = JSON.stringify({ ...known, owner })
    return spawn(process.execPath, ['--import', 'tsx', 'tests/bench/act-worker.ts', told], {
      env: { ...process.env, LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  })
  for (const { stdout } of all) {
    await once(stdout, 'data')
    stdout.resume()
  }
  const isAlive = (worker: ChildProcess) => worker.exitCode === null && worker.signalCode === null
  return {
    all,
    async [Symbol.asyncDispose]() {
      for (const worker of all.filter(isAlive)) {
        worker.kill('SIGKILL')
        await once(worker, 'exit')
      }
    },
  }
}

async function readReceipts({ db }: HouseInProcess, contexts: readonly ShopContext[]) {
  const found = contexts.map(({ shop }) =>
    db.inShop(shop.id, (tx) =>
      tx.actReceipt.findMany({
        where: { shopId: shop.id, outcome: { not: 'retry' } },
        select: { latenessMs: true, outcome: true },
      }),
    ),
  )
  return (await Promise.all(found)).flat()
}

async function openShop(
  house: HouseInProcess,
  { sandbox }: RunningSandbox,
  index: number,
): Promise<ShopContext> {
  const domain = `atelier-${index}.myshopify.com`
  createShop(sandbox, {
    domain,
    name: `Atelier ${index}`,
    email: `owner@atelier-${index}.example`,
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    country: 'DE',
  })
  installApp(sandbox, domain)
  const context = await house.context(await house.install(domain))
  const switched = await switchOnGate(context)
  if (!switched.ok) throw new Error(switched.message)
  return context
}

async function scheduleOne(
  context: ShopContext,
  { sandbox }: RunningSandbox,
  index: number,
  opensAt: number,
): Promise<void> {
  const { domain } = context.shop
  const made = createProduct(sandbox, domain, {
    title: `Piece ${index}`,
    images: [{ url: '/images/ring.svg', altText: 'A ring' }],
    variants: [{ price: '120.00', available: 50 }],
    published: false,
  })
  if (!made.ok) throw new Error(made.message)
  const [variant] = made.product.variants
  const [location] = Object.values(sandbox.shops[domain]?.locations ?? {})
  if (!variant || !location) throw new Error('no variant, or nowhere to keep it')
  const kinds = ['open', 'wave', 'close', 'after'] as const
  const acts = kinds.map((kind, at) => ({
    id: newRowId(),
    kind,
    at: new Date(opensAt + at * GAP_SECONDS * 1000).toISOString(),
  }))
  const piece = { variantId: variant.id, inventoryItemId: variant.inventoryItemId }
  const plan: DropPlan = {
    handle: `drop-${index}`,
    title: `Drop ${index}`,
    timeZone: context.shop.timeZone,
    acts,
    offers: [{ productId: made.product.id, ...piece, role: 'hero', title: made.product.title }],
    waves: [{ id: newRowId(), actId: acts[1]?.id ?? '', ...piece, locationId: location.id, units: 12 }],
    creatorId: null,
    agreementId: null,
    limitPerCustomer: null,
    earlyAccess: null,
    price: null,
    scarcity: { version: 1, lowAt: 5, lastAt: 2 },
    arrival: null,
  }
  const id = newRowId()
  const drafted = await draftDrop(context, { id, plan }, 'user/1')
  if (!drafted.ok) throw new Error(drafted.reason)
  const scheduled = await scheduleDrop(context, { dropId: id, revision: 1 }, 'user/1')
  if (!scheduled.ok) throw new Error(`${scheduled.reason} ${JSON.stringify(scheduled)}`)
}
