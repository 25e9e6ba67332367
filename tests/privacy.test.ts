// The three requests of privacy law, from Shopify's webhook to what is left in the database. Also after uninstallation, when every
// token is dead: Shopify's own library answers such webhooks with 500 and never lets the app work.
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { trialBalanceText } from '#app/domain/ledger/trial-balance.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { createCustomer } from '#sandbox/commerce/create-customer.ts'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import { redactCustomer, requestCustomerData } from '#sandbox/commerce/redact-customer.ts'
import { setFaults } from '#sandbox/graphql/faults.ts'
import { requestShopRedact, uninstallApp } from '#sandbox/oauth/install.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import type { Product } from '#sandbox/state/nouns.ts'
import { createPartners } from './factories/partners.ts'
import { BUSY_SHOP, openBusyShop } from './harness/busy-shop.ts'
import { type HouseInProcess, openHouseInProcess, startQuietSandbox } from './harness/house-in-process.ts'

const PERSON = /lovelace|\+44 20|quill street|shoppers\.example/i
let sandbox: RunningSandbox
let house: HouseInProcess
let shopId: number
let products: Product[]

beforeEach(async () => {
  sandbox = await startQuietSandbox()
  ;({ products } = openBusyShop(sandbox.sandbox, 3))
  house = await openHouseInProcess(sandbox, '2026-05-01T12:00:00Z')
  shopId = await house.install(BUSY_SHOP)
  await createPartners(house.db, (await house.context(shopId)).shop, products[0]?.id ?? '')
})
afterEach(async () => {
  await house[Symbol.asyncDispose]()
  await sandbox.stop()
})

/** Delivers what the sandbox has kept since the last time. */
async function hear(): Promise<void> {
  const kept = [...sandbox.webhooks.deliveries()]
  sandbox.webhooks.clear()
  for (const delivery of kept) {
    expect(await house.receive(delivery)).toMatchObject({ ok: true, outcome: 'stored' })
  }
  await house.drain(shopId)
}

function buyer(firstName: string, lastName: string): string {
  const email = `${firstName}.${lastName}@shoppers.example`.toLowerCase()
  const made = createCustomer(sandbox.sandbox, BUSY_SHOP, {
    firstName,
    lastName,
    email,
    phone: '+44 20 1234',
  })
  if (!made.ok) throw new Error(made.message)
  return made.customer.id
}

function buys(customerId: string): string {
  const made = placeOrder(sandbox.sandbox, BUSY_SHOP, {
    customerId,
    lines: [{ variantId: products[0]?.variants[0]?.id ?? '', quantity: 1 }],
    discountCodes: ['INES10'],
    note: 'Leave it at 4 Quill Street',
    happenedAt: '2026-04-20T10:00:00Z',
  })
  if (!made.ok) throw new Error(made.message)
  return made.order.id
}

/** Every row of every table, as an administrator sees it. */
async function everything(): Promise<string> {
  const client = new pg.Client({ connectionString: house.adminUrl })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss') and tablename <> '_prisma_migrations'",
    )
    const texts: string[] = []
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(`select t::text as row from ${name} t`)
      texts.push(...rows.rows.map(({ row }) => `${name}: ${row}`))
    }
    return texts.join('\n')
  } finally {
    await client.end()
  }
}

async function books(): Promise<string> {
  expect(await verifyLedger(house.db, shopId)).toMatchObject({ ok: true })
  return trialBalanceText(await readTrialBalance(house.db, shopId))
}

test('nothing that is kept or logged of an order names its shopper', async () => {
  buys(buyer('Ada', 'Lovelace'))
  await hear()
  expect(await everything()).not.toMatch(PERSON)
  expect(house.logged.join('\n')).not.toMatch(PERSON)
})

test('customers/data_request: the export has that customer’s orders, and nobody else’s', async () => {
  const ada = buyer('Ada', 'Lovelace')
  const other = buyer('Grace', 'Hopper')
  const hers = [buys(ada), buys(ada)]
  buys(other)
  await hear()
  requestCustomerData(sandbox.sandbox, BUSY_SHOP, ada)
  await hear()
  const requests = await house.db.inShop(shopId, (tx) => tx.complianceRequest.findMany())
  expect(requests).toMatchObject([{ kind: 'customer_data_request' }])
  expect(requests[0]?.completedAt).not.toBeNull()
  const answer = requests[0]?.answer as {
    orders: Array<{ orderId: string; total: string; sales: unknown[] }>
  }
  expect(answer.orders.map(({ orderId }) => orderId).sort()).toEqual(hers.sort())
  expect(answer.orders[0]?.sales).toHaveLength(1)
  expect(JSON.stringify(answer)).not.toMatch(PERSON)
})

test('customers/redact: nothing leads to the customer any more, and every sum stays what it was', async () => {
  const ada = buyer('Ada', 'Lovelace')
  buys(ada)
  buys(buyer('Grace', 'Hopper'))
  await hear()
  requestCustomerData(sandbox.sandbox, BUSY_SHOP, ada)
  await hear()
  const before = await books()
  const [known] = await house.db.inShop(shopId, (tx) => tx.complianceRequest.findMany())
  const key = known?.customerKey ?? ''
  expect(await everything()).toContain(key)
  redactCustomer(sandbox.sandbox, BUSY_SHOP, ada)
  await hear()
  expect(await everything()).not.toContain(key)
  const orders = await house.db.inShop(shopId, (tx) => tx.order.findMany())
  expect(orders.filter(({ customerKey }) => customerKey === null)).toHaveLength(1)
  expect(await books()).toBe(before)
})

test('uninstalled with a dead token: the removal and a later customers/redact are answered and worked off', async () => {
  const ada = buyer('Ada', 'Lovelace')
  buys(ada)
  await hear()
  const before = await books()
  await expireTokens()
  uninstallApp(sandbox.sandbox, BUSY_SHOP)
  await hear()
  const shop = await house.db.inShop(shopId, (tx) => tx.shop.findUniqueOrThrow({ where: { id: shopId } }))
  expect(shop.uninstalledAt).not.toBeNull()
  expect(await house.db.inShop(shopId, (tx) => tx.shopifySession.count())).toBe(0)
  redactCustomer(sandbox.sandbox, BUSY_SHOP, ada)
  await hear()
  expect(await house.db.inShop(shopId, (tx) => tx.order.count({ where: { customerKey: null } }))).toBe(1)
  expect(await books()).toBe(before)
})

test('shop/redact after uninstallation: no row of the shop is left in any table', async () => {
  buys(buyer('Ada', 'Lovelace'))
  await hear()
  await expireTokens()
  uninstallApp(sandbox.sandbox, BUSY_SHOP)
  await hear()
  requestShopRedact(sandbox.sandbox, BUSY_SHOP)
  await hear()
  const left = (await everything())
    .split('\n')
    .filter((row) => row.startsWith('public.') && !row.startsWith('public._'))
  expect(left).toEqual([])
})

/** The stored token has run out, and Shopify refuses to renew it. */
async function expireTokens(): Promise<void> {
  setFaults(sandbox.sandbox, { refuseRefresh: true })
  await house.db.inShop(shopId, (tx) =>
    tx.shopifySession.updateMany({ data: { expiresAt: new Date('2026-01-01T00:00:00Z') } }),
  )
}
