import { expect, test } from 'vitest'
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { namedId } from '#tests/factories/partners.ts'
import { createShop } from '#tests/factories/shop.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { answerDataRequest } from './answer-data-request.server.ts'
import { readDataExport, readDataRequests } from './data-requests-view.server.ts'
import { redactCustomer } from './redact-customer.server.ts'
import { redactShop } from './redact-shop.server.ts'

const NOW = new Date('2026-06-01T00:00:00Z')
const ADA = 'key-of-ada'

async function placeOrder(db: Database, shop: Shop, orderId: bigint, customerKey: string | null) {
  const at = new Date('2026-05-01T10:00:00Z')
  const money = { currency: 'USD', presentmentCurrency: 'USD' }
  await db.inShop(shop.id, async (tx) => {
    await tx.order.create({
      data: {
        ...money,
        shopId: shop.id,
        orderId,
        name: `#${orderId}`,
        placedAt: at,
        updatedAt: at,
        currentTotalMinor: 5000n,
        financialStatus: 'PAID',
        discountCodes: ['MAYA10'],
        customerKey,
        fetchedAt: at,
      },
    })
    await tx.sale.create({
      data: {
        ...money,
        shopId: shop.id,
        saleId: orderId * 10n,
        orderId,
        salesAgreementId: orderId,
        agreementKind: 'order',
        reason: 'order',
        happenedAt: at,
        actionType: 'order',
        lineType: 'product',
        title: 'Halo ring',
        quantity: 1,
        totalMinor: 5000n,
        taxMinor: 400n,
        discountMinor: 0n,
        presentmentMinor: 5000n,
        firstSeenAt: at,
      },
    })
  })
}

test('a data request is answered with the customer’s orders and nobody else’s', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  await placeOrder(database.db, shop, 1n, ADA)
  await placeOrder(database.db, shop, 2n, 'key-of-bo')
  await placeOrder(database.db, shop, 3n, null)
  const facts = { customerKey: ADA, orderIds: ['3'], dataRequestId: '77' }
  const { requestId, orders } = await database.db.inShop(shop.id, (tx) =>
    answerDataRequest(tx, { shopId: shop.id, facts, receivedAt: NOW, now: NOW }),
  )
  expect(orders).toBe(2)
  const stored = await database.db.inShop(shop.id, (tx) =>
    tx.complianceRequest.findUnique({ where: { id: requestId } }),
  )
  expect(stored).toMatchObject({ kind: 'customer_data_request', completedAt: NOW })
  expect(stored?.answer).toMatchObject({
    dataRequestId: '77',
    orders: [
      { name: '#1', total: '50.00 USD', sales: [{ title: 'Halo ring', tax: '4.00 USD' }] },
      { name: '#3' },
    ],
  })
})

test('redacting a customer leaves no key behind, and every sum where it was', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db)
  await placeOrder(database.db, shop, 1n, ADA)
  await placeOrder(database.db, shop, 2n, 'key-of-bo')
  const facts = { customerKey: ADA, orderIds: [] }
  const request = { shopId: shop.id, facts, receivedAt: NOW, now: NOW }
  await database.db.inShop(shop.id, async (tx) => {
    await tx.webhookReceipt.create({
      data: {
        shopId: shop.id,
        topic: 'customers/redact',
        eventId: 'e',
        webhookId: 'w',
        apiVersion: '2026-10',
        receivedAt: NOW,
        facts,
      },
    })
    await answerDataRequest(tx, request)
    expect(await redactCustomer(tx, request)).toEqual({ orders: 1, countAgain: [] })
  })
  const left = await database.db.inShop(shop.id, async (tx) => ({
    orders: await tx.order.findMany({ orderBy: { orderId: 'asc' } }),
    sales: await tx.sale.findMany(),
    receipts: await tx.webhookReceipt.findMany(),
    requests: await tx.complianceRequest.findMany(),
  }))
  expect(left.orders.map(({ customerKey }) => customerKey)).toEqual([null, 'key-of-bo'])
  expect(left.orders.map(({ currentTotalMinor }) => currentTotalMinor)).toEqual([5000n, 5000n])
  expect(left.sales).toHaveLength(2)
  expect(JSON.stringify([left.receipts.map(({ facts: kept }) => kept), left.requests])).not.toContain(ADA)
  expect(left.requests.map(({ kind, answer }) => [kind, answer])).toEqual([
    ['customer_data_request', null],
    ['customer_redact', { ordersPseudonymised: 1, signupsForgotten: 0, passesForgotten: 0 }],
  ])
})

