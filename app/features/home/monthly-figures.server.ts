import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { periodLabelled } from '#app/domain/time/month-period.ts'
import type { MonthFigures } from './home-view.server.ts'

interface MonthRow {
  month: string
  net: bigint
  royalty: bigint
}

/**
 * Attributed net sales and royalties of each named month, in the shop's zone and currency, from what is booked. Months without either are
 * zero. A fact is never booked in a month before its own, so older accounting months need not be read.
 */
export async function readMonthlyFigures(
  tx: ShopTransaction,
  shop: Shop,
  labels: string[],
): Promise<MonthFigures[]> {
  const first = labels[0]
  if (first === undefined) return []
  const since = new Date(periodLabelled(first, shop.timeZone).startsAt)
  const rows = await tx.$queryRaw<MonthRow[]>`
    select month, sum(net)::bigint as net, sum(royalty)::bigint as royalty from (
      select to_char(j.effective_at at time zone ${shop.timeZone}, 'YYYY-MM') as month, (j.arithmetic->>'netMinor')::bigint as net, 0 as royalty
      from journal j
      where j.shop_id = ${shop.id} and j.kind = 'sale' and j.effective_at >= ${since}
        and jsonb_typeof(j.arithmetic->'royalty') = 'object'
        and j.period_id in (select id from period where shop_id = ${shop.id} and ends_at > ${since})
        and exists (select 1 from posting p where p.shop_id = j.shop_id and p.journal_seq = j.seq and p.line = 0 and p.currency = ${shop.currency})
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
