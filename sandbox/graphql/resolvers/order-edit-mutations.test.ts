import { expect, test } from 'vitest'
import { formatMoney } from '#sandbox/commerce/money.ts'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import { must, sumOfSales } from '#sandbox/commerce/sample-store.test-support.ts'
import type { Order } from '#sandbox/state/nouns.ts'
import { type Admin, openAdmin } from '../ask-admin.ts'
import { SAMPLE_SHOP } from '../sample-shop.ts'

const SCOPES = ['read_all_orders', 'write_orders', 'write_order_edits', 'read_products']
const CALCULATED = `calculatedOrder { id totalPriceSet { shopMoney { amount } } totalOutstandingSet { shopMoney { amount } }
  subtotalPriceSet { shopMoney { amount } } taxLines { title priceSet { shopMoney { amount } } }
  lineItems(first: 10) { nodes { id title quantity editableQuantityBeforeChanges restocking hasStagedLineItemDiscount discountedUnitPriceSet { shopMoney { amount } } } }
  addedLineItems(first: 5) { nodes { id } } shippingLines { id title stagedStatus }
  stagedChanges(first: 10) { nodes { __typename ... on OrderStagedChangeAddLineItemDiscount { description value { ... on PricingPercentageValue { percentage } ... on MoneyV2 { amount } } } } } }
  userErrors { field message }`

/** An order of two rings at 100.00, taxed 5 % and 3 %. */
function openWithOrder() {
  const admin = openAdmin(SCOPES)
  const { order } = must(
    placeOrder(admin.sandbox, SAMPLE_SHOP, {
      lines: [{ variantId: '111', quantity: 2 }],
      shipping: { title: 'Post', price: '10.00' },
      taxes: [
        { title: 'State tax', rate: '0.05' },
        { title: 'County tax', rate: '0.03' },
      ],
    }),
  )
  return { ...admin, order, line: `gid://shopify/LineItem/${order.lineItems[0]?.id}` }
}

async function edit({ ask }: Pick<Admin, 'ask'>, call: string, payload = CALCULATED) {
  const { data, errors } = await ask(`mutation { ${call} { ${payload} } }`)
  expect(errors).toBeUndefined()
  return Object.values(data)[0] as {
    // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of any shape
    [field: string]: any
  }
}

function expectTied(order: Order) {
  const { shop, presentment } = sumOfSales(order)
  expect([formatMoney(shop, order.currency), formatMoney(presentment, order.presentmentCurrency)]).toEqual([
    order.currentTotal.shop,
    order.currentTotal.presentment,
  ])
}

