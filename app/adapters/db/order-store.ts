// Keeps orders and their sales as first seen, set-wise. Sales never change; an order's current figures do.
import { isOlderAnswer, type OrderAnswer } from '../../domain/ledger/older-answer.ts'
import type { SaleFact } from '../../domain/ledger/sale-fact.ts'
import type { ShopTransaction } from './database.ts'
import { type Order, Prisma, type Sale } from './generated/client.ts'
import { type BulkRow, insertRows } from './insert-rows.ts'
import { keepable } from './keepable-text.ts'
import { planOnce } from './shop-connection.ts'

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

/** An order with all of its sales, as somebody told it. */
export interface ToldOrder extends OrderRecord {
  sales: readonly SaleRecord[]
}

/** How the orders stand once what was told of them is kept. */
export interface KeptOrders {
  orders: Order[]
  /** All of these orders. */
  sales: Sale[]
  /** Those of them that were kept before: only their lines can be decided, and only they can be posted already. */
  salesBefore: Sale[]
  /** Told with other amounts, or of another order, than they were kept with. */
  changed: SaleRecord[]
  /** Ids of orders that were told as they had stood before: nothing of such an answer counts but sales that nobody had seen. */
  older: Set<bigint>
}

/**
 * Inserts or brings up to date. An answer that shows an earlier state than what is stored changes nothing of the order. Call with the ledger locked: what
 * comes back is not read again. Each order once.
 */
export async function keepOrders(
  tx: ShopTransaction,
  shopId: number,
  told: readonly ToldOrder[],
  at: Date,
): Promise<KeptOrders> {
  const ids = told.map((order) => order.orderId)
  const standing = new Map((await readOrders(tx, shopId, ids)).map((order) => [order.orderId, order]))
  const salesBefore = standing.size === 0 ? [] : await readSalesOfOrders(tx, shopId, ids)
  const older = findOlder(told, standing, salesBefore)
  const news = told.filter(({ orderId }) => !older.has(orderId))
  await writeOrders(tx, shopId, news, at)
  for (const order of news)
    standing.set(order.orderId, orderAfter(shopId, order, standing.get(order.orderId), at))
  const { sales, changed } = await keepSales(tx, shopId, told, salesBefore, at)
  return { orders: [...standing.values()], sales, salesBefore, changed, older }
}

function findOlder(
  told: readonly ToldOrder[],
  standing: ReadonlyMap<bigint, Order>,
  salesBefore: readonly Sale[],
): Set<bigint> {
  const saleIds = new Map<bigint, Set<bigint>>()
  for (const { orderId, saleId } of salesBefore)
    saleIds.set(orderId, (saleIds.get(orderId) ?? new Set()).add(saleId))
  const older = told.filter((order) => {
    const before = standing.get(order.orderId)
    if (!before) return false
    const stood = { ...before, saleIds: saleIds.get(order.orderId) ?? new Set<bigint>() }
    return isOlderAnswer(answerOf(order), stood)
  })
  return new Set(older.map(({ orderId }) => orderId))
}

/** What tells an answer from an older one. */
export function answerOf(told: ToldOrder): OrderAnswer {
  const { updatedAt, cancelledAt, financialStatus, sales } = told
  const saleIds = new Set(sales.map(({ saleId }) => saleId))
  return { updatedAt: new Date(updatedAt), cancelledAt, financialStatus, saleIds }
}

/** What the cart carried, and who bought, stays as it was first told. */
function orderAfter(shopId: number, told: OrderRecord, before: Order | undefined, at: Date): Order {
  return {
    shopId,
    orderId: told.orderId,
    name: keepable(told.name),
    placedAt: before?.placedAt ?? new Date(told.placedAt),
    updatedAt: new Date(told.updatedAt),
    cancelledAt: told.cancelledAt === null ? null : new Date(told.cancelledAt),
    isTest: before?.isTest ?? told.isTest,
    currency: before?.currency ?? told.currency,
    presentmentCurrency: before?.presentmentCurrency ?? told.presentmentCurrency,
    currentTotalMinor: told.currentTotalMinor,
    residualMinor: before?.residualMinor ?? 0n,
    financialStatus: told.financialStatus,
    discountCodes: before?.discountCodes ?? told.discountCodes.map(keepable),
    linkReference: before ? before.linkReference : keepableOrNull(told.linkReference),
    customerKey: before ? before.customerKey : told.customerKey,
    fetchedAt: at,
  }
}

const keepableOrNull = (text: string | null): string | null => (text === null ? null : keepable(text))

const WRITE_ORDERS = planOnce(
  `insert into shop_order (shop_id, order_id, name, placed_at, updated_at, cancelled_at, is_test, currency, presentment_currency, current_total_minor,
                             financial_status, discount_codes, link_reference, customer_key, fetched_at)
     select $1::int, order_id, name, placed_at, updated_at, cancelled_at, is_test, currency, presentment_currency, total, status,
            array(select jsonb_array_elements_text(codes::jsonb)), link, customer, $2::timestamptz
     from unnest($3::bigint[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::boolean[], $9::text[], $10::text[], $11::bigint[],
                 $12::text[], $13::text[], $14::text[], $15::text[])
       as t(order_id, name, placed_at, updated_at, cancelled_at, is_test, currency, presentment_currency, total, status, codes, link, customer)
     on conflict (shop_id, order_id) do update set
       name = excluded.name, updated_at = excluded.updated_at, cancelled_at = excluded.cancelled_at, current_total_minor = excluded.current_total_minor,
       financial_status = excluded.financial_status, fetched_at = excluded.fetched_at`,
)

