// The list of agreements with the terms that count now.
import { Prisma } from '#app/adapters/db/generated/client.ts'
import type { ShopContext } from '../context.ts'
import type { AgreementListQuery } from './agreement-list-query.ts'

export const AGREEMENTS_PER_PAGE = 50

export interface AgreementListRow {
  id: string
  title: string
  creatorId: string
  creatorName: string
  role: string
  status: string
  /** Of the version in force, else of the newest; null only if there is none. */
  shareBps: number | null
  versions: number
  /** A version is offered and waits for the creator. */
  offerOpen: boolean
  createdAt: string
}

export interface AgreementListView {
  rows: AgreementListRow[]
  total: number
  page: number
  pageCount: number
  /** Of the whole shop, by status. */
  counts: Record<string, number>
}

export async function readAgreementList(
  ctx: ShopContext,
  query: AgreementListQuery,
): Promise<AgreementListView> {
  const where = conditions(query)
  const now = ctx.clock.now()
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const byStatus = await tx.agreement.groupBy({ by: ['status'], _count: true })
    const [matched] = await tx.$queryRaw<Array<{ total: number }>>(
      Prisma.sql`select count(*)::int as total from agreement g join creator c on c.id = g.creator_id where ${where}`,
    )
    const total = matched?.total ?? 0
    const pageCount = Math.max(1, Math.ceil(total / AGREEMENTS_PER_PAGE))
    const page = Math.min(query.page, pageCount)
    const rows = await tx.$queryRaw<
      Array<Omit<AgreementListRow, 'createdAt'> & { createdAt: Date }>
    >(Prisma.sql`
      select g.id, g.title, g.role, g.status, g.created_at as "createdAt", c.id as "creatorId", c.name as "creatorName",
             shown.share as "shareBps", coalesce(counted.versions, 0)::int as versions,
             coalesce(counted.offer_open, false) as "offerOpen"
      from agreement g
      join creator c on c.id = g.creator_id
      left join lateral (
        select (v.terms ->> 'shareBps')::int as share from agreement_version v where v.agreement_id = g.id
        order by (v.status = 'accepted' and v.effective_from <= ${now}) desc, v.number desc
        limit 1
      ) shown on true
      left join lateral (
        select count(*) as versions, bool_or(v.status = 'offered') as offer_open
        from agreement_version v where v.agreement_id = g.id
      ) counted on true
      where ${where}
      order by g.created_at desc, g.id
      limit ${AGREEMENTS_PER_PAGE} offset ${(page - 1) * AGREEMENTS_PER_PAGE}`)
    const counts = Object.fromEntries(byStatus.map((group) => [group.status, group._count]))
    return {
      rows: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
      total,
      page,
      pageCount,
      counts,
    }
  })
}

function conditions(query: AgreementListQuery): Prisma.Sql {
  const all = [Prisma.sql`true`]
  if (query.status !== 'all') all.push(Prisma.sql`g.status = ${query.status}`)
  if (query.role !== 'any') all.push(Prisma.sql`g.role = ${query.role}`)
  if (query.search !== '') {
    const pattern = `%${query.search.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
    all.push(Prisma.sql`(g.title ilike ${pattern} or c.name ilike ${pattern} or c.handle ilike ${pattern})`)
  }
  return Prisma.join(all, ' and ')
}
