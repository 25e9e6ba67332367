import { expect, test } from 'vitest'
import type { Database, ShopTransaction } from '#app/adapters/db/database.ts'
import type { AdminApi, AdminRefusal } from '#app/adapters/shopify/admin-api.ts'
import {
  CurrentInstallationDocument,
  OrdersByIdsDocument,
  ProductsByIdsDocument,
} from '#app/adapters/shopify/generated/operations.ts'
import { numberOfGid } from '#app/adapters/shopify/gid.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { TEST_KEYS } from '#tests/harness/test-shopify.ts'
import { drainReceipts } from './drain-receipts.ts'
import { TryAgainLater } from './retry-policy.ts'
import type { JobServices } from './shop-context.ts'

const DOWN: AdminRefusal = { ok: false, reason: 'unavailable', message: 'Shopify answered 503.' }

/** Shopify as far as draining asks it: every order exists, of one line of 10.00, but for those that `refusal` speaks of. */
function shopify(domain: string, refusal: (orderId: bigint) => AdminRefusal | Error | null = () => null) {
  const asked: bigint[][] = []
  const api = {
    shopDomain: domain,
    async request(document: unknown, variables: { ids: string[] }) {
      if (document === ProductsByIdsDocument)
        return { ok: true, data: { nodes: variables.ids.map(() => null) } }
      if (document === CurrentInstallationDocument) return { ok: false, reason: 'not_installed' }
      if (document !== OrdersByIdsDocument) throw new Error('asked something else')
      const ids = variables.ids.map(numberOfGid)
      asked.push(ids)
      for (const id of ids) {
        const refused = refusal(id)
        if (refused instanceof Error) throw refused
        if (refused) return refused
      }
      return { ok: true, data: { nodes: ids.map(orderNode) } }
    },
  }
  return { api: api as unknown as AdminApi, asked }
}

const money = (amount: string) => ({
  shopMoney: { amount, currencyCode: 'USD' },
  presentmentMoney: { amount, currencyCode: 'USD' },
})

function orderNode(id: bigint) {
  return {
    __typename: 'Order',
    id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    processedAt: '2026-05-01T10:00:00Z',
    createdAt: '2026-05-01T10:00:00Z',
    updatedAt: '2026-05-01T10:00:00Z',
    cancelledAt: null,
    test: false,
    currencyCode: 'USD',
    presentmentCurrencyCode: 'USD',
    displayFinancialStatus: 'PAID',
    currentTotalPriceSet: money('10.00'),
    totalRefundedSet: money('0.00'),
    totalCashRoundingAdjustment: { paymentSet: money('0.00'), refundSet: money('0.00') },
    discountCodes: [],
    customAttributes: [],
    customer: null,
    agreements: {
      pageInfo: { hasNextPage: false, endCursor: null },
      nodes: [
        {
          __typename: 'OrderAgreement',
          id: `gid://shopify/OrderAgreement/${id}`,
          happenedAt: '2026-05-01T10:00:00Z',
          reason: 'ORDER',
          sales: {
            pageInfo: { hasNextPage: false, endCursor: null },
            nodes: [
              {
                __typename: 'ShippingLineSale',
                id: `gid://shopify/Sale/${id}`,
                actionType: 'ORDER',
                lineType: 'SHIPPING',
                quantity: 1,
                totalAmount: money('10.00'),
                totalTaxAmount: money('0.00'),
                totalDiscountAmountBeforeTaxes: money('0.00'),
              },
            ],
          },
        },
      ],
    },
  }
}

function services(context: PartnerTestContext, api: AdminApi, db: Database = context.db): JobServices {
  return { ...context, db, adminApiFor: () => api, tokenKeys: TEST_KEYS }
}

