// Lets Postgres compute the chain of a shop's journals anew from what its tables hold, a stretch at a time, and say which journal is the first that
// does not come out as it was sealed. The texts that are hashed are those of the domain's journal-hash.
import type { ShopTransaction } from './database.ts'

export interface ChainStretch {
  journals: number
  postings: number
  entries: number
  /** First journals that break a rule, by number; null when none does. */
  broken: Record<ChainRule, bigint | null>
  /** The last journal of the stretch. */
  last: { seq: bigint; hash: Uint8Array } | null
}

const RULES = [
  /** A number is missing before it. */
  'follows',
  /** It does not carry the hash of the journal before it. */
  'linked',
  /** Its content, or its place, is not what was sealed. */
  'sealed',
  /** Its postings are not as many as it declares, or not numbered one after the other. */
  'complete',
  'zero_sum',
  /** A posting on an account of another shop or currency. */
  'own_accounts',
] as const
export type ChainRule = (typeof RULES)[number]

/** Journals from `from` to `to`, both included. The one before them is looked at as well. */
export async function checkChainStretch(
  tx: ShopTransaction,
  shopId: number,
  { from, to }: { from: bigint; to: bigint },
): Promise<ChainStretch> {
  await planForWholeTables(tx)
  const [row] = await tx.$queryRawUnsafe<StretchRow[]>(STRETCH, shopId, String(from), String(to))
  if (!row) throw new Error('an aggregate answers with one row')
  const broken = Object.fromEntries(RULES.map((rule) => [rule, row[rule]])) as Record<
    ChainRule,
    bigint | null
  >
  const last = row.last_hash === null ? null : { seq: row.last_seq, hash: row.last_hash }
  const { journals, postings, entries } = row
  return {
    journals: Number(journals),
    postings: Number(postings ?? 0),
    entries: Number(entries ?? 0),
    broken,
    last,
  }
}

/**
 * Until the tables have been analysed a plan row by row looks cheap, and takes the square of their size; and sorting in the memory of everyday
 * statements goes to disk. For the rest of the transaction.
 */
export async function planForWholeTables(tx: ShopTransaction): Promise<void> {
  await tx.$executeRawUnsafe(
    "select set_config('enable_nestloop', 'off', true), set_config('work_mem', '32MB', true)",
  )
}

interface StretchRow extends Record<ChainRule, bigint | null> {
  journals: bigint
  postings: bigint | null
  entries: bigint | null
  last_seq: bigint
  last_hash: Uint8Array | null
}

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const STRETCH = `
with posted as (
  select p.journal_seq as seq, count(*) as postings, sum(p.amount_minor) as total, min(p.line) = 0 and max(p.line) = count(*) - 1 as is_numbered,
         string_agg(a.code || ' ' || p.amount_minor, E'\\n' order by p.line) as lines,
         bool_or(a.id is null) as is_foreign, min(a.currency) as currency, max(a.currency) as other_currency
  from posting p left join account a on a.id = p.account_id and a.shop_id = p.shop_id
  where p.shop_id = $1::int and p.journal_seq between $2::bigint and $3::bigint group by p.journal_seq
), earned as (
  select r.journal_seq as seq, count(*) as entries, min(r.period_id::text) as period, max(r.period_id::text) as other_period,
         string_agg(concat_ws(' ', r.agreement_version_id, r.agreement_id, r.creator_id, r.kind, r.income_type, r.sold_on,
           ${instant('r.effective_at')}, coalesce(r.order_id::text, '-'), coalesce(r.line_item_id::text, '-'), coalesce(r.product_id::text, '-'),
           coalesce(r.drop_id::text, '-'), coalesce(r.award_id::text, '-'), r.share_bps, r.units, r.list_minor, r.discount_minor, r.net_minor,
           r.royalty_minor, r.title), E'\\n' order by r.agreement_version_id) as lines
  from royalty_entry r where r.shop_id = $1::int and r.journal_seq between $2::bigint and $3::bigint group by r.journal_seq
), chain as (
  select seq, previous_hash, lag(seq, 1, 0) over (order by seq) as seq_before,
         lag(hash, 1, decode(repeat('00', 32), 'hex')) over (order by seq) as hash_before
  from journal where shop_id = $1::int and seq between $2::bigint - 1 and $3::bigint
), checked as (
  select j.seq, j.hash, p.postings, e.entries,
         c.seq_before is distinct from j.seq - 1 as bad_follows,
         c.hash_before is distinct from j.previous_hash as bad_linked,
         j.input_hash <> sha256(convert_to(concat_ws(E'\\n', j.fact_key, j.kind, ${instant('j.effective_at')}, coalesce(j.order_id::text, ''),
           coalesce(j.line_item_id::text, ''), coalesce(j.sale_id::text, ''), coalesce(j.reverses_seq::text, ''), j.currency,
           j.arithmetic::text, p.lines, e.lines), 'UTF8'))
         or j.hash <> sha256(j.previous_hash || j.input_hash
           || convert_to(concat_ws(' ', j.shop_id, j.seq, j.period_id, ${instant('j.recorded_at')}), 'UTF8'))
         or coalesce(e.period <> j.period_id::text or e.other_period <> j.period_id::text, false) as bad_sealed,
         p.postings is distinct from j.posting_count or not coalesce(p.is_numbered, false) as bad_complete,
         coalesce(p.total, 0) <> 0 as bad_zero_sum,
         coalesce(p.is_foreign or p.currency <> j.currency or p.other_currency <> j.currency, false) as bad_own_accounts
  from journal j join chain c on c.seq = j.seq left join posted p on p.seq = j.seq left join earned e on e.seq = j.seq
  where j.shop_id = $1::int and j.seq between $2::bigint and $3::bigint
)
select count(*) as journals, sum(postings)::bigint as postings, sum(entries)::bigint as entries,
       ${RULES.map((rule) => `min(seq) filter (where bad_${rule}) as ${rule}`).join(', ')},
       max(seq) as last_seq, (array_agg(hash order by seq desc) filter (where seq = $3::bigint))[1] as last_hash
from checked`
