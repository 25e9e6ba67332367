import { expect, test } from 'vitest'
import { openAdmin } from './ask-admin.ts'
import { compareIds, connect } from './connection.ts'
import { addSampleOrder } from './sample-shop.ts'

const LIST = `query($first: Int, $last: Int, $after: String, $before: String, $reverse: Boolean) {
  orders(first: $first, last: $last, after: $after, before: $before, reverse: $reverse, sortKey: UPDATED_AT) {
    nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`

function adminWithOrders(count: number) {
  const admin = openAdmin()
  // All of one second: ties are the rule when orders are imported.
  for (let n = 0; n < count - 1; n += 1)
    addSampleOrder(admin.sandbox, String(2000 + n), '2026-01-20T00:00:00.000Z')
  return admin
}

async function walk(ask: ReturnType<typeof openAdmin>['ask'], size: number, reverse = false) {
  const names: string[] = []
  let after: string | null = null
  for (;;) {
    const { data } = await ask(LIST, { first: size, after, reverse })
    names.push(...data.orders.nodes.map((order: { name: string }) => order.name))
    if (!data.orders.pageInfo.hasNextPage) return names
    after = data.orders.pageInfo.endCursor
  }
}

test.each([1, 2, 3, 7, 50])(
  'pages of %i show every order once, in order, in both directions',
  async (size) => {
    const { ask } = adminWithOrders(7)
    const forward = await walk(ask, size)
    expect(forward).toEqual(['#1001', '#2000', '#2001', '#2002', '#2003', '#2004', '#2005'])
    expect(await walk(ask, size, true)).toEqual([...forward].reverse())
  },
)

test('a page stays in place while orders before it come and go', async () => {
  const { sandbox, ask } = adminWithOrders(5)
  const first = await ask(LIST, { first: 2 })
  const state = sandbox.shop('lumen-atelier.myshopify.com')
  addSampleOrder(sandbox, '900', '2026-01-01T00:00:00.000Z')
  delete state.orders['2000']
  const second = await ask(LIST, { first: 2, after: first.data.orders.pageInfo.endCursor })
  expect(second.data.orders.nodes.map((order: { name: string }) => order.name)).toEqual(['#2001', '#2002'])
})

test('the last page before a cursor is the one that came before', async () => {
  const { ask } = adminWithOrders(6)
  const second = await ask(LIST, {
    first: 2,
    after: (await ask(LIST, { first: 2 })).data.orders.pageInfo.endCursor,
  })
  const back = await ask(LIST, { last: 2, before: second.data.orders.pageInfo.startCursor })
  expect(back.data.orders.nodes).toEqual([{ name: '#1001' }, { name: '#2000' }])
  expect(back.data.orders.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true })
})

test('a cursor that is none is refused', async () => {
  const answer = await openAdmin().ask(LIST, { first: 2, after: 'nonsense' })
  expect(answer.errors[0]?.message).toBe('Invalid cursor for current pagination sort.')
})

test('ids are ordered as numbers, also beyond what a float holds', () => {
  const ids = ['10', '9', '90071992547409930', '90071992547409929']
  expect([...ids].sort(compareIds)).toEqual(['9', '10', '90071992547409929', '90071992547409930'])
})

test('an empty list has an empty page', () => {
  const page = connect(
    [],
    { first: 5 },
    () => ({ value: '', id: '' }),
    (item) => item,
  )
  expect(page.pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: false,
    startCursor: null,
    endCursor: null,
  })
})
