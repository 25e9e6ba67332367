// The list of drops: what runs first, then what comes next, then drafts, then what is over.
import { Prisma } from '#app/adapters/db/generated/client.ts'
import type { DropStatus } from '#app/domain/drops/drop.ts'
import type { ShopContext } from '../context.ts'
import type { DropListQuery } from './drop-list-query.ts'

export const DROPS_PER_PAGE = 50

export interface DropListRow {
  id: string
  handle: string
  title: string
  status: DropStatus
  creatorName: string | null
  heroTitle: string | null
  offers: number
  /** Units put aside for waves. */
  waveUnits: number
  opensAt: string | null
  closesAt: string | null
  /** The act that is to run next; null when none is. */
  next: { kind: string; at: string } | null
}

export interface DropListView {
  rows: DropListRow[]
  page: number
  pageCount: number
  /** Of the whole shop, by status. */
  counts: Record<string, number>
  timeZone: string
}

interface Row extends Omit<DropListRow, 'opensAt' | 'closesAt' | 'next'> {
  opensAt: Date | null
  closesAt: Date | null
  nextKind: string | null
  nextAt: Date | null
}

export async function readDropList(ctx: ShopContext, query: DropListQuery): Promise<DropListView> {
  const { shop } = ctx
  const where = conditions(shop.id, query)
  return ctx.db.inShop(shop.id, async (tx) => {
    const byStatus = await tx.drop.groupBy({ by: ['status'], _count: true })
    const [matched] = await tx.$queryRaw<Array<{ total: number }>>(
      Prisma.sql`select count(*)::int as total from drop d where ${where}`,
    )
    const pageCount = Math.max(1, Math.ceil((matched?.total ?? 0) / DROPS_PER_PAGE))
    const page = Math.min(query.page, pageCount)
    const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
      select d.id::text as id, d.handle, d.title, d.status, c.name as "creatorName", o.hero as "heroTitle",
        o.offers, w.units as "waveUnits", t."opensAt", t."closesAt", n.kind as "nextKind", n.at as "nextAt"
      from drop d
      left join creator c on c.id = d.creator_id
      cross join lateral (
        select count(*)::int as offers, max(title) filter (where role = 'hero') as hero from drop_offer where drop_id = d.id
      ) o
      cross join lateral (
        select coalesce(sum(units), 0)::int as units from wave where drop_id = d.id and not withdrawn
      ) w
      cross join lateral (
        select max(at) filter (where kind = 'open') as "opensAt", max(at) filter (where kind = 'close') as "closesAt"
        from act where drop_id = d.id
      ) t
      left join lateral (
        select a.kind, a.at from act a
        where a.drop_id = d.id and a.status in ('planned', 'running') and d.status in ('scheduled', 'live', 'held')
        order by a.at, a.id limit 1
      ) n on true
      where ${where}
      order by case d.status when 'live' then 0 when 'held' then 1 when 'scheduled' then 2 when 'draft' then 3 else 4 end,
        case when d.status in ('live', 'held', 'scheduled') then t."opensAt" end, t."opensAt" desc nulls last, d.id
      limit ${DROPS_PER_PAGE} offset ${(page - 1) * DROPS_PER_PAGE}`)
    return {
      rows: rows.map(({ nextKind, nextAt, opensAt, closesAt, ...row }) => ({
        ...row,
        opensAt: opensAt?.toISOString() ?? null,
        closesAt: closesAt?.toISOString() ?? null,
        next: nextKind && nextAt ? { kind: nextKind, at: nextAt.toISOString() } : null,
      })),
      page,
      pageCount,
      counts: Object.fromEntries(byStatus.map((group) => [group.status, group._count])),
      timeZone: shop.timeZone,
    }
  })
}

function conditions(shopId: number, query: DropListQuery): Prisma.Sql {
  const all = [Prisma.sql`d.shop_id = ${shopId}`]
  if (query.status !== 'all') all.push(Prisma.sql`d.status = ${query.status}`)
  if (query.search !== '') {
    const pattern = `%${query.search.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
    all.push(
      Prisma.sql`(d.title ilike ${pattern} or d.handle ilike ${pattern} or exists (
        select 1 from creator s where s.id = d.creator_id and s.name ilike ${pattern}))`,
    )
  }
  return Prisma.join(all, ' and ')
}
