// Which journals stand on a page of the list: numbers only, found by the filter that names fewest. Pages go by number (no OFFSET), so the
// last page of a million journals takes as long as the first.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { Prisma } from '#app/adapters/db/generated/client.ts'
import { isBucketChoice, type JournalListQuery } from './journal-list-query.ts'

/** Up to so many orders or lines are looked up one by one; more of them stand so close that walking the journals finds a page sooner. */
const MOST_LOOKED_UP = 5_000

/** The two kinds that make up nearly all of a ledger. */
const COMMON_KINDS: ReadonlySet<string> = new Set(['sale', 'maturity'])

interface KeySet {
  column: Prisma.Sql
  ids: bigint[]
  /** The same set as a condition on one journal `j`, for when it is too large to list. */
  test: Prisma.Sql
}

/** Accounts that creator, account and currency of the query name; null when the query names none of them. */
export async function findAccounts(
  tx: ShopTransaction,
  shopId: number,
  { creatorId, account, currency }: JournalListQuery,
): Promise<number[] | null> {
  if (creatorId === null && account === null && currency === null) return null
  const where = [Prisma.sql`a.shop_id = ${shopId}`]
  if (creatorId) where.push(Prisma.sql`a.creator_id = ${creatorId}::uuid`)
  if (currency) where.push(Prisma.sql`a.currency = ${currency}`)
  if (account) {
    where.push(
      isBucketChoice(account)
        ? Prisma.sql`a.creator_id is not null and split_part(a.code, '/', 3) = ${account}`
        : Prisma.sql`a.code = ${account}`,
    )
  }
  const rows = await tx.$queryRaw<Array<{ id: number }>>(
    Prisma.sql`select a.id from account a where ${Prisma.join(where, ' and ')}`,
  )
  return rows.map(({ id }) => id)
}

/** Numbers in page order (newest first, or oldest first when the cursor asks for newer ones), at most `limit`. */
export async function findJournalPage(
  tx: ShopTransaction,
  shopId: number,
  query: JournalListQuery,
  given: { accounts: number[] | null; limit: number },
): Promise<bigint[]> {
  const { accounts, limit } = given
  if (accounts?.length === 0) return []
  const keys = [await orderKeys(tx, shopId, query), await lineKeys(tx, shopId, query)].filter(
    (set) => set !== null,
  )
  if (keys.some(({ ids }) => ids.length === 0)) return []
  const range = await seqRange(tx, shopId, query)
  if (range === 'nothing') return []
  const listed = keys.filter(({ ids }) => ids.length <= MOST_LOOKED_UP)
  const ofJournal = [
    // Spelled out (one of a closed list): an index of the rare kinds alone serves only what it can see.
    ...(query.kind ? [Prisma.raw(`j.kind = '${query.kind}'`)] : []),
    ...(range.periodIds ? [Prisma.sql`j.period_id = any(${range.periodIds}::uuid[])`] : []),
    ...(query.dropId ? [inDrop(query.dropId)] : []),
    ...keys.map(({ ids, column, test }) =>
      ids.length <= MOST_LOOKED_UP ? Prisma.sql`${column} = any(${ids}::bigint[])` : test,
    ),
  ]
  const direction = query.cursor?.direction === 'after' ? Prisma.sql`asc` : Prisma.sql`desc`
  const page = { shopId, range, ofJournal, direction, limit }
  const isRareKind = query.kind !== null && !COMMON_KINDS.has(query.kind)
  const rows = await tx.$queryRaw<Array<{ seq: bigint }>>(
    accounts !== null && listed.length === 0 && !isRareKind
      ? byAccounts(page, accounts)
      : byJournals(page, accounts, listed.length > 0),
  )
  return rows.map(({ seq }) => seq)
}

interface PageInput {
  shopId: number
  range: SeqRange
  ofJournal: Prisma.Sql[]
  direction: Prisma.Sql
  limit: number
}

/** Each account gives its next postings in order; the page is the first of all of them. */
function byAccounts(
  { shopId, range, ofJournal, direction, limit }: PageInput,
  accounts: number[],
): Prisma.Sql {
  const postings = Prisma.sql`p.account_id = a.id and p.journal_seq > ${range.above} and p.journal_seq < ${range.below}`
  const source =
    ofJournal.length === 0
      ? Prisma.sql`posting p where ${postings}`
      : Prisma.sql`posting p join journal j on j.shop_id = ${shopId} and j.seq = p.journal_seq
          where ${postings} and ${Prisma.join(ofJournal, ' and ')}`
  return Prisma.sql`
    select distinct f.seq from unnest(${accounts}::int[]) as a(id)
    cross join lateral (
      select p.journal_seq as seq from ${source} order by p.journal_seq ${direction} limit ${limit}
    ) f
    order by f.seq ${direction} limit ${limit}`
}

