// The list of creators: searched, filtered, sorted and paged in one statement.
import { Prisma } from '#app/adapters/db/generated/client.ts'
import type { ShopContext } from '../context.ts'
import type { CreatorListQuery } from './creator-list-query.ts'

export const CREATORS_PER_PAGE = 50

export interface CreatorListRow {
  id: string
  name: string
  handle: string
  email: string
  status: 'active' | 'archived'
  followerCount: number | null
  channels: number
  activeAgreements: number
  openOffers: number
  /** Owed to the creator, held and payable together, minor units of the shop's currency. Negative: the creator owes. */
  balanceMinor: string
  createdAt: string
}

export interface CreatorListView {
  rows: CreatorListRow[]
  /** Rows that match search and filters. */
  total: number
  page: number
  pageCount: number
  /** Of the whole shop, for the tabs. */
  counts: { active: number; archived: number; all: number }
  currency: string
}

interface Row extends Omit<CreatorListRow, 'balanceMinor' | 'createdAt'> {
  balanceMinor: bigint
  createdAt: Date
}

export async function readCreatorList(ctx: ShopContext, query: CreatorListQuery): Promise<CreatorListView> {
  const where = conditions(query)
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const [counted] = await tx.$queryRaw<
      Array<{ active: number; archived: number; matching: number }>
    >(Prisma.sql`
      select count(*) filter (where c.status = 'active')::int as active,
             count(*) filter (where c.status = 'archived')::int as archived,
             count(*) filter (where ${where})::int as matching
      from creator c`)
    const { active = 0, archived = 0, matching = 0 } = counted ?? {}
    const pageCount = Math.max(1, Math.ceil(matching / CREATORS_PER_PAGE))
    const page = Math.min(query.page, pageCount)
    const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
      select c.id, c.name, c.handle, c.email, c.status, c.follower_count as "followerCount", c.created_at as "createdAt",
             jsonb_array_length(c.channels) as channels,
             coalesce(a.active, 0)::int as "activeAgreements", coalesce(a.offers, 0)::int as "openOffers",
             coalesce(b.balance, 0)::bigint as "balanceMinor"
      from creator c
      left join (
        select g.creator_id, count(*) filter (where g.status = 'active') as active,
               count(*) filter (where exists (
                 select 1 from agreement_version v where v.agreement_id = g.id and v.status = 'offered')) as offers
        from agreement g group by g.creator_id
      ) a on a.creator_id = c.id
      left join (
        select t.creator_id, -sum(ab.balance_minor) as balance
        from account t join account_balance ab on ab.account_id = t.id
        where t.creator_id is not null and t.kind = 'liability' and t.currency = ${ctx.shop.currency}
        group by t.creator_id
      ) b on b.creator_id = c.id
      where ${where}
      order by ${order(query)}, c.id
      limit ${CREATORS_PER_PAGE} offset ${(page - 1) * CREATORS_PER_PAGE}`)
    return {
      rows: rows.map((row) => ({
        ...row,
        balanceMinor: row.balanceMinor.toString(),
        createdAt: row.createdAt.toISOString(),
      })),
      total: matching,
      page,
      pageCount,
      counts: { active, archived, all: active + archived },
      currency: ctx.shop.currency,
    }
  })
}

const activeAgreement = Prisma.sql`exists (select 1 from agreement g where g.creator_id = c.id and g.status = 'active')`

function conditions(query: CreatorListQuery): Prisma.Sql {
  const all = [Prisma.sql`true`]
  if (query.status !== 'all') all.push(Prisma.sql`c.status = ${query.status}`)
  if (query.agreement === 'with') all.push(activeAgreement)
  if (query.agreement === 'without') all.push(Prisma.sql`not ${activeAgreement}`)
  if (query.search !== '') {
    const pattern = `%${query.search.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
    all.push(Prisma.sql`(c.name ilike ${pattern} or c.handle ilike ${pattern} or c.email ilike ${pattern})`)
  }
  return Prisma.join(all, ' and ')
}

function order(query: CreatorListQuery): Prisma.Sql {
  switch (query.sort) {
    case 'name':
      return Prisma.sql`lower(c.name)`
    case 'newest':
      return Prisma.sql`c.created_at desc`
    case 'balance':
      return Prisma.sql`coalesce(b.balance, 0) desc, lower(c.name)`
  }
}
