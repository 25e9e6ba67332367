// Writes balanced journals set-wise: one lock, a handful of statements, however many journals. Sequence, chain, subledger and movements follow in
// the same transaction; the database checks the sums again.
import { hash as digest } from 'node:crypto'
import { describeAccount } from '../../domain/ledger/accounts.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { arithmeticText, contentText, placeText } from '../../domain/ledger/journal-hash.ts'
import { canonicalInstant, type IsoInstant } from '../../domain/time/instant.ts'
import { plainArray, quotedArray } from './array-literal.ts'
import type { ShopTransaction } from './database.ts'
import { keepable } from './keepable-text.ts'
import { royaltyEntryColumns } from './royalty-entry-columns.ts'
import { planOnce } from './shop-connection.ts'

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

const sha256 = (data: string | Buffer): Buffer => digest('sha256', data, 'buffer')

/** What the first journal of a chain follows. */
export const GENESIS = Buffer.alloc(32)

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
  if (journals.length === 0) return outcome
  const fresh = await withoutKnown(tx, shopId, journals.map(sealable), outcome)
  if (fresh.length === 0) return outcome
  const told = recordedAt.toISOString()
  const written = await writeJournals(
    tx,
    shopId,
    head,
    fresh.map((sealed) => ({ ...sealed, recordedAt: told })),
    WRITE_BOOKS,
  )
  outcome.posted.push(...written)
  return outcome
}

/** A journal as it was once posted, to be written anew. */
export interface JournalToRebuild extends JournalToPost {
  seq: bigint
  recordedAt: IsoInstant
}

/** Writes journals under the numbers and times that they have, whatever stands: for a scratch ledger only. */
export async function rebuildJournals(
  tx: ShopTransaction,
  shopId: number,
  head: LedgerHead,
  journals: readonly JournalToRebuild[],
): Promise<void> {
  const sealed = journals.map((journal) => ({
    ...sealable(journal),
    seq: journal.seq,
    recordedAt: journal.recordedAt,
  }))
  await writeJournals(tx, shopId, head, sealed, WRITE)
}

interface JournalToWrite extends SealableJournal {
  /** The next one when not given. */
  seq?: bigint
  recordedAt: IsoInstant
}

async function writeJournals(
  tx: ShopTransaction,
  shopId: number,
  head: LedgerHead,
  journals: readonly JournalToWrite[],
  statement: string,
): Promise<PostedJournal[]> {
  if (journals.length === 0) return []
  const accounts = await ensureAccounts(tx, shopId, journals)
  const columns = journalColumns()
  const postings = postingColumns()
  const entries = royaltyEntryColumns()
  const movements = new Map<string, bigint>()
  const written: PostedJournal[] = []
  for (const { journal, arithmeticText: text, inputHash, recordedAt, seq = head.seq + 1n } of journals) {
    const place = placeText({ shopId, seq, periodId: journal.periodId, recordedAt })
    const hash = sha256(Buffer.concat([head.hash, inputHash, Buffer.from(place)]))
    columns.add(journal, { seq, arithmeticText: text, recordedAt, inputHash, previousHash: head.hash, hash })
    journal.postings.forEach((posting, line) => {
      const accountId = accounts.get(`${posting.account} ${journal.currency}`)
      if (accountId === undefined) throw new Error(`account ${posting.account} was not made`)
      postings.add(seq, line, accountId, posting.amountMinor)
      const key = `${accountId} ${journal.periodId}`
      movements.set(key, (movements.get(key) ?? 0n) + posting.amountMinor)
    })
    for (const entry of journal.entries) entries.add(seq, journal.periodId, entry)
    written.push({ factKey: journal.factKey, seq })
    head.seq = seq
    head.hash = hash
  }
  await tx.$executeRawUnsafe(
    statement,
    shopId,
    ...columns.arrays(),
    ...postings.arrays(),
    ...entries.arrays(),
    ...movementArrays(movements),
    head.seq,
    head.hash,
  )
  return written
}

