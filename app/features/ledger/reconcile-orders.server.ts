// Walks the orders that changed since the last walk and records them: heals what webhooks lost. Overlaps on purpose; recording is idempotent.
import { setDueDate } from '../../adapters/db/calendar.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { listOrdersUpdatedSince } from '../../adapters/shopify/list-orders-updated-since.ts'
import type { ShopContext } from '../context.ts'
import { recordOrders } from './record-orders.server.ts'

export type ReconcileOutcome = { ok: true; ordersWalked: number; journalsPosted: number } | AdminRefusal

/** An order can be changed while a walk reads its page: the next walk begins a little earlier. */
const OVERLAP_MS = 10 * 60_000
const EVERY_MS = 60 * 60_000

export async function reconcileOrders(context: ShopContext): Promise<ReconcileOutcome> {
  const { db, shop, clock } = context
  const startedAt = clock.now()
  const since = shop.reconciledThrough && new Date(shop.reconciledThrough.getTime() - OVERLAP_MS)
  let ordersWalked = 0
  let journalsPosted = 0
  for await (const page of listOrdersUpdatedSince(context.shopify, since)) {
    if (!page.ok) return page
    const recorded = await recordOrders(
      context,
      page.orders.map((order) => order.orderId),
    )
    if (!recorded.ok) return recorded
    ordersWalked += page.orders.length
    journalsPosted += recorded.journalsPosted
    // Kept page by page, so that a walk that breaks off goes on from here.
    const last = page.orders.at(-1)
    if (last)
      await db.inShop(shop.id, (tx) =>
        tx.shop.update({ where: { id: shop.id }, data: { reconciledThrough: last.updatedAt } }),
      )
  }
  await db.inShop(shop.id, async (tx) => {
    await tx.shop.update({ where: { id: shop.id }, data: { reconciledThrough: startedAt } })
    await setDueDate(tx, shop.id, 'reconcile-orders', new Date(startedAt.getTime() + EVERY_MS))
  })
  return { ok: true, ordersWalked, journalsPosted }
}
