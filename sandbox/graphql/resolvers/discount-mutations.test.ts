import { expect, test } from 'vitest'
import { openAdmin } from '../ask-admin.ts'

const CREATE = `mutation($input: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $input) {
    codeDiscountNode { id codeDiscount { ... on DiscountCodeBasic {
      title status startsAt endsAt codes(first: 1) { nodes { code } } shareableUrls { url }
      customerGets { value { ... on DiscountPercentage { percentage } } items { ... on AllDiscountItems { allItems } } }
    } } }
    userErrors { field code message }
  }
}`
const INPUT = {
  title: 'Nova for friends',
  code: 'NOVA15',
  startsAt: '2026-01-01T00:00:00Z',
  context: { all: 'ALL' },
  customerGets: { value: { percentage: 0.15 }, items: { all: true } },
  combinesWith: { productDiscounts: true },
}

test('a code discount is created and found by its code, whatever the case', async () => {
  const { ask } = openAdmin()
  const { data, errors } = await ask(CREATE, { input: INPUT })
  expect(errors).toBeUndefined()
  expect(data.discountCodeBasicCreate).toMatchObject({
    userErrors: [],
    codeDiscountNode: {
      codeDiscount: {
        status: 'ACTIVE',
        codes: { nodes: [{ code: 'NOVA15' }] },
        shareableUrls: [{ url: 'https://lumen-atelier.myshopify.com/discount/NOVA15' }],
        customerGets: { value: { percentage: 0.15 }, items: { allItems: true } },
      },
    },
  })
  const found = await ask('{ codeDiscountNodeByCode(code: "nova15") { id } }')
  expect(found.data.codeDiscountNodeByCode.id).toBe(data.discountCodeBasicCreate.codeDiscountNode.id)
})

test.each([
  [{ code: 'nova10' }, 'TAKEN', ['code']],
  [{ code: ' ' }, 'BLANK', ['code']],
  [{ title: '' }, 'BLANK', ['title']],
  [{ startsAt: null }, 'BLANK', ['startsAt']],
  [{ endsAt: '2025-01-01T00:00:00Z' }, 'END_DATE_BEFORE_START_DATE', ['endsAt']],
  [{ usageLimit: 0 }, 'GREATER_THAN', ['usageLimit']],
  [
    { customerGets: { value: { percentage: 15 }, items: { all: true } } },
    'VALUE_OUTSIDE_RANGE',
    ['customerGets', 'value', 'percentage'],
  ],
  [
    { customerGets: { value: { percentage: 0.1 }, items: {} } },
    'APPLIES_ON_NOTHING',
    ['customerGets', 'items'],
  ],
])('%o is a user error', async (change, code, path) => {
  const { data } = await openAdmin().ask(CREATE, { input: { ...INPUT, ...change } })
  expect(data.discountCodeBasicCreate).toMatchObject({
    codeDiscountNode: null,
    userErrors: [{ code, field: ['basicCodeDiscount', ...path] }],
  })
})

test.each([
  [
    { minimumRequirement: { quantity: { greaterThanOrEqualToQuantity: '2' } } },
    /DiscountCodeBasicInput.minimumRequirement/,
  ],
  [{ customerGets: { value: { discountAmount: { amount: '5' } }, items: { all: true } } }, /discountAmount/],
  [{ context: { customers: { add: ['gid://shopify/Customer/31'] } } }, /context other than all/],
])('%o is refused by name, not ignored', async (change, message) => {
  const answer = await openAdmin().ask(CREATE, { input: { ...INPUT, ...change } })
  expect(answer.errors[0]?.message).toMatch(message)
})

test('a code is switched off, on again, and deleted', async () => {
  const { ask } = openAdmin()
  const id = 'gid://shopify/DiscountCodeNode/61'
  const change = async (name: string) => {
    const query = `mutation($id: ID!) { ${name}(id: $id) { codeDiscountNode { codeDiscount { ... on DiscountCodeBasic { status } } } userErrors { code } } }`
    return (await ask(query, { id })).data[name].codeDiscountNode?.codeDiscount.status
  }
  expect(await change('discountCodeDeactivate')).toBe('EXPIRED')
  expect(await change('discountCodeActivate')).toBe('ACTIVE')
  const remove =
    'mutation($id: ID!) { discountCodeDelete(id: $id) { deletedCodeDiscountId userErrors { message } } }'
  expect((await ask(remove, { id })).data.discountCodeDelete).toEqual({
    deletedCodeDiscountId: id,
    userErrors: [],
  })
  expect(await change('discountCodeActivate')).toBeUndefined()
})

test('the movable clock starts and ends a discount', async () => {
  const { sandbox, ask } = openAdmin()
  const at = (time: string) => sandbox.clock.setOffset(Date.parse(time) - Date.now())
  at('2026-05-01T00:00:00Z')
  const input = { ...INPUT, startsAt: '2026-06-01T00:00:00Z', endsAt: '2026-07-01T00:00:00Z' }
  const { id } = (await ask(CREATE, { input })).data.discountCodeBasicCreate.codeDiscountNode
  const status = async () =>
    (
      await ask(
        'query($id: ID!) { codeDiscountNode(id: $id) { codeDiscount { ... on DiscountCodeBasic { status } } } }',
        { id },
      )
    ).data.codeDiscountNode.codeDiscount.status
  expect(await status()).toBe('SCHEDULED')
  at('2026-06-02T00:00:00Z')
  expect(await status()).toBe('ACTIVE')
  at('2026-07-02T00:00:00Z')
  expect(await status()).toBe('EXPIRED')
})

test('an update changes what it names and nothing else; a code may be kept, not taken', async () => {
  const { ask, sandbox } = openAdmin()
  const update = (input: string) =>
    `mutation { discountCodeBasicUpdate(id: "gid://shopify/DiscountCodeNode/61", basicCodeDiscount: ${input}) {
      codeDiscountNode { codeDiscount { ... on DiscountCodeBasic { title status summary codes(first: 1) { nodes { code } } } } } userErrors { field code } } }`
  const raised = await ask(update('{customerGets: {value: {percentage: 0.25}}, code: "nova25"}'))
  expect(raised.data.discountCodeBasicUpdate).toMatchObject({
    codeDiscountNode: {
      codeDiscount: { title: 'Nova', summary: '25% off 1 products', codes: { nodes: [{ code: 'nova25' }] } },
    },
    userErrors: [],
  })
  const moved = await ask(
    update(
      '{customerGets: {items: {products: {productsToAdd: ["gid://shopify/Product/12"], productsToRemove: ["gid://shopify/Product/11"]}}}}',
    ),
  )
  expect(moved.data.discountCodeBasicUpdate.userErrors).toEqual([])
  const discount = sandbox.shop('lumen-atelier.myshopify.com').discounts['61']
  expect(discount).toMatchObject({ percentage: '0.25', productIds: ['12'], usageCount: 1 })
  const refused = await ask(update('{endsAt: "2025-01-01T00:00:00Z"}'))
  expect(refused.data.discountCodeBasicUpdate.userErrors).toMatchObject([
    { field: ['basicCodeDiscount', 'endsAt'], code: 'END_DATE_BEFORE_START_DATE' },
  ])
  const emptied = await ask(
    update('{customerGets: {items: {products: {productsToRemove: ["gid://shopify/Product/12"]}}}}'),
  )
  expect(emptied.data.discountCodeBasicUpdate.userErrors[0].code).toBe('APPLIES_ON_NOTHING')
  expect(discount?.productIds).toEqual(['12'])
})
