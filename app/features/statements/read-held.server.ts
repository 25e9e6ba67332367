// What the held balance consists of at the end of the covered months, by the local date on which it becomes payable.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { Prisma } from '../../adapters/db/generated/client.ts'
import { inCurrency } from './scope-sql.ts'
import type { Scope } from './statement-scope.server.ts'

export interface HeldPart {
  creatorId: string
  on: string
  amount: bigint
}

/** Releases that are booked in a later month do not count yet, whenever this is read. */
export async function readHeld(tx: ShopTransaction, scope: Scope): Promise<HeldPart[]> {
  return [...(await readHeldLines(tx, scope)), ...(await readHeldAwards(tx, scope))]
}

function readHeldLines(tx: ShopTransaction, scope: Scope): Promise<HeldPart[]> {
  const { shop, through, creatorIds } = scope
  return tx.$queryRaw<HeldPart[]>`
    with held as (
      select h.creator_id, h.line_item_id, (h.matures_at at time zone ${shop.timeZone})::date as matures_on
      from royalty_hold h
      left join journal j on j.shop_id = h.shop_id and j.seq = h.journal_seq
      left join period p on p.id = j.period_id
      where h.shop_id = ${shop.id} and h.creator_id = any(${creatorIds}::uuid[])
        and (h.released_at is null or (h.released_at >= ${through} and (h.journal_seq is null or p.ends_at > ${through})))
    )
    select h.creator_id::text as "creatorId", to_char(h.matures_on, 'YYYY-MM-DD') as "on", sum(e.royalty_minor)::bigint as amount
    from held h
    join royalty_entry e on e.shop_id = ${shop.id} and e.line_item_id = h.line_item_id and e.creator_id = h.creator_id
    join period d on d.id = e.period_id and d.ends_at <= ${through}
    where e.kind <> 'award' ${inCurrency(scope, Prisma.sql`e.journal_seq`)}
    group by h.creator_id, h.matures_on
    having sum(e.royalty_minor) <> 0`
}

/** Numbers of an award's journals that are looked for when it changed after the covered months; far more than an award ever has in one. */
const AWARD_JOURNALS = 60

/** An award stands as a whole in the bucket that its newest journal names. */
function readHeldAwards(tx: ShopTransaction, scope: Scope): Promise<HeldPart[]> {
  const { shop, through, creatorIds } = scope
  return tx.$queryRaw<HeldPart[]>`
    with standing as (
      select a.id, a.creator_id, a.key, a.matures_at, a.released_at is null as is_held, a.updated_at >= ${through} as changed_since
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
           sum(e.amount)::bigint as amount
    from dated s
    join lateral (
      select sum(r.royalty_minor) as amount
      from royalty_entry r join period d on d.id = r.period_id and d.ends_at <= ${through}
      where r.shop_id = ${shop.id} and r.creator_id = s.creator_id and r.award_id = s.id and r.kind = 'award'
    ) e on e.amount <> 0
    where case when s.changed_since then s.bucket = 'held' else s.is_held end
    group by 1, 2`
}
