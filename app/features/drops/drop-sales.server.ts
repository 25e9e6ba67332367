// Which sales are a drop's: those of its pieces whose first sale fell between its first selling act and its close.
import { Prisma } from '#app/adapters/db/generated/client.ts'

/** One row: from when until when the drop sells, by its timeline. */
export function sellingWindow(dropId: string): Prisma.Sql {
  return Prisma.sql`
    select min(at) filter (where kind in ('early_access', 'open')) as begins, min(at) filter (where kind = 'close') as ends
    from act where drop_id = ${dropId}::uuid`
}

/** Rows by order and piece: order_id, variant_id, sold_at, units and net (minor units without tax), after returns. Reads `selling`. */
export function soldLines(shopId: number, dropId: string): Prisma.Sql {
  return Prisma.sql`
    select f.order_id, f.variant_id, f.sold_at, s.units, s.net
    from (
      select s.line_item_id, s.order_id, s.variant_id, min(s.happened_at) as sold_at
      from sale s, selling w
      where s.shop_id = ${shopId} and s.happened_at >= w.begins and s.happened_at < w.ends and s.action_type = 'order'
        and s.line_type = 'product' and s.line_item_id is not null
        and s.variant_id in (select variant_id from drop_offer where drop_id = ${dropId}::uuid)
      group by 1, 2, 3
    ) f
    cross join lateral (
      select coalesce(sum(r.quantity), 0)::int as units, coalesce(sum(r.total_minor - r.tax_minor), 0)::bigint as net
      from sale r where r.shop_id = ${shopId} and r.line_item_id = f.line_item_id
    ) s`
}
