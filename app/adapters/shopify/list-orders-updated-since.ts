// Walks the orders that changed since a moment, oldest change first, so that a walk that breaks off can go on from its last order.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { OrdersUpdatedSinceDocument } from './generated/operations.ts'
import { numberOfGid } from './gid.ts'

export type UpdatedOrdersPage =
  | { ok: true; orders: Array<{ orderId: bigint; updatedAt: Date }>; isLast: boolean }
  | AdminRefusal

const ORDERS_PER_PAGE = 250

/** Yields a page at a time; a refusal is yielded too and ends the walk. */
export async function* listOrdersUpdatedSince(
  shopify: AdminApi,
  since: Date | null,
): AsyncGenerator<UpdatedOrdersPage, void, void> {
  const search = since ? `updated_at:>='${since.toISOString()}'` : ''
  let after: string | null = null
  for (;;) {
    const answer: Awaited<ReturnType<typeof askPage>> = await askPage(shopify, search, after)
    if (!answer.ok) {
      yield answer
      return
    }
    const { nodes, pageInfo } = answer.data.orders
    yield {
      ok: true,
      orders: nodes.map(({ id, updatedAt }) => ({
        orderId: numberOfGid(id),
        updatedAt: new Date(updatedAt),
      })),
      isLast: !pageInfo.hasNextPage,
    }
    if (!pageInfo.hasNextPage) return
    after = pageInfo.endCursor
  }
}

function askPage(shopify: AdminApi, search: string, after: string | null) {
  return shopify.request(OrdersUpdatedSinceDocument, { search, first: ORDERS_PER_PAGE, after })
}
