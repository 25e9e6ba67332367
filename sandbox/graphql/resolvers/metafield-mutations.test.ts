import { expect, test } from 'vitest'
import { openAdmin } from '../ask-admin.ts'

const SET = `mutation($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    metafields { id namespace key jsonValue compareDigest }
    userErrors { field code message elementIndex }
  }
}`
const RING = { ownerId: 'gid://shopify/Product/11', namespace: '$app:drop', key: 'act', type: 'json' }

test('$app is spelled out, and read back by either name', async () => {
  const { sandbox, ask } = openAdmin()
  const topics: string[] = []
  sandbox.subscribe(({ topic }) => topics.push(topic))
  const { data } = await ask(SET, { metafields: [{ ...RING, value: '{"opens":1}' }] })
  expect(data.metafieldsSet.metafields[0]).toMatchObject({
    namespace: 'app--1000001--drop',
    jsonValue: { opens: 1 },
  })
  expect(topics).toEqual(['products/update'])
  const read = await ask(`{ product(id: "gid://shopify/Product/11") {
    a: metafield(namespace: "$app:drop", key: "act") { value }
    b: metafield(namespace: "app--1000001--drop", key: "act") { value }
    c: metafield(key: "act") { value }
  } }`)
  expect(read.data.product).toEqual({ a: { value: '{"opens":1}' }, b: { value: '{"opens":1}' }, c: null })
})

test.each([
  [{ value: '{' }, 'INVALID_VALUE', 'value'],
  [{ value: '' }, 'BLANK', 'value'],
  [{ type: 'number_integer', value: '1.5' }, 'INVALID_VALUE', 'value'],
  [{ type: 'nonsense', value: '1' }, 'INCLUSION', 'type'],
  [{ key: 'a', value: '1' }, 'TOO_SHORT', 'key'],
  [{ ownerId: 'gid://shopify/Product/404', value: '1' }, 'INVALID', 'ownerId'],
])('%o is refused and nothing is saved', async (change, code, field) => {
  const { ask } = openAdmin()
  const good = { ...RING, key: 'other', value: '{}' }
  const { data } = await ask(SET, { metafields: [good, { ...RING, ...change }] })
  expect(data.metafieldsSet.metafields).toBeNull()
  expect(data.metafieldsSet.userErrors[0]).toMatchObject({
    code,
    field: ['metafields', '1', field],
    elementIndex: 1,
  })
  const read = await ask(
    '{ product(id: "gid://shopify/Product/11") { metafields(first: 5) { nodes { id } } } }',
  )
  expect(read.data.product.metafields.nodes).toEqual([])
})

test('a stale digest does not overwrite', async () => {
  const { ask } = openAdmin()
  const first = await ask(SET, { metafields: [{ ...RING, value: '{}', compareDigest: null }] })
  const { compareDigest } = first.data.metafieldsSet.metafields[0]
  const second = await ask(SET, { metafields: [{ ...RING, value: '{"n":2}', compareDigest }] })
  expect(second.data.metafieldsSet.userErrors).toEqual([])
  const stale = await ask(SET, { metafields: [{ ...RING, value: '{"n":3}', compareDigest }] })
  expect(stale.data.metafieldsSet.userErrors[0].code).toBe('STALE_OBJECT')
})

test('a deleted metafield is gone, an absent one is answered with null', async () => {
  const { ask } = openAdmin()
  await ask(SET, { metafields: [{ ...RING, value: '{}' }] })
  const remove = `mutation($m: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $m) { deletedMetafields { key } userErrors { message } } }`
  const one = { ownerId: RING.ownerId, namespace: RING.namespace, key: RING.key }
  const { data } = await ask(remove, { m: [one, one] })
  expect(data.metafieldsDelete.deletedMetafields).toEqual([{ key: 'act' }, null])
})