async function deliver(
  { db, shop, clock }: PartnerTestContext,
  topic: string,
  resourceId: bigint | null,
  given: { receivedAt?: Date; triggeredAt?: Date; facts?: object } = {},
): Promise<void> {
  const receivedAt = given.receivedAt ?? clock.now()
  await db.inShop(shop.id, (tx) =>
    tx.webhookReceipt.create({
      data: {
        shopId: shop.id,
        topic,
        eventId: crypto.randomUUID(),
        webhookId: crypto.randomUUID(),
        apiVersion: '2026-10',
        receivedAt,
        triggeredAt: given.triggeredAt ?? receivedAt,
        resourceId,
        facts: given.facts ?? {},
      },
    }),
  )
}

async function standing({ db, shop }: PartnerTestContext) {
  return db.inShop(shop.id, async (tx) => ({
    waiting: await tx.webhookReceipt.findMany({
      where: { processedAt: null },
      orderBy: { id: 'asc' },
      select: { resourceId: true, attempts: true },
    }),
    journals: (await tx.journal.findMany({ orderBy: { seq: 'asc' } })).map((journal) => journal.orderId),
  }))
}

/** Runs jobs as the queue would: a failed one again. */
async function drainUntilQuiet(context: PartnerTestContext, of: JobServices, most: number): Promise<void> {
  for (let run = 0; run < most; run++) {
    const failed = await drainReceipts(of, context.shop.id).then(
      () => false,
      () => true,
    )
    if (!failed) return
  }
}

test('an order that cannot be booked holds up no other order, and is left alone in the end', async () => {
  await using context = await createPartnerContext()
  for (const id of [1n, 2n, 3n, 4n]) await deliver(context, 'orders/create', id)
  const { api } = shopify(context.shop.domain, (id) => (id === 2n ? new Error('cannot be read') : null))
  await expect(drainReceipts(services(context, api), context.shop.id)).rejects.toThrow('cannot be read')
  await expect(drainReceipts(services(context, api), context.shop.id)).rejects.toThrow('cannot be read')
  expect(await standing(context)).toEqual({
    waiting: [{ resourceId: 2n, attempts: 2 }],
    journals: [1n, 3n, 4n],
  })
  await drainUntilQuiet(context, services(context, api), 20)
  expect((await standing(context)).waiting).toEqual([{ resourceId: 2n, attempts: 8 }])
})

test('a day without Shopify costs no delivery: all are worked off when it is back', async () => {
  await using context = await createPartnerContext()
  for (const id of [1n, 2n]) await deliver(context, 'orders/create', id)
  const down = shopify(context.shop.domain, () => DOWN)
  for (let run = 0; run < 12; run++)
    await expect(drainReceipts(services(context, down.api), context.shop.id)).rejects.toThrow(TryAgainLater)
  const { api } = shopify(context.shop.domain)
  await drainReceipts(services(context, api), context.shop.id)
  expect(await standing(context)).toEqual({ waiting: [], journals: [1n, 2n] })
})

test('what Shopify will never answer stops waiting after hours', async () => {
  await using context = await createPartnerContext()
  await deliver(context, 'orders/create', 1n)
  const { api } = shopify(context.shop.domain, () => DOWN)
  context.clock.advance(7 * 60 * 60_000)
  await drainUntilQuiet(context, services(context, api), 20)
  expect((await standing(context)).waiting).toEqual([{ resourceId: 1n, attempts: 8 }])
})

test('an uninstallation is worked off while Shopify cannot be asked for orders', async () => {
  await using context = await createPartnerContext()
  await deliver(context, 'orders/create', 1n)
  await deliver(context, 'app/uninstalled', null)
  const { api } = shopify(context.shop.domain, () => DOWN)
  await expect(drainReceipts(services(context, api), context.shop.id)).rejects.toThrow(TryAgainLater)
  const shop = await context.db.inShop(context.shop.id, (tx) => tx.shop.findFirst())
  expect(shop?.uninstalledAt).toEqual(context.clock.now())
})

