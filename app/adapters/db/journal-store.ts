// Writes balanced journals set-wise: one lock, a handful of statements, however many journals. Sequence, chain and balances follow in the same
// transaction; the database checks the sums again.
import { createHash } from 'node:crypto'
import { describeAccount } from '../../domain/ledger/accounts.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { canonicalDraft, canonicalJournal } from '../../domain/ledger/journal-hash.ts'
import type { ShopTransaction } from './database.ts'

export interface PostedJournal {
  factKey: string
  seq: bigint
}

export type PostOutcome = {
  posted: PostedJournal[]
  /** Facts that stood already with the same content: nothing to do. */
  alreadyPosted: string[]
  /** Facts that stand with other content: an alert, never a second journal. */
  conflicting: string[]
}

export interface JournalToPost extends JournalDraft {
  /** The accounting period that takes it; an open one. */
  periodId: string
}

interface Head {
  seq: bigint
  hash: Buffer<ArrayBufferLike>
}

const GENESIS = Buffer.alloc(32)

/** Locks the shop's chain until the transaction ends: one writer a shop. Returns its newest link. Throws for a shop that was erased. */
export async function lockLedger(tx: ShopTransaction, shopId: number): Promise<Head> {
  const standing = await lockHead(tx, shopId)
  if (standing) return standing
  // Only for a shop that is there: a writer that waited while its shop was erased must not begin its books anew.
  await tx.$executeRaw`
    insert into ledger_head (shop_id, seq, hash)
    select id, 0, ${GENESIS} from shop where id = ${shopId} for key share
    on conflict (shop_id) do nothing`
  const made = await lockHead(tx, shopId)
  if (!made) throw new Error(`shop ${shopId} has no ledger: it was erased`)
  return made
}

async function lockHead(tx: ShopTransaction, shopId: number): Promise<Head | null> {
  const rows = await tx.$queryRaw<Array<{ seq: bigint; hash: Uint8Array }>>`
    select seq, hash from ledger_head where shop_id = ${shopId} for update`
  const head = rows[0]
  return head ? { seq: head.seq, hash: Buffer.from(head.hash) } : null
}

/** Posts what is not posted yet. Call after `lockLedger` in the same transaction. */
export async function postJournals(
  tx: ShopTransaction,
  shopId: number,
  head: Head,
  journals: JournalToPost[],
  recordedAt: Date,
): Promise<PostOutcome> {
  const outcome: PostOutcome = { posted: [], alreadyPosted: [], conflicting: [] }
  const fresh = await withoutKnown(tx, shopId, journals.map(asStored), outcome)
  if (fresh.length === 0) return outcome
  const accounts = await ensureAccounts(tx, shopId, fresh)

  const columns = {
    seq: [] as string[],
    factKey: [] as string[],
    kind: [] as string[],
    effectiveAt: [] as string[],
    periodId: [] as string[],
    orderId: [] as (string | null)[],
    lineItemId: [] as (string | null)[],
    saleId: [] as (string | null)[],
    arithmetic: [] as string[],
    postingCount: [] as number[],
    inputHash: [] as string[],
    previousHash: [] as string[],
    hash: [] as string[],
  }
  const postings = {
    seq: [] as string[],
    line: [] as number[],
    account: [] as number[],
    amount: [] as string[],
    currency: [] as string[],
  }
  const movements = new Map<number, bigint>()
  for (const { draft, inputHash } of fresh) {
    const seq = head.seq + 1n
    const place = {
      shopId,
      seq,
      periodId: draft.periodId,
      recordedAt: recordedAt.toISOString(),
      reversesSeq: null,
      previousHash: head.hash.toString('hex'),
    }
    const hash = createHash('sha256').update(canonicalJournal(place, draft)).digest()
    columns.seq.push(String(seq))
    columns.factKey.push(draft.factKey)
    columns.kind.push(draft.kind)
    columns.effectiveAt.push(draft.effectiveAt)
    columns.periodId.push(draft.periodId)
    columns.orderId.push(draft.orderId?.toString() ?? null)
    columns.lineItemId.push(draft.lineItemId?.toString() ?? null)
    columns.saleId.push(draft.saleId?.toString() ?? null)
    columns.arithmetic.push(JSON.stringify(draft.arithmetic))
    columns.postingCount.push(draft.postings.length)
    columns.inputHash.push(inputHash.toString('hex'))
    columns.previousHash.push(head.hash.toString('hex'))
    columns.hash.push(hash.toString('hex'))
    draft.postings.forEach((posting, line) => {
      const accountId = accounts.get(`${posting.account} ${draft.currency}`)
      if (accountId === undefined) throw new Error(`account ${posting.account} was not made`)
      postings.seq.push(String(seq))
      postings.line.push(line)
      postings.account.push(accountId)
      postings.amount.push(String(posting.amountMinor))
      postings.currency.push(draft.currency)
      movements.set(accountId, (movements.get(accountId) ?? 0n) + posting.amountMinor)
    })
    outcome.posted.push({ factKey: draft.factKey, seq })
    head.seq = seq
    head.hash = hash
  }
  await tx.$executeRawUnsafe(
    `insert into journal (shop_id, seq, fact_key, kind, effective_at, recorded_at, period_id, order_id, line_item_id, sale_id, arithmetic,
                          posting_count, input_hash, previous_hash, hash)
     select $1::int, seq, fact_key, kind, effective_at, $2::timestamptz, period_id, order_id, line_item_id, sale_id, arithmetic::jsonb,
            posting_count, decode(input_hash, 'hex'), decode(previous_hash, 'hex'), decode(hash, 'hex')
     from unnest($3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::uuid[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[],
                 $12::smallint[], $13::text[], $14::text[], $15::text[])
       as t(seq, fact_key, kind, effective_at, period_id, order_id, line_item_id, sale_id, arithmetic, posting_count, input_hash, previous_hash, hash)`,
    shopId,
    recordedAt.toISOString(),
    columns.seq,
    columns.factKey,
    columns.kind,
    columns.effectiveAt,
    columns.periodId,
    columns.orderId,
    columns.lineItemId,
    columns.saleId,
    columns.arithmetic,
    columns.postingCount,
    columns.inputHash,
    columns.previousHash,
    columns.hash,
  )
  await tx.$executeRawUnsafe(
    `insert into posting (shop_id, journal_seq, line, account_id, amount_minor, currency)
     select $1::int, seq, line, account, amount, currency from unnest($2::bigint[], $3::smallint[], $4::int[], $5::bigint[], $6::text[])
       as t(seq, line, account, amount, currency)`,
    shopId,
    postings.seq,
    postings.line,
    postings.account,
    postings.amount,
    postings.currency,
  )
  await moveBalances(tx, shopId, movements, head.seq)
  await tx.$executeRaw`update ledger_head set seq = ${head.seq}, hash = ${head.hash} where shop_id = ${shopId}`
  return outcome
}

