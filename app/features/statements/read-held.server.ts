// What the held balance consists of at the end of the covered months, by the local date on which it becomes payable.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { Prisma } from '../../adapters/db/generated/client.ts'
import { inCurrency, type ReadScope } from './scope-sql.ts'

export interface HeldPart {
  creatorId: string
  on: string
  amount: bigint
}

/** Releases that are booked in a later month do not count yet, whenever this is read. */
export async function readHeld(tx: ShopTransaction, scope: ReadScope): Promise<HeldPart[]> {
  return [...(await readHeldLines(tx, scope)), ...(scope.uses.awards ? await readHeldAwards(tx, scope) : [])]
}

/**
 * Holds and entries are stacked and grouped rather than joined: on tables without statistics, as after an import, Postgres would join them row by
 * row. The least line bounds what is read of the subledger. A month's facts may be booked after a release of the next month, and went past the
 * held account; facts of the next month may be booked before a late release of this one, which took them along. Both are few, and looked up.
 */
function readHeldLines(tx: ShopTransaction, scope: ReadScope): Promise<HeldPart[]> {
  const { shop, through, creatorIds } = scope
  const currency = inCurrency(scope, Prisma.sql`e.journal_seq`)
  return tx.$queryRaw<HeldPart[]>`
    with month as materialized (
      select p.id, p.ends_at <= ${through} as is_covered from period p where p.shop_id = ${shop.id}
    ), held as materialized (
      select h.creator_id, h.line_item_id, (h.matures_at at time zone ${shop.timeZone})::date as matures_on, null::bigint as release
      from royalty_hold h
      where h.shop_id = ${shop.id} and h.creator_id = any(${creatorIds}::uuid[]) and h.released_at is null
      union all
      select h.creator_id, h.line_item_id, (h.matures_at at time zone ${shop.timeZone})::date, h.journal_seq
      from royalty_hold h
      where h.shop_id = ${shop.id} and h.creator_id = any(${creatorIds}::uuid[]) and h.released_at >= ${through}
        and not exists (
          select 1 from journal j join month m on m.id = j.period_id and m.is_covered
          where j.shop_id = ${shop.id} and j.seq = h.journal_seq)
    ), line as (
      select creator_id, matures_on, royalty from (
        select creator_id, line_item_id, max(matures_on) as matures_on, sum(royalty_minor) as royalty
        from (
          select creator_id, line_item_id, matures_on, 0::bigint as royalty_minor from held
          union all
          select e.creator_id, e.line_item_id, null, e.royalty_minor
          from royalty_entry e
          where e.shop_id = ${shop.id} and e.line_item_id >= (select min(line_item_id) from held) and e.kind <> 'award'
            and e.period_id = any(array(select m.id from month m where m.is_covered)) ${currency}
          union all
          select h.creator_id, h.line_item_id, null, -past.royalty_minor
          from held h cross join lateral (
            select e.royalty_minor from royalty_entry e
            where e.shop_id = ${shop.id} and e.line_item_id = h.line_item_id and e.creator_id = h.creator_id and e.kind <> 'award'
              and e.journal_seq > h.release and e.period_id = any(array(select m.id from month m where m.is_covered)) ${currency}
            offset 0
          ) past
          where h.release is not null
          union all
          select later.creator_id, later.line_item_id, taken.matures_on, -later.royalty_minor
          from (
            select e.creator_id, e.line_item_id, e.journal_seq, e.royalty_minor from royalty_entry e
            where e.shop_id = ${shop.id} and e.creator_id = any(${creatorIds}::uuid[]) and e.kind <> 'award'
              and e.period_id = any(array(select m.id from month m where not m.is_covered)) ${currency}
          ) later
          cross join lateral (
            select (h.matures_at at time zone ${shop.timeZone})::date as matures_on from royalty_hold h
            where h.shop_id = ${shop.id} and h.line_item_id = later.line_item_id and h.creator_id = later.creator_id
              and h.journal_seq > later.journal_seq
              and exists (
                select 1 from journal j join month m on m.id = j.period_id and m.is_covered
                where j.shop_id = ${shop.id} and j.seq = h.journal_seq)
            offset 0
          ) taken
        ) stacked
        group by creator_id, line_item_id
      ) summed
      where matures_on is not null and royalty <> 0
    )
    select creator_id::text as "creatorId", to_char(matures_on, 'YYYY-MM-DD') as "on", sum(royalty)::bigint as amount
    from line
    group by creator_id, matures_on
    having sum(royalty) <> 0`
}

/** Numbers of an award's journals that are looked for when it changed after the covered months; far more than an award ever has in one. */
const AWARD_JOURNALS = 60

/** An award stands as a whole in the bucket that its newest journal names. */
function readHeldAwards(tx: ShopTransaction, scope: ReadScope): Promise<HeldPart[]> {
  const { shop, through, creatorIds } = scope
  return tx.$queryRaw<HeldPart[]>`
    with standing as (
      select a.id, a.creator_id, a.key, a.target_minor, a.matures_at, a.released_at is null as is_held, a.updated_at >= ${through} as changed_since
      from award a
      where a.shop_id = ${shop.id} and a.creator_id = any(${creatorIds}::uuid[]) and a.currency = ${shop.currency}
        and (a.released_at is null or a.released_at >= ${through} or a.updated_at >= ${through})
    ), dated as (
      select s.*, n.bucket, n.matures_then
      from standing s
      left join lateral (
        select coalesce(j.arithmetic->>'to', j.arithmetic->>'bucket') as bucket, (j.arithmetic->>'maturesAt')::timestamptz as matures_then
        from journal j join period d on d.id = j.period_id and d.ends_at <= ${through}
        where s.changed_since and j.shop_id = ${shop.id} and j.fact_key = any(array(
          select k.prefix || s.key || '/' || n from generate_series(1, ${AWARD_JOURNALS}::int) n, (values ('award/'), ('award_release/')) k(prefix)))
        order by j.seq desc limit 1
      ) n on true
    )
    select s.creator_id::text as "creatorId",
           to_char((coalesce(s.matures_then, s.matures_at) at time zone ${shop.timeZone})::date, 'YYYY-MM-DD') as "on",
           sum(case when s.changed_since then coalesce(e.amount, 0) else s.target_minor end)::bigint as amount
    from dated s
    left join lateral (
      select sum(r.royalty_minor) as amount
      from royalty_entry r join period d on d.id = r.period_id and d.ends_at <= ${through}
      where s.changed_since and r.shop_id = ${shop.id} and r.creator_id = s.creator_id and r.award_id = s.id and r.kind = 'award'
    ) e on true
    where case when s.changed_since then s.bucket = 'held' else s.is_held end
    group by 1, 2
    having sum(case when s.changed_since then coalesce(e.amount, 0) else s.target_minor end) <> 0`
}
