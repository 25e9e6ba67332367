// What the held balance consists of at the end of the covered months, by the local date on which it becomes payable.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { Prisma } from '../../adapters/db/generated/client.ts'
import { inCurrency, type ReadScope } from './scope-sql.ts'

export interface HeldPart {
  creatorId: string
  on: string
  amount: bigint
}

/**
 * What waits now, less what moved on the held accounts after the covered months. So it does not matter in which order facts and releases of
 * different months were booked, or whether a release moved anything, and only what waits and what came later is read: each
 * line by its key, also by a planner without statistics.
 */
export function readHeldLines(tx: ShopTransaction, scope: ReadScope): Promise<HeldPart[]> {
  const { shop, through, creatorIds } = scope
  const currency = inCurrency(scope, Prisma.sql`e.journal_seq`)
  return tx.$queryRaw<HeldPart[]>`
    with later as materialized (
      select p.id from period p where p.shop_id = ${shop.id} and p.ends_at > ${through}
    ), part as (
      select h.creator_id, h.matures_at, own.royalty_minor
      from royalty_hold h
      cross join lateral (
        select sum(e.royalty_minor) as royalty_minor from royalty_entry e
        where e.shop_id = ${shop.id} and e.line_item_id = h.line_item_id and e.creator_id = h.creator_id and e.kind <> 'award' ${currency}
        offset 0
      ) own
      where h.shop_id = ${shop.id} and h.creator_id = any(${creatorIds}::uuid[]) and h.released_at is null
      union all
      -- Credits are negative: adding a posting takes back what it moved.
      select a.creator_id, line.matures_at, moved.amount_minor
      from account a
      cross join lateral (
        -- As one comparison: only the account's own index answers it.
        select p.journal_seq, p.amount_minor from posting p
        where p.account_id = a.id and (p.account_id, p.journal_seq) >= (a.id, (
          select min(f.seq) from later m
          cross join lateral (
            select j.seq from journal j where j.shop_id = ${shop.id} and j.period_id = m.id order by j.seq limit 1
          ) f
        ))
        offset 0
      ) moved
      cross join lateral (
        select j.line_item_id from journal j
        where j.shop_id = ${shop.id} and j.seq = moved.journal_seq and j.line_item_id is not null and j.period_id = any(array(select m.id from later m))
        offset 0
      ) j
      cross join lateral (
        select h.matures_at from royalty_hold h
        where h.shop_id = ${shop.id} and h.line_item_id = j.line_item_id and h.creator_id = a.creator_id
        offset 0
      ) line
      where a.shop_id = ${shop.id} and a.currency = ${shop.currency} and a.creator_id = any(${creatorIds}::uuid[]) and a.code like '%/held'
    )
    select creator_id::text as "creatorId", to_char(matures_on, 'YYYY-MM-DD') as "on", amount
    from (
      select creator_id, (matures_at at time zone ${shop.timeZone})::date as matures_on, sum(royalty_minor)::bigint as amount
      from part
      group by 1, 2
    ) dated
    where amount <> 0`
}

/** Numbers of an award's journals that are looked for when it changed after the covered months; far more than an award ever has in one. */
const AWARD_JOURNALS = 60

/**
 * What stands unchanged since the covered months is what its row says. Of an award that changed, its journals of those months say what they
 * moved on the held account: a difference that belongs to an old month may follow the release of a new one. Its newest date counts for all.
 */
export function readHeldAwards(tx: ShopTransaction, scope: ReadScope): Promise<HeldPart[]> {
  const { shop, through, creatorIds } = scope
  return tx.$queryRaw<HeldPart[]>`
    with standing as (
      select a.creator_id, a.key, a.target_minor, a.matures_at, a.released_at is null as is_held, a.updated_at >= ${through} as changed_since
      from award a
      where a.shop_id = ${shop.id} and a.creator_id = any(${creatorIds}::uuid[]) and a.currency = ${shop.currency}
        and (a.released_at is null or a.released_at >= ${through} or a.updated_at >= ${through})
    ), part as (
      select creator_id, matures_at, target_minor as amount from standing where is_held and not changed_since
      union all
      select s.creator_id, own.matures_at, own.amount
      from standing s
      join account held on held.shop_id = ${shop.id} and held.code = 'creator/' || s.creator_id || '/held' and held.currency = ${shop.currency}
      cross join lateral (
        select (array_agg((j.arithmetic->>'maturesAt')::timestamptz order by j.seq desc))[1] as matures_at, -sum(p.amount_minor)::bigint as amount
        from journal j
        join period d on d.id = j.period_id and d.ends_at <= ${through}
        left join posting p on p.shop_id = ${shop.id} and p.journal_seq = j.seq and p.account_id = held.id
        where j.shop_id = ${shop.id} and j.fact_key = any(array(
          select k.prefix || s.key || '/' || n from generate_series(1, ${AWARD_JOURNALS}::int) n, (values ('award/'), ('award_release/')) k(prefix)))
      ) own
      where s.changed_since
    )
    select creator_id::text as "creatorId", to_char((matures_at at time zone ${shop.timeZone})::date, 'YYYY-MM-DD') as "on",
           sum(amount)::bigint as amount
    from part
    group by 1, 2
    having sum(amount) <> 0`
}
