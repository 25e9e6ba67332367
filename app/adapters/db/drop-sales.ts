// Which drop a product was sold in: by the windows of the drops' own timelines, not by what runners managed.
import type { SaleDrop } from '../../domain/attribution/circumstances.ts'
import type { IsoInstant } from '../../domain/time/instant.ts'
import type { ShopTransaction } from './database.ts'

export interface SellingDrop extends SaleDrop {
  productId: bigint
  begins: Date
  /** Exclusive. */
  ends: Date
}

/** Of drops that were ever scheduled. An aborted drop sold until it was aborted. */
export async function dropsSelling(
  tx: ShopTransaction,
  shopId: number,
  productIds: readonly bigint[],
): Promise<SellingDrop[]> {
  if (productIds.length === 0) return []
  return tx.$queryRaw<SellingDrop[]>`
    select d.id::text, d.creator_id::text as "creatorId", d.agreement_id::text as "agreementId", o.product_id as "productId",
           w.begins, least(w.ends, case when d.status = 'aborted' then d.ended_at end) as ends
    from (select distinct product_id, drop_id from drop_offer
          where shop_id = ${shopId} and product_id = any(${[...new Set(productIds)].map(String)}::bigint[])) o
    join drop d on d.id = o.drop_id and d.status <> 'draft'
    cross join lateral (
      select min(a.at) filter (where a.kind in ('early_access', 'open')) as begins, min(a.at) filter (where a.kind = 'close') as ends
      from act a where a.drop_id = d.id offset 0
    ) w
    where w.begins is not null and w.ends is not null
    order by w.begins desc, d.id`
}

/** Of drops that sell the product at once, the one that began last. */
export function dropAt(
  drops: readonly SellingDrop[],
  productId: bigint | null,
  soldAt: IsoInstant,
): SaleDrop | null {
  const at = new Date(soldAt)
  const found = drops.find((drop) => drop.productId === productId && drop.begins <= at && at < drop.ends)
  return found ? { id: found.id, creatorId: found.creatorId, agreementId: found.agreementId } : null
}
