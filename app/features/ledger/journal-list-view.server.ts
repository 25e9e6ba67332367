// The list of journals: filtered, newest first, paged by number so that new postings move nothing.

import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { Prisma } from '#app/adapters/db/generated/client.ts'
import type { ShopContext } from '../context.ts'
import { hasFilters, type JournalListQuery } from './journal-list-query.ts'

export const JOURNALS_PER_PAGE = 50
const MOST_CREATORS_OFFERED = 1000

export interface JournalListRow {
  seq: string
  kind: string
  /** order | return | update … of a sale. */
  action: string | null
  /** product | shipping | tip … of a sale. */
  lineType: string | null
  title: string
  effectiveAt: string
  orderName: string | null
  currency: string
  /** What the buyer was charged or given back; null when the journal moves no such money. */
  saleMinor: string | null
  /** Credited to creators (negative: taken back). Of a maturity: what became payable. */
  royaltyMinor: string | null
  creators: string[]
}

export interface JournalListView {
  rows: JournalListRow[]
  newerThan: string | null
  olderThan: string | null
  filtered: boolean
  creatorOptions: Array<{ id: string; name: string }>
  periodOptions: string[]
  timeZone: string
}

interface Row {
  seq: bigint
  kind: string
  action: string | null
  /** product | shipping | tip … of a sale. */
  lineType: string | null
  title: string | null
  effectiveAt: Date
  orderName: string | null
  currency: string
  sale: bigint | null
  royalty: bigint | null
  creatorIds: string[] | null
}

export async function readJournalList(ctx: ShopContext, query: JournalListQuery): Promise<JournalListView> {
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const creators = await tx.creator.findMany({
      where: { shopId },
      orderBy: { name: 'asc' },
      take: MOST_CREATORS_OFFERED,
      select: { id: true, name: true },
    })
    const periods = await tx.period.findMany({
      where: { shopId },
      orderBy: { label: 'desc' },
      select: { label: true },
    })
    const found = await readPage(tx, shopId, query)
    const forward = query.cursor?.direction === 'after'
    const more = found.length > JOURNALS_PER_PAGE
    const page = found.slice(0, JOURNALS_PER_PAGE)
    if (forward) page.reverse()
    const names = new Map(creators.map(({ id, name }) => [id, name]))
    const first = page[0]
    const last = page.at(-1)
    return {
      rows: page.map((row) => toListRow(row, names)),
      newerThan: first && (forward ? more : query.cursor !== null) ? String(first.seq) : null,
      olderThan: last && (forward || more) ? String(last.seq) : null,
      filtered: hasFilters(query),
      creatorOptions: creators,
      periodOptions: periods.map(({ label }) => label),
      timeZone: ctx.shop.timeZone,
    }
  })
}

function readPage(tx: ShopTransaction, shopId: number, query: JournalListQuery): Promise<Row[]> {
  const order = query.cursor?.direction === 'after' ? Prisma.sql`asc` : Prisma.sql`desc`
  return tx.$queryRaw<Row[]>(Prisma.sql`
    with page as (
      select j.* from journal j
      where ${Prisma.join(conditions(shopId, query), ' and ')}
      order by j.seq ${order}
      limit ${JOURNALS_PER_PAGE + 1}
    )
    select page.seq, page.kind, page.arithmetic->>'actionType' as action, page.arithmetic->>'lineType' as "lineType", coalesce(page.arithmetic->>'title', l.title) as title,
           page.effective_at as "effectiveAt", o.name as "orderName", f.currency, f.sale::bigint as sale, f.royalty::bigint as royalty,
           f.creators as "creatorIds"
    from page
    left join shop_order o on o.shop_id = page.shop_id and o.order_id = page.order_id
    left join lateral (
      select s.title from sale s
      where s.shop_id = page.shop_id and s.line_item_id = page.line_item_id and page.line_item_id is not null limit 1
    ) l on true
    cross join lateral (
      select max(p.currency) as currency,
             sum(p.amount_minor) filter (where a.code = 'receivable') as sale,
             -sum(p.amount_minor) filter (where a.creator_id is not null and (page.kind <> 'maturity' or a.code like '%/available')) as royalty,
             array_agg(distinct a.creator_id::text) filter (where a.creator_id is not null) as creators
      from posting p join account a on a.id = p.account_id
      where p.shop_id = page.shop_id and p.journal_seq = page.seq
    ) f
    order by page.seq ${order}`)
}

function conditions(shopId: number, query: JournalListQuery): Prisma.Sql[] {
  const all = [Prisma.sql`j.shop_id = ${shopId}`]
  if (query.cursor) {
    all.push(
      query.cursor.direction === 'before'
        ? Prisma.sql`j.seq < ${query.cursor.seq}`
        : Prisma.sql`j.seq > ${query.cursor.seq}`,
    )
  }
  if (query.kind) all.push(Prisma.sql`j.kind = ${query.kind}`)
  if (query.period) {
    all.push(
      Prisma.sql`j.period_id in (select id from period where shop_id = ${shopId} and label = ${query.period})`,
    )
  }
  if (query.order !== '') {
    const pattern = `${query.order.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
    all.push(Prisma.sql`j.order_id in (
      select order_id from shop_order where shop_id = ${shopId} and (name ilike ${pattern} or name ilike ${`#${pattern}`}))`)
  }
  if (query.creatorId) {
    all.push(Prisma.sql`j.seq in (
      select p.journal_seq from posting p join account a on a.id = p.account_id
      where a.shop_id = ${shopId} and a.creator_id = ${query.creatorId}::uuid)`)
  }
  return all
}

function toListRow(row: Row, names: ReadonlyMap<string, string>): JournalListRow {
  return {
    seq: String(row.seq),
    kind: row.kind,
    action: row.action,
    lineType: row.lineType,
    title: row.title ?? '',
    effectiveAt: row.effectiveAt.toISOString(),
    orderName: row.orderName,
    currency: row.currency,
    saleMinor: row.sale === null ? null : String(row.sale),
    royaltyMinor: row.royalty === null ? null : String(row.royalty),
    creators: (row.creatorIds ?? [])
      .map((id) => names.get(id) ?? '')
      .filter(Boolean)
      .sort(),
  }
}
