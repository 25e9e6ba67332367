import { expect, test } from 'vitest'
import { openAdmin } from '../ask-admin.ts'

const RING = 'gid://shopify/Product/11'
const STORE = 'gid://shopify/Publication/9000011'
const POS = 'gid://shopify/Publication/9000012'
const READ = `query($id: ID!) { product(id: $id) {
  publishedAt online: publishedOnPublication(publicationId: "${STORE}") pos: publishedOnPublication(publicationId: "${POS}")
  resourcePublicationsV2(first: 5, onlyPublished: false) { nodes { isPublished publishDate publication { id name } } }
} }`
const CHANGE = (
  name: string,
) => `mutation($id: ID!, $input: [PublicationInput!]!) { ${name}(id: $id, input: $input) {
  publishable { availablePublicationsCount { count } } userErrors { field message } } }`

test('a shop has an online store and a point of sale, named by their catalogs', async () => {
  const { data } = await openAdmin().ask(
    '{ publications(first: 5, catalogType: APP) { nodes { id name supportsFuturePublishing catalog { title } } } }',
  )
  expect(data.publications.nodes).toEqual([
    { id: STORE, name: 'Online Store', supportsFuturePublishing: true, catalog: { title: 'Online Store' } },
    { id: POS, name: 'Point of Sale', supportsFuturePublishing: false, catalog: { title: 'Point of Sale' } },
  ])
})

test('unpublishing takes a product off one publication, publishing puts it back, and products/update tells of both', async () => {
  const { sandbox, ask } = openAdmin()
  const topics: string[] = []
  sandbox.subscribe(({ topic }) => topics.push(topic))
  const off = await ask(CHANGE('publishableUnpublish'), { id: RING, input: [{ publicationId: STORE }] })
  expect(off.data.publishableUnpublish).toEqual({
    publishable: { availablePublicationsCount: { count: 1 } },
    userErrors: [],
  })
  expect((await ask(READ, { id: RING })).data.product).toMatchObject({
    publishedAt: null,
    online: false,
    pos: true,
    resourcePublicationsV2: { nodes: [{ isPublished: true, publication: { id: POS } }] },
  })
  await ask(CHANGE('publishablePublish'), { id: RING, input: [{ publicationId: STORE }] })
  expect((await ask(READ, { id: RING })).data.product).toMatchObject({ online: true, pos: true })
  expect(topics).toEqual(['products/update', 'products/update'])
})

test('a publish date in the future is kept by the online store only, and comes by the clock', async () => {
  const { sandbox, ask } = openAdmin()
  await ask(CHANGE('publishableUnpublish'), { id: RING, input: [{ publicationId: STORE }] })
  const publishDate = new Date(sandbox.clock.now().getTime() + 3_600_000).toISOString()
  const publish = (publicationId: string) =>
    ask(CHANGE('publishablePublish'), { id: RING, input: [{ publicationId, publishDate }] })
  expect((await publish(POS)).data.publishablePublish.userErrors[0].field).toEqual([
    'input',
    '0',
    'publishDate',
  ])
  expect((await publish(STORE)).data.publishablePublish.userErrors).toEqual([])
  const planned = (await ask(READ, { id: RING })).data.product
  expect(planned).toMatchObject({ online: false, publishedAt: null })
  expect(planned.resourcePublicationsV2.nodes[0]).toMatchObject({ isPublished: false, publishDate })
  sandbox.clock.setOffset(2 * 3_600_000)
  expect((await ask(READ, { id: RING })).data.product).toMatchObject({
    online: true,
    publishedAt: publishDate,
  })
})

test('a publication that is not there changes nothing', async () => {
  const { ask } = openAdmin()
  const input = [{ publicationId: POS }, { publicationId: 'gid://shopify/Publication/5' }]
  const { data } = await ask(CHANGE('publishableUnpublish'), { id: RING, input })
  expect(data.publishableUnpublish.userErrors[0].field).toEqual(['input', '1', 'publicationId'])
  expect((await ask(READ, { id: RING })).data.product.pos).toBe(true)
})

test('publications are read and written with their own scopes', async () => {
  const reader = openAdmin(['read_products'])
  expect((await reader.ask('{ publications(first: 1) { nodes { id } } }')).errors[0]?.extensions?.code).toBe(
    'ACCESS_DENIED',
  )
  const { errors } = await openAdmin(['write_products', 'read_publications']).ask(
    CHANGE('publishablePublish'),
    { id: RING, input: [{ publicationId: STORE }] },
  )
  expect(errors[0]?.message).toMatch(/write_publications/)
})
