import { expect, test } from 'vitest'
import { openAdmin } from '../ask-admin.ts'

const SCOPES = ['read_all_orders', 'write_orders', 'write_returns', 'read_products']
const ORDER = 'gid://shopify/Order/1001'
const READ = `{ order(id: "${ORDER}") { cancelReason returnStatus currentTotalPriceSet { shopMoney { amount } }
  agreements(first: 5) { nodes { __typename reason sales(first: 5) { nodes { actionType totalAmount { shopMoney { amount } } } } } } } }`

test('a cancelled order is refunded, says why, and cannot be cancelled again', async () => {
  const { ask } = openAdmin(SCOPES)
  const cancel = `mutation { orderCancel(orderId: "${ORDER}", reason: STAFF, restock: true, refundMethod: {originalPaymentMethodsRefund: true}) {
    job { done } orderCancelUserErrors { code field } } }`
  expect((await ask(cancel)).data.orderCancel).toEqual({ job: { done: true }, orderCancelUserErrors: [] })
  const { order } = (await ask(READ)).data
  expect(order).toMatchObject({
    cancelReason: 'STAFF',
    currentTotalPriceSet: { shopMoney: { amount: '0.0' } },
  })
  expect(order.agreements.nodes.at(-1)).toMatchObject({ __typename: 'RefundAgreement' })
  expect((await ask(cancel)).data.orderCancel.orderCancelUserErrors[0].code).toBe('INVALID')
})

test('a return becomes a sale when it is processed, not when it is opened', async () => {
  const { ask } = openAdmin(SCOPES)
  const open = `mutation { returnCreate(returnInput: {orderId: "${ORDER}", returnLineItems: [{fulfillmentLineItemId: "gid://shopify/FulfillmentLineItem/81001", quantity: 1, returnReason: UNWANTED}]}) {
    return { id status returnLineItems(first: 5) { nodes { id quantity ... on ReturnLineItem { fulfillmentLineItem { lineItem { id } } } } } } userErrors { field message } } }`
  const opened = (await ask(open)).data.returnCreate
  expect(opened).toMatchObject({ return: { status: 'OPEN' }, userErrors: [] })
  expect((await ask(READ)).data.order).toMatchObject({
    returnStatus: 'IN_PROGRESS',
    agreements: { nodes: { length: 1 } },
  })
  const process =
    'mutation($input: ReturnProcessInput!) { returnProcess(input: $input) { return { status } userErrors { code message } } }'
  const line = opened.return.returnLineItems.nodes[0].id
  const input = { returnId: opened.return.id, returnLineItems: [{ id: line, quantity: 1 }] }
  const processed = await ask(process, { input })
  expect(processed.errors).toBeUndefined()
  expect(processed.data.returnProcess).toEqual({
    return: { status: 'CLOSED' },
    userErrors: [],
  })
  const { order } = (await ask(READ)).data
  expect(order.returnStatus).toBe('RETURNED')
  expect(order.agreements.nodes.at(-1)).toMatchObject({
    __typename: 'ReturnAgreement',
    sales: { nodes: [{ actionType: 'RETURN', totalAmount: { shopMoney: { amount: '-97.2' } } }] },
  })
  expect((await ask(process, { input })).data.returnProcess.userErrors[0].code).toBe('INVALID_STATE')
})

test('what a return cannot do here is refused by name', async () => {
  const { ask } = openAdmin(SCOPES)
  const cancel = `mutation { orderCancel(orderId: "${ORDER}", reason: STAFF, restock: false) { userErrors { message } } }`
  expect((await ask(cancel)).errors[0]?.message).toMatch(/without restocking is not implemented/)
})
