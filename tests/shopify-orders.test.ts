// Orders, products, codes and disputes as the app reads and writes them at Shopify.
import { expect, test } from 'vitest'
import type { AdminApi } from '#app/adapters/shopify/admin-api.ts'
import { createDiscountCode } from '#app/adapters/shopify/create-discount-code.ts'
import { endDiscountCode } from '#app/adapters/shopify/end-discount-code.ts'
import { fetchDispute } from '#app/adapters/shopify/fetch-dispute.ts'
import { fetchOrders } from '#app/adapters/shopify/fetch-orders.ts'
import { fetchProducts, listProducts } from '#app/adapters/shopify/fetch-products.ts'
import { listCollections } from '#app/adapters/shopify/list-collections.ts'
import { listOrdersUpdatedSince } from '#app/adapters/shopify/list-orders-updated-since.ts'
import { createCollection } from '#sandbox/commerce/create-collection.ts'
import { createCustomer } from '#sandbox/commerce/create-customer.ts'
import { createProduct } from '#sandbox/commerce/create-product.ts'
import { openDispute } from '#sandbox/commerce/open-dispute.ts'
import type { PlaceOrderInput } from '#sandbox/commerce/order-input.ts'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import { refundOrder } from '#sandbox/commerce/refund-order.ts'
import { createTestShopify, TEST_SHOP, type TestShopify } from '#tests/harness/test-shopify.ts'

const OPTIONS = { customerKeySecret: 'a secret for customer keys' }

async function openAdmin(test: TestShopify): Promise<AdminApi> {
  test.running.webhooks.setFaults({ drop: 1, seed: 1 })
  return (await test.shopify.authenticateAdmin(await test.openingRequest())).adminApi
}

function must<Result extends { ok: boolean }>(result: Result): Extract<Result, { ok: true }> {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result as Extract<Result, { ok: true }>
}

function makeProduct({ sandbox }: TestShopify, title: string, variants = 1) {
  const made = createProduct(sandbox, TEST_SHOP, {
    title,
    variants: Array.from({ length: variants }, (_, index) => ({
      title: `Size ${index + 1}`,
      price: '120.00',
      available: 1000,
    })),
  })
  return must(made).product
}

function order({ sandbox }: TestShopify, input: PlaceOrderInput) {
  return must(placeOrder(sandbox, TEST_SHOP, input)).order
}

async function all<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const collected: Page[] = []
  for await (const page of pages) collected.push(page)
  return collected
}

function sum(values: bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}

test('an order comes with sales that add up to its total, in both currencies, before and after a refund', async () => {
  await using test = await createTestShopify()
  const admin = await openAdmin(test)
  const product = makeProduct(test, 'Halo ring')
  const { customer } = must(
    createCustomer(test.sandbox, TEST_SHOP, {
      firstName: 'Ada',
      lastName: 'Moss',
      email: 'ada@shopper.example',
    }),
  )
  const placed = order(test, {
    customerId: customer.id,
    lines: [{ variantId: product.variants[0]?.id ?? '', quantity: 3 }],
    shipping: { title: 'Post', price: '9.90' },
    customAttributes: [
      { key: '_filigree_ref', value: 'MAYA.signature' },
      { key: 'gift', value: 'yes' },
    ],
    presentment: { currency: 'EUR', rate: '0.9137' },
  })
  const id = BigInt(placed.id)
  const fetched = must(await fetchOrders(admin, [id], OPTIONS))
  const [first] = fetched.orders
  expect(first).toMatchObject({
    orderId: id,
    currency: 'USD',
    presentmentCurrency: 'EUR',
    financialStatus: 'PAID',
    linkReference: 'MAYA.signature',
  })
  expect(first?.customerKey).toMatch(/^[0-9a-f]{32}$/)
  expect(sum(first?.sales.map(({ totalMinor }) => totalMinor) ?? [])).toBe(first?.currentTotalMinor)
  expect(first?.sales.find(({ lineType }) => lineType === 'product')).toMatchObject({
    orderId: id,
    agreementKind: 'order',
    actionType: 'order',
    productId: BigInt(product.id),
    quantity: 3,
    totalMinor: 36_000n,
    presentmentCurrency: 'EUR',
    presentmentMinor: 32_892n,
  })
  must(refundOrder(test.sandbox, TEST_SHOP, placed.id, { full: true }))
  const [after] = must(await fetchOrders(admin, [id], OPTIONS)).orders
  expect(after?.currentTotalMinor).toBe(0n)
  expect(sum(after?.sales.map(({ totalMinor }) => totalMinor) ?? [])).toBe(0n)
  expect(new Set(after?.sales.map(({ agreementKind }) => agreementKind))).toEqual(
    new Set(['order', 'refund']),
  )
})

