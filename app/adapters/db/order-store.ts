// Stores orders and their sales as first seen, set-wise. Sales never change; an order's current figures do.
import type { ShopTransaction } from './database.ts'
import { keepable } from './keepable-text.ts'

export interface OrderRecord {
  orderId: bigint
  name: string
  placedAt: string
  updatedAt: string
  cancelledAt: string | null
  isTest: boolean
  currency: string
  presentmentCurrency: string
  currentTotalMinor: bigint
  financialStatus: string
  discountCodes: string[]
  linkReference: string | null
  customerKey: string | null
}

export interface SaleRecord {
  saleId: bigint
  orderId: bigint
  salesAgreementId: bigint
  agreementKind: string
  reason: string
  happenedAt: string
  actionType: string
  lineType: string
  lineItemId: bigint | null
  productId: bigint | null
  variantId: bigint | null
  title: string
  quantity: number | null
  currency: string
  totalMinor: bigint
  taxMinor: bigint
  discountMinor: bigint
  presentmentCurrency: string
  presentmentMinor: bigint
  presentmentTaxMinor: bigint
}

/** Inserts or brings up to date. An answer that is older than what is stored changes nothing. */
export async function saveOrders(
  tx: ShopTransaction,
  shopId: number,
  orders: OrderRecord[],
  fetchedAt: Date,
): Promise<void> {
  if (orders.length === 0) return
  await tx.$executeRawUnsafe(
    `insert into shop_order (shop_id, order_id, name, placed_at, updated_at, cancelled_at, is_test, currency, presentment_currency, current_total_minor,
                             financial_status, discount_codes, link_reference, customer_key, fetched_at)
     select $1::int, order_id, name, placed_at, updated_at, cancelled_at, is_test, currency, presentment_currency, total, status,
            array(select jsonb_array_elements_text(codes::jsonb)), link, customer, $2::timestamptz
     from unnest($3::bigint[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::boolean[], $9::text[], $10::text[], $11::bigint[],
                 $12::text[], $13::text[], $14::text[], $15::text[])
       as t(order_id, name, placed_at, updated_at, cancelled_at, is_test, currency, presentment_currency, total, status, codes, link, customer)
     on conflict (shop_id, order_id) do update set
       name = excluded.name, updated_at = excluded.updated_at, cancelled_at = excluded.cancelled_at, current_total_minor = excluded.current_total_minor,
       financial_status = excluded.financial_status, fetched_at = excluded.fetched_at
     where shop_order.updated_at <= excluded.updated_at`,
    shopId,
    fetchedAt.toISOString(),
    orders.map((order) => String(order.orderId)),
    orders.map((order) => keepable(order.name)),
    orders.map((order) => order.placedAt),
    orders.map((order) => order.updatedAt),
    orders.map((order) => order.cancelledAt),
    orders.map((order) => order.isTest),
    orders.map((order) => order.currency),
    orders.map((order) => order.presentmentCurrency),
    orders.map((order) => String(order.currentTotalMinor)),
    orders.map((order) => order.financialStatus),
    orders.map((order) => JSON.stringify(order.discountCodes.map(keepable))),
    orders.map((order) => (order.linkReference === null ? null : keepable(order.linkReference))),
    orders.map((order) => order.customerKey),
  )
}

/** Stores sales that were not seen before. Returns those whose amounts differ from what is stored under their id. */
export async function saveSales(
  tx: ShopTransaction,
  shopId: number,
  sales: SaleRecord[],
  seenAt: Date,
): Promise<SaleRecord[]> {
  if (sales.length === 0) return []
  const standing = await tx.sale.findMany({
    where: { shopId, saleId: { in: sales.map((sale) => sale.saleId) } },
    select: { saleId: true, totalMinor: true, taxMinor: true, discountMinor: true, currency: true },
  })
  const known = new Map(standing.map((row) => [row.saleId, row]))
  const fresh = sales.filter((sale) => !known.has(sale.saleId))
  if (fresh.length > 0) {
    await tx.sale.createMany({
      data: fresh.map((sale) => ({ ...sale, title: keepable(sale.title), shopId, firstSeenAt: seenAt })),
    })
  }
  return sales.filter((sale) => {
    const row = known.get(sale.saleId)
    return (
      row &&
      (row.totalMinor !== sale.totalMinor ||
        row.taxMinor !== sale.taxMinor ||
        row.discountMinor !== sale.discountMinor ||
        row.currency !== sale.currency)
    )
  })
}