test('an error in the middle leaves nothing half done, and the next run completes', async () => {
  await using context = await createPartnerContext()
  for (const id of [1n, 2n, 3n]) await deliver(context, 'orders/create', id)
  const { api } = shopify(context.shop.domain)
  // The last statement of the transaction: journals are written, receipts are being ticked off.
  const breaking: Database = {
    ...context.db,
    inShop: (shopId, work, options) => context.db.inShop(shopId, (tx) => work(breakAtReceipts(tx)), options),
  }
  await expect(drainReceipts(services(context, api, breaking), context.shop.id)).rejects.toThrow('power cut')
  expect(await standing(context)).toMatchObject({
    waiting: [{ attempts: 0 }, { attempts: 0 }, { attempts: 0 }],
    journals: [],
  })
  await drainReceipts(services(context, api), context.shop.id)
  expect(await standing(context)).toEqual({ waiting: [], journals: [1n, 2n, 3n] })
})

function breakAtReceipts(tx: ShopTransaction): ShopTransaction {
  const receipts = new Proxy(tx.webhookReceipt, {
    get: (target, name) =>
      name === 'updateMany' ? () => Promise.reject(new Error('power cut')) : Reflect.get(target, name),
  })
  return new Proxy(tx, {
    get: (target, name) => (name === 'webhookReceipt' ? receipts : Reflect.get(target, name)),
  })
}

test('a worker that finds another one at the shop goes on to other shops and asks once more', async () => {
  await using context = await createPartnerContext()
  await deliver(context, 'orders/create', 1n)
  let finish: () => void = () => {}
  const held = new Promise<void>((resolve) => {
    finish = resolve
  })
  let begun: () => void = () => {}
  const asking = new Promise<void>((resolve) => {
    begun = resolve
  })
  const slow = shopify(context.shop.domain)
  const first = drainReceipts(
    services(context, {
      shopDomain: context.shop.domain,
      request: async (document, variables) => {
        begun()
        await held
        return slow.api.request(document, variables)
      },
    }),
    context.shop.id,
  )
  await asking
  expect(await drainReceipts(services(context, slow.api), context.shop.id)).toEqual({ worked: 0 })
  expect(await context.queue.pending()).toEqual({ 'drain-receipts': 1 })
  expect((await standing(context)).waiting).toHaveLength(1)
  finish()
  expect(await first).toEqual({ worked: 1 })
  expect(slow.asked).toEqual([[1n]])
})

test('after shop/redact nothing of the shop is written again, whatever else was waiting', async () => {
  await using context = await createPartnerContext()
  const { db, shop } = context
  await deliver(context, 'shop/redact', null)
  await deliver(context, 'products/update', 5n)
  await deliver(context, 'customers/redact', 6n, { facts: { customerKey: 'k', orderIds: [] } })
  const { api } = shopify(shop.domain)
  await drainReceipts(services(context, api), shop.id)
  const left = await db.inShop(shop.id, async (tx) => [
    await tx.shop.count(),
    await tx.dueDate.count(),
    await tx.complianceRequest.count(),
    await tx.webhookReceipt.count(),
  ])
  expect(left).toEqual([0, 0, 0, 0])
})

test('a shop that comes back while its old shop/redact waits behind slow orders keeps its books', async () => {
  await using context = await createPartnerContext()
  const { db, shop, clock } = context
  await db.inShop(shop.id, (tx) =>
    tx.shop.update({ where: { id: shop.id }, data: { uninstalledAt: new Date('2026-05-01T00:00:00Z') } }),
  )
  await deliver(context, 'orders/create', 1n)
  await deliver(context, 'shop/redact', null, { triggeredAt: new Date('2026-05-03T00:00:00Z') })
  const answering = shopify(shop.domain)
  const comesBack: AdminApi = {
    shopDomain: shop.domain,
    async request(document, variables) {
      await db.inShop(shop.id, (tx) =>
        tx.shop.update({ where: { id: shop.id }, data: { uninstalledAt: null, installedAt: clock.now() } }),
      )
      return answering.api.request(document, variables)
    },
  }
  await drainReceipts(services(context, comesBack), shop.id)
  expect(await standing(context)).toEqual({ waiting: [], journals: [1n] })
})
