// What each creator was paid or given in one calendar year of the shop, by kind of income: by the date of payment, not of earning.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { INCOME_TYPES, type TaxIncomeType } from '#app/domain/tax/income-type.ts'
import { startOfDay } from '#app/domain/time/instant.ts'

export interface YearlyIncome {
  creatorId: string
  currency: string
  paid: Record<TaxIncomeType, bigint>
  withheldMinor: bigint
}

interface Row {
  creatorId: string
  currency: string
  incomeType: string
  amount: bigint
  withheld: bigint
}

/** One row a creator and currency. An advance is income when it is paid; a gift when it is given. */
export async function readYearlyIncome(
  tx: ShopTransaction,
  shop: Pick<Shop, 'id' | 'timeZone'>,
  year: number,
  creatorId?: string,
): Promise<YearlyIncome[]> {
  const from = new Date(startOfDay(`${year}-01-01`, shop.timeZone))
  const until = new Date(startOfDay(`${year + 1}-01-01`, shop.timeZone))
  const only = creatorId ?? null
  const rows = await tx.$queryRaw<Row[]>`
    select p.creator_id::text as "creatorId", p.currency, i.value->>'incomeType' as "incomeType",
      sum((i.value->>'amountMinor')::bigint)::bigint as amount, 0::bigint as withheld
    from payout p cross join lateral jsonb_array_elements(p.income) i
    where p.shop_id = ${shop.id} and p.status in ('sent', 'confirmed') and p.sent_at >= ${from} and p.sent_at < ${until}
      and (${only}::uuid is null or p.creator_id = ${only}::uuid)
    group by 1, 2, 3
    union all
    select p.creator_id::text, p.currency, 'commission_service', 0, sum(p.withheld_minor)::bigint
    from payout p
    where p.shop_id = ${shop.id} and p.status in ('sent', 'confirmed') and p.sent_at >= ${from} and p.sent_at < ${until}
      and (${only}::uuid is null or p.creator_id = ${only}::uuid)
    group by 1, 2
    union all
    select d.creator_id::text, d.currency, case g.role when 'design_owner' then 'design_royalty' else 'commission_service' end,
      sum(d.amount_minor)::bigint, sum(d.withheld_minor)::bigint
    from advance d left join agreement g on g.id = d.agreement_id
    where d.shop_id = ${shop.id} and d.paid_at >= ${from} and d.paid_at < ${until} and d.undone_at is null and (${only}::uuid is null or d.creator_id = ${only}::uuid)
    group by 1, 2, 3
    union all
    select a.creator_id::text, a.currency, 'in_kind', sum(a.amount_minor)::bigint, 0
    from adjustment a
    where a.shop_id = ${shop.id} and a.kind = 'gift' and a.status = 'posted' and a.creator_id is not null
      and coalesce(a.facts->>'givenOn', '') >= ${`${year}-01-01`} and coalesce(a.facts->>'givenOn', '') <= ${`${year}-12-31`}
      and (${only}::uuid is null or a.creator_id = ${only}::uuid)
    group by 1, 2`
  const sums = new Map<string, YearlyIncome>()
  for (const row of rows) {
    const key = `${row.creatorId} ${row.currency}`
    const sum = sums.get(key) ?? {
      creatorId: row.creatorId,
      currency: row.currency,
      paid: { commission_service: 0n, design_royalty: 0n, bonus: 0n, in_kind: 0n },
      withheldMinor: 0n,
    }
    const type = INCOME_TYPES.find((known) => known === row.incomeType)
    if (type) sum.paid[type] += row.amount
    sum.withheldMinor += row.withheld
    sums.set(key, sum)
  }
  return [...sums.values()]
}
