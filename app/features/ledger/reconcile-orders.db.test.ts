import { expect, test } from 'vitest'
import type { AdminApi } from '#app/adapters/shopify/admin-api.ts'
import {
  OrdersByIdsDocument,
  OrdersUpdatedSinceDocument,
} from '#app/adapters/shopify/generated/operations.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { reconcileOrders } from './reconcile-orders.server.ts'

/** Lists orders and shows none of them: what is recorded does not matter here. */
function listing(
  context: PartnerTestContext,
  orders: Array<{ id: string; updatedAt: string }>,
  fetching: (ids: string[]) => void = () => {},
) {
  const searches: string[] = []
  const request = async (document: unknown, variables: { search: string; ids: string[] }) => {
    if (document === OrdersUpdatedSinceDocument) {
      searches.push(variables.search)
      const nodes = orders.map(({ id, updatedAt }) => ({ id: `gid://shopify/Order/${id}`, updatedAt }))
      return { ok: true, data: { orders: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } } }
    }
    if (document !== OrdersByIdsDocument) throw new Error('asked something else')
    fetching(variables.ids)
    return { ok: true, data: { nodes: variables.ids.map(() => null) } }
  }
  const shopify = { shopDomain: context.shop.domain, request } as unknown as AdminApi
  const walk = async () => {
    const shop = await context.db.inShop(context.shop.id, (tx) => tx.shop.findFirstOrThrow())
    return reconcileOrders({ ...context, shop, shopify })
  }
  return { walk, searches }
}

test("the next walk begins where Shopify's clock was, however far ahead ours is", async () => {
  await using context = await createPartnerContext('2026-05-04T23:00:00Z')
  const { walk, searches } = listing(context, [
    { id: '1', updatedAt: '2026-05-04T15:00:00Z' },
    { id: '2', updatedAt: '2026-05-04T15:30:00Z' },
  ])
  expect(await walk()).toMatchObject({ ok: true, ordersWalked: 2 })
  await walk()
  expect(searches).toEqual(['', "updated_at:>='2026-05-04T15:20:00.000Z'"])
})

test('one order that cannot be booked does not end every walk at the same place', async () => {
  await using context = await createPartnerContext()
  const bad = 'gid://shopify/Order/2'
  const fetched: string[] = []
  const { walk } = listing(
    context,
    [1, 2, 3].map((id) => ({ id: String(id), updatedAt: `2026-05-04T15:0${id}:00Z` })),
    (ids) => {
      if (ids.includes(bad)) throw new Error('cannot be read')
      fetched.push(...ids)
    },
  )
  expect(await walk()).toMatchObject({ ok: true, ordersWalked: 3 })
  expect(fetched).toEqual(['gid://shopify/Order/1', 'gid://shopify/Order/3'])
  const [shop, alerts] = await context.db.inShop(context.shop.id, async (tx) => [
    await tx.shop.findFirstOrThrow(),
    await tx.alert.findMany(),
  ])
  expect(shop.reconciledThrough?.toISOString()).toBe('2026-05-04T15:03:00.000Z')
  // The others were asked for and not shown; only this one could not be booked.
  expect(alerts.filter(({ key }) => key.includes('unreadable'))).toMatchObject([
    { kind: 'orders_not_found', severity: 'critical', facts: { orderId: '2' } },
  ])
})

test('when everything fails the walk fails too, and stays where it was', async () => {
  await using context = await createPartnerContext()
  const orders = Array.from({ length: 8 }, (_, id) => ({
    id: String(id + 1),
    updatedAt: '2026-05-04T15:00:00Z',
  }))
  const { walk } = listing(context, orders, () => {
    throw new Error('no connection')
  })
  await expect(walk()).rejects.toThrow('no connection')
  const shop = await context.db.inShop(context.shop.id, (tx) => tx.shop.findFirstOrThrow())
  expect(shop.reconciledThrough).toBeNull()
})
