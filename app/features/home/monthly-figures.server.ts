import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { periodLabelled } from '#app/domain/time/month-period.ts'
import type { MonthFigures } from './home-view.server.ts'

interface MonthRow {
  month: string
  net: bigint
  royalty: bigint
}

/** Attributed net sales and royalties of each named month, in the shop's zone and currency. Months without either are zero. */
export async function readMonthlyFigures(tx: ShopTransaction, shop: Shop, labels: string[]): Promise<MonthFigures[]> {
  const first = labels[0]
  if (first === undefined) return []
  const since = new Date(periodLabelled(first, shop.timeZone).startsAt)
  const rows = await tx.$queryRaw<MonthRow[]>`
    select month, sum(net)::bigint as net, sum(royalty)::bigint as royalty from (
      select to_char(s.happened_at at time zone ${shop.timeZone}, 'YYYY-MM') as month, s.total_minor - s.tax_minor as net, 0 as royalty
      from sale s
      join line_attribution a on a.shop_id = s.shop_id and a.line_item_id = s.line_item_id
      join shop_order o on o.shop_id = s.shop_id and o.order_id = s.order_id
      where s.shop_id = ${shop.id} and s.happened_at >= ${since} and s.line_type = 'product' and s.currency = ${shop.currency}
        and jsonb_array_length(a.payees) > 0 and not o.is_test
      union all
      select to_char(j.effective_at at time zone ${shop.timeZone}, 'YYYY-MM'), 0, p.amount_minor
      from account a
      join posting p on p.account_id = a.id and p.shop_id = a.shop_id
      join journal j on j.shop_id = p.shop_id and j.seq = p.journal_seq
      where a.shop_id = ${shop.id} and a.code = 'royalty-expense' and a.currency = ${shop.currency} and j.effective_at >= ${since}
    ) facts group by month`
  const byMonth = new Map(rows.map((row) => [row.month, row]))
  return labels.map((month) => {
    const row = byMonth.get(month)
    return { month, netMinor: String(row?.net ?? 0n), royaltyMinor: String(row?.royalty ?? 0n) }
  })
}
