// What the ledger holds for each creator at the end of a month, read set-wise for all creators at once.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Period, Shop } from '../../adapters/db/generated/client.ts'
import type { JournalKind } from '../../domain/ledger/journal-draft.ts'
import type { StatementEntry } from '../../domain/statements/statement-input.ts'

export interface CreatorBooks {
  /** Journals that stand on no statement yet, of this month and earlier ones. */
  entries: StatementEntry[]
  /** Their postings on the creator's accounts. */
  postings: Array<{ journalSeq: bigint; line: number }>
  /** Held and available together, as a credit: what the shop owes. */
  balanceMinor: bigint
  heldMinor: bigint
  maturities: Array<{ maturesAt: string; amountMinor: bigint }>
}

interface EntryRow {
  creator_id: string
  seq: bigint
  line: number
  kind: string
  effective_at: Date
  arithmetic: unknown
  credit: bigint
}

/**
 * By creator id. Only what is booked in this month or before it counts, however late it is read, and only in the shop's currency: a
 * statement has one, and amounts from before a change of currency cannot be added to it.
 */
export async function readCreatorBooks(
  tx: ShopTransaction,
  shop: Shop,
  period: Period,
): Promise<Map<string, CreatorBooks>> {
  const through = period.endsAt
  const entries = await tx.$queryRaw<EntryRow[]>`
    select a.creator_id::text, j.seq, p.line, j.kind, j.effective_at, j.arithmetic, -p.amount_minor as credit
    from posting p
    join account a on a.id = p.account_id and a.creator_id is not null and a.currency = ${shop.currency}
    join journal j on j.shop_id = p.shop_id and j.seq = p.journal_seq
    join period d on d.id = j.period_id and d.ends_at <= ${through}
    left join statement_period e on e.shop_id = p.shop_id and e.creator_id = a.creator_id and e.period_id = j.period_id
    where p.shop_id = ${shop.id} and e.statement_id is null
    order by j.seq, p.line`
  const balances = await tx.$queryRaw<Array<{ creator_id: string; balance: bigint; held: bigint }>>`
    select a.creator_id::text, (-sum(p.amount_minor))::bigint as balance,
           (-coalesce(sum(p.amount_minor) filter (where a.code like '%/held'), 0))::bigint as held
    from posting p
    join account a on a.id = p.account_id and a.creator_id is not null and a.currency = ${shop.currency}
    join journal j on j.shop_id = p.shop_id and j.seq = p.journal_seq
    join period d on d.id = j.period_id and d.ends_at <= ${through}
    where p.shop_id = ${shop.id}
    group by a.creator_id`
  const maturities = await tx.$queryRaw<Array<{ creator_id: string; matures_at: Date; amount: bigint }>>`
    select a.creator_id::text, h.matures_at, (-sum(p.amount_minor))::bigint as amount
    from posting p
    join account a on a.id = p.account_id and a.creator_id is not null and a.currency = ${shop.currency} and a.code like '%/held'
    join journal j on j.shop_id = p.shop_id and j.seq = p.journal_seq
    join period d on d.id = j.period_id and d.ends_at <= ${through}
    join royalty_hold h on h.shop_id = j.shop_id and h.line_item_id = j.line_item_id and h.creator_id = a.creator_id
    where p.shop_id = ${shop.id}
    group by a.creator_id, h.line_item_id, h.matures_at
    having sum(p.amount_minor) <> 0`

  const books = new Map<string, CreatorBooks>()
  for (const row of balances) {
    books.set(row.creator_id, {
      entries: [],
      postings: [],
      balanceMinor: row.balance,
      heldMinor: row.held,
      maturities: [],
    })
  }
  for (const row of entries) addEntry(books.get(row.creator_id), row)
  for (const row of maturities) {
    books
      .get(row.creator_id)
      ?.maturities.push({ maturesAt: row.matures_at.toISOString(), amountMinor: row.amount })
  }
  return books
}

function addEntry(books: CreatorBooks | undefined, row: EntryRow): void {
  if (!books) throw new Error(`journal ${row.seq} touches a creator without a balance`)
  books.postings.push({ journalSeq: row.seq, line: row.line })
  const last = books.entries.at(-1)
  // A journal may touch both accounts of a creator: one entry, its credits together.
  if (last?.journalSeq === row.seq) {
    last.creditMinor += row.credit
    return
  }
  books.entries.push({
    journalSeq: row.seq,
    kind: row.kind as JournalKind,
    effectiveAt: row.effective_at.toISOString(),
    arithmetic: row.arithmetic,
    creditMinor: row.credit,
  })
}
