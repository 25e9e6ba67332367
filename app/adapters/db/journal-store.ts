// Writes balanced journals set-wise: one lock, a handful of statements, however many journals. Sequence, chain, subledger and movements follow in
// the same transaction; the database checks the sums again.
import { createHash } from 'node:crypto'
import { describeAccount } from '../../domain/ledger/accounts.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { arithmeticText, contentText, placeText } from '../../domain/ledger/journal-hash.ts'
import type { ShopTransaction } from './database.ts'
import { keepable } from './keepable-text.ts'
import { royaltyEntryColumns, writeRoyaltyEntries } from './royalty-entry-store.ts'

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

/** The newest link of a shop's chain. `postJournals` moves it on. */
export interface LedgerHead {
  seq: bigint
  hash: Buffer
}

const GENESIS = Buffer.alloc(32)

/** Locks the shop's chain until the transaction ends: one writer a shop. Returns its newest link. Throws for a shop that was erased. */
export async function lockLedger(tx: ShopTransaction, shopId: number): Promise<LedgerHead> {
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

async function lockHead(tx: ShopTransaction, shopId: number): Promise<LedgerHead | null> {
  const rows = await tx.$queryRaw<Array<{ seq: bigint; hash: Uint8Array }>>`
    select seq, hash from ledger_head where shop_id = ${shopId} for update`
  const head = rows[0]
  return head ? { seq: head.seq, hash: Buffer.from(head.hash) } : null
}

/** Posts what is not posted yet. Call after `lockLedger` in the same transaction. */
export async function postJournals(
  tx: ShopTransaction,
  shopId: number,
  head: LedgerHead,
  journals: JournalToPost[],
  recordedAt: Date,
): Promise<PostOutcome> {
  const outcome: PostOutcome = { posted: [], alreadyPosted: [], conflicting: [] }
  const fresh = await withoutKnown(tx, shopId, journals.map(sealable), outcome)
  if (fresh.length === 0) return outcome
  const accounts = await ensureAccounts(tx, shopId, fresh)
  const columns = journalColumns()
  const postings = postingColumns()
  const entries = royaltyEntryColumns()
  const movements = new Map<string, bigint>()
  for (const { journal, arithmeticText: text, inputHash } of fresh) {
    const seq = head.seq + 1n
    const place = placeText({ shopId, seq, periodId: journal.periodId, recordedAt: recordedAt.toISOString() })
    const hash = createHash('sha256').update(head.hash).update(inputHash).update(place).digest()
    columns.add(journal, { seq, text, inputHash, previousHash: head.hash, hash })
    journal.postings.forEach((posting, line) => {
      const accountId = accounts.get(`${posting.account} ${journal.currency}`)
      if (accountId === undefined) throw new Error(`account ${posting.account} was not made`)
      postings.add(seq, line, accountId, posting.amountMinor)
      const key = `${accountId} ${journal.periodId}`
      movements.set(key, (movements.get(key) ?? 0n) + posting.amountMinor)
    })
    for (const entry of journal.entries) entries.add(seq, journal.periodId, entry)
    outcome.posted.push({ factKey: journal.factKey, seq })
    head.seq = seq
    head.hash = hash
  }
  await tx.$executeRawUnsafe(
    `insert into journal (shop_id, seq, fact_key, kind, effective_at, recorded_at, period_id, currency, order_id, line_item_id, sale_id,
                          reverses_seq, arithmetic, posting_count, input_hash, previous_hash, hash)
     select $1::int, seq, fact_key, kind, effective_at, $2::timestamptz, period_id, currency, order_id, line_item_id, sale_id, reverses_seq,
            arithmetic::json, posting_count, decode(input_hash, 'hex'), decode(previous_hash, 'hex'), decode(hash, 'hex')
     from unnest($3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::uuid[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[],
                 $12::bigint[], $13::text[], $14::smallint[], $15::text[], $16::text[], $17::text[])
       as t(seq, fact_key, kind, effective_at, period_id, currency, order_id, line_item_id, sale_id, reverses_seq, arithmetic, posting_count,
            input_hash, previous_hash, hash)`,
    shopId,
    recordedAt.toISOString(),
    ...columns.arrays(),
  )
  await tx.$executeRawUnsafe(
    `insert into posting (shop_id, journal_seq, line, account_id, amount_minor)
     select $1::int, seq, line, account, amount from unnest($2::bigint[], $3::smallint[], $4::int[], $5::bigint[]) as t(seq, line, account, amount)`,
    shopId,
    ...postings.arrays(),
  )
  await writeRoyaltyEntries(tx, shopId, entries)
  await addMovements(tx, shopId, movements)
  await tx.$executeRaw`update ledger_head set seq = ${head.seq}, hash = ${head.hash} where shop_id = ${shopId}`
  return outcome
}

function journalColumns() {
  const seq: string[] = []
  const factKey: string[] = []
  const kind: string[] = []
  const effectiveAt: string[] = []
  const periodId: string[] = []
  const currency: string[] = []
  const orderId: (string | null)[] = []
  const lineItemId: (string | null)[] = []
  const saleId: (string | null)[] = []
  const reversesSeq: (string | null)[] = []
  const arithmetic: string[] = []
  const postingCount: number[] = []
  const inputHash: string[] = []
  const previousHash: string[] = []
  const hash: string[] = []
  return {
    add(
      journal: JournalToPost,
      seal: { seq: bigint; text: string; inputHash: Buffer; previousHash: Buffer; hash: Buffer },
    ) {
      seq.push(String(seal.seq))
      factKey.push(journal.factKey)
      kind.push(journal.kind)
      effectiveAt.push(journal.effectiveAt)
      periodId.push(journal.periodId)
      currency.push(journal.currency)
      orderId.push(journal.orderId?.toString() ?? null)
      lineItemId.push(journal.lineItemId?.toString() ?? null)
      saleId.push(journal.saleId?.toString() ?? null)
      reversesSeq.push(journal.reversesSeq?.toString() ?? null)
      arithmetic.push(seal.text)
      postingCount.push(journal.postings.length)
      inputHash.push(seal.inputHash.toString('hex'))
      previousHash.push(seal.previousHash.toString('hex'))
      hash.push(seal.hash.toString('hex'))
    },
    arrays: () => [
      seq,
      factKey,
      kind,
      effectiveAt,
      periodId,
      currency,
      orderId,
      lineItemId,
      saleId,
      reversesSeq,
      arithmetic,
      postingCount,
      inputHash,
      previousHash,
      hash,
    ],
  }
}

function postingColumns() {
  const seqs: string[] = []
  const lines: number[] = []
  const accounts: number[] = []
  const amounts: string[] = []
  return {
    add(seq: bigint, line: number, account: number, amountMinor: bigint) {
      seqs.push(String(seq))
      lines.push(line)
      accounts.push(account)
      amounts.push(String(amountMinor))
    },
    arrays: () => [seqs, lines, accounts, amounts],
  }
}

interface SealableJournal {
  journal: JournalToPost
  arithmeticText: string
  /** What identifies the fact's content: the same key with other content is a conflict. */
  inputHash: Buffer
}

/** What is sealed must read back the same: times in the one spelling that a timestamp column gives. */
function sealable(given: JournalToPost): SealableJournal {
  const entries = given.entries.map((entry) => ({
    ...entry,
    effectiveAt: new Date(entry.effectiveAt).toISOString(),
    title: keepable(entry.title),
  }))
  const journal = { ...given, entries, effectiveAt: new Date(given.effectiveAt).toISOString() }
  const text = arithmeticText(journal.arithmetic)
  const content = contentText({ ...journal, arithmeticText: text })
  return { journal, arithmeticText: text, inputHash: createHash('sha256').update(content).digest() }
}

async function withoutKnown(
  tx: ShopTransaction,
  shopId: number,
  journals: SealableJournal[],
  outcome: PostOutcome,
): Promise<SealableJournal[]> {
  const keys = journals.map(({ journal }) => journal.factKey)
  const rows = await tx.$queryRaw<Array<{ fact_key: string; input_hash: Uint8Array }>>`
    select fact_key, input_hash from journal where shop_id = ${shopId} and fact_key = any(${keys}::text[])`
  const known = new Map<string, Buffer>(rows.map((row) => [row.fact_key, Buffer.from(row.input_hash)]))
  return journals.filter(({ journal: { factKey }, inputHash }) => {
    const standing = known.get(factKey)
    if (!standing) {
      known.set(factKey, inputHash)
      return true
    }
    if (standing.equals(inputHash)) outcome.alreadyPosted.push(factKey)
    else outcome.conflicting.push(factKey)
    return false
  })
}

/** Ids by "code currency", making what is missing. */
async function ensureAccounts(
  tx: ShopTransaction,
  shopId: number,
  fresh: SealableJournal[],
): Promise<Map<string, number>> {
  const wanted = new Map<string, { code: string; currency: string }>()
  for (const { journal } of fresh) {
    for (const { account } of journal.postings)
      wanted.set(`${account} ${journal.currency}`, { code: account, currency: journal.currency })
  }
  const list = [...wanted.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
  const standing = await readAccounts(tx, shopId, list)
  const missing = list.filter(({ code, currency }) => !standing.has(`${code} ${currency}`))
  if (missing.length === 0) return standing
  const described = missing.map(({ code }) => describeAccount(code))
  await tx.$executeRawUnsafe(
    `insert into account (shop_id, code, currency, kind, creator_id)
     select $1::int, code, currency, kind, creator_id from unnest($2::text[], $3::text[], $4::text[], $5::uuid[]) as t(code, currency, kind, creator_id)
     on conflict (shop_id, code, currency) do nothing`,
    shopId,
    missing.map(({ code }) => code),
    missing.map(({ currency }) => currency),
    described.map((account) => account.kind),
    described.map((account) => account.creatorId),
  )
  return readAccounts(tx, shopId, list)
}

async function readAccounts(
  tx: ShopTransaction,
  shopId: number,
  accounts: ReadonlyArray<{ code: string }>,
): Promise<Map<string, number>> {
  const rows = await tx.$queryRawUnsafe<Array<{ id: number; code: string; currency: string }>>(
    'select id, code, currency from account where shop_id = $1::int and code = any($2::text[])',
    shopId,
    accounts.map(({ code }) => code),
  )
  return new Map(rows.map((row) => [`${row.code} ${row.currency}`, row.id]))
}

/** Keys are "account period". In one order always, so that no two writers wait for each other crosswise. */
async function addMovements(
  tx: ShopTransaction,
  shopId: number,
  movements: Map<string, bigint>,
): Promise<void> {
  const keys = [...movements.keys()].sort()
  await tx.$executeRawUnsafe(
    `insert into account_movement (shop_id, account_id, period_id, movement_minor)
     select $1::int, account, period, amount from unnest($2::int[], $3::uuid[], $4::bigint[]) as t(account, period, amount)
     on conflict (account_id, period_id) do update set movement_minor = account_movement.movement_minor + excluded.movement_minor`,
    shopId,
    keys.map((key) => Number(key.split(' ')[0])),
    keys.map((key) => key.split(' ')[1] ?? ''),
    keys.map((key) => String(movements.get(key) ?? 0n)),
  )
}
