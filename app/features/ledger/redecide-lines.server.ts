// Decides sold lines anew, a page at a time, by what was true at their sales, under the agreements as they stand or as a draft would have them.
// Re-rating posts what comes out, previews and the simulator only count it: one piece of code for all three.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import { readInIndexOrder } from '../../adapters/db/steer-planner.ts'
import type { SaleCircumstances } from '../../domain/attribution/circumstances.ts'
import { newLine, type RoyaltyLine } from '../../domain/ledger/royalty-line.ts'
import type { SaleFact } from '../../domain/ledger/sale-fact.ts'
import { rateSales } from '../../domain/ledger/sale-rate.ts'
import { type SoldGoods, soldGoods } from '../../domain/ledger/sold-goods.ts'
import { localDateOf } from '../../domain/time/instant.ts'
import { type DecidedLine, openLineRedecider, type SupposedVersion } from './decide-lines.server.ts'
import { readLineStates } from './line-states.server.ts'

/** Where a walk over the lines stands. */
export interface LineCursor {
  soldAt: string
  lineItemId: string
}

export interface SoldLine {
  /** As the books have it, with the line's net even when nobody is paid for it. */
  line: RoyaltyLine
  revision: number
  orderId: bigint
  productId: bigint | null
  title: string
  currency: string
  soldAt: string
  sold: SoldGoods
  decided: DecidedLine
}

interface LineRow {
  line_item_id: bigint
  order_id: bigint
  revision: number
  sold_at: Date
  circumstances: SaleCircumstances
}

interface SaleRow {
  sale_id: bigint
  order_id: bigint
  line_item_id: bigint
  contract_id: bigint | null
  happened_at: Date
  action_type: string
  product_id: bigint | null
  title: string
  quantity: number | null
  currency: string
  total_minor: bigint
  tax_minor: bigint
  discount_minor: bigint
  presentment_currency: string
  presentment_minor: bigint
  presentment_tax_minor: bigint
}

/** Whether an agreement pays a line, or would. A change of its terms leaves all other lines alone. */
export function concerns(agreementId: string, { line, decided }: SoldLine): boolean {
  return [...line.payees, ...decided.payees].some((payee) => payee.agreementId === agreementId)
}

/** How many lines were sold at or after the instant. */
export async function countLinesSince(tx: ShopTransaction, shopId: number, since: Date): Promise<number> {
  return tx.lineAttribution.count({ where: { shopId, soldAt: { gte: since }, revision: 1 } })
}

export interface LinePage {
  since: Date
  after: LineCursor | null
  size: number
  /** Besides what was agreed. */
  supposed?: SupposedVersion | null
}

/** The next page of lines sold at or after the instant, oldest first. Empty at the end. */
export async function redecidePage(
  tx: ShopTransaction,
  shop: Shop,
  linkSecret: string,
  page: LinePage,
): Promise<SoldLine[]> {
  const after = page.after ?? { soldAt: page.since.toISOString(), lineItemId: '-1' }
  const rows = await readInIndexOrder(
    tx,
    () => tx.$queryRaw<LineRow[]>`
    select page.*, newest.revision
    from (
      select a.line_item_id, a.order_id, a.sold_at, a.circumstances from line_attribution a
      where a.shop_id = ${shop.id} and a.revision = 1 and a.sold_at >= ${page.since}
        and (a.sold_at, a.line_item_id) > (${new Date(after.soldAt)}, ${after.lineItemId}::bigint)
      order by a.sold_at, a.line_item_id limit ${page.size}
    ) page
    cross join lateral (
      select m.revision from line_attribution m
      where m.shop_id = ${shop.id} and m.line_item_id = page.line_item_id order by m.revision desc limit 1
    ) newest
    order by page.sold_at, page.line_item_id`,
  )
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.line_item_id)
  const states = await readLineStates(tx, shop, ids)
  const { salesOf, contractIds } = await readSales(tx, shop.id, ids)
  const decide = await openLineRedecider(tx, shop, linkSecret, contractIds, page.supposed)
  return rows.map((row) => {
    const sales = salesOf.get(row.line_item_id) ?? []
    const [first] = sales
    if (!first) throw new Error(`line ${row.line_item_id} has no sale`)
    const soldAt = row.sold_at.toISOString()
    const state = states.get(row.line_item_id)
    const empty = { dropId: row.circumstances.drop?.id ?? null, payees: [], capped: false, holds: new Map() }
    const line = state ?? newLine(row.line_item_id, localDateOf(soldAt, row.circumstances.timeZone), empty)
    return {
      line: { ...line, cumulativeNetMinor: netOf(sales) },
      revision: row.revision,
      orderId: row.order_id,
      productId: first.productId,
      title: first.title,
      currency: first.currency,
      soldAt,
      sold: soldOf(sales),
      decided: decide({
        lineItemId: row.line_item_id,
        soldAt,
        productId: first.productId,
        circumstances: row.circumstances,
      }),
    }
  })
}

