import { expect, test } from 'vitest'
import type { Sale } from '#sandbox/state/nouns.ts'
import { openAdmin } from '../ask-admin.ts'
import { bag, SAMPLE_SHOP } from '../sample-shop.ts'

const AGREEMENTS = `{
  order(id: "gid://shopify/Order/1001") {
    agreements(first: 5) { nodes {
      __typename id reason happenedAt
      ... on RefundAgreement { refund { id totalRefundedSet { shopMoney { amount } } } }
      sales(first: 10) { nodes {
        __typename id actionType lineType quantity
        totalAmount { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
        ... on ProductSale { lineItem { id product { title } } }
      } }
    } }
  }
}`

test('agreements and sales come with their concrete types and exact money', async () => {
  const { sandbox, ask } = openAdmin()
  const order = sandbox.shop(SAMPLE_SHOP).orders['1001']
  const sold = order?.agreements[0]?.sales[0]
  if (!order || !sold) throw new Error('the sample has an order')
  order.presentmentCurrency = 'JPY'
  const back: Sale = {
    ...sold,
    id: '7002',
    actionType: 'RETURN',
    quantity: -1,
    total: bag('-97.20', '-14500'),
  }
  order.refunds.push({
    id: '3001',
    note: '',
    createdAt: '2026-01-12T00:00:00.000Z',
    lines: [],
    shipping: null,
    adjustment: null,
    total: bag('97.20', '14500'),
  })
  order.agreements.push({
    id: '6002',
    kind: 'REFUND',
    reason: 'REFUND',
    happenedAt: '2026-01-12T00:00:00.000Z',
    subjectId: '3001',
    sales: [
      back,
      {
        ...back,
        id: '7003',
        lineType: 'ADJUSTMENT',
        lineItemId: null,
        quantity: null,
        total: bag('0.00', '0'),
      },
    ],
  })
  const { data, errors } = await ask(AGREEMENTS)
  expect(errors).toBeUndefined()
  expect(data.order.agreements.nodes[0]).toMatchObject({
    __typename: 'OrderAgreement',
    id: 'gid://shopify/SalesAgreement/61001',
    sales: { nodes: [{ __typename: 'ProductSale', lineItem: { product: { title: 'Halo ring' } } }] },
  })
  expect(data.order.agreements.nodes[1]).toMatchObject({
    __typename: 'RefundAgreement',
    refund: { id: 'gid://shopify/Refund/3001' },
    sales: {
      nodes: [
        {
          actionType: 'RETURN',
          quantity: -1,
          totalAmount: {
            shopMoney: { amount: '-97.2', currencyCode: 'USD' },
            presentmentMoney: { amount: '-14500.0', currencyCode: 'JPY' },
          },
        },
        { __typename: 'AdjustmentSale', quantity: null, totalAmount: { shopMoney: { amount: '0.0' } } },
      ],
    },
  })
})

test('code discounts are left out of a line total unless they are asked for', async () => {
  const { data } =
    await openAdmin().ask(`{ order(id: "gid://shopify/Order/1001") { lineItems(first: 1) { nodes {
    with: discountedTotalSet(withCodeDiscounts: true) { shopMoney { amount } }
    without: discountedTotalSet { shopMoney { amount } }
    priceAfterAllDiscountsBeforeTaxesSet { shopMoney { amount } }
  } } } }`)
  expect(data.order.lineItems.nodes[0]).toEqual({
    with: { shopMoney: { amount: '90.0' } },
    without: { shopMoney: { amount: '100.0' } },
    priceAfterAllDiscountsBeforeTaxesSet: { shopMoney: { amount: '90.0' } },
  })
})

test('an id of another type is refused, an unknown one is null', async () => {
  const { ask } = openAdmin()
  expect((await ask('{ order(id: "gid://shopify/Product/11") { id } }')).errors[0]?.message).toBe(
    'Invalid id: gid://shopify/Product/11',
  )
  expect((await ask('{ order(id: "11") { id } }')).errors[0]?.message).toBe("Invalid global id '11'")
  expect((await ask('{ order(id: "gid://shopify/Order/5") { id } }')).data).toEqual({ order: null })
})

test('orders are searched by time and state', async () => {
  const { sandbox, ask } = openAdmin()
  const count = async (query: string) =>
    (await ask('query($q: String) { ordersCount(query: $q) { count } }', { q: query })).data.ordersCount.count
  expect(await count('updated_at:>=2026-01-10T12:00:00Z')).toBe(1)
  expect(await count("updated_at:>'2026-01-10T12:00:00Z'")).toBe(0)
  expect(await count('name:#1001 status:open financial_status:paid')).toBe(1)
  const order = sandbox.shop(SAMPLE_SHOP).orders['1001']
  if (order) order.cancelledAt = '2026-01-11T00:00:00.000Z'
  expect(await count('status:open')).toBe(0)
  expect(await count('status:any')).toBe(1)
})
