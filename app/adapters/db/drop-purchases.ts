// Who bought how much in drops with a limit for each customer. People are known by the key of their orders alone.
import type { TracedOrder } from '../../domain/drops/aliases.ts'
import type { BoughtOf } from '../../domain/drops/bought.ts'
import type { ShopTransaction } from './database.ts'
import { Prisma } from './generated/client.ts'

/** Sold lines of drops that have a limit and did not end before `endedAfter`: those whose sale fell into the drop's window. */
function limitedLines(shopId: number, endedAfter: Date): Prisma.Sql {
  return Prisma.sql`
    select distinct d.id as drop_id, d.handle, w.begins, f.order_id, f.line_item_id
    from drop d
    cross join lateral (
      select min(a.at) filter (where a.kind in ('early_access', 'open')) as begins, min(a.at) filter (where a.kind = 'close') as ends
      from act a where a.drop_id = d.id offset 0
    ) w
    join drop_offer p on p.drop_id = d.id
    join sale f on f.shop_id = d.shop_id and f.product_id = p.product_id and f.action_type = 'order' and f.line_type = 'product'
      and f.line_item_id is not null and f.happened_at >= w.begins and f.happened_at < w.ends
    where d.shop_id = ${shopId} and d.limit_per_customer is not null and d.status <> 'draft'
      and (d.ended_at is null or d.ended_at > ${endedAfter})`
}

/** Of these orders, those that hold a piece of such a drop. */
export async function ordersInLimitedDrops(
  tx: ShopTransaction,
  shopId: number,
  orderIds: readonly bigint[],
  endedAfter: Date,
): Promise<bigint[]> {
  if (orderIds.length === 0) return []
  const rows = await tx.$queryRaw<Array<{ order_id: bigint }>>`
    with line as (${limitedLines(shopId, endedAfter)})
    select distinct order_id from line where order_id = any(${orderIds.map(String)}::bigint[]) order by order_id`
  return rows.map(({ order_id }) => order_id)
}

/** What the customer of this order has bought and kept, the newest drop first. Empty for an order whose customer nobody knows. */
export async function boughtByCustomerOf(
  tx: ShopTransaction,
  shopId: number,
  orderId: bigint,
  endedAfter: Date,
): Promise<BoughtOf[]> {
  return tx.$queryRaw<BoughtOf[]>`
    with line as (${limitedLines(shopId, endedAfter)}),
    own as (
      select l.* from line l
      join shop_order o on o.shop_id = ${shopId} and o.order_id = l.order_id
      where o.customer_key = (select customer_key from shop_order where shop_id = ${shopId} and order_id = ${orderId})
    )
    select own.handle, greatest(coalesce(sum(s.quantity), 0), 0)::int as pieces
    from own join sale s on s.shop_id = ${shopId} and s.line_item_id = own.line_item_id
    group by own.handle, own.begins order by own.begins desc, own.handle`
}

/** One order for each customer of the drop. */
export async function oneOrderACustomer(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
): Promise<bigint[]> {
  const rows = await tx.$queryRaw<Array<{ order_id: bigint }>>`
    with line as (${limitedLines(shopId, new Date(0))})
    select distinct on (o.customer_key) o.order_id from line l
    join shop_order o on o.shop_id = ${shopId} and o.order_id = l.order_id
    where l.drop_id = ${dropId}::uuid and o.customer_key is not null
    order by o.customer_key, o.order_id desc`
  return rows.map(({ order_id }) => order_id)
}

export interface LimitedDrop {
  id: string
  title: string
  limit: number
}

/** Drops with a limit that the order holds a piece of. */
export async function limitedDropsOf(
  tx: ShopTransaction,
  shopId: number,
  orderId: bigint,
  endedAfter: Date,
): Promise<LimitedDrop[]> {
  return tx.$queryRaw<LimitedDrop[]>`
    with line as (${limitedLines(shopId, endedAfter)})
    select d.id::text as id, d.title, d.limit_per_customer as "limit" from drop d
    where d.shop_id = ${shopId} and d.id in (select drop_id from line where order_id = ${orderId}) order by d.id`
}

/** What is known of an order now takes the place of what was. */
export async function keepTraces(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
  orderId: bigint,
  traces: TracedOrder['traces'],
): Promise<void> {
  await tx.dropOrderTrace.deleteMany({ where: { shopId, dropId, orderId } })
  await tx.dropOrderTrace.createMany({ data: traces.map((trace) => ({ shopId, dropId, orderId, ...trace })) })
}

/** The drop's orders with the pieces that were kept of each. */
export async function tracedOrders(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
): Promise<TracedOrder[]> {
  const rows = await tx.$queryRaw<Array<Omit<TracedOrder, 'traces'>>>`
    with line as (${limitedLines(shopId, new Date(0))})
    select o.order_id::text as "orderId", o.name, o.customer_key as "customerKey",
           greatest(coalesce(sum(s.quantity), 0), 0)::int as pieces
    from line l
    join shop_order o on o.shop_id = ${shopId} and o.order_id = l.order_id
    join sale s on s.shop_id = ${shopId} and s.line_item_id = l.line_item_id
    where l.drop_id = ${dropId}::uuid
    group by o.order_id, o.name, o.customer_key order by o.order_id`
  const known = await tx.dropOrderTrace.findMany({ where: { shopId, dropId } })
  return rows.map((row) => ({
    ...row,
    traces: known
      .filter(({ orderId }) => String(orderId) === row.orderId)
      .map(({ kind, digest }) => ({ kind: kind as TracedOrder['traces'][number]['kind'], digest })),
  }))
}

/** Of the drop, or of these orders in every drop. */
export async function forgetTraces(
  tx: ShopTransaction,
  shopId: number,
  of: { dropId: string } | { orderIds: readonly bigint[] },
): Promise<void> {
  const where = 'dropId' in of ? { dropId: of.dropId } : { orderId: { in: [...of.orderIds] } }
  await tx.dropOrderTrace.deleteMany({ where: { shopId, ...where } })
}
