// What was sold under agreements, added up by the database for ladders and guarantees.
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { EarnedRoyalty } from '../../../domain/awards/guarantee-awards.ts'
import type { StockObservation } from '../../../domain/awards/restocked-units.ts'
import type { CountedSales } from '../../../domain/awards/tier-awards.ts'
import { disputeStage } from '../../../domain/ledger/post-dispute.ts'

export interface AgreementSales extends CountedSales {
  agreementId: string
  currency: string
}

/**
 * Net and pieces of the lines of these agreements, by version, month, product and drop, and by the room that the cap leaves them: frozen
 * with the line, else what the cap of today leaves beside the shares on it. Goods whose money a lost chargeback took back do not count.
 */
export async function readCountedSales(
  tx: ShopTransaction,
  shop: { id: number; maxTotalShareBps: number },
  agreementIds: readonly string[],
): Promise<AgreementSales[]> {
  if (agreementIds.length === 0) return []
  const rows = await tx.$queryRawUnsafe<
    Array<{
      agreement_id: string
      agreement_version_id: string
      month: string
      product_id: bigint | null
      drop_id: string | null
      currency: string
      headroom: number
      units: number
      net: bigint
      last_at: Date
    }>
  >(
    // By day first: labels of months are dear, a hundred thousand of them. The first payee is nearly always the one looked for.
    `with newer as (
       select line_item_id, max(revision) as revision from line_attribution where shop_id = $1::int and revision > 1 group by 1
     ), sold as (
       select e.agreement_id, e.agreement_version_id, e.sold_on, e.product_id, e.drop_id,
              coalesce($5::text, (select j.currency from journal j where j.shop_id = e.shop_id and j.seq = e.journal_seq)) as currency,
              coalesce(
                case when a.payees->0->>'agreementVersionId' = e.agreement_version_id::text then (a.payees->0->>'headroomBps')::int end,
                (select coalesce((p->>'headroomBps')::int,
                                 $3::int - (select sum((q->>'shareBps')::int) from jsonb_array_elements(a.payees) q)::int)
                 from jsonb_array_elements(a.payees) p where p->>'agreementVersionId' = e.agreement_version_id::text limit 1),
                0) as headroom,
              sum(case when e.order_id = any($4::bigint[]) then 0 else e.units end) as units,
              sum(case when e.order_id = any($4::bigint[]) then 0 else e.net_minor end) as net, max(e.effective_at) as last_at
       from royalty_entry e
       left join newer n on n.line_item_id = e.line_item_id
       left join line_attribution a
         on a.shop_id = e.shop_id and a.line_item_id = e.line_item_id and a.revision = coalesce(n.revision, 1)
       where e.shop_id = $1::int and e.agreement_id = any($2::uuid[]) and e.award_id is null and e.line_item_id is not null
       group by 1, 2, 3, 4, 5, 6, 7
     )
     select agreement_id, agreement_version_id, to_char(sold_on, 'YYYY-MM') as month, product_id, drop_id, currency, headroom,
            sum(units)::int as units, sum(net)::bigint as net, max(last_at) as last_at
     from sold group by 1, 2, 3, 4, 5, 6, 7`,
    shop.id,
    agreementIds,
    shop.maxTotalShareBps,
    (await ordersOfDisputes(tx, shop.id)).lost.map(String),
    await onlyCurrency(tx, shop.id),
  )
  return rows.map((row) => ({
    agreementId: row.agreement_id,
    agreementVersionId: row.agreement_version_id,
    month: row.month,
    productId: row.product_id?.toString() ?? null,
    dropId: row.drop_id,
    currency: row.currency,
    headroomBps: row.headroom,
    units: row.units,
    netMinor: row.net,
    lastAt: row.last_at.toISOString(),
  }))
}

export interface AgreementRoyalty extends EarnedRoyalty {
  agreementId: string
  currency: string
  lastAt: string
}

/** Royalties of the lines of these agreements by day and product; awards are not among them. */
export async function readLineRoyalties(
  tx: ShopTransaction,
  shopId: number,
  agreementIds: readonly string[],
): Promise<AgreementRoyalty[]> {
  if (agreementIds.length === 0) return []
  const rows = await tx.$queryRawUnsafe<
    Array<{
      agreement_id: string
      sold_on: string
      product_id: bigint | null
      currency: string
      royalty: bigint
      last_at: Date
    }>
  >(
    `select e.agreement_id, to_char(e.sold_on, 'YYYY-MM-DD') as sold_on, e.product_id,
            coalesce($3::text, (select j.currency from journal j where j.shop_id = e.shop_id and j.seq = e.journal_seq)) as currency,
            sum(e.royalty_minor)::bigint as royalty, max(e.effective_at) as last_at
     from royalty_entry e
     where e.shop_id = $1::int and e.agreement_id = any($2::uuid[]) and e.award_id is null
     group by e.agreement_id, e.sold_on, e.product_id, 4`,
    shopId,
    agreementIds,
    await onlyCurrency(tx, shopId),
  )
  return rows.map((row) => ({
    agreementId: row.agreement_id,
    soldOn: row.sold_on,
    month: row.sold_on.slice(0, 7),
    productId: row.product_id?.toString() ?? null,
    currency: row.currency,
    royaltyMinor: row.royalty,
    lastAt: row.last_at.toISOString(),
  }))
}

/** Of a shop that never kept its books in two: then no journal has to be asked for its own. */
async function onlyCurrency(tx: ShopTransaction, shopId: number): Promise<string | null> {
  const rows = await tx.$queryRaw<Array<{ currency: string }>>`
    select distinct currency from account where shop_id = ${shopId}`
  return rows.length === 1 ? (rows[0]?.currency ?? null) : null
}

/** Counts of the stock of these products, by product id: also those from before it was known whose item it is. */
export async function readStock(
  tx: ShopTransaction,
  shopId: number,
  productIds: readonly string[],
): Promise<Map<string, StockObservation[]>> {
  const stock = new Map<string, StockObservation[]>()
  if (productIds.length === 0) return stock
  const rows = await tx.$queryRawUnsafe<
    Array<{ product_id: bigint; item: bigint; location: bigint; observed_at: Date; available: number }>
  >(
    `select known.product_id, o.inventory_item_id as item, o.location_id as location, o.observed_at, o.available
     from (select distinct inventory_item_id, product_id from inventory_observation
           where shop_id = $1::int and product_id = any($2::bigint[])) known
     join inventory_observation o on o.shop_id = $1::int and o.inventory_item_id = known.inventory_item_id`,
    shopId,
    productIds,
  )
  for (const row of rows) {
    const productId = row.product_id.toString()
    const counts = stock.get(productId) ?? []
    counts.push({
      inventoryItemId: row.item.toString(),
      locationId: row.location.toString(),
      observedAt: row.observed_at.toISOString(),
      available: row.available,
    })
    stock.set(productId, counts)
  }
  return stock
}

/** Orders whose money a chargeback took back, and those whose money it may still take. */
export async function ordersOfDisputes(
  tx: ShopTransaction,
  shopId: number,
): Promise<{ lost: bigint[]; open: bigint[] }> {
  const disputes = await tx.dispute.findMany({
    where: { shopId, orderId: { not: null } },
    select: { orderId: true, type: true, status: true },
  })
  const of = (stage: string) =>
    disputes.flatMap((dispute) => {
      const staged = disputeStage(dispute)
      return staged.ok && staged.stage === stage && dispute.orderId !== null ? [dispute.orderId] : []
    })
  return { lost: of('lost'), open: of('open') }
}
