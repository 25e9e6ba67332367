import { expect, test } from 'vitest'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import { must } from '#sandbox/commerce/sample-store.test-support.ts'
import { openAdmin } from '../ask-admin.ts'
import { SAMPLE_SHOP } from '../sample-shop.ts'

const SCOPES = ['read_all_orders', 'write_orders', 'write_returns', 'read_products']
const RETURN = `return { id status decline { reason note }
  returnLineItems(first: 5) { nodes { id quantity processedQuantity unprocessedQuantity ... on ReturnLineItem { restockingFee { percentage amountSet { shopMoney { amount } } } } } }
  exchangeLineItems(first: 5) { nodes { id processedQuantity title lineItems { title currentQuantity } } }
  returnShippingFees { amountSet { shopMoney { amount } } } refunds(first: 5) { nodes { totalRefundedSet { shopMoney { amount } } } } }
  userErrors { field code message }`

/** Two rings at 100.00, 8 % tax. */
function openWithOrder() {
  const admin = openAdmin(SCOPES)
  const { order } = must(
    placeOrder(admin.sandbox, SAMPLE_SHOP, { lines: [{ variantId: '111', quantity: 2 }] }),
  )
  const fulfillmentLineItemId = `gid://shopify/FulfillmentLineItem/${order.lineItems[0]?.id}`
  const call = async (name: string, variables: string, input: unknown) => {
    const [argument, type] = variables.split(': ')
    const { data, errors } = await admin.ask(
      `mutation($input: ${type}) { ${name}(${argument}: $input) { ${RETURN} } }`,
      { input },
    )
    expect(errors).toBeUndefined()
    return data[name]
  }
  return { ...admin, order, fulfillmentLineItemId, call }
}

test('a return is processed piece by piece, with its fees, its exchange and its refunds', async () => {
  const { order, fulfillmentLineItemId, call, ask } = openWithOrder()
  const opened = await call('returnCreate', 'returnInput: ReturnInput!', {
    orderId: `gid://shopify/Order/${order.id}`,
    returnLineItems: [
      { fulfillmentLineItemId, quantity: 2, returnReason: 'STYLE', restockingFee: { percentage: 10 } },
    ],
    exchangeLineItems: [
      {
        variantId: 'gid://shopify/ProductVariant/121',
        quantity: 1,
        appliedDiscount: { value: { percentage: 50 } },
      },
    ],
    returnShippingFee: { amount: { amount: '5.00', currencyCode: 'USD' } },
  })
  expect(opened).toMatchObject({
    userErrors: [],
    return: {
      status: 'OPEN',
      returnLineItems: {
        nodes: [{ restockingFee: { percentage: 10, amountSet: { shopMoney: { amount: '20.0' } } } }],
      },
      returnShippingFees: [{ amountSet: { shopMoney: { amount: '5.0' } } }],
    },
  })
  const returnId = opened.return.id
  const line = opened.return.returnLineItems.nodes[0].id
  const exchange = opened.return.exchangeLineItems.nodes[0].id
  const part = await call('returnProcess', 'input: ReturnProcessInput!', {
    returnId,
    returnLineItems: [{ id: line, quantity: 1 }],
    financialTransfer: {
      issueRefund: {
        orderTransactions: [
          {
            parentId: `gid://shopify/OrderTransaction/${order.transactions[0]?.id}`,
            transactionAmount: { amount: '93.00', currencyCode: 'USD' },
          },
        ],
      },
    },
  })
  expect(part).toMatchObject({
    userErrors: [],
    return: {
      status: 'OPEN',
      returnLineItems: { nodes: [{ processedQuantity: 1, unprocessedQuantity: 1 }] },
      refunds: { nodes: [{ totalRefundedSet: { shopMoney: { amount: '93.0' } } }] },
    },
  })
  const rest = await call('returnProcess', 'input: ReturnProcessInput!', {
    returnId,
    returnLineItems: [{ id: line, quantity: 1 }],
    exchangeLineItems: [{ id: exchange, quantity: 1 }],
  })
  expect(rest.return).toMatchObject({
    status: 'CLOSED',
    exchangeLineItems: {
      nodes: [{ processedQuantity: 1, lineItems: [{ title: 'Willow cuff', currentQuantity: 1 }] }],
    },
  })
  const { data } = await ask(`{ order(id: "gid://shopify/Order/${order.id}") {
    currentTotalPriceSet { shopMoney { amount } } totalOutstandingSet { shopMoney { amount } }
    agreements(first: 9) { nodes { __typename sales(first: 9) { nodes { __typename totalAmount { shopMoney { amount } } ... on FeeSale { fee { __typename ... on RestockingFee { percentage } } } } } } } } }`)
  // 216 − 2 × 108 + fees 10 + 5 + 10 + the cuff at half its price with tax 54.
  expect(data.order).toMatchObject({
    currentTotalPriceSet: { shopMoney: { amount: '79.0' } },
    totalOutstandingSet: { shopMoney: { amount: '-44.0' } },
  })
  expect(data.order.agreements.nodes.map(({ __typename }: { __typename: string }) => __typename)).toEqual([
    'OrderAgreement',
    'ReturnAgreement',
    'ReturnAgreement',
  ])
  expect(data.order.agreements.nodes[1].sales.nodes[1]).toMatchObject({
    __typename: 'FeeSale',
    totalAmount: { shopMoney: { amount: '10.0' } },
    fee: { __typename: 'RestockingFee', percentage: 10 },
  })
})

test('a return that is requested is approved or declined; what cannot be is a user error', async () => {
  const { order, fulfillmentLineItemId, call } = openWithOrder()
  const input = {
    orderId: `gid://shopify/Order/${order.id}`,
    returnLineItems: [
      { fulfillmentLineItemId, quantity: 1, returnReason: 'OTHER', customerNote: 'Too small' },
    ],
  }
  const asked = await call('returnRequest', 'input: ReturnRequestInput!', input)
  expect(asked.return.status).toBe('REQUESTED')
  const approved = await call('returnApproveRequest', 'input: ReturnApproveRequestInput!', {
    id: asked.return.id,
  })
  expect(approved.return.status).toBe('OPEN')
  const twice = await call('returnApproveRequest', 'input: ReturnApproveRequestInput!', {
    id: asked.return.id,
  })
  expect(twice.userErrors).toMatchObject([{ field: ['input', 'id'], code: 'INVALID_STATE' }])
  const other = await call('returnRequest', 'input: ReturnRequestInput!', input)
  const declined = await call('returnDeclineRequest', 'input: ReturnDeclineRequestInput!', {
    id: other.return.id,
    declineReason: 'FINAL_SALE',
    declineNote: 'Made to order',
  })
  expect(declined.return).toMatchObject({
    status: 'DECLINED',
    decline: { reason: 'FINAL_SALE', note: 'Made to order' },
  })
  const nothing = await call('returnProcess', 'input: ReturnProcessInput!', { returnId: asked.return.id })
  expect(nothing.userErrors).toMatchObject([{ field: ['input', 'returnLineItems'] }])
  const cancelled = await call('returnCancel', 'id: ID!', asked.return.id)
  expect(cancelled.return.status).toBe('CANCELED')
  const gone = await call('returnClose', 'id: ID!', 'gid://shopify/Return/9')
  expect(gone.userErrors).toMatchObject([{ code: 'NOT_FOUND' }])
})
