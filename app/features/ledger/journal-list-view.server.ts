// The list of journals: filtered, newest first, paged by number so that new postings move nothing.

import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { Prisma } from '#app/adapters/db/generated/client.ts'
import type { ShopContext } from '../context.ts'
import { findAccounts, findJournalPage } from './journal-list-page.server.ts'
import { hasFilters, type JournalListQuery } from './journal-list-query.ts'

export const JOURNALS_PER_PAGE = 50
const MOST_CREATORS_OFFERED = 500
const MOST_PRODUCTS_OFFERED = 300

export interface JournalListRow {
  seq: string
  kind: string
  /** order | return | update … of a sale. */
  action: string | null
  /** product | shipping | tip … of a sale. */
  lineType: string | null
  /** Item, award, payout reference or reason. */
  title: string
  effectiveAt: string
  orderName: string | null
  currency: string
  /** What the buyer was charged or given back; null when the journal moves no such money. */
  saleMinor: string | null
  /** Credited to creators (negative: taken back or paid out). Of a release: what became payable. */
  royaltyMinor: string | null
  /** What it moves on the chosen account, debits positive; null when none is chosen. */
  accountMinor: string | null
  creators: string[]
}

export interface JournalListView {
  rows: JournalListRow[]
  newerThan: string | null
  olderThan: string | null
  filtered: boolean
  /** What all journals of the chosen account move together, per currency; empty when other filters narrow the list further. */
  sums: Array<{ currency: string; sumMinor: string }>
  creatorOptions: Array<{ id: string; name: string }>
  productOptions: Array<{ id: string; title: string }>
  periodOptions: string[]
  timeZone: string
}

interface Row {
  seq: bigint
  kind: string
  action: string | null
  lineType: string | null
  title: string | null
  effectiveAt: Date
  orderName: string | null
  currency: string
  sale: bigint | null
  royalty: bigint | null
  moved: bigint | null
  creators: string[] | null
}

export async function readJournalList(ctx: ShopContext, query: JournalListQuery): Promise<JournalListView> {
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const accounts = await findAccounts(tx, shopId, query)
    const found = await findJournalPage(tx, shopId, query, { accounts, limit: JOURNALS_PER_PAGE + 1 })
    const forward = query.cursor?.direction === 'after'
    const more = found.length > JOURNALS_PER_PAGE
    const page = found.slice(0, JOURNALS_PER_PAGE)
    if (forward) page.reverse()
    const first = page[0]
    const last = page.at(-1)
    return {
      rows: (await readRows(tx, shopId, page, query.account === null ? [] : (accounts ?? []))).map(toListRow),
      newerThan: first && (forward ? more : query.cursor !== null) ? String(first) : null,
      olderThan: last && (forward || more) ? String(last) : null,
      filtered: hasFilters(query),
      sums: await readSums(tx, shopId, query, accounts),
      ...(await readOptions(tx, shopId, query)),
      timeZone: ctx.shop.timeZone,
    }
  })
}

