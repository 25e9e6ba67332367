import { expect, test } from 'vitest'
import { openAdmin } from '../ask-admin.ts'

const UPSERT = `mutation($handle: MetaobjectHandleInput!, $metaobject: MetaobjectUpsertInput!) {
  metaobjectUpsert(handle: $handle, metaobject: $metaobject) {
    metaobject { id type handle values } userErrors { code field message }
  }
}`
const HANDLE = { type: '$app:drop', handle: 'spring' }

test('an upsert makes one metaobject and then changes it, keeping what is not named', async () => {
  const { ask } = openAdmin()
  const first = await ask(UPSERT, {
    handle: HANDLE,
    metaobject: {
      fields: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    },
  })
  const second = await ask(UPSERT, { handle: HANDLE, metaobject: { fields: [{ key: 'b', value: '3' }] } })
  expect(second.data.metaobjectUpsert.metaobject).toEqual({
    ...first.data.metaobjectUpsert.metaobject,
    values: { a: '1', b: '3' },
  })
  const list = await ask('{ metaobjects(first: 5, type: "app--1000001--drop") { nodes { handle } } }')
  expect(list.data.metaobjects.nodes).toEqual([{ handle: 'spring' }])
})

test('a field given twice is refused', async () => {
  const fields = [
    { key: 'a', value: '1' },
    { key: 'a', value: '2' },
  ]
  const { data } = await openAdmin().ask(UPSERT, { handle: HANDLE, metaobject: { fields } })
  expect(data.metaobjectUpsert).toMatchObject({
    metaobject: null,
    userErrors: [{ code: 'DUPLICATE_FIELD_INPUT' }],
  })
})

test('a deleted metaobject is gone, and deleting it again says so', async () => {
  const { ask } = openAdmin()
  const { id } = (await ask(UPSERT, { handle: HANDLE, metaobject: {} })).data.metaobjectUpsert.metaobject
  const remove = 'mutation($id: ID!) { metaobjectDelete(id: $id) { deletedId userErrors { code } } }'
  expect((await ask(remove, { id })).data.metaobjectDelete).toEqual({ deletedId: id, userErrors: [] })
  expect((await ask(remove, { id })).data.metaobjectDelete.userErrors[0].code).toBe('RECORD_NOT_FOUND')
  expect((await ask('query($id: ID!) { metaobject(id: $id) { id } }', { id })).data.metaobject).toBeNull()
})

test('metaobjects need their scopes', async () => {
  const answer = await openAdmin(['read_products']).ask(UPSERT, { handle: HANDLE, metaobject: {} })
  expect(answer.errors[0]?.extensions?.code).toBe('ACCESS_DENIED')
})