export function cursorAfter(page: readonly SoldLine[]): LineCursor | null {
  const last = page.at(-1)
  return last ? { soldAt: last.soldAt, lineItemId: last.line.lineItemId.toString() } : null
}

async function readSales(
  tx: ShopTransaction,
  shopId: number,
  lineItemIds: readonly bigint[],
): Promise<{ salesOf: Map<bigint, SaleFact[]>; contractIds: bigint[] }> {
  const ids = lineItemIds.map(String)
  const rows = await tx.$queryRaw<SaleRow[]>`
    select own.* from unnest(${ids}::bigint[]) as wanted(id)
    cross join lateral (
      select s.sale_id, s.order_id, s.line_item_id, s.contract_id, s.happened_at, s.action_type, s.product_id, s.title, s.quantity, s.currency,
             s.total_minor, s.tax_minor, s.discount_minor, s.presentment_currency, s.presentment_minor, s.presentment_tax_minor
      from sale s where s.shop_id = ${shopId} and s.line_item_id = wanted.id and s.line_type = 'product' offset 0
    ) own
    order by own.happened_at, own.sale_id`
  const salesOf = new Map<bigint, SaleFact[]>()
  for (const row of rows) {
    const own = salesOf.get(row.line_item_id) ?? []
    own.push(factOf(row))
    salesOf.set(row.line_item_id, own)
  }
  return { salesOf, contractIds: rows.flatMap((row) => row.contract_id ?? []) }
}

function factOf(row: SaleRow): SaleFact {
  return {
    saleId: row.sale_id,
    orderId: row.order_id,
    happenedAt: row.happened_at.toISOString(),
    actionType: row.action_type,
    lineType: 'product',
    lineItemId: row.line_item_id,
    productId: row.product_id,
    title: row.title,
    quantity: row.quantity,
    currency: row.currency,
    totalMinor: row.total_minor,
    taxMinor: row.tax_minor,
    discountMinor: row.discount_minor,
    presentmentCurrency: row.presentment_currency,
    presentmentMinor: row.presentment_minor,
    presentmentTaxMinor: row.presentment_tax_minor,
    isTest: false,
  }
}

function netOf(sales: readonly SaleFact[]): bigint {
  return [...rateSales(sales).values()].reduce((sum, rated) => sum + rated.netMinor, 0n)
}

/** What a line has sold by all of its sales in their order, returns taken off: as booking them one by one adds it up. */
export function soldOf(sales: readonly SaleFact[]): SoldGoods {
  const rated = rateSales(sales)
  const sold = { units: 0, listMinor: 0n, discountMinor: 0n }
  for (const sale of sales) {
    const rate = rated.get(sale.saleId)
    if (!rate) continue
    const goods = soldGoods(sale, rate)
    sold.units += goods.units
    sold.listMinor += goods.listMinor
    sold.discountMinor += goods.discountMinor
  }
  return sold
}
