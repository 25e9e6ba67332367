// Reads a shop's whole ledger in chain order, a slice at a time, so that its size does not matter.
import type { JournalKind, PostedJournal } from '../../domain/ledger/journal-draft.ts'
import type { RoyaltyEntry } from '../../domain/ledger/royalty-entry.ts'
import type { ShopTransaction } from './database.ts'

export interface ReadJournal extends PostedJournal {
  periodId: string
}

const SLICE = 2000

interface JournalRow {
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

export async function* readJournals(
  tx: ShopTransaction,
  shopId: number,
): AsyncGenerator<ReadJournal, void, void> {
  let after = 0n
  for (;;) {
    const rows = await tx.$queryRaw<JournalRow[]>`
      select j.seq, j.fact_key, j.kind, j.effective_at, j.recorded_at, j.period_id::text, j.order_id, j.line_item_id, j.sale_id, j.reverses_seq,
             j.currency::text, j.arithmetic::text as arithmetic, j.previous_hash, j.hash, p.accounts, p.amounts, e.entries
      from journal j
      left join lateral (
        select array_agg(coalesce(a.code, '?') order by p.line) as accounts, array_agg(p.amount_minor::text order by p.line) as amounts
        from posting p left join account a on a.id = p.account_id where p.shop_id = j.shop_id and p.journal_seq = j.seq
      ) p on true
      left join lateral (
        select json_agg(json_build_object(
          'creatorId', r.creator_id, 'agreementId', r.agreement_id, 'agreementVersionId', r.agreement_version_id, 'kind', r.kind,
          'incomeType', r.income_type, 'soldOn', r.sold_on, 'effectiveAt', to_char(r.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'orderId', r.order_id::text, 'lineItemId', r.line_item_id::text, 'productId', r.product_id::text, 'dropId', r.drop_id,
          'awardId', r.award_id, 'title', r.title, 'shareBps', r.share_bps, 'units', r.units, 'listMinor', r.list_minor::text,
          'discountMinor', r.discount_minor::text, 'netMinor', r.net_minor::text, 'royaltyMinor', r.royalty_minor::text)) as entries
        from royalty_entry r where r.shop_id = j.shop_id and r.journal_seq = j.seq
      ) e on true
      where j.shop_id = ${shopId} and j.seq > ${after} order by j.seq limit ${SLICE}`
    for (const row of rows) yield toJournal(row)
    const last = rows.at(-1)
    if (!last || rows.length < SLICE) return
    after = last.seq
  }
}

function toJournal(row: JournalRow): ReadJournal {
  const amounts = row.amounts ?? []
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
