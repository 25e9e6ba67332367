// Fetches orders by id and brings them into the books. The one way for webhooks, reconciling and imports alike.
import { raiseAlert, resolveAlerts } from '../../adapters/db/alert-store.ts'
import { saveProducts, unknownProducts } from '../../adapters/db/catalogue-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { ordersInLimitedDrops } from '../../adapters/db/drop-purchases.ts'
import { lockLedger } from '../../adapters/db/journal-store.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { fetchOrders, type UnreadableOrder } from '../../adapters/shopify/fetch-orders.ts'
import { type FetchedProduct, fetchProducts } from '../../adapters/shopify/fetch-products.ts'
import type { FetchedOrder } from '../../adapters/shopify/fetched-order.ts'
import { BOUGHT_KEPT_MS } from '../../domain/drops/bought.ts'
import type { ShopContext } from '../context.ts'
import { type RecordedOrders, recordFetchedOrders } from './record-fetched-orders.server.ts'
import { recordUnshownOrders, unshownKey } from './record-unshown-orders.server.ts'

export type RecordOrdersOutcome = ({ ok: true; notShown: number } & RecordedOrders) | AdminRefusal

/** Posts what is not posted yet of these orders. `alsoInTransaction` runs in the same transaction, after posting. */
export async function recordOrders(
  context: ShopContext,
  orderIds: bigint[],
  alsoInTransaction: (tx: ShopTransaction) => Promise<void> = async () => {},
): Promise<RecordOrdersOutcome> {
  const { db, shop, clock, linkSecret } = context
  const fetched = await fetchOrders(context.shopify, orderIds, {
    customerKeySecret: linkSecret,
    scopes: shop.scopes,
  })
  if (!fetched.ok) return fetched
  const products = await fetchUnknownProducts(context, fetched.orders)
  if (!products.ok) return products
  return db.inShop(
    shop.id,
    async (tx): Promise<RecordOrdersOutcome> => {
      // First of all, as whoever books does: rows that two of them touch are then taken in one order, and times are as the books grow.
      const head = await lockLedger(tx, shop.id)
      const now = clock.now()
      await saveProducts(tx, shop.id, products.products, now)
      for (const order of fetched.unreadable) await alertUnreadable(tx, shop.id, order, now)
      const explained = fetched.orders.flatMap(({ orderId }) => [unreadableKey(orderId), unshownKey(orderId)])
      await resolveAlerts(tx, shop.id, explained, now)
      await recordUnshownOrders(tx, shop, head, fetched.missing, now)
      const recorded = await recordFetchedOrders(tx, shop, linkSecret, fetched.orders, now)
      await askForCounts(context, tx, fetched.orders, now)
      await alsoInTransaction(tx)
      return { ok: true, ...recorded, notShown: fetched.missing.length }
    },
    { timeoutMs: 60_000 },
  )
}

/** Of pieces with a limit for each customer, however the order was heard of and whatever became of it. */
async function askForCounts(
  { shop, queue }: ShopContext,
  tx: ShopTransaction,
  orders: FetchedOrder[],
  now: Date,
): Promise<void> {
  const endedAfter = new Date(now.getTime() - BOUGHT_KEPT_MS)
  const ids = orders.map(({ orderId }) => orderId)
  const counted = await ordersInLimitedDrops(tx, shop.id, ids, endedAfter)
  if (counted.length === 0) return
  const payloads = counted.map((orderId) => ({ shopId: shop.id, orderId: String(orderId) }))
  await queue.enqueueMany(tx, 'count-bought', payloads)
}

async function fetchUnknownProducts(
  { db, shop, shopify }: ShopContext,
  orders: FetchedOrder[],
): Promise<{ ok: true; products: FetchedProduct[] } | AdminRefusal> {
  const sold = orders.flatMap((order) =>
    order.sales.flatMap((sale) => (sale.productId === null ? [] : [sale.productId])),
  )
  const unknown = await db.inShop(shop.id, (tx) => unknownProducts(tx, shop.id, sold))
  if (unknown.length === 0) return { ok: true, products: [] }
  return fetchProducts(shopify, unknown)
}

const unreadableKey = (orderId: bigint): string => `orders_not_found/unreadable/${orderId}`

/** Tells the merchant of an order that is not in the books; its next successful recording resolves it. */
export async function alertUnreadable(
  tx: ShopTransaction,
  shopId: number,
  order: UnreadableOrder,
  raisedAt: Date,
): Promise<void> {
  const facts = { orderId: String(order.orderId), message: order.message }
  await raiseAlert(tx, {
    shopId,
    key: unreadableKey(order.orderId),
    kind: 'orders_not_found',
    severity: 'critical',
    facts,
    raisedAt,
  })
}