async function writeOrders(
  tx: ShopTransaction,
  shopId: number,
  orders: readonly OrderRecord[],
  fetchedAt: Date,
): Promise<void> {
  if (orders.length === 0) return
  await tx.$executeRawUnsafe(
    WRITE_ORDERS,
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
    orders.map((order) => keepableOrNull(order.linkReference)),
    orders.map((order) => order.customerKey),
  )
}

async function keepSales(
  tx: ShopTransaction,
  shopId: number,
  told: readonly ToldOrder[],
  before: readonly Sale[],
  at: Date,
): Promise<Pick<KeptOrders, 'sales' | 'changed'>> {
  const known = new Map(before.map((sale) => [sale.saleId, sale]))
  const fresh = new Map<bigint, SaleRecord>()
  const changed: SaleRecord[] = []
  for (const sale of told.flatMap((order) => order.sales)) {
    const standing = known.get(sale.saleId)
    if (!standing) fresh.set(sale.saleId, sale)
    else if (!isSame(standing, sale)) changed.push(sale)
  }
  const written = await insertRows(
    tx,
    'sale',
    [...fresh.values()].map((sale) => saleRow(shopId, sale, at)),
  )
  if (written === fresh.size)
    return { sales: [...before, ...[...fresh.values()].map((sale) => saleAfter(shopId, sale, at))], changed }
  // Some ids stand under other orders, where they stay.
  const sales = await readSalesOfOrders(
    tx,
    shopId,
    told.map((order) => order.orderId),
  )
  const own = new Set(sales.map((sale) => sale.saleId))
  return { sales, changed: [...changed, ...[...fresh.values()].filter((sale) => !own.has(sale.saleId))] }
}

function isSame(standing: Sale, told: SaleRecord): boolean {
  return (
    standing.totalMinor === told.totalMinor &&
    standing.taxMinor === told.taxMinor &&
    standing.discountMinor === told.discountMinor &&
    standing.currency === told.currency
  )
}

function saleAfter(shopId: number, told: SaleRecord, firstSeenAt: Date): Sale {
  return {
    ...told,
    shopId,
    title: keepable(told.title),
    happenedAt: new Date(told.happenedAt),
    contractId: told.contractId ?? null,
    firstSeenAt,
  }
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
async function readOrders(
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

const SALE = Prisma.sql`
  shop_id as "shopId", sale_id as "saleId", order_id as "orderId", sales_agreement_id as "salesAgreementId",
  agreement_kind as "agreementKind", reason, happened_at as "happenedAt", action_type as "actionType", line_type as "lineType",
  line_item_id as "lineItemId", product_id as "productId", variant_id as "variantId", title, quantity, currency::text,
  total_minor as "totalMinor", tax_minor as "taxMinor", discount_minor as "discountMinor",
  presentment_currency::text as "presentmentCurrency", presentment_minor as "presentmentMinor",
  presentment_tax_minor as "presentmentTaxMinor", contract_id as "contractId", first_seen_at as "firstSeenAt"`

/** All stored sales of these orders. */
export async function readSalesOfOrders(
  tx: ShopTransaction,
  shopId: number,
  orderIds: readonly bigint[],
): Promise<Sale[]> {
  return tx.$queryRaw<Sale[]>`
    select ${SALE} from unnest(${unique(orderIds)}::bigint[]) as wanted(id)
    cross join lateral (select * from sale s where s.shop_id = ${shopId} and s.order_id = wanted.id offset 0) s`
}

/** A sale as the books look at it, and when it was first seen. */
export interface StoredSale extends SaleFact {
  firstSeenAt: Date
}

/** The sales of these orders, each order's oldest first. A sale of a test order is told apart by its order alone. */
export async function readFactsOfOrders(
  tx: ShopTransaction,
  shopId: number,
  orderIds: readonly string[],
): Promise<StoredSale[]> {
  const rows = await tx.$queryRaw<Array<Omit<StoredSale, 'happenedAt' | 'isTest'> & { happenedAt: Date }>>`
    select sale_id as "saleId", order_id as "orderId", happened_at as "happenedAt", action_type as "actionType", line_type as "lineType",
           line_item_id as "lineItemId", product_id as "productId", title, quantity, currency::text, total_minor as "totalMinor",
           tax_minor as "taxMinor", discount_minor as "discountMinor", presentment_currency::text as "presentmentCurrency",
           presentment_minor as "presentmentMinor", presentment_tax_minor as "presentmentTaxMinor", first_seen_at as "firstSeenAt"
    from unnest(${[...orderIds]}::bigint[]) as wanted(id)
    cross join lateral (
      select * from sale s where s.shop_id = ${shopId} and s.order_id = wanted.id order by s.happened_at, s.sale_id offset 0) s`
  return rows.map((row) => ({ ...row, happenedAt: row.happenedAt.toISOString(), isTest: false }))
}
