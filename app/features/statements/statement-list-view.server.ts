// The list of issued statements with what became of their mails.
import { Prisma } from '#app/adapters/db/generated/client.ts'
import { periodContaining } from '#app/domain/time/month-period.ts'
import type { ShopContext } from '../context.ts'
import type { StatementListQuery } from './statement-list-query.ts'

export const STATEMENTS_PER_PAGE = 50

export interface StatementListRow {
  id: string
  number: string
  creatorName: string
  period: string
  issuedAt: string
  currency: string
  royaltiesMinor: string
  closingMinor: string
  payableMinor: string
  /** none | queued | sent | failed */
  mailStatus: string
}

export interface StatementListView {
  rows: StatementListRow[]
  page: number
  pageCount: number
  filtered: boolean
  creatorOptions: Array<{ id: string; name: string }>
  periodOptions: string[]
  nextCloseAt: string
  timeZone: string
}

interface Row {
  id: string
  number: string
  creatorName: string | null
  period: string
  issuedAt: Date
  currency: string
  royalties: string
  closing: bigint
  payable: bigint
  mailStatus: string | null
  matching: number
}

interface Options {
  creators: Array<{ id: string; name: string }> | null
  periods: string[] | null
  nextCloseAt: Date | null
}

export async function readStatementList(
  ctx: ShopContext,
  query: StatementListQuery,
): Promise<StatementListView> {
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx) => {
    const [options] = await tx.$queryRaw<Options[]>`
      select (select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.name) from creator c
              where c.shop_id = ${shop.id} and exists (select 1 from statement s where s.shop_id = ${shop.id} and s.creator_id = c.id)) as creators,
             (select array_agg(distinct s.period) from statement s where s.shop_id = ${shop.id}) as periods,
             (select min(p.ends_at) from period p where p.shop_id = ${shop.id} and p.status = 'open') as "nextCloseAt"`
    const readPage = (page: number) => tx.$queryRaw<Row[]>(pageQuery(shop.id, query, page))
    let page = query.page
    let rows = await readPage(page)
    if (rows.length === 0 && page > 1) {
      // Beyond the last page: the last one is shown.
      page = pagesOf(await readPage(1))
      rows = await readPage(page)
    }
    const current = periodContaining(ctx.clock.now().toISOString(), shop.timeZone)
    return {
      rows: rows.map(toListRow),
      page,
      pageCount: pagesOf(rows),
      filtered: query.creatorId !== null || query.period !== null,
      creatorOptions: options?.creators ?? [],
      periodOptions: (options?.periods ?? []).sort().reverse(),
      nextCloseAt: (options?.nextCloseAt ?? new Date(current.endsAt)).toISOString(),
      timeZone: shop.timeZone,
    }
  })
}

function pagesOf(rows: Row[]): number {
  return Math.max(1, Math.ceil((rows[0]?.matching ?? 0) / STATEMENTS_PER_PAGE))
}

function pageQuery(shopId: number, query: StatementListQuery, page: number): Prisma.Sql {
  const where = [Prisma.sql`s.shop_id = ${shopId}`]
  if (query.creatorId) where.push(Prisma.sql`s.creator_id = ${query.creatorId}::uuid`)
  if (query.period) where.push(Prisma.sql`s.period = ${query.period}`)
  // Documents are large and stay in the database; they are opened for the page alone, not for what is counted.
  return Prisma.sql`
    select s.id::text as id, s.number, c.name as "creatorName", s.period, s.issued_at as "issuedAt", s.currency,
           coalesce(s.document->>'royaltiesMinor', '0') as royalties, s.closing_minor as closing, s.payable_minor as payable,
           m.status as "mailStatus", page.matching
    from (
      select s.id, (count(*) over ())::int as matching from statement s
      where ${Prisma.join(where, ' and ')}
      order by s.issued_at desc, s.number
      limit ${STATEMENTS_PER_PAGE} offset ${(page - 1) * STATEMENTS_PER_PAGE}
    ) page
    join statement s on s.id = page.id
    left join creator c on c.id = s.creator_id
    left join lateral (
      select d.status from mail_delivery d where d.shop_id = s.shop_id and d.subject_id = s.id and d.kind = 'statement'
      order by d.requested_at desc, d.id limit 1
    ) m on true
    order by s.issued_at desc, s.number`
}

function toListRow(row: Row): StatementListRow {
  return {
    id: row.id,
    number: row.number,
    creatorName: row.creatorName ?? '',
    period: row.period,
    issuedAt: row.issuedAt.toISOString(),
    currency: row.currency,
    royaltiesMinor: row.royalties,
    closingMinor: String(row.closing),
    payableMinor: String(row.payable),
    mailStatus: row.mailStatus ?? 'none',
  }
}