test('large orders are paged until every sale is there', async () => {
  await using test = await createTestShopify()
  const admin = await openAdmin(test)
  const product = makeProduct(test, 'Chain', 30)
  const placed = order(test, { lines: product.variants.map(({ id }) => ({ variantId: id, quantity: 2 })) })
  for (const line of placed.lineItems.slice(0, 7)) {
    must(refundOrder(test.sandbox, TEST_SHOP, placed.id, { lines: [{ lineItemId: line.id, quantity: 1 }] }))
  }
  const [fetched] = must(await fetchOrders(admin, [BigInt(placed.id)], OPTIONS)).orders
  expect(fetched?.sales.filter(({ agreementKind }) => agreementKind === 'order')).toHaveLength(30)
  expect(fetched?.sales.filter(({ agreementKind }) => agreementKind === 'refund')).toHaveLength(7)
  expect(new Set(fetched?.sales.map(({ saleId }) => saleId)).size).toBe(37)
  expect(sum(fetched?.sales.map(({ totalMinor }) => totalMinor) ?? [])).toBe(fetched?.currentTotalMinor)
})

test('many orders are fetched in batches, and what Shopify does not show is reported', async () => {
  await using test = await createTestShopify()
  const admin = await openAdmin(test)
  const variantId = makeProduct(test, 'Stud').variants[0]?.id ?? ''
  const ids = Array.from({ length: 20 }, () =>
    BigInt(order(test, { lines: [{ variantId, quantity: 1 }] }).id),
  )
  const fetched = must(await fetchOrders(admin, [...ids, 999n, ids[0] ?? 0n], OPTIONS))
  expect(fetched.orders.map(({ orderId }) => orderId)).toEqual(ids)
  expect(fetched).toMatchObject({ missing: [999n], unreadable: [] })
})

test('the walk over changed orders starts where it is told and ends', async () => {
  await using test = await createTestShopify()
  const admin = await openAdmin(test)
  const variantId = makeProduct(test, 'Stud').variants[0]?.id ?? ''
  order(test, { lines: [{ variantId, quantity: 1 }] })
  test.sandbox.clock.setOffset(60 * 60_000)
  const later = order(test, { lines: [{ variantId, quantity: 1 }] })
  const pages = await all(listOrdersUpdatedSince(admin, new Date(Date.now() + 30 * 60_000)))
  expect(pages).toMatchObject([{ ok: true, isLast: true, orders: [{ orderId: BigInt(later.id) }] }])
})

test('products come with their collections, collections with their titles', async () => {
  await using test = await createTestShopify()
  const admin = await openAdmin(test)
  const ring = makeProduct(test, 'Halo ring')
  const collections = Array.from({ length: 23 }, (_, index) =>
    must(
      createCollection(test.sandbox, TEST_SHOP, {
        title: `Season ${index}`,
        handle: `season-${index}`,
        productIds: [ring.id],
      }),
    ),
  )
  const fetched = must(await fetchProducts(admin, [BigInt(ring.id), 999n]))
  expect(fetched.missing).toEqual([999n])
  expect(fetched.products[0]).toMatchObject({ title: 'Halo ring', status: 'active', priceMinor: 12_000n })
  expect(fetched.products[0]?.collectionIds).toHaveLength(collections.length)
  const [page] = await all(listProducts(admin))
  expect(page).toMatchObject({ ok: true, products: [{ productId: BigInt(ring.id) }] })
  const [titles] = await all(listCollections(admin))
  expect(titles?.ok && titles.collections.map(({ title }) => title)).toContain('Season 22')
})

test('a creator’s code is made once, found again, refused when it is another’s, and ended', async () => {
  await using test = await createTestShopify()
  const admin = await openAdmin(test)
  const input = {
    code: 'MAYA10',
    title: 'Filigree: Maya',
    percentBps: 1250,
    startsAt: new Date('2026-01-01T00:00:00Z'),
    endsAt: null,
  }
  const made = must(await createDiscountCode(admin, input))
  expect(made.shareUrl).toBe(`https://${TEST_SHOP}/discount/MAYA10`)
  expect(Object.values(test.sandbox.shop(TEST_SHOP).discounts)).toMatchObject([
    { code: 'MAYA10', percentage: '0.125' },
  ])
  expect(await createDiscountCode(admin, input)).toEqual(made)
  expect(await createDiscountCode(admin, { ...input, title: 'Someone else' })).toMatchObject({
    ok: false,
    reason: 'code_taken',
  })
  expect(await endDiscountCode(admin, made.discountGid)).toEqual({ ok: true, outcome: 'ended' })
  expect(await endDiscountCode(admin, 'gid://shopify/DiscountCodeNode/999')).toEqual({
    ok: true,
    outcome: 'was_gone',
  })
})

test('a dispute is read with its order, and one that is not there is said to be that', async () => {
  await using test = await createTestShopify()
  const admin = await openAdmin(test)
  const variantId = makeProduct(test, 'Stud').variants[0]?.id ?? ''
  const placed = order(test, { lines: [{ variantId, quantity: 1 }] })
  const { dispute } = must(openDispute(test.sandbox, TEST_SHOP, placed.id, {}))
  const read = must(await fetchDispute(admin, BigInt(dispute.id)))
  expect(read.dispute).toMatchObject({
    orderId: BigInt(placed.id),
    type: 'chargeback',
    status: 'needs_response',
    amountMinor: 12_000n,
    currency: 'USD',
  })
  expect(await fetchDispute(admin, 999n)).toEqual({ ok: false, reason: 'dispute_not_found' })
})
