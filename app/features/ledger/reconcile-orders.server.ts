// Walks the orders that changed since the last walk and records them: heals what webhooks lost. Overlaps on purpose; recording is idempotent.
import { setDueDate } from '../../adapters/db/calendar.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { listOrdersUpdatedSince } from '../../adapters/shopify/list-orders-updated-since.ts'
import type { ShopContext } from '../context.ts'
import { alertUnreadable, recordOrders } from './record-orders.server.ts'

export type ReconcileOutcome = { ok: true; ordersWalked: number; journalsPosted: number } | AdminRefusal

/** An order can be changed while a walk reads its page: the next walk begins a little earlier. */
const OVERLAP_MS = 10 * 60_000
const EVERY_MS = 60 * 60_000

/** More than this in one page is no matter of single orders. */
const MOST_FAILURES = 5

export async function reconcileOrders(context: ShopContext): Promise<ReconcileOutcome> {
  const { db, shop, clock } = context
  const startedAt = clock.now()
  const since = shop.reconciledThrough && new Date(shop.reconciledThrough.getTime() - OVERLAP_MS)
  let ordersWalked = 0
  let journalsPosted = 0
  for await (const page of listOrdersUpdatedSince(context.shopify, since)) {
    if (!page.ok) return page
    const recorded = await recordPage(
      context,
      page.orders.map((order) => order.orderId),
    )
    if (!recorded.ok) return recorded
    ordersWalked += page.orders.length
    journalsPosted += recorded.journalsPosted
    // Kept page by page, so that a walk that breaks off goes on from here; and by Shopify's clock, because ours may be ahead of it.
    const last = page.orders.at(-1)
    if (last)
      await db.inShop(shop.id, (tx) =>
        tx.shop.update({ where: { id: shop.id }, data: { reconciledThrough: last.updatedAt } }),
      )
  }
  await db.inShop(shop.id, (tx) =>
    setDueDate(tx, shop.id, 'reconcile-orders', new Date(startedAt.getTime() + EVERY_MS)),
  )
  return { ok: true, ordersWalked, journalsPosted }
}

/** A page together; when that fails one by one, so that a single bad order cannot end every walk at the same place. */
async function recordPage(
  context: ShopContext,
  orderIds: bigint[],
): Promise<{ ok: true; journalsPosted: number } | AdminRefusal> {
  try {
    return await recordOrders(context, orderIds)
  } catch (error) {
    context.log.warn({ shopId: context.shop.id, error }, 'a page of orders is recorded one by one')
  }
  let journalsPosted = 0
  let failures = 0
  for (const orderId of orderIds) {
    try {
      const recorded = await recordOrders(context, [orderId])
      if (!recorded.ok) return recorded
      journalsPosted += recorded.journalsPosted
    } catch (error) {
      failures += 1
      if (failures > MOST_FAILURES) throw error
      await noteUnbooked(context, orderId, error)
    }
  }
  return { ok: true, journalsPosted }
}

async function noteUnbooked({ db, shop, clock, log }: ShopContext, orderId: bigint, error: unknown) {
  log.error({ shopId: shop.id, orderId: String(orderId), error }, 'an order could not be booked')
  const message = 'The order could not be booked.'
  await db.inShop(shop.id, (tx) => alertUnreadable(tx, shop.id, { orderId, message }, clock.now()))
}
