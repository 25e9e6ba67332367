import { buildSchema, getOperationAST, parse } from 'graphql'
import { expect, test } from 'vitest'
import { openAdmin } from './ask-admin.ts'
import { assessCost } from './cost.ts'
import { setFaults } from './faults.ts'
import { adminSchema } from './schema.ts'

function cost(query: string, variables: Record<string, unknown> = {}, schema = adminSchema()) {
  const document = parse(query)
  const operation = getOperationAST(document)
  if (!operation) throw new Error('no operation')
  return assessCost(schema, document, operation, variables)
}

test.each<[string, string, Record<string, unknown>, number]>([
  ['scalars cost nothing, an object one', '{ shop { id name } }', {}, 1],
  ['a connection costs two and its page', '{ orders(first: 10) { nodes { id } } }', {}, 12],
  [
    'edges cost as nodes do',
    '{ orders(first: 10) { edges { cursor node { id } } pageInfo { hasNextPage } } }',
    {},
    12,
  ],
  [
    'pages multiply',
    '{ orders(first: 10) { nodes { lineItems(first: 5) { nodes { id } } } } }',
    {},
    2 + 10 * (1 + 2 + 5),
  ],
  ['page sizes come from variables', 'query($n: Int!) { orders(first: $n) { nodes { id } } }', { n: 3 }, 5],
  ['money is a value', '{ order(id: "x") { currentTotalPriceSet { shopMoney { amount } } } }', {}, 1],
  ['nodes cost by the number of ids', '{ nodes(ids: ["a", "b", "c"]) { id } }', {}, 3],
  [
    'the dearest alternative counts',
    '{ node(id: "a") { ... on Order { customer { id } } ... on Product { id } } }',
    {},
    2,
  ],
  [
    'fragments are followed',
    'query { shop { ...S } } fragment S on Shop { plan { publicDisplayName } }',
    {},
    2,
  ],
  ['what is skipped is free', '{ shop { id plan @skip(if: true) { publicDisplayName } } }', {}, 1],
  ['a mutation costs ten', 'mutation { appUninstall { userErrors { message } } }', {}, 10],
])('%s', (_what, query, variables, expected) => {
  const assessed = cost(query, variables)
  expect(assessed.errors).toEqual([])
  expect(assessed.requested).toBe(expected)
})

test.each([
  ['{ orders { nodes { id } } }', 'you must provide one of first or last'],
  ['{ orders(first: 1, last: 1) { nodes { id } } }', 'providing both first and last is not supported'],
  ['{ orders(first: 0) { nodes { id } } }', 'first must be greater than 0'],
  ['{ orders(last: 251) { nodes { id } } }', 'last cannot exceed 250.'],
])('%s has no page size', (query, message) => {
  expect(cost(query).errors[0]?.message).toContain(message)
})

test('a schema without the operation costs nothing instead of failing', () => {
  expect(cost('{ a }', {}, buildSchema('type Query { a: Int }')).requested).toBe(0)
})

test('a query above the limit is refused whatever is in the bucket', async () => {
  const answer = await openAdmin().ask(
    '{ orders(first: 250) { nodes { lineItems(first: 5) { nodes { id } } } } }',
  )
  expect(answer.status).toBe(200)
  expect(answer.errors[0]?.extensions).toMatchObject({ code: 'MAX_COST_EXCEEDED', cost: 2002, maxCost: 1000 })
})

test('what was not found is given back to the bucket', async () => {
  const { ask } = openAdmin()
  const { extensions } = await ask('{ orders(first: 100) { nodes { id } } }')
  expect(extensions.cost).toMatchObject({ requestedQueryCost: 102, actualQueryCost: 3 })
  expect(extensions.cost.throttleStatus.currentlyAvailable).toBe(1997)
})

test('an empty bucket throttles with HTTP 200, and either clock refills it', async () => {
  const { sandbox, ask } = openAdmin()
  setFaults(sandbox, { throttle: { maximumAvailable: 30, restoreRate: 0.001 } })
  const query = '{ products(first: 20) { nodes { id variants(first: 1) { nodes { id } } } } }'
  setFaults(sandbox, { throttle: { maximumAvailable: 90, restoreRate: 0.001 } })
  const answers = []
  for (let n = 0; n < 3; n += 1) answers.push(await ask(query))
  const throttled = answers.at(-1)
  expect(throttled?.status).toBe(200)
  expect(throttled?.errors[0]).toMatchObject({ message: 'Throttled', extensions: { code: 'THROTTLED' } })
  expect(throttled?.extensions.cost).toMatchObject({ requestedQueryCost: 82, actualQueryCost: null })
  expect(throttled?.data).toBeUndefined()
  sandbox.clock.setOffset(24 * 3600 * 1000)
  expect((await ask(query)).data.products.nodes).toHaveLength(2)
})