function byJournals(
  { shopId, range, ofJournal, direction, limit }: PageInput,
  accounts: number[] | null,
  isListed: boolean,
): Prisma.Sql {
  const where = [
    Prisma.sql`j.shop_id = ${shopId} and j.seq > ${range.above} and j.seq < ${range.below}`,
    ...ofJournal,
  ]
  if (accounts !== null) {
    where.push(Prisma.sql`exists (
      select 1 from posting p where p.shop_id = ${shopId} and p.journal_seq = j.seq and p.account_id = any(${accounts}::int[]))`)
  }
  // Few keys: all their journals first, or the planner would walk the ledger for the sake of its order.
  const found = Prisma.sql`select j.seq from journal j where ${Prisma.join(where, ' and ')}`
  return isListed
    ? Prisma.sql`with found as materialized (${found}) select seq from found order by seq ${direction} limit ${limit}`
    : Prisma.sql`${found} order by j.seq ${direction} limit ${limit}`
}

/** The order of exactly that name; without one, all whose names begin like that. */
async function orderKeys(
  tx: ShopTransaction,
  shopId: number,
  query: JournalListQuery,
): Promise<KeySet | null> {
  if (query.order === '') return null
  const column = Prisma.sql`j.order_id`
  const names = [query.order, `#${query.order}`]
  const exact = await tx.$queryRaw<Array<{ id: bigint }>>`
    select o.order_id as id from shop_order o where o.shop_id = ${shopId} and o.name = any(${names}::text[]) limit 10`
  if (exact.length > 0) return { column, ids: exact.map(({ id }) => id), test: Prisma.sql`false` }
  const pattern = `${query.order.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
  const named = Prisma.sql`o.shop_id = ${shopId} and (o.name ilike ${pattern} or o.name ilike ${`#${pattern}`})`
  const rows = await tx.$queryRaw<Array<{ id: bigint }>>(
    Prisma.sql`select o.order_id as id from shop_order o where ${named} limit ${MOST_LOOKED_UP + 1}`,
  )
  return {
    column,
    ids: rows.map(({ id }) => id),
    test: Prisma.sql`exists (select 1 from shop_order o where ${named} and o.order_id = j.order_id)`,
  }
}

async function lineKeys(
  tx: ShopTransaction,
  shopId: number,
  query: JournalListQuery,
): Promise<KeySet | null> {
  const { productId } = query
  if (productId === null) return null
  const rows = await tx.$queryRaw<Array<{ id: bigint }>>`
    select distinct s.line_item_id as id from sale s
    where s.shop_id = ${shopId} and s.product_id = ${productId} and s.line_item_id is not null limit ${MOST_LOOKED_UP + 1}`
  return {
    column: Prisma.sql`j.line_item_id`,
    ids: rows.map(({ id }) => id),
    test: Prisma.sql`exists (
      select 1 from sale s where s.shop_id = ${shopId} and s.line_item_id = j.line_item_id and s.product_id = ${productId})`,
  }
}

function inDrop(dropId: string): Prisma.Sql {
  return Prisma.sql`exists (
    select 1 from royalty_entry e where e.shop_id = j.shop_id and e.journal_seq = j.seq and e.drop_id = ${dropId}::uuid)`
}

interface SeqRange {
  above: bigint
  below: bigint
  /** Accounting months to choose from; null when any will do. */
  periodIds: string[] | null
}

const BEYOND_ALL = 9_223_372_036_854_775_807n

/** Cursor and months as bounds of the number, so that every source can begin where the page begins. */
async function seqRange(
  tx: ShopTransaction,
  shopId: number,
  query: JournalListQuery,
): Promise<SeqRange | 'nothing'> {
  const { cursor, period, until } = query
  const above = cursor?.direction === 'after' ? cursor.seq : 0n
  const below = cursor?.direction === 'before' ? cursor.seq : BEYOND_ALL
  if (period === null && until === null) return { above, below, periodIds: null }
  const rows = await tx.$queryRaw<
    Array<{ id: string; first: bigint | null; last: bigint | null }>
  >(Prisma.sql`
    select p.id::text as id, b.first, b.last from period p
    cross join lateral (select min(j.seq) as first, max(j.seq) as last from journal j where j.shop_id = p.shop_id and j.period_id = p.id) b
    where p.shop_id = ${shopId} and p.label >= ${period ?? '0000-00'} and p.label <= ${earlier(period, until)}`)
  const bounds = rows.flatMap(({ first, last }) => (first === null || last === null ? [] : [{ first, last }]))
  const [one] = bounds
  if (!one) return 'nothing'
  const first = bounds.reduce((least, bound) => (bound.first < least ? bound.first : least), one.first)
  const last = bounds.reduce((most, bound) => (bound.last > most ? bound.last : most), one.last)
  return {
    above: first - 1n > above ? first - 1n : above,
    below: last + 1n < below ? last + 1n : below,
    periodIds: rows.map(({ id }) => id),
  }
}

function earlier(period: string | null, until: string | null): string {
  const given = [period, until].filter((label) => label !== null).sort()
  return given[0] ?? ''
}
