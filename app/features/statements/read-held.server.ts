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
 * A line's entries up to its release. Facts of these months may have been booked after a release of the next one, and went past the held
 * account; facts of the next month may have been booked before a late release of these, which took them along. Releases that are booked in a
 * later month do not count yet, whenever this is read.
 */
export function readHeldLines(tx: ShopTransaction, scope: ReadScope): Promise<HeldPart[]> {
  const { shop, through, creatorIds } = scope
  const currency = inCurrency(scope, Prisma.sql`e.journal_seq`)
  return tx.$queryRaw<HeldPart[]>`
    with month as materialized (
      select p.id, p.ends_at <= ${through} as is_covered from period p where p.shop_id = ${shop.id}
    ), held as (
      select h.creator_id, h.line_item_id, h.matures_at, null::bigint as release
      from royalty_hold h
      where h.shop_id = ${shop.id} and h.creator_id = any(${creatorIds}::uuid[]) and h.released_at is null
      union all
      select h.creator_id, h.line_item_id, h.matures_at, h.journal_seq
      from royalty_hold h
      where h.shop_id = ${shop.id} and h.creator_id = any(${creatorIds}::uuid[]) and h.released_at >= ${through}
        and not coalesce(${isCoveredRelease(shop.id)}, false)
      union all
      -- A dispute kept them waiting beyond the end of the month in which they would have been released, and by which they are dated.
      select late.creator_id, late.line_item_id, late.matures_at, j.seq
      from journal j
      cross join lateral (
        select h.creator_id, h.line_item_id, h.matures_at from royalty_hold h
        where h.shop_id = ${shop.id} and h.line_item_id = j.line_item_id and h.journal_seq = j.seq offset 0
      ) late
      where j.shop_id = ${shop.id} and j.kind = 'maturity' and j.effective_at < ${through}
        and j.period_id = any(array(select m.id from month m where not m.is_covered)) and late.creator_id = any(${creatorIds}::uuid[])
    ), part as (
      select h.creator_id, h.matures_at, e.royalty_minor
      from held h
      join royalty_entry e on e.creator_id = h.creator_id and e.line_item_id = h.line_item_id
      where e.shop_id = ${shop.id} and e.creator_id = any(${creatorIds}::uuid[]) and e.kind <> 'award'
        and e.period_id = any(array(select m.id from month m where m.is_covered))
        and (h.release is null or e.journal_seq < h.release) ${currency}
      union all
      select later.creator_id, taken.matures_at, -later.royalty_minor
      from (
        select e.creator_id, e.line_item_id, e.journal_seq, e.royalty_minor from royalty_entry e
        where e.shop_id = ${shop.id} and e.creator_id = any(${creatorIds}::uuid[]) and e.kind <> 'award'
          and e.period_id = any(array(select m.id from month m where not m.is_covered)) ${currency}
      ) later
      cross join lateral (
        select h.matures_at from royalty_hold h
        where h.shop_id = ${shop.id} and h.line_item_id = later.line_item_id and h.creator_id = later.creator_id
          and h.journal_seq > later.journal_seq and ${isCoveredRelease(shop.id)}
        offset 0
      ) taken
    )
    select creator_id::text as "creatorId", to_char(matures_on, 'YYYY-MM-DD') as "on", amount
    from (
      select creator_id, (matures_at at time zone ${shop.timeZone})::date as matures_on, sum(royalty_minor)::bigint as amount
      from part
      group by 1, 2
    ) dated
    where amount <> 0`
}

/** Whether the release of hold h stands in a covered month; null when it moved nothing. */
function isCoveredRelease(shopId: number): Prisma.Sql {
  return Prisma.sql`(
          select m.is_covered from journal j join month m on m.id = j.period_id where j.shop_id = ${shopId} and j.seq = h.journal_seq)`
}

/** Numbers of an award's journals that are looked for when it changed after the covered months; far more than an award ever has in one. */
const AWARD_JOURNALS = 60

/** An award stands as a whole in the bucket that its newest journal names. */
export function readHeldAwards(tx: ShopTransaction, scope: ReadScope): Promise<HeldPart[]> {
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
