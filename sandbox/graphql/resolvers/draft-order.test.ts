import { expect, test } from 'vitest'
import { type Admin, openAdmin } from '../ask-admin.ts'
import { SAMPLE_SHOP } from '../sample-shop.ts'

const CREATE = `mutation($input: DraftOrderInput!) { draftOrderCreate(input: $input) {
  draftOrder { id status invoiceUrl reserveInventoryUntil email lineItems(first: 5) { nodes { quantity title variant { id } } } }
  userErrors { field message } } }`
const COMPLETE = `mutation($id: ID!) { draftOrderComplete(id: $id) { draftOrder { status order { name currentTotalPriceSet { shopMoney { amount } } } } userErrors { message } } }`
const RING = 'gid://shopify/ProductVariant/111'
const MINUTE = 60_000

function held(admin: Admin, quantity: number, minutes = 15): Record<string, unknown> {
  const until = new Date(admin.sandbox.clock.now().getTime() + minutes * MINUTE).toISOString()
  return {
    email: 'ada@shopper.example',
    purchasingEntity: { customerId: 'gid://shopify/Customer/31' },
    reserveInventoryUntil: until,
    lineItems: [{ variantId: RING, quantity }],
  }
}

function stockOf({ sandbox }: Admin) {
  const { available, reserved, committed, onHand } = sandbox.shop(SAMPLE_SHOP).inventoryLevels['51'] ?? {}
  return { available, reserved, committed, onHand }
}

async function create(admin: Admin, input: Record<string, unknown>) {
  const { data, errors } = await admin.ask(CREATE, { input })
  expect(errors).toBeUndefined()
  return data.draftOrderCreate
}

test('a draft holds its units, and gives them back when its time is over', async () => {
  const admin = openAdmin()
  const topics: string[] = []
  admin.sandbox.subscribe(({ topic }) => topics.push(topic))
  const { draftOrder } = await create(admin, held(admin, 2))
  expect(draftOrder).toMatchObject({
    status: 'OPEN',
    email: 'ada@shopper.example',
    lineItems: { nodes: [{ quantity: 2, title: 'Halo ring', variant: { id: RING } }] },
  })
  expect(draftOrder.invoiceUrl).toMatch(
    /^http:\/\/localhost:4000\/storefront\/lumen-atelier\/invoices\/[0-9a-f]{32}$/,
  )
  expect(stockOf(admin)).toEqual({ available: 3, reserved: 2, committed: 1, onHand: 6 })
  admin.sandbox.clock.setOffset(15 * MINUTE)
  await admin.ask('{ shop { name } }')
  expect(stockOf(admin)).toEqual({ available: 5, reserved: 0, committed: 1, onHand: 6 })
  expect(topics).toEqual(['inventory_levels/update', 'inventory_levels/update'])
})

test('what cannot be held is not held at all', async () => {
  const admin = openAdmin()
  expect((await create(admin, held(admin, 6))).userErrors[0].field).toEqual([
    'input',
    'reserveInventoryUntil',
  ])
  expect((await create(admin, held(admin, 1, -1))).userErrors[0].message).toMatch(/passed/)
  expect((await create(admin, { lineItems: [] })).userErrors[0].message).toBe('Add at least 1 product')
  expect((await create(admin, held(admin, 0))).userErrors[0].field).toContain('quantity')
  expect(stockOf(admin)).toMatchObject({ available: 5, reserved: 0 })
})

test('without a time nothing is held', async () => {
  const admin = openAdmin()
  const { reserveInventoryUntil: _until, ...input } = held(admin, 2)
  await create(admin, input)
  expect(stockOf(admin)).toMatchObject({ available: 5, reserved: 0 })
})

test('completing sells what was held, once; the price given on the draft counts', async () => {
  const admin = openAdmin()
  const lineItems = [
    { variantId: RING, quantity: 2, appliedDiscount: { title: 'Drop', value: 10, valueType: 'PERCENTAGE' } },
  ]
  const { draftOrder } = await create(admin, { ...held(admin, 2), lineItems })
  const { data } = await admin.ask(COMPLETE, { id: draftOrder.id })
  expect(data.draftOrderComplete).toEqual({
    draftOrder: {
      status: 'COMPLETED',
      order: { name: '#1002', currentTotalPriceSet: { shopMoney: { amount: '194.4' } } },
    },
    userErrors: [],
  })
  expect(stockOf(admin)).toEqual({ available: 3, reserved: 0, committed: 3, onHand: 6 })
  expect((await admin.ask(COMPLETE, { id: draftOrder.id })).data.draftOrderComplete.userErrors).toHaveLength(
    1,
  )
  admin.sandbox.clock.setOffset(15 * MINUTE)
  await admin.ask('{ shop { name } }')
  expect(stockOf(admin)).toMatchObject({ available: 3, reserved: 0 })
})

test('a deleted draft gives back at once; one that was completed stays', async () => {
  const admin = openAdmin()
  const remove =
    'mutation($input: DraftOrderDeleteInput!) { draftOrderDelete(input: $input) { deletedId userErrors { message } } }'
  const { draftOrder } = await create(admin, held(admin, 2))
  const { data } = await admin.ask(remove, { input: { id: draftOrder.id } })
  expect(data.draftOrderDelete).toEqual({ deletedId: draftOrder.id, userErrors: [] })
  expect(stockOf(admin)).toMatchObject({ available: 5, reserved: 0 })
  const { draftOrder: sold } = await create(admin, held(admin, 1))
  await admin.ask(COMPLETE, { id: sold.id })
  expect((await admin.ask(remove, { input: { id: sold.id } })).data.draftOrderDelete.deletedId).toBeNull()
})

test('drafts need their scope, and refuse by name what they would ignore', async () => {
  const poor = openAdmin(['read_products'])
  expect((await poor.ask(CREATE, { input: held(poor, 1) })).errors[0]?.message).toMatch(/write_draft_orders/)
  const admin = openAdmin()
  const { errors } = await admin.ask(CREATE, { input: { ...held(admin, 1), taxExempt: true } })
  expect(errors[0]?.message).toMatch(/DraftOrderInput.taxExempt/)
})

test('drafts are listed, newest first, with what was noted on them', async () => {
  const admin = openAdmin()
  for (const value of ['a', 'b', 'c'])
    await create(admin, { ...held(admin, 1), customAttributes: [{ key: 'hold', value }] })
  const list = (after: string | null) =>
    admin.ask(
      `query($after: String) { draftOrders(first: 2, after: $after, sortKey: ID, reverse: true) {
        nodes { customAttributes { value } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    )
  const first = (await list(null)).data.draftOrders
  expect(first.nodes).toEqual(['c', 'b'].map((value) => ({ customAttributes: [{ value }] })))
  const second = (await list(first.pageInfo.endCursor)).data.draftOrders
  expect(second).toMatchObject({
    nodes: [{ customAttributes: [{ value: 'a' }] }],
    pageInfo: { hasNextPage: false },
  })
  const { errors } = await admin.ask('{ draftOrders(first: 1, query: "tag:x") { nodes { id } } }')
  expect(errors[0]?.message).toMatch(/draftOrders\(query:\)/)
})
