// Reads a shop's whole ledger in chain order, a slice at a time, so that its size does not matter.
import type { JournalKind, PostedJournal } from '../../domain/ledger/journal-draft.ts'
import type { RoyaltyEntry } from '../../domain/ledger/royalty-entry.ts'
import type { ShopTransaction } from './database.ts'

export interface ReadJournal extends PostedJournal {
  periodId: string
}

const SLICE = 2000

interface PlaceRow {
  seq: bigint
  fact_key: string
  kind: string
  effective_at: Date
  recorded_at: Date
  period_id: string
  order_id: bigint | null
  line_item_id: bigint | null
  sale_id: bigint | null
  reverses_seq: bigint | null
  currency: string
  status: string | null
}

interface JournalRow extends Omit<PlaceRow, 'status'> {
  arithmetic: string
  previous_hash: Uint8Array
  hash: Uint8Array
  accounts: string[]
  amounts: string[]
  entries: EntryJson[] | null
}

/** A row of the subledger as Postgres writes it in JSON: large numbers as text, because JSON's own lose digits. */
type EntryJson = {
  [Column in keyof RoyaltyEntry]: RoyaltyEntry[Column] extends bigint | null
    ? Extract<RoyaltyEntry[Column], null> | string
    : RoyaltyEntry[Column]
}

/** `kinds`: those alone, instead of all. */
export async function* readJournals(
  tx: ShopTransaction,
  shopId: number,
  kinds: readonly JournalKind[] | null = null,
): AsyncGenerator<ReadJournal, void, void> {
  let after = 0n
  for (;;) {
    const rows = await tx.$queryRaw<JournalRow[]>`
      select j.seq, j.fact_key, j.kind, j.effective_at, j.recorded_at, j.period_id::text, j.order_id, j.line_item_id, j.sale_id, j.reverses_seq,
             j.currency::text, j.arithmetic::text as arithmetic, j.previous_hash, j.hash, p.accounts, p.amounts, e.entries
      from public.journal j
      left join lateral (
        select array_agg(coalesce(a.code, '?') order by p.line) as accounts, array_agg(p.amount_minor::text order by p.line) as amounts
        from public.posting p left join public.account a on a.id = p.account_id where p.shop_id = j.shop_id and p.journal_seq = j.seq
      ) p on true
      left join lateral (
        select json_agg(json_build_object(
          'creatorId', r.creator_id, 'agreementId', r.agreement_id, 'agreementVersionId', r.agreement_version_id, 'kind', r.kind,
          'incomeType', r.income_type, 'soldOn', r.sold_on, 'effectiveAt', to_char(r.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'orderId', r.order_id::text, 'lineItemId', r.line_item_id::text, 'productId', r.product_id::text, 'dropId', r.drop_id,
          'awardId', r.award_id, 'title', r.title, 'shareBps', r.share_bps, 'units', r.units, 'listMinor', r.list_minor::text,
          'discountMinor', r.discount_minor::text, 'netMinor', r.net_minor::text, 'royaltyMinor', r.royalty_minor::text)) as entries
        from public.royalty_entry r where r.shop_id = j.shop_id and r.journal_seq = j.seq
      ) e on true
      where j.shop_id = ${shopId} and j.seq > ${after} and (${kinds === null} or j.kind = any(${[...(kinds ?? [])]}::text[]))
      order by j.seq limit ${SLICE}`
    for (const row of rows) yield toJournal(row)
    const last = rows.at(-1)
    if (!last || rows.length < SLICE) return
    after = last.seq
  }
}

/** Where a journal stands and what it is about, without its figures. */
export type JournalPlace = Omit<
  ReadJournal,
  'postings' | 'entries' | 'arithmeticText' | 'previousHash' | 'hash'
> & {
  /** Of a dispute's journals: the state that they book. */
  status: string | null
}

/** The next so many places after a number, in the chain's order; empty at the end. */
export async function readJournalPlaces(
  tx: ShopTransaction,
  shopId: number,
  after: bigint,
  count: number,
): Promise<JournalPlace[]> {
  const rows = await tx.$queryRaw<PlaceRow[]>`
    select seq, fact_key, kind, effective_at, recorded_at, period_id::text, order_id, line_item_id, sale_id, reverses_seq, currency::text,
           case when kind in ('dispute', 'dispute_royalty') then arithmetic->>'status' end as status
    from public.journal where shop_id = ${shopId} and seq > ${after} order by seq limit ${count}`
  return rows.map((row) => ({ ...toPlace(row), status: row.status }))
}

function toPlace(row: Omit<PlaceRow, 'status'>) {
  return {
    seq: row.seq,
    factKey: row.fact_key,
    kind: row.kind as JournalKind,
    effectiveAt: row.effective_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    periodId: row.period_id,
    orderId: row.order_id,
    lineItemId: row.line_item_id,
    saleId: row.sale_id,
    reversesSeq: row.reverses_seq,
    currency: row.currency,
  }
}

function toJournal(row: JournalRow): ReadJournal {
  const amounts = row.amounts ?? []
  return {
    ...toPlace(row),
    arithmeticText: row.arithmetic,
    previousHash: Buffer.from(row.previous_hash).toString('hex'),
    hash: Buffer.from(row.hash).toString('hex'),
    entries: (row.entries ?? []).map(toEntry),
    postings: (row.accounts ?? []).map((account, index) => ({
      account,
      amountMinor: BigInt(amounts[index] ?? '0'),
    })),
  }
}

function toEntry(row: EntryJson): RoyaltyEntry {
  const big = (text: string | null) => (text === null ? null : BigInt(text))
  return {
    ...row,
    orderId: big(row.orderId),
    lineItemId: big(row.lineItemId),
    productId: big(row.productId),
    listMinor: BigInt(row.listMinor),
    discountMinor: BigInt(row.discountMinor),
    netMinor: BigInt(row.netMinor),
    royaltyMinor: BigInt(row.royaltyMinor),
  }
}