async function readRows(
  tx: ShopTransaction,
  shopId: number,
  seqs: bigint[],
  accounts: number[],
): Promise<Row[]> {
  if (seqs.length === 0) return []
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    select j.seq, j.kind, j.currency, j.effective_at as "effectiveAt", o.name as "orderName",
           j.arithmetic->>'actionType' as action, j.arithmetic->>'lineType' as "lineType",
           coalesce(nullif(j.arithmetic->>'title', ''), l.title, e.title, j.arithmetic->>'reference', j.arithmetic->>'reason') as title,
           f.sale::bigint as sale, f.royalty::bigint as royalty, f.moved::bigint as moved, f.creators
    from unnest(${seqs}::bigint[]) as page(seq)
    join journal j on j.shop_id = ${shopId} and j.seq = page.seq
    left join shop_order o on o.shop_id = j.shop_id and o.order_id = j.order_id
    left join lateral (
      select s.title from sale s
      where s.shop_id = j.shop_id and s.line_item_id = j.line_item_id and j.line_item_id is not null limit 1
    ) l on true
    left join lateral (
      select e.title from royalty_entry e where e.shop_id = j.shop_id and e.journal_seq = j.seq limit 1
    ) e on true
    cross join lateral (
      select sum(p.amount_minor) filter (where a.code = 'receivable') as sale,
             -sum(p.amount_minor) filter (where case
               when j.kind in ('maturity', 'reserve_release', 'award_release', 'recoup') then a.code like 'creator/%/available'
               else a.creator_id is not null and a.code not like '%/advance' end) as royalty,
             sum(p.amount_minor) filter (where p.account_id = any(${accounts}::int[])) as moved,
             array_agg(distinct c.name) filter (where c.name is not null) as creators
      from posting p join account a on a.id = p.account_id
      left join creator c on c.id = a.creator_id
      where p.shop_id = j.shop_id and p.journal_seq = j.seq
    ) f`)
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  return seqs.flatMap((seq) => bySeq.get(seq) ?? [])
}

/** A figure that was clicked, once more: the sum that the listed journals add up to. Read from the months, so it costs nothing. */
async function readSums(
  tx: ShopTransaction,
  shopId: number,
  query: JournalListQuery,
  accounts: number[] | null,
): Promise<JournalListView['sums']> {
  const { account, kind, order, productId, dropId, period, until } = query
  if (account === null || !accounts?.length || kind || order !== '' || productId !== null || dropId) return []
  const labels = [
    ...(period ? [Prisma.sql`label = ${period}`] : []),
    ...(until ? [Prisma.sql`label <= ${until}`] : []),
  ]
  const ofPeriod =
    labels.length > 0
      ? Prisma.sql`and m.period_id in (select id from period where shop_id = ${shopId} and ${Prisma.join(labels, ' and ')})`
      : Prisma.empty
  const rows = await tx.$queryRaw<Array<{ currency: string; sum: bigint }>>(Prisma.sql`
    select a.currency, sum(m.movement_minor)::bigint as sum
    from account_movement m join account a on a.id = m.account_id
    where m.account_id = any(${accounts}::int[]) ${ofPeriod}
    group by a.currency order by a.currency`)
  return rows.map(({ currency, sum }) => ({ currency, sumMinor: String(sum) }))
}

async function readOptions(
  tx: ShopTransaction,
  shopId: number,
  query: JournalListQuery,
): Promise<Pick<JournalListView, 'creatorOptions' | 'productOptions' | 'periodOptions'>> {
  const creatorOptions = await tx.creator.findMany({
    where: { shopId },
    orderBy: { name: 'asc' },
    take: MOST_CREATORS_OFFERED,
    select: { id: true, name: true },
  })
  const products = await tx.product.findMany({
    where: { shopId },
    orderBy: { title: 'asc' },
    take: MOST_PRODUCTS_OFFERED,
    select: { productId: true, title: true },
  })
  const periods = await tx.period.findMany({
    where: { shopId },
    orderBy: { label: 'desc' },
    select: { label: true },
  })
  const productOptions = products.map(({ productId, title }) => ({ id: String(productId), title }))
  const chosen = query.productId === null ? null : String(query.productId)
  // What is chosen stays choosable, also when the shop no longer sells it.
  if (chosen !== null && !productOptions.some(({ id }) => id === chosen)) {
    const sale = await tx.sale.findFirst({
      where: { shopId, productId: query.productId },
      select: { title: true },
    })
    productOptions.unshift({ id: chosen, title: sale?.title ?? chosen })
  }
  return { creatorOptions, productOptions, periodOptions: periods.map(({ label }) => label) }
}

function toListRow(row: Row): JournalListRow {
  const text = (amount: bigint | null) => (amount === null ? null : String(amount))
  return {
    seq: String(row.seq),
    kind: row.kind,
    action: row.action,
    lineType: row.lineType,
    title: row.title ?? '',
    effectiveAt: row.effectiveAt.toISOString(),
    orderName: row.orderName,
    currency: row.currency,
    saleMinor: text(row.sale),
    royaltyMinor: text(row.royalty),
    accountMinor: text(row.moved),
    creators: (row.creators ?? []).sort(),
  }
}