/** What is sealed must read back the same: times in the one spelling that a timestamp column gives. */
function asStored(journal: JournalToPost): JournalToPost {
  return { ...journal, effectiveAt: new Date(journal.effectiveAt).toISOString() }
}

/** What identifies a fact's content: the same key with other content is a conflict. */
function hashOfInput(draft: JournalDraft): Buffer {
  return createHash('sha256').update(canonicalDraft(draft)).digest()
}

async function withoutKnown(
  tx: ShopTransaction,
  shopId: number,
  journals: JournalToPost[],
  outcome: PostOutcome,
) {
  const keys = journals.map((journal) => journal.factKey)
  const rows = await tx.$queryRaw<Array<{ fact_key: string; input_hash: Uint8Array }>>`
    select fact_key, input_hash from journal where shop_id = ${shopId} and fact_key = any(${keys}::text[])`
  const known = new Map<string, Buffer>(rows.map((row) => [row.fact_key, Buffer.from(row.input_hash)]))
  const fresh: Array<{ draft: JournalToPost; inputHash: Buffer }> = []
  for (const draft of journals) {
    const inputHash = hashOfInput(draft)
    const standing = known.get(draft.factKey)
    if (!standing) {
      known.set(draft.factKey, inputHash)
      fresh.push({ draft, inputHash })
    } else if (standing.equals(inputHash)) {
      outcome.alreadyPosted.push(draft.factKey)
    } else {
      outcome.conflicting.push(draft.factKey)
    }
  }
  return fresh
}

/** Ids by "code currency", making what is missing. */
async function ensureAccounts(
  tx: ShopTransaction,
  shopId: number,
  fresh: Array<{ draft: JournalToPost }>,
): Promise<Map<string, number>> {
  const wanted = new Map<string, { code: string; currency: string }>()
  for (const { draft } of fresh) {
    for (const { account } of draft.postings)
      wanted.set(`${account} ${draft.currency}`, { code: account, currency: draft.currency })
  }
  const list = [...wanted.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
  const kinds = list.map(({ code }) => describeAccount(code))
  const codes = list.map(({ code }) => code)
  const currencies = list.map(({ currency }) => currency)
  await tx.$executeRawUnsafe(
    `insert into account (shop_id, code, currency, kind, creator_id)
     select $1::int, code, currency, kind, creator_id from unnest($2::text[], $3::text[], $4::text[], $5::uuid[]) as t(code, currency, kind, creator_id)
     where not exists (select 1 from account a where a.shop_id = $1::int and a.code = t.code and a.currency = t.currency)
     on conflict (shop_id, code, currency) do nothing`,
    shopId,
    codes,
    currencies,
    kinds.map((account) => account.kind),
    kinds.map((account) => account.creatorId),
  )
  const rows = await tx.$queryRawUnsafe<Array<{ id: number; code: string; currency: string }>>(
    'select id, code, currency from account where shop_id = $1::int and code = any($2::text[])',
    shopId,
    codes,
  )
  return new Map(rows.map((row) => [`${row.code} ${row.currency}`, row.id]))
}

async function moveBalances(
  tx: ShopTransaction,
  shopId: number,
  movements: Map<number, bigint>,
  throughSeq: bigint,
): Promise<void> {
  const ids = [...movements.keys()].sort((a, b) => a - b)
  await tx.$executeRawUnsafe(
    `insert into account_balance (shop_id, account_id, balance_minor, through_seq)
     select $1::int, id, amount, $2::bigint from unnest($3::int[], $4::bigint[]) as t(id, amount)
     on conflict (account_id) do update set balance_minor = account_balance.balance_minor + excluded.balance_minor, through_seq = excluded.through_seq`,
    shopId,
    String(throughSeq),
    ids,
    ids.map((id) => String(movements.get(id) ?? 0n)),
  )
}
