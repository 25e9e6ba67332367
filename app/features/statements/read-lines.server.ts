// The creators' subledger, added up: one pass over the covered months for all creators at once.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { Prisma } from '../../adapters/db/generated/client.ts'
import type { TaxIncomeType } from '../../domain/tax/income-type.ts'
import { covered, inCurrency, type ReadScope } from './scope-sql.ts'

/** One product, version, share and month of sale; `section` says where on the statement it belongs. */
export interface EntrySums {
  creatorId: string
  versionId: string
  incomeType: TaxIncomeType
  shareBps: number
  productId: string | null
  title: string
  /** 2026-04 */
  soldIn: string
  /** late: known after its month was closed. dispute and rerate change lines of earlier months. */
  section: 'line' | 'late' | 'rerate' | 'dispute'
  isReturn: boolean
  latestAt: Date
  unitsSold: number
  list: bigint
  discount: bigint
  net: bigint
  unitsReturned: number
  returns: bigint
  royalty: bigint
  entries: number
  firstJournal: bigint
  lastJournal: bigint
}

export async function readLines(tx: ShopTransaction, scope: ReadScope): Promise<EntrySums[]> {
  const { shop, periodIds } = scope
  return tx.$queryRaw<EntrySums[]>`
    with ${covered(scope)}, entry as (
      select e.creator_id, e.agreement_version_id, e.income_type, e.share_bps, e.product_id, e.title, e.journal_seq, e.effective_at,
             date_trunc('month', e.sold_on::timestamp) as sold_in, e.units, e.list_minor, e.discount_minor, e.net_minor, e.royalty_minor,
             case when e.kind = 'sale' and e.effective_at >= c.starts_at then 'line'
                  when e.kind = 'rerate' and e.sold_on >= c.from_date then 'line'
                  when e.kind = 'sale' then 'late' else e.kind end as section,
             e.kind = 'sale' and (e.net_minor < 0 or e.units < 0) as is_return
      from covered c
      join royalty_entry e on e.shop_id = ${shop.id} and e.period_id = c.period_id and e.creator_id = c.creator_id
      where e.shop_id = ${shop.id} and e.period_id = any(${periodIds}::uuid[]) and e.kind <> 'award' ${inCurrency(scope, Prisma.sql`e.journal_seq`)}
    ), summed as (
      select creator_id, agreement_version_id, income_type, share_bps, product_id, sold_in, section,
             section <> 'line' and (is_return or (section = 'dispute' and royalty_minor < 0)) as is_return,
             case when product_id is null then title end as untraced, max(title) as title, max(effective_at) as latest_at,
             coalesce(sum(units) filter (where not is_return), 0)::int as units_sold,
             coalesce(sum(list_minor) filter (where not is_return), 0)::bigint as list,
             coalesce(sum(discount_minor) filter (where not is_return), 0)::bigint as discount,
             coalesce(sum(net_minor) filter (where not is_return), 0)::bigint as net,
             coalesce(-sum(units) filter (where is_return), 0)::int as units_returned,
             coalesce(sum(net_minor) filter (where is_return), 0)::bigint as returns,
             sum(royalty_minor)::bigint as royalty, count(*)::int as entries,
             min(journal_seq) as first_journal, max(journal_seq) as last_journal
      from entry
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    )
    select creator_id::text as "creatorId", agreement_version_id::text as "versionId", income_type as "incomeType", share_bps as "shareBps",
           product_id::text as "productId", title, to_char(sold_in, 'YYYY-MM') as "soldIn", section, is_return as "isReturn",
           latest_at as "latestAt", units_sold as "unitsSold", list, discount, net, units_returned as "unitsReturned", returns, royalty,
           entries, first_journal as "firstJournal", last_journal as "lastJournal"
    from summed`
}
