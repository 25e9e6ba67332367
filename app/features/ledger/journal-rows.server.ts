// The rows that tell one journal's story, in a fixed number of statements.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type {
  Journal,
  LineAttribution,
  Order,
  RoyaltyEntry,
  RoyaltyHold,
  Sale,
} from '#app/adapters/db/generated/client.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'

export interface PostingRow {
  code: string
  kind: string
  creatorId: string | null
  amount: bigint
  currency: string
}

export interface RelatedRow {
  seq: bigint
  kind: string
  action: string | null
  lineType: string | null
  title: string | null
  effectiveAt: Date
  royalty: bigint
}

export interface JournalRows {
  journal: Journal
  periodLabel: string
  postings: PostingRow[]
  order: Order | null
  sale: Sale | null
  attribution: LineAttribution | null
  holds: RoyaltyHold[]
  entries: RoyaltyEntry[]
  reversedBySeq: bigint | null
  statements: Array<{ id: string; number: string }>
  related: RelatedRow[]
  creatorNames: Map<string, string>
  payoutRun: { id: string; number: number } | null
  headSeq: bigint
}

const MOST_RELATED = 100

export async function readJournalRows(
  tx: ShopTransaction,
  shopId: number,
  seq: bigint,
): Promise<JournalRows | null> {
  const journal = await tx.journal.findUnique({ where: { shopId_seq: { shopId, seq } } })
  if (!journal) return null
  const { orderId, lineItemId, saleId } = journal
  const postings = await tx.$queryRaw<PostingRow[]>`
    select a.code, a.kind, a.creator_id::text as "creatorId", p.amount_minor as amount, a.currency
    from posting p join account a on a.id = p.account_id
    where p.shop_id = ${shopId} and p.journal_seq = ${seq} order by p.line`
  const order =
    orderId === null ? null : await tx.order.findUnique({ where: { shopId_orderId: { shopId, orderId } } })
  const sale =
    saleId === null ? null : await tx.sale.findUnique({ where: { shopId_saleId: { shopId, saleId } } })
  const attribution =
    lineItemId === null
      ? null
      : await tx.lineAttribution.findFirst({ where: { shopId, lineItemId }, orderBy: { revision: 'desc' } })
  const holds =
    lineItemId === null
      ? []
      : await tx.royaltyHold.findMany({ where: { shopId, lineItemId }, orderBy: { creatorId: 'asc' } })
  const [surroundings] = await tx.$queryRaw<
    Array<{
      period: string
      head: bigint
      reversedBy: bigint | null
      statements: JournalRows['statements'] | null
    }>
  >`
    select (select label from period where shop_id = ${shopId} and id = ${journal.periodId}::uuid) as period,
           (select seq from ledger_head where shop_id = ${shopId}) as head,
           (select r.seq from journal r where r.shop_id = ${shopId} and r.reverses_seq = ${seq}) as "reversedBy",
           (select jsonb_agg(distinct jsonb_build_object('id', s.id, 'number', s.number))
            from posting p join account a on a.id = p.account_id and a.creator_id is not null
            join statement_period e on e.shop_id = p.shop_id and e.creator_id = a.creator_id and e.period_id = ${journal.periodId}::uuid
              and e.currency = a.currency
            join statement s on s.id = e.statement_id
            where p.shop_id = ${shopId} and p.journal_seq = ${seq}) as statements`
  const entries = await tx.royaltyEntry.findMany({
    where: { shopId, journalSeq: seq },
    orderBy: { agreementVersionId: 'asc' },
  })
  const named = [
    creatorNamedIn(journal.arithmetic),
    ...postings.map((posting) => posting.creatorId),
    ...creatorIdsIn(attribution),
  ]
  const names = new Set(named.filter((id) => id !== null))
  const creators = await tx.creator.findMany({
    where: { shopId, id: { in: [...names] } },
    select: { id: true, name: true },
  })
  return {
    journal,
    postings,
    order,
    sale,
    attribution,
    holds,
    entries,
    reversedBySeq: surroundings?.reversedBy ?? null,
    periodLabel: surroundings?.period ?? '',
    headSeq: surroundings?.head ?? 0n,
    statements: surroundings?.statements ?? [],
    related: orderId === null ? [] : await readRelated(tx, shopId, orderId, seq),
    payoutRun: await readPayoutRun(tx, shopId, journal.arithmetic),
    creatorNames: new Map(creators.map(({ id, name }) => [id, name])),
  }
}

function readRelated(
  tx: ShopTransaction,
  shopId: number,
  orderId: bigint,
  seq: bigint,
): Promise<RelatedRow[]> {
  return tx.$queryRaw<RelatedRow[]>`
    select j.seq, j.kind, j.arithmetic->>'actionType' as action, j.arithmetic->>'lineType' as "lineType", j.arithmetic->>'title' as title, j.effective_at as "effectiveAt",
           coalesce((select sum(e.royalty_minor) from royalty_entry e
                     where e.shop_id = j.shop_id and e.journal_seq = j.seq), 0)::bigint as royalty
    from journal j
    where j.shop_id = ${shopId} and j.order_id = ${orderId} and j.seq <> ${seq}
    order by j.seq limit ${MOST_RELATED}`
}

/** The creator that a journal's own arithmetic names: of maturities, awards, payouts, corrections. */
export function creatorNamedIn(arithmetic: unknown): string | null {
  return rowNamedIn(arithmetic, 'creatorId')
}

/** Of a payout that was sent, confirmed or taken back. */
async function readPayoutRun(
  tx: ShopTransaction,
  shopId: number,
  arithmetic: unknown,
): Promise<JournalRows['payoutRun']> {
  const id = rowNamedIn(arithmetic, 'payoutId')
  if (id === null) return null
  const select = { run: { select: { id: true, number: true } } }
  return (await tx.payout.findFirst({ where: { shopId, id }, select }))?.run ?? null
}

function rowNamedIn(arithmetic: unknown, name: string): string | null {
  if (typeof arithmetic !== 'object' || arithmetic === null) return null
  const id: unknown = Reflect.get(arithmetic, name)
  return isRowId(id) ? id : null
}

function creatorIdsIn(attribution: LineAttribution | null): string[] {
  if (!attribution) return []
  const named = [attribution.payees, attribution.candidates].flatMap((list) =>
    Array.isArray(list) ? list : [],
  )
  return named.flatMap((item) => {
    const id = typeof item === 'object' && item !== null && !Array.isArray(item) ? item.creatorId : null
    return typeof id === 'string' ? [id] : []
  })
}
