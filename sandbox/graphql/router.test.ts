import { expect, test } from 'vitest'
import { type AskInit, openAdmin } from './ask-admin.ts'
import { setFaults } from './faults.ts'

const INVALID_TOKEN = '[API] Invalid API key or access token (unrecognized login or wrong password)'

test.each<[string, AskInit, number, unknown]>([
  ['an unknown shop', { shop: 'nobody.myshopify.com' }, 404, 'Not Found'],
  ['an unknown token', { token: 'shpat_x' }, 401, INVALID_TOKEN],
  ['no token', { token: '' }, 401, INVALID_TOKEN],
  ['a version to come', { version: '2027-01' }, 404, 'Not Found'],
  ['the unstable version', { version: 'unstable' }, 404, 'Not Found'],
  ['a body that is no JSON', { body: '{' }, 400, 'Bad Request: the body is not JSON'],
  ['a body without query', { body: '{}' }, 400, { query: 'Required parameter missing or invalid' }],
  [
    'variables that are a list',
    { body: '{"query":"{shop{id}}","variables":[]}' },
    400,
    { variables: 'Required parameter missing or invalid' },
  ],
])('%s is refused as Shopify refuses it', async (_what, init, status, errors) => {
  const answer = await openAdmin().ask('{ shop { id } }', {}, init)
  expect(answer.status).toBe(status)
  expect(answer.body.errors).toEqual(errors)
})

test('an older version falls forward and says so', async () => {
  const answer = await openAdmin().ask('{ shop { name } }', {}, { version: '2025-07' })
  expect(answer.data).toEqual({ shop: { name: 'Lumen Atelier' } })
  expect(answer.headers.get('x-shopify-api-version')).toBe('2026-10')
})

test.each([
  ['{ shop { nope } }', { code: 'undefinedField', typeName: 'Shop', fieldName: 'nope' }],
  ['{ order { id } }', { code: 'missingRequiredArguments', name: 'order', arguments: 'id' }],
  ['{ shop(x: 1) { id } }', { code: 'argumentNotAccepted', name: 'shop', argumentName: 'x' }],
  ['query($id: ID!) { order(id: $id) { id } }', { code: 'INVALID_VARIABLE' }],
])('%s breaks the published schema', async (query, extensions) => {
  const answer = await openAdmin().ask(query)
  expect(answer.status).toBe(200)
  expect(answer.data).toBeUndefined()
  expect(answer.errors[0]?.extensions).toMatchObject(extensions)
})

test('a field without resolver is refused by name, never answered with null alone', async () => {
  const answer = await openAdmin().ask('{ order(id: "gid://shopify/Order/1001") { name poNumber } }')
  expect(answer.errors[0]?.message).toBe('sandbox: field Order.poNumber is not implemented')
  expect(answer.errors[0]?.path).toEqual(['order', 'poNumber'])
})

test.each([
  [
    '{ codeDiscountNodes(first: 1, savedSearchId: "gid://shopify/SavedSearch/1") { nodes { id } } }',
    /savedSearchId/,
  ],
  ['{ orders(first: 1, query: "po_number:7") { nodes { id } } }', /search filter po_number/],
  ['{ orders(first: 1, sortKey: DESTINATION) { nodes { id } } }', /sort key DESTINATION/],
  ['{ node(id: "gid://shopify/Theme/1") { id } }', /node of type Theme/],
  [
    'mutation { productDelete(input: {id: "gid://shopify/Product/11"}) { deletedProductId } }',
    /Mutation.productDelete/,
  ],
])('what would be ignored is refused by name: %s', async (query, message) => {
  const answer = await openAdmin([
    ...new Set(['write_products', 'read_orders', 'read_discounts', 'read_themes']),
  ]).ask(query)
  expect(answer.errors[0]?.message).toMatch(message)
})

test('bad gateways come at the asked rate, the same with the same seed', async () => {
  const statuses = async () => {
    const admin = openAdmin()
    setFaults(admin.sandbox, { graphqlErrorRate: 0.5, seed: 7 })
    const seen: number[] = []
    for (let n = 0; n < 20; n += 1) seen.push((await admin.ask('{ shop { id } }')).status)
    return seen
  }
  const first = await statuses()
  expect(new Set(first)).toEqual(new Set([200, 502]))
  expect(await statuses()).toEqual(first)
})
