// What a creator earned and was paid so far, by kind of income: so that each payment can say what it consists of.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { IncomeType } from '#app/domain/ledger/royalty-entry.ts'
import { INCOME_TYPES, type IncomeSums } from '#app/domain/payouts/payout-amounts.ts'

export interface IncomeToDate {
  earned: IncomeSums
  paid: IncomeSums
}

interface Row {
  creatorId: string
  side: 'earned' | 'paid'
  incomeType: string
  amount: bigint
}

/** By creator id. An advance counts as paid income of its agreement's kind from the day it left: earnings that recoup it are not paid again. */
export async function readIncomeToDate(
  tx: ShopTransaction,
  shopId: number,
  currency: string,
  creatorIds: readonly string[],
): Promise<Map<string, IncomeToDate>> {
  const ids = [...creatorIds]
  const rows = await tx.$queryRaw<Row[]>`
    select r.creator_id::text as "creatorId", 'earned' as side, r.income_type as "incomeType", sum(r.royalty_minor)::bigint as amount
    from royalty_entry r join journal j on j.shop_id = r.shop_id and j.seq = r.journal_seq and j.currency = ${currency}
    where r.shop_id = ${shopId} and r.creator_id = any(${ids}::uuid[]) group by 1, 3
    union all
    select a.creator_id::text, 'earned', coalesce(a.income_type, 'commission_service'), sum(a.amount_minor)::bigint
    from adjustment a where a.shop_id = ${shopId} and a.currency = ${currency} and a.status = 'posted' and a.kind in ('creator_correction', 'answer')
      and a.creator_id = any(${ids}::uuid[]) group by 1, 3
    union all
    select p.creator_id::text, 'paid', i.value->>'incomeType', sum((i.value->>'amountMinor')::bigint)::bigint
    from payout p cross join lateral jsonb_array_elements(p.income) i
    where p.shop_id = ${shopId} and p.currency = ${currency} and p.status not in ('failed', 'voided') and p.creator_id = any(${ids}::uuid[])
    group by 1, 3
    union all
    select d.creator_id::text, 'paid', case g.role when 'design_owner' then 'design_royalty' else 'commission_service' end, sum(d.amount_minor)::bigint
    from advance d left join agreement g on g.id = d.agreement_id
    where d.shop_id = ${shopId} and d.currency = ${currency} and d.paid_at is not null and d.undone_at is null and d.creator_id = any(${ids}::uuid[]) group by 1, 3`
  const sums = new Map<string, { earned: Map<IncomeType, bigint>; paid: Map<IncomeType, bigint> }>()
  for (const id of ids) sums.set(id, { earned: new Map(), paid: new Map() })
  for (const row of rows) {
    const incomeType = INCOME_TYPES.find((type) => type === row.incomeType)
    const sum = sums.get(row.creatorId)?.[row.side]
    if (incomeType && sum) sum.set(incomeType, (sum.get(incomeType) ?? 0n) + row.amount)
  }
  return sums
}
