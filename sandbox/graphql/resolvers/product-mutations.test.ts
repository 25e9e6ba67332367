import { expect, test } from 'vitest'
import { openAdmin } from '../ask-admin.ts'

test('tags are added once, trimmed and whatever their case, and taken away', async () => {
  const { sandbox, ask } = openAdmin()
  const topics: string[] = []
  sandbox.subscribe(({ topic }) => topics.push(topic))
  const add =
    'mutation($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { node { id ... on Product { tags } } userErrors { message } } }'
  const id = 'gid://shopify/Product/11'
  await ask(add, { id, tags: ['drop', ' limited '] })
  const { data } = await ask(add, { id, tags: ['drop'] })
  expect(data.tagsAdd).toEqual({ node: { id, tags: ['drop', 'limited'] }, userErrors: [] })
  const remove = add.replaceAll('tagsAdd', 'tagsRemove')
  expect((await ask(remove, { id, tags: ['DROP'] })).data.tagsRemove.node.tags).toEqual(['limited'])
  expect(topics).toEqual(['products/update', 'products/update', 'products/update'])
})

test('a product update changes what is named and refuses what it would ignore', async () => {
  const { ask } = openAdmin()
  const update =
    'mutation($product: ProductUpdateInput!) { productUpdate(product: $product) { product { title vendor } userErrors { field message } } }'
  const id = 'gid://shopify/Product/12'
  expect((await ask(update, { product: { id, title: 'Willow' } })).data.productUpdate).toEqual({
    product: { title: 'Willow', vendor: 'Lumen' },
    userErrors: [],
  })
  expect((await ask(update, { product: { id, seo: { title: 'x' } } })).errors[0]?.message).toMatch(
    /ProductUpdateInput.seo/,
  )
  expect(
    (await ask(update, { product: { id: 'gid://shopify/Product/9' } })).data.productUpdate.userErrors[0]
      .field,
  ).toEqual(['id'])
})
