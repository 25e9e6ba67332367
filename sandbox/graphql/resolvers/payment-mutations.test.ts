import { expect, test } from 'vitest'
import { type PlaceOrderInput, placeOrder } from '#sandbox/commerce/place-order.ts'
import { must } from '#sandbox/commerce/sample-store.test-support.ts'
import { setExchangeRates } from '#sandbox/commerce/set-exchange-rates.ts'
import { openAdmin } from '../ask-admin.ts'
import { SAMPLE_SHOP } from '../sample-shop.ts'

function openWith(input: Partial<PlaceOrderInput>) {
  const admin = openAdmin(['read_all_orders', 'write_orders', 'read_products'])
  const lines = [{ variantId: '111', quantity: 1 }]
  const { order } = must(placeOrder(admin.sandbox, SAMPLE_SHOP, { lines, ...input }))
  return { ...admin, order, id: `gid://shopify/Order/${order.id}` }
}

const REFUND = `mutation($input: RefundInput!) { refundCreate(input: $input) @idempotent(key: "k") {
  refund { totalRefundedSet { shopMoney { amount } presentmentMoney { amount currencyCode } }
    duties { amountSet { shopMoney { amount } } originalDuty { harmonizedSystemCode } }
    orderAdjustments(first: 2) { nodes { reason amountSet { shopMoney { amount } } } } transactions(first: 2) { nodes { gateway parentTransaction { kind } } } }
  order { totalOutstandingSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } } currentTotalDutiesSet { shopMoney { amount } } }
  userErrors { field message } } }`

test('an authorization is captured in part, then in whole, and never beyond', async () => {
  const { ask, id, order } = openWith({ payment: 'authorized' })
  const parent = `gid://shopify/OrderTransaction/${order.transactions[0]?.id}`
  const capture = (amount: string) =>
    ask(`mutation { orderCapture(input: {id: "${id}", parentTransactionId: "${parent}", amount: "${amount}"}) {
      transaction { kind amountSet { shopMoney { amount } } parentTransaction { kind } order { displayFinancialStatus totalCapturableSet { shopMoney { amount } } } } userErrors { field message } } }`)
  expect((await capture('50.00')).data.orderCapture).toMatchObject({
    transaction: {
      kind: 'CAPTURE',
      parentTransaction: { kind: 'AUTHORIZATION' },
      order: {
        displayFinancialStatus: 'PARTIALLY_PAID',
        totalCapturableSet: { shopMoney: { amount: '58.0' } },
      },
    },
    userErrors: [],
  })
  expect((await capture('58.01')).data.orderCapture.userErrors).toMatchObject([
    { field: ['input', 'amount'] },
  ])
  const mark = await ask(
    `mutation { orderMarkAsPaid(input: {id: "${id}"}) { order { displayFinancialStatus } userErrors { message } } }`,
  )
  expect(mark.data.orderMarkAsPaid).toEqual({ order: { displayFinancialStatus: 'PAID' }, userErrors: [] })
  expect((await capture('1.00')).data.orderCapture.userErrors).toHaveLength(1)
})

test('an authorization is voided once', async () => {
  const { ask, order } = openWith({ payment: 'authorized' })
  const call = (id: string | undefined) =>
    ask(`mutation { transactionVoid(parentTransactionId: "gid://shopify/OrderTransaction/${id}") {
      transaction { kind order { displayFinancialStatus } } userErrors { code } } }`)
  expect((await call(order.transactions[0]?.id)).data.transactionVoid).toMatchObject({
    transaction: { kind: 'VOID', order: { displayFinancialStatus: 'VOIDED' } },
    userErrors: [],
  })
  const [again, unknown] = [await call(order.transactions[0]?.id), await call('9')]
  expect(again.data.transactionVoid.userErrors).toEqual([{ code: 'AUTH_NOT_VOIDABLE' }])
  expect(unknown.data.transactionVoid.userErrors).toEqual([{ code: 'TRANSACTION_NOT_FOUND' }])
})

test('a refund in the buyer’s currency is exchanged at the rate of its day and owes nobody anything', async () => {
  const { ask, id, sandbox } = openWith({ presentment: { currency: 'EUR', rate: '0.85' } })
  must(setExchangeRates(sandbox, SAMPLE_SHOP, { EUR: '0.80' }))
  const { data } = await ask(REFUND, {
    input: {
      orderId: id,
      currency: 'EUR',
      transactions: [{ orderId: id, kind: 'REFUND', gateway: 'shopify_payments', amount: '91.80' }],
    },
  })
  expect(data.refundCreate).toMatchObject({
    refund: {
      totalRefundedSet: {
        shopMoney: { amount: '114.75' },
        presentmentMoney: { amount: '91.8', currencyCode: 'EUR' },
      },
    },
    order: {
      totalOutstandingSet: { shopMoney: { amount: '0.0' } },
      currentTotalPriceSet: { shopMoney: { amount: '0.0' } },
    },
    userErrors: [],
  })
})

test('duties go back with their goods, and what is kept says why', async () => {
  const { ask, id, order } = openWith({
    duties: [{ line: 0, amount: '20.00', harmonizedSystemCode: '711319' }],
    giftCard: '28.00',
  })
  const { data, errors } = await ask(REFUND, {
    input: {
      orderId: id,
      discrepancyReason: 'DAMAGE',
      refundLineItems: [
        {
          lineItemId: `gid://shopify/LineItem/${order.lineItems[0]?.id}`,
          quantity: 1,
          restockType: 'NO_RESTOCK',
        },
      ],
      refundDuties: [{ dutyId: `gid://shopify/Duty/${order.duties?.[0]?.id}`, refundType: 'PROPORTIONAL' }],
      transactions: [{ orderId: id, kind: 'REFUND', gateway: 'shopify_payments', amount: '100.00' }],
    },
  })
  expect(errors).toBeUndefined()
  expect(data.refundCreate).toMatchObject({
    refund: {
      duties: [
        { amountSet: { shopMoney: { amount: '20.0' } }, originalDuty: { harmonizedSystemCode: '711319' } },
      ],
      orderAdjustments: { nodes: [{ reason: 'DAMAGE', amountSet: { shopMoney: { amount: '28.0' } } }] },
    },
    order: {
      currentTotalPriceSet: { shopMoney: { amount: '28.0' } },
      currentTotalDutiesSet: { shopMoney: { amount: '0.0' } },
    },
    userErrors: [],
  })
})