test('redacting a shop leaves nothing of it', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db, { uninstalledAt: new Date('2026-05-29T00:00:00Z') })
  const other = await createShop(database.db)
  await placeOrder(database.db, shop, 1n, ADA)
  await placeOrder(database.db, other, 1n, ADA)
  expect(await database.db.inShop(shop.id, (tx) => redactShop(tx, shop, NOW))).toEqual({ ok: true })
  expect(await database.db.byDomain(shop.domain, async (_tx, found) => found)).toBeNull()
  expect(await database.db.inShop(shop.id, (tx) => tx.sale.count())).toBe(0)
  expect(await database.db.inShop(other.id, (tx) => tx.sale.count())).toBe(1)
})

test('a late shop/redact does not erase a shop that has been installed again since', async () => {
  await using database = await createTestDatabase()
  const shop = await createShop(database.db, { installedAt: new Date('2026-06-02T00:00:00Z') })
  const outcome = await database.db.inShop(shop.id, (tx) => redactShop(tx, shop, NOW))
  expect(outcome).toEqual({ ok: false, reason: 'installed_again' })
  expect(await database.db.byDomain(shop.domain, async (_tx, found) => found?.id)).toBe(shop.id)
})

test('the merchant finds the export and opens it, no other shop does, and an erased customer’s is gone', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  const other = await createShop(db)
  await placeOrder(db, shop, 1n, ADA)
  const facts = { customerKey: ADA, orderIds: [], dataRequestId: '77' }
  const request = { shopId: shop.id, facts, receivedAt: NOW, now: NOW }
  const { requestId } = await db.inShop(shop.id, (tx) => answerDataRequest(tx, request))
  expect(await readDataRequests({ db, shop })).toEqual([
    { id: requestId, receivedAt: NOW.toISOString(), number: '77', fileName: 'data-request-77.json' },
  ])
  const opened = await readDataExport({ db, shop }, requestId)
  expect(opened.ok && opened.text).toContain('"title": "Halo ring"')
  const missing = { ok: false, reason: 'data_request_not_found' }
  expect(await readDataRequests({ db, shop: other })).toEqual([])
  expect(await readDataExport({ db, shop: other }, requestId)).toEqual(missing)
  expect(await readDataExport({ db, shop }, 'no id')).toEqual(missing)
  await db.inShop(shop.id, (tx) => redactCustomer(tx, request))
  expect(await readDataRequests({ db, shop })).toEqual([])
  expect(await readDataExport({ db, shop }, requestId)).toEqual(missing)
})

async function signUp(db: Database, shop: Shop, emailKey: string, position: number) {
  const at = new Date('2026-05-20T10:00:00Z')
  await db.inShop(shop.id, (tx) =>
    tx.restockSignup.create({
      data: {
        id: namedId(`signup ${position} of ${shop.domain}`),
        shopId: shop.id,
        dropId: namedId(`drop of ${shop.domain}`),
        variantId: 41n,
        emailSealed: 'sealed',
        emailKey,
        locale: 'en',
        position,
        idempotencyKey: namedId(`key ${position} of ${shop.domain}`),
        consentVersion: 1,
        consentAt: at,
      },
    }),
  )
}

test('restock sign-ups are told to who asks for their data, and forgotten when redacted; the line keeps its order', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const shop = await createShop(db)
  const other = await createShop(db)
  await signUp(db, shop, 'mail-of-ada', 1)
  await signUp(db, shop, 'mail-of-ben', 2)
  await signUp(db, other, 'mail-of-ada', 1)
  const request = {
    shopId: shop.id,
    facts: { customerKey: ADA, emailKey: 'mail-of-ada', orderIds: [] },
    receivedAt: NOW,
    now: NOW,
  }
  const { requestId } = await db.inShop(shop.id, (tx) => answerDataRequest(tx, request))
  const asked = await db.inShop(shop.id, (tx) =>
    tx.complianceRequest.findUnique({ where: { id: requestId } }),
  )
  expect(asked?.answer).toMatchObject({
    restockSignups: [{ variantId: '41', signedUpAt: '2026-05-20T10:00:00.000Z', consentVersion: 1 }],
  })
  await db.inShop(shop.id, (tx) => redactCustomer(tx, request))
  const lines = (of: Shop) =>
    db.inShop(of.id, (tx) =>
      tx.restockSignup.findMany({
        orderBy: { position: 'asc' },
        select: { position: true, emailSealed: true, emailKey: true, status: true },
      }),
    )
  expect(await lines(shop)).toEqual([
    { position: 1, emailSealed: null, emailKey: null, status: 'redacted' },
    {
      position: 2,
      emailSealed: 'sealed',
      emailKey: expect.stringContaining('mail-of-ben'),
      status: 'waiting',
    },
  ])
  expect(await lines(other)).toMatchObject([{ status: 'waiting', emailSealed: 'sealed' }])
})
