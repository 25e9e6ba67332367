// Which sales are a drop's: those that the books attributed to it with a line's first decision. Nothing is guessed here from times and pieces.
import { Prisma } from '#app/adapters/db/generated/client.ts'

/**
 * Rows by line: line_item_id, order_id, variant_id, sold_at, sold (units, returns not subtracted), back (units that were returned or taken off),
 * net (minor units without tax, as the books have it on the shop's revenue, after returns).
 */
export function soldLines(shopId: number, dropId: string): Prisma.Sql {
  return Prisma.sql`
    select a.line_item_id, a.order_id, a.sold_at, s.variant_id, s.sold, s.back, b.net
    from line_attribution a
    cross join lateral (
      select max(r.variant_id) as variant_id,
        coalesce(sum(r.quantity) filter (where r.quantity > 0), 0)::int as sold,
        coalesce(-sum(r.quantity) filter (where r.quantity < 0), 0)::int as back
      from sale r
      where r.shop_id = ${shopId} and r.line_item_id = a.line_item_id and r.line_type = 'product'
    ) s
    cross join lateral (
      select coalesce(-sum(p.amount_minor), 0)::bigint as net
      from journal j
      join posting p on p.shop_id = j.shop_id and p.journal_seq = j.seq
      join account c on c.id = p.account_id and c.code = 'revenue/product'
      where j.shop_id = ${shopId} and j.order_id = a.order_id and j.line_item_id = a.line_item_id
    ) b
    where a.shop_id = ${shopId} and a.drop_id = ${dropId}::uuid`
}
