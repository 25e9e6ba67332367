// Orders of customers as bonuses need them: what was kept of each, and what of it a creator brought.
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { Order } from '../../../adapters/db/generated/client.ts'
import { ordersOfDisputes } from './counted-sales.server.ts'

export interface StoredOrder {
  orderId: string
  placedAt: string
  currency: string
  /** Paid in full, and its money was not taken back. */
  counts: boolean
  /** A chargeback may still take its money. */
  disputed: boolean
  /** Of all goods, returns taken off. */
  netMinor: bigint
  /** Of the goods of each agreement, with the version that paid for most of them. */
  attributed: Map<string, { netMinor: bigint; agreementVersionId: string }>
  /** When the newest fact of it happened. */
  newestAt: string
}

const PAID = new Set(['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'])

/**
 * All orders of each of these customers, one list a customer. Orders whose customer has been forgotten are found again by the awards that
 * rest on them, with the orders that those awards name.
 */
export async function readCustomerOrders(
  tx: ShopTransaction,
  shopId: number,
  agreementIds: readonly string[],
  scope: { customerKeys: readonly string[]; orderIds: readonly bigint[] },
): Promise<StoredOrder[][]> {
  const changed = await tx.order.findMany({
    where: { shopId, orderId: { in: [...new Set(scope.orderIds)] } },
    select: { orderId: true, customerKey: true },
  })
  const nameless = changed.filter((order) => order.customerKey === null).map((order) => order.orderId)
  const named = changed.flatMap((order) => (order.customerKey === null ? [] : [order.customerKey]))
  const customerKeys = [...new Set([...scope.customerKeys, ...named])]
  const known = await tx.order.findMany({
    where: { shopId, isTest: false, customerKey: { in: customerKeys } },
  })
  const forgotten = await ordersOfForgotten(tx, shopId, agreementIds, nameless)
  const groups = [...groupBy(known, (order) => order.customerKey).values(), ...forgotten]
  const all = [...new Map(groups.flat().map((order) => [order.orderId, order])).values()]
  if (all.length === 0) return []
  const stored = await storedOrders(tx, shopId, agreementIds, all)
  return groups.map((orders) =>
    orders.flatMap((order) => {
      const found = stored.get(order.orderId)
      return found ? [found] : []
    }),
  )
}

async function ordersOfForgotten(
  tx: ShopTransaction,
  shopId: number,
  agreementIds: readonly string[],
  nameless: readonly bigint[],
): Promise<Order[][]> {
  if (nameless.length === 0) return []
  const resting = await tx.$queryRawUnsafe<Array<{ order_ids: string[] }>>(
    `select array(select jsonb_array_elements_text(evidence->'facts'->'orderIds')) as order_ids from award
     where shop_id = $1::int and agreement_id = any($2::uuid[]) and kind = 'retention'
       and jsonb_exists_any(evidence->'facts'->'orderIds', $3::text[])
     order by key`,
    shopId,
    agreementIds,
    nameless.map(String),
  )
  const groups = mergeOverlapping(resting.map((row) => row.order_ids))
  const orders = await tx.order.findMany({
    where: { shopId, isTest: false, customerKey: null, orderId: { in: groups.flat().map(BigInt) } },
  })
  return groups
    .map((ids) => orders.filter((order) => ids.includes(String(order.orderId))))
    .filter((group) => group.length > 0)
}

/** Awards of two agreements may rest on the same customer: lists that share an order are one customer's. */
function mergeOverlapping(lists: readonly string[][]): string[][] {
  return lists.reduce<string[][]>((merged, list) => {
    const same = merged.filter((other) => other.some((id) => list.includes(id)))
    const apart = merged.filter((other) => !same.includes(other))
    return [...apart, [...new Set([...same.flat(), ...list])]]
  }, [])
}

async function storedOrders(
  tx: ShopTransaction,
  shopId: number,
  agreementIds: readonly string[],
  orders: readonly Order[],
): Promise<Map<bigint, StoredOrder>> {
  const orderIds = orders.map((order) => String(order.orderId))
  const [sums, attributed, disputes] = await Promise.all([
    tx.$queryRawUnsafe<Array<{ order_id: bigint; net: bigint; newest_at: Date }>>(
      `select order_id, coalesce(sum(total_minor - tax_minor) filter (where line_type = 'product'), 0)::bigint as net, max(happened_at) as newest_at
       from sale where shop_id = $1::int and order_id = any($2::bigint[]) group by 1`,
      shopId,
      orderIds,
    ),
    tx.$queryRawUnsafe<
      Array<{ order_id: bigint; agreement_id: string; agreement_version_id: string; net: bigint }>
    >(
      `select e.order_id, e.agreement_id, e.agreement_version_id, sum(e.net_minor)::bigint as net
       from royalty_entry e
       where e.shop_id = $1::int and e.agreement_id = any($3::uuid[]) and e.award_id is null
         and e.line_item_id in (select line_item_id from sale where shop_id = $1::int and order_id = any($2::bigint[]))
       group by 1, 2, 3 order by 4, 3`,
      shopId,
      orderIds,
      agreementIds,
    ),
    ordersOfDisputes(tx, shopId),
  ])
  const attributedOf = groupBy(attributed, (row) => row.order_id)
  const sumOf = new Map(sums.map((row) => [row.order_id, row]))
  const lost = new Set(disputes.lost)
  const open = new Set(disputes.open)
  return new Map(
    orders.map((order) => [
      order.orderId,
      {
        orderId: String(order.orderId),
        placedAt: order.placedAt.toISOString(),
        currency: order.currency,
        counts: PAID.has(order.financialStatus) && !lost.has(order.orderId),
        disputed: open.has(order.orderId),
        netMinor: sumOf.get(order.orderId)?.net ?? 0n,
        attributed: attributionOf(attributedOf.get(order.orderId) ?? []),
        newestAt: (sumOf.get(order.orderId)?.newest_at ?? order.placedAt).toISOString(),
      },
    ]),
  )
}

/** The rows come by their net, so that the last one of an agreement is its greatest. */
function attributionOf(
  rows: ReadonlyArray<{ agreement_id: string; agreement_version_id: string; net: bigint }>,
): StoredOrder['attributed'] {
  const attributed: StoredOrder['attributed'] = new Map()
  for (const row of rows) {
    const before = attributed.get(row.agreement_id)?.netMinor ?? 0n
    attributed.set(row.agreement_id, {
      netMinor: before + row.net,
      agreementVersionId: row.agreement_version_id,
    })
  }
  return attributed
}

function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
