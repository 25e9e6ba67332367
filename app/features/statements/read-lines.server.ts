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
  /** Titles of the drops in which some of it was sold; how many units then, and what they earn. */
  drops: string[]
  unitsInDrops: number
  royaltyInDrops: bigint
}

/**
 * Entries are added up before anybody asks where on which statement they belong: that is asked of a few sums then. All that it takes of an
 * entry's time is after how many of the statements' beginnings it lies.
 */
export async function readLines(tx: ShopTransaction, scope: ReadScope): Promise<EntrySums[]> {
  const { shop, periodIds, creatorIds, columns } = scope
  const beginnings = [...new Set(columns.startsAt)].sort()
  return tx.$queryRaw<EntrySums[]>`
    with ${covered(scope)}, part as (
      select e.creator_id, e.period_id, e.agreement_version_id, e.income_type, e.share_bps, e.product_id, e.kind,
             date_trunc('month', e.sold_on::timestamp) as sold_in, width_bucket(e.effective_at, ${beginnings}::timestamptz[]) as begun,
             e.kind = 'sale' and (e.net_minor < 0 or e.units < 0) as is_return, e.kind = 'dispute' and e.royalty_minor < 0 as takes_back,
             case when e.product_id is null then e.title end as untraced, e.drop_id, max(e.title) as title, max(e.effective_at) as latest_at,
             sum(e.units) as units, sum(e.list_minor) as list, sum(e.discount_minor) as discount, sum(e.net_minor) as net,
             sum(e.royalty_minor) as royalty, count(*) as entries, min(e.journal_seq) as first_journal, max(e.journal_seq) as last_journal
      from royalty_entry e
      where e.shop_id = ${shop.id} and e.period_id = any(${periodIds}::uuid[]) and e.creator_id = any(${creatorIds}::uuid[]) and e.kind <> 'award'
        ${inCurrency(scope, Prisma.sql`e.journal_seq`)}
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
    ), placed as (
      select p.*,
             case when p.kind = 'sale' and p.begun >= width_bucket(c.starts_at, ${beginnings}::timestamptz[]) then 'line'
                  when p.kind = 'rerate' and p.sold_in >= c.from_date then 'line'
                  when p.kind = 'sale' then 'late' else p.kind end as section
      from covered c join part p on p.period_id = c.period_id and p.creator_id = c.creator_id
    ), summed as (
      select creator_id, agreement_version_id, income_type, share_bps, product_id, sold_in, section,
             section <> 'line' and (is_return or takes_back) as is_return, untraced, max(title) as title, max(latest_at) as latest_at,
             coalesce(sum(units) filter (where not is_return), 0)::int as units_sold,
             coalesce(sum(list) filter (where not is_return), 0)::bigint as list,
             coalesce(sum(discount) filter (where not is_return), 0)::bigint as discount,
             coalesce(sum(net) filter (where not is_return), 0)::bigint as net,
             coalesce(-sum(units) filter (where is_return), 0)::int as units_returned,
             coalesce(sum(net) filter (where is_return), 0)::bigint as returns,
             sum(royalty)::bigint as royalty, sum(entries)::int as entries,
             min(first_journal) as first_journal, max(last_journal) as last_journal,
             array_agg(distinct drop_id) filter (where drop_id is not null) as drop_ids,
             coalesce(sum(units) filter (where drop_id is not null), 0)::int as units_in_drops,
             coalesce(sum(royalty) filter (where drop_id is not null), 0)::bigint as royalty_in_drops
      from placed
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    )
    select creator_id::text as "creatorId", agreement_version_id::text as "versionId", income_type as "incomeType", share_bps as "shareBps",
           product_id::text as "productId", title, to_char(sold_in, 'YYYY-MM') as "soldIn", section, is_return as "isReturn",
           latest_at as "latestAt", units_sold as "unitsSold", list, discount, net, units_returned as "unitsReturned", returns, royalty,
           entries, first_journal as "firstJournal", last_journal as "lastJournal",
           array(select d.title from drop d where d.shop_id = ${shop.id} and d.id = any(drop_ids) order by 1) as drops,
           units_in_drops as "unitsInDrops", royalty_in_drops as "royaltyInDrops"
    from summed`
}
