import { expect, test } from 'vitest'
import { holdsOne, scopesForField } from './access.ts'
import { openAdmin } from './ask-admin.ts'

test('a field that needs a missing scope is refused, with the scope named', async () => {
  const answer = await openAdmin(['read_products']).ask(
    '{ shop { name } order(id: "gid://shopify/Order/1001") { id } }',
  )
  expect(answer.data).toEqual({ shop: { name: 'Lumen Atelier' }, order: null })
  expect(answer.errors[0]).toMatchObject({
    path: ['order'],
    extensions: { code: 'ACCESS_DENIED', requiredAccess: expect.stringContaining('`read_orders`') },
  })
})

test('a connection asks for the scope of its nodes', async () => {
  const answer = await openAdmin(['read_products']).ask('{ customers(first: 1) { nodes { id } } }')
  expect(answer.data).toBeNull()
  expect(answer.errors[0]?.extensions?.code).toBe('ACCESS_DENIED')
})

test('a node behind an interface asks for the scope of its type', async () => {
  const answer = await openAdmin(['read_products']).ask('{ node(id: "gid://shopify/Customer/31") { id } }')
  expect(answer.data).toEqual({ node: null })
  expect(answer.errors[0]?.extensions?.code).toBe('ACCESS_DENIED')
})

test('a nested customer needs read_customers even where orders may be read', async () => {
  const answer = await openAdmin(['read_orders', 'read_all_orders']).ask(
    '{ orders(first: 1) { nodes { name customer { id } } } }',
  )
  expect(answer.data.orders.nodes).toEqual([{ name: '#1001', customer: null }])
  expect(answer.errors[0]?.path).toEqual(['orders', 'nodes', 0, 'customer'])
})

test('writing implies reading, not the other way round', () => {
  expect(holdsOne(new Set(['write_orders']), ['read_orders'])).toBe(true)
  expect(holdsOne(new Set(['read_orders']), ['write_orders'])).toBe(false)
})

test('metafields of a product need the right to write products', async () => {
  const set = `mutation { metafieldsSet(metafields: [{ownerId: "gid://shopify/Product/11", key: "act", type: "json", value: "{}"}]) { userErrors { message } } }`
  const answer = await openAdmin(['read_products']).ask(set)
  expect(answer.errors[0]?.extensions?.code).toBe('ACCESS_DENIED')
})

test('without read_all_orders only the last sixty days are there', async () => {
  const { sandbox, ask } = openAdmin(['read_orders'])
  sandbox.clock.setOffset(Date.parse('2026-03-20T00:00:00Z') - Date.now())
  expect((await ask('{ orders(first: 5) { nodes { id } } }')).data.orders.nodes).toEqual([])
  expect((await ask('{ order(id: "gid://shopify/Order/1001") { id } }')).data.order).toBeNull()
  sandbox.clock.setOffset(Date.parse('2026-03-01T00:00:00Z') - Date.now())
  expect((await ask('{ orders(first: 5) { nodes { id } } }')).data.orders.nodes).toHaveLength(1)
})

test('refundCreate needs the right to write orders although the published list is silent', () => {
  expect(scopesForField('Mutation', 'refundCreate', 'RefundCreatePayload')).toContain('write_orders')
})