/** A journal comes with its postings in one statement, or the database refuses it; the rest comes with them to save the ways there and back. */
const WRITE = `
with written_journals as (
  insert into journal (shop_id, seq, fact_key, kind, effective_at, recorded_at, period_id, currency, order_id, line_item_id, sale_id,
                       reverses_seq, arithmetic, posting_count, input_hash, previous_hash, hash)
  select $1::int, seq, fact_key, kind, effective_at, recorded_at, period_id, currency, order_id, line_item_id, sale_id, reverses_seq,
         arithmetic::json, posting_count, decode(input_hash, 'hex'), decode(previous_hash, 'hex'), decode(hash, 'hex')
  from unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::uuid[], $8::text[], $9::bigint[], $10::bigint[],
              $11::bigint[], $12::bigint[], $13::text[], $14::smallint[], $15::text[], $16::text[], $17::text[])
    as t(seq, fact_key, kind, effective_at, recorded_at, period_id, currency, order_id, line_item_id, sale_id, reverses_seq, arithmetic, posting_count,
         input_hash, previous_hash, hash)
), written_postings as (
  insert into posting (shop_id, journal_seq, line, account_id, amount_minor)
  select $1::int, seq, line, account, amount
  from unnest($18::bigint[], $19::smallint[], $20::int[], $21::bigint[]) as t(seq, line, account, amount)
), written_entries as (
  insert into royalty_entry (shop_id, journal_seq, agreement_version_id, creator_id, agreement_id, period_id, kind, income_type, sold_on,
                             effective_at, order_id, line_item_id, product_id, drop_id, award_id, title, share_bps, units, list_minor,
                             discount_minor, net_minor, royalty_minor)
  select $1::int, *
  from unnest($22::bigint[], $23::uuid[], $24::uuid[], $25::uuid[], $26::uuid[], $27::text[], $28::text[], $29::date[], $30::timestamptz[],
              $31::bigint[], $32::bigint[], $33::bigint[], $34::uuid[], $35::uuid[], $36::text[], $37::int[], $38::int[], $39::bigint[],
              $40::bigint[], $41::bigint[], $42::bigint[])
), moved as (
  insert into account_movement (shop_id, account_id, period_id, movement_minor)
  select $1::int, account, period, amount from unnest($43::int[], $44::uuid[], $45::bigint[]) as t(account, period, amount)
  on conflict (account_id, period_id) do update set movement_minor = account_movement.movement_minor + excluded.movement_minor
)
update ledger_head set seq = $46::bigint, hash = $47::bytea where shop_id = $1::int`
const WRITE_BOOKS = planOnce(WRITE)

interface Seal {
  seq: bigint
  arithmeticText: string
  recordedAt: IsoInstant
  inputHash: Buffer
  previousHash: Buffer
  hash: Buffer
}

function journalColumns() {
  const rows: Array<{ journal: JournalToPost; seal: Seal }> = []
  type Row = (typeof rows)[number]
  const plain = (of: (row: Row) => string | number | bigint | null) => plainArray(rows.map(of))
  return {
    add(journal: JournalToPost, seal: Seal) {
      rows.push({ journal, seal })
    },
    arrays: () => [
      plain(({ seal }) => seal.seq),
      quotedArray(rows.map(({ journal }) => journal.factKey)),
      plain(({ journal }) => journal.kind),
      plain(({ journal }) => journal.effectiveAt),
      plain(({ seal }) => seal.recordedAt),
      plain(({ journal }) => journal.periodId),
      plain(({ journal }) => journal.currency),
      plain(({ journal }) => journal.orderId),
      plain(({ journal }) => journal.lineItemId),
      plain(({ journal }) => journal.saleId),
      plain(({ journal }) => journal.reversesSeq),
      quotedArray(rows.map(({ seal }) => seal.arithmeticText)),
      plain(({ journal }) => journal.postings.length),
      plain(({ seal }) => seal.inputHash.toString('hex')),
      plain(({ seal }) => seal.previousHash.toString('hex')),
      plain(({ seal }) => seal.hash.toString('hex')),
    ],
  }
}

function postingColumns() {
  const seqs: bigint[] = []
  const lines: number[] = []
  const accounts: number[] = []
  const amounts: bigint[] = []
  return {
    add(seq: bigint, line: number, account: number, amountMinor: bigint) {
      seqs.push(seq)
      lines.push(line)
      accounts.push(account)
      amounts.push(amountMinor)
    },
    arrays: () => [seqs, lines, accounts, amounts].map(plainArray),
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
    effectiveAt: canonicalInstant(entry.effectiveAt),
    title: keepable(entry.title),
  }))
  const journal = { ...given, entries, effectiveAt: canonicalInstant(given.effectiveAt) }
  const text = arithmeticText(journal.arithmetic)
  const content = contentText({ ...journal, arithmeticText: text })
  return { journal, arithmeticText: text, inputHash: sha256(content) }
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
  fresh: readonly SealableJournal[],
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
function movementArrays(movements: ReadonlyMap<string, bigint>) {
  const keys = [...movements.keys()].sort()
  return [
    plainArray(keys.map((key) => key.slice(0, key.indexOf(' ')))),
    plainArray(keys.map((key) => key.slice(key.indexOf(' ') + 1))),
    plainArray(keys.map((key) => movements.get(key) ?? 0n)),
  ]
}