test('every sale of duties, fees and taxes can be read by what it is of', async () => {
  const { ask, id } = openWith({
    duties: [{ line: 0, amount: '20.00', countryCodeOfOrigin: 'IT' }],
    additionalFees: [{ name: 'Hallmark', price: '6.00', taxable: true }],
    taxes: [
      { title: 'GST', rate: '0.05' },
      { title: 'PST', rate: '0.07' },
    ],
    cashRounding: '0.05',
  })
  const { data, errors } = await ask(`{ order(id: "${id}") {
    totalCashRoundingAdjustment { paymentSet { shopMoney { amount } } } additionalFees { name } currentTaxLines { title priceSet { shopMoney { amount } } }
    transactions { amountSet { shopMoney { amount } } amountRoundingSet { shopMoney { amount } } }
    agreements(first: 1) { nodes { sales(first: 9) { nodes { __typename taxes { amount { shopMoney { amount } } taxLine { title } }
      ... on DutySale { duty { countryCodeOfOrigin price { shopMoney { amount } } } } ... on AdditionalFeeSale { additionalFee { name } } } } } } } }`)
  expect(errors).toBeUndefined()
  expect(data.order).toMatchObject({
    additionalFees: [{ name: 'Hallmark' }],
    currentTaxLines: [
      { title: 'GST', priceSet: { shopMoney: { amount: '5.3' } } },
      { title: 'PST', priceSet: { shopMoney: { amount: '7.42' } } },
    ],
    // 138.72 in cash: 138.70.
    totalCashRoundingAdjustment: { paymentSet: { shopMoney: { amount: '-0.02' } } },
    transactions: [
      {
        amountSet: { shopMoney: { amount: '138.72' } },
        amountRoundingSet: { shopMoney: { amount: '-0.02' } },
      },
    ],
  })
  expect(data.order.agreements.nodes[0].sales.nodes).toMatchObject([
    { __typename: 'ProductSale' },
    { __typename: 'DutySale', duty: { countryCodeOfOrigin: 'IT' } },
    {
      __typename: 'AdditionalFeeSale',
      additionalFee: { name: 'Hallmark' },
      taxes: [{ amount: { shopMoney: { amount: '0.3' } } }, { amount: { shopMoney: { amount: '0.42' } } }],
    },
  ])
})

test('a refund goes back over the payments that it names, each by its amount', async () => {
  const { ask, id, order } = openWith({ giftCard: '28.00' })
  const [card, credit] = order.transactions.map((one) => `gid://shopify/OrderTransaction/${one.id}`)
  const transactions = [
    { orderId: id, kind: 'REFUND', gateway: 'gift_card', amount: '28.00', parentId: card },
    { orderId: id, kind: 'REFUND', gateway: 'shopify_payments', amount: '80.00', parentId: credit },
  ]
  const lost = [{ ...transactions[0], parentId: 'gid://shopify/OrderTransaction/9' }]
  const refused = await ask(REFUND, { input: { orderId: id, transactions: lost } })
  expect(refused.data.refundCreate.userErrors).toMatchObject([{ field: ['input', 'transactions'] }])
  const lineItemId = `gid://shopify/LineItem/${order.lineItems[0]?.id}`
  const { data } = await ask(REFUND, {
    input: { orderId: id, refundLineItems: [{ lineItemId, quantity: 1 }], transactions },
  })
  expect(data.refundCreate.refund.transactions.nodes).toEqual([
    { gateway: 'gift_card', parentTransaction: { kind: 'SALE' } },
    { gateway: 'shopify_payments', parentTransaction: { kind: 'SALE' } },
  ])
  expect(order.transactions.slice(2).map(({ amount }) => amount.shop)).toEqual(['28.00', '80.00'])
  expect([order.currentTotal.shop, order.financialStatus]).toEqual(['0.00', 'REFUNDED'])
})

test('an order in two currencies is captured in the buyer’s', async () => {
  const { ask, id, order } = openWith({
    presentment: { currency: 'EUR', rate: '0.85' },
    payment: 'authorized',
  })
  const parent = `gid://shopify/OrderTransaction/${order.transactions[0]?.id}`
  const capture = (amount: string, currency: string) =>
    ask(`mutation { orderCapture(input: {id: "${id}", parentTransactionId: "${parent}", amount: "${amount}", currency: ${currency}}) {
      transaction { amountSet { shopMoney { amount } presentmentMoney { amount } } } userErrors { field } } }`)
  expect((await capture('41.80', 'EUR')).data.orderCapture.transaction.amountSet).toEqual({
    shopMoney: { amount: '49.18' },
    presentmentMoney: { amount: '41.8' },
  })
  expect((await capture('50.00', 'EUR')).data.orderCapture.transaction.amountSet.shopMoney.amount).toBe(
    '58.82',
  )
  expect(order.financialStatus).toBe('PAID')
  expect((await capture('1.00', 'CAD')).data.orderCapture.userErrors).toEqual([
    { field: ['input', 'currency'] },
  ])
})
