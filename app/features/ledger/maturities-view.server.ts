// What becomes payable when: royalties whose return window ends, reserves that end, awards that mature; by week, for all or one creator.
import { Prisma } from '#app/adapters/db/generated/client.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { localDateOf } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'

export interface MaturityWeek {
  /** Monday, YYYY-MM-DD in the shop's zone. */
  week: string
  /** Its date has come, the release has not run yet. */
  isDue: boolean
  heldMinor: string
  reserveMinor: string
  awardMinor: string
  totalMinor: string
  lines: number
}

export interface CreatorMaturity {
  creatorId: string
  name: string
  heldMinor: string
  reserveMinor: string
  awardMinor: string
  totalMinor: string
  nextAt: string
  /** Waits for a dispute or for payment, whatever its date; part of the total. */
  frozenMinor: string
}

export interface MaturitiesView {
  creator: { id: string; name: string } | null
  currency: string
  timeZone: string
  /** Without what is frozen. */
  weeks: MaturityWeek[]
  /** Soonest first. */
  creators: CreatorMaturity[]
  totalMinor: string
  frozenMinor: string
}

export function parseMaturitiesQuery(params: URLSearchParams): { creatorId: string | null } {
  const creator = params.get('creator')
  return { creatorId: isRowId(creator) ? creator : null }
}

interface Row {
  creatorId: string
  name: string | null
  week: string
  kind: 'held' | 'reserve' | 'award'
  frozen: boolean
  amount: bigint
  lines: number
  next: Date
}

export async function readMaturities(
  ctx: ShopContext,
  query: { creatorId: string | null },
): Promise<MaturitiesView> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx) => {
    const creator = query.creatorId
      ? await tx.creator.findUnique({ where: { id: query.creatorId }, select: { id: true, name: true } })
      : null
    const rows = await tx.$queryRaw<Row[]>(upcoming(shop, creator?.id ?? null))
    const thisWeek = mondayOf(ctx.clock.now(), shop.timeZone)
    return {
      creator,
      currency: shop.currency,
      timeZone: shop.timeZone,
      weeks: toWeeks(
        rows.filter((row) => !row.frozen),
        thisWeek,
      ),
      creators: toCreators(rows),
      totalMinor: String(sum(rows)),
      frozenMinor: String(sum(rows.filter((row) => row.frozen))),
    }
  })
}

/** A line that waits comes twice when a reserve is agreed: most of it when its window ends, the reserve when that ends. */
function upcoming(
  shop: { id: number; timeZone: string; currency: string },
  creatorId: string | null,
): Prisma.Sql {
  const of = (table: string) =>
    creatorId ? Prisma.sql`and ${Prisma.raw(table)}.creator_id = ${creatorId}::uuid` : Prisma.empty
  return Prisma.sql`
    with standing as materialized (
      select h.creator_id, h.matures_at, h.reserve_until, h.reserve_bps, h.released_at, h.disputed or h.unpaid as frozen,
             (select coalesce(sum(e.royalty_minor), 0) from royalty_entry e
              where e.shop_id = h.shop_id and e.line_item_id = h.line_item_id and e.creator_id = h.creator_id)::bigint as royalty
      from royalty_hold h
      where h.shop_id = ${shop.id} ${of('h')}
        and (h.released_at is null or (h.reserve_released_at is null and h.reserve_bps > 0))
    ), kept as (
      select *, case when reserve_bps > 0 and reserve_until is not null then royalty * reserve_bps / 10000 else 0 end as reserve from standing
    ), event as (
      select creator_id, matures_at as at, 'held' as kind, frozen, royalty - reserve as amount from kept where released_at is null
      union all
      select creator_id, reserve_until, 'reserve', frozen and released_at is null, reserve from kept
      union all
      select w.creator_id, w.matures_at, 'award', false, w.target_minor from award w
      where w.shop_id = ${shop.id} ${of('w')} and w.released_at is null and w.currency = ${shop.currency}
    )
    select v.creator_id::text as "creatorId", c.name, to_char(v.week, 'YYYY-MM-DD') as week, v.kind, v.frozen, v.amount, v.lines, v.next
    from (
      select creator_id, date_trunc('week', at at time zone ${shop.timeZone}) as week, kind, frozen,
             sum(amount)::bigint as amount, count(*)::int as lines, min(at) as next
      from event where amount <> 0 group by 1, 2, 3, 4
    ) v left join creator c on c.id = v.creator_id
    order by v.week, c.name`
}

function toWeeks(rows: Row[], thisWeek: string): MaturityWeek[] {
  const weeks = new Map<string, Row[]>()
  for (const row of rows) weeks.set(row.week, [...(weeks.get(row.week) ?? []), row])
  return [...weeks].map(([week, of]) => ({
    week,
    isDue: week < thisWeek,
    ...amountsOf(of),
    lines: of.reduce((count, row) => count + row.lines, 0),
  }))
}

function toCreators(rows: Row[]): CreatorMaturity[] {
  const creators = new Map<string, Row[]>()
  for (const row of rows) {
    const known = creators.get(row.creatorId)
    if (known) known.push(row)
    else creators.set(row.creatorId, [row])
  }
  return [...creators]
    .map(([creatorId, of]) => ({
      creatorId,
      name: of[0]?.name ?? '',
      ...amountsOf(of),
      nextAt: new Date(Math.min(...of.map((row) => row.next.getTime()))).toISOString(),
      frozenMinor: String(sum(of.filter((row) => row.frozen))),
    }))
    .sort((left, right) => (left.nextAt < right.nextAt ? -1 : left.nextAt > right.nextAt ? 1 : 0))
}

function amountsOf(rows: Row[]) {
  const of = (kind: Row['kind']) => String(sum(rows.filter((row) => row.kind === kind)))
  return {
    heldMinor: of('held'),
    reserveMinor: of('reserve'),
    awardMinor: of('award'),
    totalMinor: String(sum(rows)),
  }
}

function sum(rows: Row[]): bigint {
  return rows.reduce((total, row) => total + row.amount, 0n)
}

function mondayOf(now: Date, timeZone: string): string {
  const day = new Date(`${localDateOf(now.toISOString(), timeZone)}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
  return day.toISOString().slice(0, 10)
}