test('an edit is calculated on a copy and becomes one agreement when it is committed', async () => {
  const admin = openWithOrder()
  const { order, line, sandbox } = admin
  const topics: string[] = []
  sandbox.subscribe(({ topic }) => topics.push(topic))
  const before = JSON.stringify(order)
  const begun = await edit(admin, `orderEditBegin(id: "gid://shopify/Order/${order.id}")`)
  const id = begun.calculatedOrder.id as string
  expect(begun.calculatedOrder.totalPriceSet.shopMoney.amount).toBe('226.8')
  await edit(admin, `orderEditSetQuantity(id: "${id}", lineItemId: "${line}", quantity: 1, restock: true)`)
  const added = await edit(
    admin,
    `orderEditAddVariant(id: "${id}", variantId: "gid://shopify/ProductVariant/121", quantity: 2)`,
  )
  const cuff = added.calculatedOrder.addedLineItems.nodes[0].id as string
  await edit(
    admin,
    `orderEditAddLineItemDiscount(id: "${id}", lineItemId: "${cuff}", discount: {percentValue: 25, description: "Second look"})`,
  )
  await edit(
    admin,
    `orderEditAddCustomItem(id: "${id}", title: "Engraving", price: {amount: "12.50", currencyCode: USD}, quantity: 1, taxable: true)`,
  )
  const shipped = await edit(
    admin,
    `orderEditAddShippingLine(id: "${id}", shippingLine: {title: "Courier", price: {amount: "5", currencyCode: USD}})`,
  )
  expect(JSON.stringify(order)).toBe(before)
  // 100 + 2 × 75 + 12.50 + 10 + 5 = 277.50, and 8 % of it; each of the two taxes is rounded on its own.
  expect(shipped.calculatedOrder).toMatchObject({
    totalPriceSet: { shopMoney: { amount: '299.71' } },
    totalOutstandingSet: { shopMoney: { amount: '72.91' } },
    subtotalPriceSet: { shopMoney: { amount: '262.5' } },
    shippingLines: [{ stagedStatus: 'NONE' }, { title: 'Courier', stagedStatus: 'ADDED' }],
  })
  expect(shipped.calculatedOrder.taxLines.map((tax: { title: string }) => tax.title)).toEqual([
    'State tax',
    'County tax',
  ])
  expect(shipped.calculatedOrder.stagedChanges.nodes).toHaveLength(5)
  const committed = await edit(
    admin,
    `orderEditCommit(id: "${id}", staffNote: "By phone")`,
    `order { currentTotalPriceSet { shopMoney { amount } } displayFinancialStatus edited
      agreements(first: 5) { nodes { __typename sales(first: 10) { nodes { actionType lineType quantity totalAmount { shopMoney { amount } } taxes { amount { shopMoney { amount } } taxLine { title } } } } } } }
    userErrors { field message }`,
  )
  expect(committed).toMatchObject({
    order: {
      currentTotalPriceSet: { shopMoney: { amount: '299.71' } },
      displayFinancialStatus: 'PARTIALLY_PAID',
      edited: true,
    },
    userErrors: [],
  })
  const agreement = committed.order.agreements.nodes.at(-1)
  expect(agreement.__typename).toBe('OrderEditAgreement')
  expect(agreement.sales.nodes).toMatchObject([
    {
      actionType: 'RETURN',
      quantity: -1,
      totalAmount: { shopMoney: { amount: '-108.0' } },
      taxes: [
        { amount: { shopMoney: { amount: '-5.0' } }, taxLine: { title: 'State tax' } },
        { amount: { shopMoney: { amount: '-3.0' } }, taxLine: { title: 'County tax' } },
      ],
    },
    { actionType: 'ORDER', quantity: 2, totalAmount: { shopMoney: { amount: '162.0' } } },
    { actionType: 'ORDER', quantity: 1, totalAmount: { shopMoney: { amount: '13.51' } } },
    { lineType: 'SHIPPING', totalAmount: { shopMoney: { amount: '5.4' } } },
  ])
  expectTied(order)
  expect(topics.filter((topic) => topic.startsWith('orders/'))).toEqual(['orders/edited', 'orders/updated'])
  const again = await edit(admin, `orderEditCommit(id: "${id}")`, 'order { id } userErrors { field message }')
  expect(again).toMatchObject({ order: null, userErrors: [{ field: ['id'] }] })
})

test('a discount of an edit is changed and taken off again, and shipping that was there can be removed', async () => {
  const admin = openWithOrder()
  const { order, line } = admin
  const begun = await edit(admin, `orderEditBegin(id: "gid://shopify/Order/${order.id}")`)
  const id = begun.calculatedOrder.id as string
  const discounted = await edit(
    admin,
    `orderEditAddLineItemDiscount(id: "${id}", lineItemId: "${line}", discount: {fixedValue: {amount: "10.00", currencyCode: USD}})`,
    `addedDiscountStagedChange { id } ${CALCULATED}`,
  )
  expect(discounted.calculatedOrder.lineItems.nodes[0].discountedUnitPriceSet.shopMoney.amount).toBe('90.0')
  const discount = discounted.addedDiscountStagedChange.id
  const updated = await edit(
    admin,
    `orderEditUpdateDiscount(id: "${id}", discountApplicationId: "${discount}", discount: {percentValue: 50})`,
  )
  expect(updated.calculatedOrder.subtotalPriceSet.shopMoney.amount).toBe('100.0')
  const removed = await edit(
    admin,
    `orderEditRemoveDiscount(id: "${id}", discountApplicationId: "${discount}")`,
  )
  expect(removed.calculatedOrder.totalPriceSet.shopMoney.amount).toBe('226.8')
  const post = removed.calculatedOrder.shippingLines[0].id
  const unshipped = await edit(admin, `orderEditRemoveShippingLine(id: "${id}", shippingLineId: "${post}")`)
  expect(unshipped.calculatedOrder).toMatchObject({
    totalPriceSet: { shopMoney: { amount: '216.0' } },
    shippingLines: [{ stagedStatus: 'REMOVED' }],
  })
  await edit(admin, `orderEditCommit(id: "${id}")`, 'userErrors { message }')
  expect(order.currentTotal.shop).toBe('216.00')
  expectTied(order)
})

