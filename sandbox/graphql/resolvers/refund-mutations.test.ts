import { expect, test } from 'vitest'
import { openAdmin } from '../ask-admin.ts'
import { SAMPLE_SHOP } from '../sample-shop.ts'

const REFUND = `mutation($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { id totalRefundedSet { shopMoney { amount } } refundLineItems(first: 5) { nodes { quantity restockType lineItem { id } } } }
    order { currentTotalPriceSet { shopMoney { amount } } displayFinancialStatus }
    userErrors { field message }
  }
}`
const ALL = {
  orderId: 'gid://shopify/Order/1001',
  refundLineItems: [{ lineItemId: 'gid://shopify/LineItem/81001', quantity: 1, restockType: 'RETURN' }],
  transactions: [
    { orderId: 'gid://shopify/Order/1001', kind: 'REFUND', gateway: 'shopify_payments', amount: '97.20' },
  ],
}

test('a refund happens once under its key and brings the order to zero', async () => {
  const { sandbox, ask } = openAdmin()
  const topics: string[] = []
  sandbox.subscribe(({ topic }) => topics.push(topic))
  const first = await ask(REFUND, { input: ALL, key: 'r' })
  expect(first.data.refundCreate).toMatchObject({
    refund: {
      totalRefundedSet: { shopMoney: { amount: '97.2' } },
      refundLineItems: { nodes: [{ quantity: 1, restockType: 'RETURN' }] },
    },
    order: { currentTotalPriceSet: { shopMoney: { amount: '0.0' } }, displayFinancialStatus: 'REFUNDED' },
    userErrors: [],
  })
  const again = await ask(REFUND, { input: ALL, key: 'r' })
  expect(again.data).toEqual(first.data)
  expect(sandbox.shop(SAMPLE_SHOP).orders['1001']?.refunds).toHaveLength(1)
  expect(topics.filter((topic) => topic === 'refunds/create')).toHaveLength(1)
})

test.each([
  [
    'more than was bought',
    { refundLineItems: [{ lineItemId: 'gid://shopify/LineItem/81001', quantity: 2 }] },
    'refundLineItems',
  ],
  ['more than was paid', { transactions: [{ ...ALL.transactions[0], amount: '97.21' }] }, 'transactions'],
  ['an order that is not there', { orderId: 'gid://shopify/Order/9' }, 'orderId'],
])('%s is a user error and changes nothing', async (_what, change, field) => {
  const { sandbox, ask } = openAdmin()
  const { data } = await ask(REFUND, { input: { ...ALL, ...change }, key: 'r' })
  expect(data.refundCreate).toMatchObject({
    refund: null,
    order: null,
    userErrors: [{ field: ['input', field] }],
  })
  expect(sandbox.shop(SAMPLE_SHOP).orders['1001']?.refunds).toEqual([])
})

test('a refund needs the right to write orders', async () => {
  const answer = await openAdmin(['read_orders', 'read_all_orders']).ask(REFUND, { input: ALL, key: 'r' })
  expect(answer.errors[0]?.extensions?.code).toBe('ACCESS_DENIED')
})
