// Stores orders and their sales as first seen, set-wise. Sales never change; an order's current figures do.
import type { ShopTransaction } from './database.ts'
import type { Order, Sale } from './generated/client.ts'
import { type BulkRow, insertRows } from './insert-rows.ts'
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
  /** Subscription contract of the line, where the app may see it. */
  contractId?: bigint | null
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
  const standing = await tx.$queryRaw<
    Array<{
      sale_id: bigint
      total_minor: bigint
      tax_minor: bigint
      discount_minor: bigint
      currency: string
    }>
  >`
    select sale_id, total_minor, tax_minor, discount_minor, currency::text from sale
    where shop_id = ${shopId} and sale_id = any(${sales.map((sale) => String(sale.saleId))}::bigint[])`
  const known = new Map(standing.map((row) => [row.sale_id, row]))
  const fresh = new Map(sales.filter((sale) => !known.has(sale.saleId)).map((sale) => [sale.saleId, sale]))
  await insertRows(
    tx,
    'sale',
    [...fresh.values()].map((sale) => saleRow(shopId, sale, seenAt)),
  )
  return sales.filter((sale) => {
    const row = known.get(sale.saleId)
    return (
      row &&
      (row.total_minor !== sale.totalMinor ||
        row.tax_minor !== sale.taxMinor ||
        row.discount_minor !== sale.discountMinor ||
        row.currency !== sale.currency)
    )
  })
}

function saleRow(shopId: number, sale: SaleRecord, seenAt: Date): BulkRow {
  return {
    shop_id: shopId,
    sale_id: sale.saleId,
    order_id: sale.orderId,
    sales_agreement_id: sale.salesAgreementId,
    agreement_kind: sale.agreementKind,
    reason: sale.reason,
    happened_at: sale.happenedAt,
    action_type: sale.actionType,
    line_type: sale.lineType,
    line_item_id: sale.lineItemId,
    product_id: sale.productId,
    variant_id: sale.variantId,
    title: keepable(sale.title),
    quantity: sale.quantity,
    currency: sale.currency,
    total_minor: sale.totalMinor,
    tax_minor: sale.taxMinor,
    discount_minor: sale.discountMinor,
    presentment_currency: sale.presentmentCurrency,
    presentment_minor: sale.presentmentMinor,
    presentment_tax_minor: sale.presentmentTaxMinor,
    contract_id: sale.contractId ?? null,
    first_seen_at: seenAt,
  }
}

/** Each id once. */
function unique(ids: readonly bigint[]): string[] {
  return [...new Set(ids.map(String))]
}

/**
 * The stored orders of these ids, as Prisma would give them, without its cost a row. Looked up one by one: given a list, a planner without
 * statistics goes through all orders of the shop instead.
 */
export async function readOrders(
  tx: ShopTransaction,
  shopId: number,
  orderIds: readonly bigint[],
): Promise<Order[]> {
  return tx.$queryRaw<Order[]>`
    select shop_id as "shopId", order_id as "orderId", name, placed_at as "placedAt", updated_at as "updatedAt", cancelled_at as "cancelledAt",
           is_test as "isTest", currency::text, presentment_currency::text as "presentmentCurrency", current_total_minor as "currentTotalMinor",
           residual_minor as "residualMinor", financial_status as "financialStatus", discount_codes as "discountCodes",
           link_reference as "linkReference", customer_key as "customerKey", fetched_at as "fetchedAt"
    from unnest(${unique(orderIds)}::bigint[]) as wanted(id)
    cross join lateral (select * from shop_order o where o.shop_id = ${shopId} and o.order_id = wanted.id offset 0) o`
}

/** All stored sales of these orders. */
export async function readSalesOfOrders(
  tx: ShopTransaction,
  shopId: number,
  orderIds: readonly bigint[],
): Promise<Sale[]> {
  return tx.$queryRaw<Sale[]>`
    select shop_id as "shopId", sale_id as "saleId", order_id as "orderId", sales_agreement_id as "salesAgreementId",
           agreement_kind as "agreementKind", reason, happened_at as "happenedAt", action_type as "actionType", line_type as "lineType",
           line_item_id as "lineItemId", product_id as "productId", variant_id as "variantId", title, quantity, currency::text,
           total_minor as "totalMinor", tax_minor as "taxMinor", discount_minor as "discountMinor",
           presentment_currency::text as "presentmentCurrency", presentment_minor as "presentmentMinor",
           presentment_tax_minor as "presentmentTaxMinor", contract_id as "contractId", first_seen_at as "firstSeenAt"
    from unnest(${unique(orderIds)}::bigint[]) as wanted(id)
    cross join lateral (select * from sale s where s.shop_id = ${shopId} and s.order_id = wanted.id offset 0) s`
}
