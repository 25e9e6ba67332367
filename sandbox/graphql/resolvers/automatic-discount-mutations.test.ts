import { expect, test } from 'vitest'
import { writeSampleApp } from '#sandbox/functions/function-sample.test-support.ts'
import { type Admin, openAdmin } from '../ask-admin.ts'

const appToml = writeSampleApp()

function openShop(): Admin {
  const admin = openAdmin()
  admin.sandbox.options.appTomlPath = appToml
  return admin
}

const CREATE = `mutation($input: DiscountAutomaticAppInput!) { discountAutomaticAppCreate(automaticAppDiscount: $input) {
  automaticAppDiscount { discountId title status startsAt endsAt discountClasses combinesWith { productDiscounts } appDiscountType { title functionId } }
  userErrors { field code message } } }`
const UPDATE = `mutation($id: ID!, $input: DiscountAutomaticAppInput!) { discountAutomaticAppUpdate(id: $id, automaticAppDiscount: $input) {
  automaticAppDiscount { title endsAt status combinesWith { productDiscounts } } userErrors { code } } }`
const INPUT = {
  title: 'Drop price',
  functionHandle: 'price',
  startsAt: '2026-01-01T00:00:00Z',
  discountClasses: ['PRODUCT'],
  combinesWith: { productDiscounts: true },
  metafields: [{ namespace: '$app', key: 'prices', type: 'json', value: '[]' }],
}

async function create(admin: Admin): Promise<string> {
  const { data } = await admin.ask(CREATE, { input: INPUT })
  expect(data.discountAutomaticAppCreate.userErrors).toEqual([])
  return data.discountAutomaticAppCreate.automaticAppDiscount.discountId as string
}

test('an app discount is created and found among all discounts, with its metafields', async () => {
  const admin = openShop()
  const id = await create(admin)
  const { data } = await admin.ask(
    `query($id: ID!) { discountNode(id: $id) { id metafield(namespace: "$app", key: "prices") { value }
       discount { ... on DiscountAutomaticApp { title status discountClasses } } }
     automatic: discountNodes(first: 5, query: "method:automatic") { nodes { id } }
     codes: discountNodesCount(query: "method:code") { count }
     automaticDiscountNodes(first: 5) { nodes { id automaticDiscount { ... on DiscountAutomaticApp { title } } } } }`,
    { id },
  )
  const nodeId = id.replace('DiscountAutomaticNode', 'DiscountNode')
  expect(data).toEqual({
    discountNode: {
      id: nodeId,
      metafield: { value: '[]' },
      discount: { title: 'Drop price', status: 'ACTIVE', discountClasses: ['PRODUCT'] },
    },
    automatic: { nodes: [{ id: nodeId }] },
    codes: { count: 1 },
    automaticDiscountNodes: { nodes: [{ id, automaticDiscount: { title: 'Drop price' } }] },
  })
})

test('its metafields are the same under both of its ids', async () => {
  const admin = openShop()
  const id = await create(admin)
  const set = 'mutation($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { code } } }'
  const ownerId = id.replace('DiscountAutomaticNode', 'DiscountNode')
  await admin.ask(set, { m: [{ ownerId, namespace: '$app', key: 'prices', type: 'json', value: '[1]' }] })
  const { data } = await admin.ask(
    'query($id: ID!) { automaticDiscountNode(id: $id) { metafield(namespace: "$app", key: "prices") { value } } }',
    { id },
  )
  expect(data.automaticDiscountNode.metafield.value).toBe('[1]')
})

test('an update changes what it names; switched off, it has ended; deleted, it is gone', async () => {
  const admin = openShop()
  const id = await create(admin)
  const { data } = await admin.ask(UPDATE, { id, input: { endsAt: '2126-01-01T00:00:00Z' } })
  expect(data.discountAutomaticAppUpdate).toEqual({
    automaticAppDiscount: {
      title: 'Drop price',
      endsAt: '2126-01-01T00:00:00.000Z',
      status: 'ACTIVE',
      combinesWith: { productDiscounts: true },
    },
    userErrors: [],
  })
  const off = await admin.ask(
    'mutation($id: ID!) { discountAutomaticDeactivate(id: $id) { automaticDiscountNode { automaticDiscount { ... on DiscountAutomaticApp { status } } } } }',
    { id },
  )
  expect(off.data.discountAutomaticDeactivate.automaticDiscountNode.automaticDiscount.status).toBe('EXPIRED')
  const remove =
    'mutation($id: ID!) { discountAutomaticDelete(id: $id) { deletedAutomaticDiscountId userErrors { code } } }'
  expect((await admin.ask(remove, { id })).data.discountAutomaticDelete.deletedAutomaticDiscountId).toBe(id)
  expect((await admin.ask(remove, { id })).data.discountAutomaticDelete.userErrors[0].code).toBe('INVALID')
})

test.each([
  ['MISSING_FUNCTION_IDENTIFIER', { functionHandle: null }],
  ['INVALID', { functionHandle: 'gate' }],
  ['INVALID', { functionHandle: 'nobody' }],
  ['BLANK', { title: ' ' }],
  ['BLANK', { startsAt: null }],
  ['BLANK', { discountClasses: [] }],
  ['END_DATE_BEFORE_START_DATE', { endsAt: '2025-01-01T00:00:00Z' }],
])('%s for %o', async (code, change) => {
  const { data } = await openShop().ask(CREATE, { input: { ...INPUT, ...change } })
  expect(data.discountAutomaticAppCreate.automaticAppDiscount).toBeNull()
  expect(data.discountAutomaticAppCreate.userErrors[0].code).toBe(code)
})

test('what the sandbox would ignore is refused by name', async () => {
  const { errors } = await openShop().ask(CREATE, { input: { ...INPUT, tags: ['x'] } })
  expect(errors[0]?.message).toMatch(/DiscountAutomaticAppInput.tags/)
})