test('what an edit may not do is a user error and stages nothing', async () => {
  const admin = openWithOrder()
  const { order, line, sandbox } = admin
  const begun = await edit(admin, `orderEditBegin(id: "gid://shopify/Order/${order.id}")`)
  const id = begun.calculatedOrder.id as string
  const table: Array<[string, string]> = [
    ['orderEditSetQuantity(id: "gid://shopify/CalculatedOrder/9", lineItemId: "X", quantity: 1)', 'id'],
    [`orderEditSetQuantity(id: "${id}", lineItemId: "X", quantity: -1)`, 'quantity'],
    [`orderEditSetQuantity(id: "${id}", lineItemId: "gid://shopify/LineItem/9", quantity: 1)`, 'lineItemId'],
    [`orderEditSetQuantity(id: "${id}", lineItemId: "X", quantity: 100)`, 'quantity'],
    [
      `orderEditAddVariant(id: "${id}", variantId: "gid://shopify/ProductVariant/9", quantity: 1)`,
      'variantId',
    ],
    [
      `orderEditAddVariant(id: "${id}", variantId: "gid://shopify/ProductVariant/111", quantity: 1)`,
      'variantId',
    ],
    [
      `orderEditAddVariant(id: "${id}", variantId: "gid://shopify/ProductVariant/121", quantity: 0)`,
      'quantity',
    ],
    [
      `orderEditAddCustomItem(id: "${id}", title: "Box", price: {amount: "1", currencyCode: EUR}, quantity: 1)`,
      'price',
    ],
    [`orderEditAddLineItemDiscount(id: "${id}", lineItemId: "X", discount: {percentValue: 101})`, 'discount'],
    [`orderEditAddLineItemDiscount(id: "${id}", lineItemId: "X", discount: {})`, 'discount'],
    [
      `orderEditRemoveDiscount(id: "${id}", discountApplicationId: "gid://shopify/CalculatedManualDiscountApplication/9")`,
      'discountApplicationId',
    ],
    [
      `orderEditRemoveShippingLine(id: "${id}", shippingLineId: "gid://shopify/CalculatedShippingLine/9")`,
      'shippingLineId',
    ],
    [`orderEditCommit(id: "${id}")`, 'id'],
  ]
  for (const [call, field] of table) {
    const asked = call.replace('lineItemId: "X"', `lineItemId: "${line}"`)
    expect((await edit(admin, asked, 'userErrors { field message }')).userErrors, asked).toMatchObject([
      { field: [field] },
    ])
  }
  expect(sandbox.shop(SAMPLE_SHOP).orderEdits?.[begun.calculatedOrder.id.split('/').at(-1)]?.changes).toEqual(
    [],
  )
  const close = `mutation { orderClose(input: {id: "gid://shopify/Order/${order.id}"}) { order { closed } userErrors { message } } }`
  expect((await admin.ask(close)).data.orderClose).toMatchObject({ order: { closed: true }, userErrors: [] })
  const archived = await edit(admin, `orderEditBegin(id: "gid://shopify/Order/${order.id}")`)
  expect(archived).toMatchObject({ calculatedOrder: null, userErrors: [{ field: ['id'] }] })
})

test('an edit of an order that changed meanwhile is refused, and an order in two currencies is edited in the buyer’s', async () => {
  const admin = openAdmin(SCOPES)
  const { order } = must(
    placeOrder(admin.sandbox, SAMPLE_SHOP, {
      lines: [{ variantId: '111', quantity: 1 }],
      presentment: { currency: 'EUR', rate: '0.85' },
    }),
  )
  const line = `gid://shopify/LineItem/${order.lineItems[0]?.id}`
  const ids: string[] = []
  for (const _ of [1, 2]) {
    const begun = await edit(admin, `orderEditBegin(id: "gid://shopify/Order/${order.id}")`)
    ids.push(begun.calculatedOrder.id)
  }
  await edit(
    admin,
    `orderEditAddLineItemDiscount(id: "${ids[0]}", lineItemId: "${line}", discount: {fixedValue: {amount: "8.50", currencyCode: EUR}})`,
  )
  await edit(admin, `orderEditCommit(id: "${ids[0]}")`, 'userErrors { message }')
  expect(order.currentTotal).toEqual({ shop: '97.20', presentment: '82.62' })
  expectTied(order)
  const late = await edit(admin, `orderEditSetQuantity(id: "${ids[1]}", lineItemId: "${line}", quantity: 0)`)
  expect(late.userErrors).toMatchObject([{ field: ['id'], message: expect.stringContaining('has changed') }])
})

test('editing needs the right to write order edits', async () => {
  const answer = await openAdmin(['write_orders', 'read_all_orders']).ask(
    'mutation { orderEditBegin(id: "gid://shopify/Order/1001") { userErrors { message } } }',
  )
  expect(answer.errors[0]?.extensions?.code).toBe('ACCESS_DENIED')
})
