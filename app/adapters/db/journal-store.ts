// Writes balanced journals set-wise: one lock, a handful of statements, however many journals. Sequence, chain, subledger and movements follow in
// the same transaction; the database checks the sums again.
import { hash as digest } from 'node:crypto'
import { describeAccount } from '../../domain/ledger/accounts.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { arithmeticText, contentText, placeText } from '../../domain/ledger/journal-hash.ts'
import { canonicalInstant, type IsoInstant } from '../../domain/time/instant.ts'
import { plainArray, plainColumn, quotedArray } from './array-literal.ts'
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
export interface JournalRebuilder {
  /** Seals it. */
  add(journal: JournalToRebuild): void
  /** How many have been added since the last group was taken. */
  readonly waiting: number
  /** These as a group, to be written after the one before. */
  take(): { write(tx: ShopTransaction): Promise<void> }
}

export function openRebuilder(shopId: number, head: LedgerHead): JournalRebuilder {
  const accounts = openAccountBook()
  let batch = openBatch(shopId, head, accounts)
  return {
    add: (journal) => batch.add({ ...sealable(journal), seq: journal.seq, recordedAt: journal.recordedAt }),
    get waiting() {
      return batch.written.length
    },
    take() {
      const group = batch
      batch = openBatch(shopId, head, accounts)
      return { write: (tx) => group.send(tx, WRITE) }
    },
  }
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
): Promise<PostedJournal[]> {
  const batch = openBatch(shopId, head, openAccountBook())
  for (const journal of journals) batch.add(journal)
  await batch.send(tx, WRITE_BOOKS)
  return batch.written
}

/** Journals on their way into the tables, column by column. Each that is added moves the head on. */
function openBatch(shopId: number, head: LedgerHead, accounts: AccountBook) {
  const columns = journalColumns()
  const postings = postingColumns()
  const entries = royaltyEntryColumns()
  const movements = openMovements()
  const written: PostedJournal[] = []
  let last = { ...head }
  return {
    written,
    add({ journal, arithmeticText: text, inputHash, recordedAt, seq = head.seq + 1n }: JournalToWrite) {
      const place = placeText({ shopId, seq, periodId: journal.periodId, recordedAt })
      const hash = sha256(Buffer.concat([head.hash, inputHash, Buffer.from(place)]))
      columns.add(journal, {
        seq,
        arithmeticText: text,
        recordedAt,
        inputHash,
        previousHash: head.hash,
        hash,
      })
      const { currency, periodId } = journal
      journal.postings.forEach((posting, line) => {
        const account = accounts.of(posting.account, currency)
        postings.add(seq, line, account, posting.amountMinor)
        movements.add(account, periodId, posting.amountMinor)
      })
      for (const entry of journal.entries) entries.add(seq, periodId, entry)
      written.push({ factKey: journal.factKey, seq })
      head.seq = seq
      head.hash = hash
      last = { seq, hash }
    },
    async send(tx: ShopTransaction, statement: string): Promise<void> {
      if (written.length === 0) return
      await accounts.make(tx, shopId)
      await tx.$executeRawUnsafe(
        statement,
        shopId,
        ...columns.arrays(),
        ...postings.arrays(),
        ...entries.arrays(),
        ...movements.arrays(),
        last.seq,
        last.hash,
      )
    },
  }
}

/** A journal comes with its postings in one statement, or the database refuses it; the rest comes with them to save the ways there and back. */
const WRITE = `
with written_journals as (
  insert into journal (shop_id, seq, fact_key, kind, effective_at, recorded_at, period_id, currency, order_id, line_item_id, sale_id,
                       reverses_seq, arithmetic, posting_count, input_hash, previous_hash, hash)
  select $1::int, seq, fact_key, kind, effective_at, recorded_at, period_id, currency, order_id, line_item_id, sale_id, reverses_seq,
         arithmetic, posting_count, decode(input_hash, 'hex'), decode(previous_hash, 'hex'), decode(hash, 'hex')
  from rows from (
    unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::uuid[], $8::text[], $9::bigint[], $10::bigint[],
           $11::bigint[], $12::bigint[], $14::smallint[], $15::text[], $16::text[], $17::text[]),
    json_array_elements($13::json))
    as t(seq, fact_key, kind, effective_at, recorded_at, period_id, currency, order_id, line_item_id, sale_id, reverses_seq, posting_count,
         input_hash, previous_hash, hash, arithmetic)
), written_postings as (
  insert into posting (shop_id, journal_seq, line, account_id, amount_minor)
  select $1::int, seq, line, account, amount
  from unnest($18::bigint[], $19::smallint[], $20::int[], $21::bigint[]) as t(seq, line, account, amount)
), written_entries as (
  insert into royalty_entry (shop_id, journal_seq, agreement_version_id, creator_id, agreement_id, period_id, kind, income_type, sold_on,
                             effective_at, order_id, line_item_id, product_id, drop_id, award_id, title, share_bps, units, list_minor,
                             discount_minor, net_minor, royalty_minor)
  select $1::int, seq, version, creator, agreement, period, kind, income, sold_on, effective_at, order_id, line_item, product, dropped, award, title,
         share, units, list, discount, net, royalty
  from rows from (
    unnest($22::bigint[], $23::uuid[], $24::uuid[], $25::uuid[], $26::uuid[], $27::text[], $28::text[], $29::date[], $30::timestamptz[],
           $31::bigint[], $32::bigint[], $33::bigint[], $34::uuid[], $35::uuid[], $37::int[], $38::int[], $39::bigint[], $40::bigint[],
           $41::bigint[], $42::bigint[]),
    json_array_elements_text($36::json))
    as t(seq, version, creator, agreement, period, kind, income, sold_on, effective_at, order_id, line_item, product, dropped, award, share, units,
         list, discount, net, royalty, title)
), moved as (
  insert into account_movement (shop_id, account_id, period_id, movement_minor)
  select $1::int, account, period, amount from unnest($43::int[], $44::uuid[], $45::bigint[]) as t(account, period, amount)
  on conflict (shop_id, account_id, period_id) do update set movement_minor = account_movement.movement_minor + excluded.movement_minor
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
  const factKeys: string[] = []
  const arithmetics: string[] = []
  const seqs = plainColumn()
  const kinds = plainColumn()
  const effectiveAts = plainColumn()
  const recordedAts = plainColumn()
  const periodIds = plainColumn()
  const currencies = plainColumn()
  const orderIds = plainColumn()
  const lineItemIds = plainColumn()
  const saleIds = plainColumn()
  const reversesSeqs = plainColumn()
  const postingCounts = plainColumn()
  const inputHashes = plainColumn()
  const previousHashes = plainColumn()
  const hashes = plainColumn()
  return {
    add(journal: JournalToPost, seal: Seal) {
      seqs.add(seal.seq)
      factKeys.push(journal.factKey)
      kinds.add(journal.kind)
      effectiveAts.add(journal.effectiveAt)
      recordedAts.add(seal.recordedAt)
      periodIds.add(journal.periodId)
      currencies.add(journal.currency)
      orderIds.add(journal.orderId)
      lineItemIds.add(journal.lineItemId)
      saleIds.add(journal.saleId)
      reversesSeqs.add(journal.reversesSeq)
      arithmetics.push(seal.arithmeticText)
      postingCounts.add(journal.postings.length)
      inputHashes.add(seal.inputHash.toString('hex'))
      previousHashes.add(seal.previousHash.toString('hex'))
      hashes.add(seal.hash.toString('hex'))
    },
    arrays: () => [
      ...[seqs.array(), quotedArray(factKeys)],
      ...[kinds, effectiveAts, recordedAts, periodIds, currencies].map((column) => column.array()),
      ...[orderIds, lineItemIds, saleIds, reversesSeqs].map((column) => column.array()),
      // One text of JSON: its elements come out letter by letter as they went in.
      `[${arithmetics.join(',')}]`,
      ...[postingCounts, inputHashes, previousHashes, hashes].map((column) => column.array()),
    ],
  }
}

function postingColumns() {
  const seqs = plainColumn()
  const lines = plainColumn()
  const amounts = plainColumn()
  const accounts: BookAccount[] = []
  return {
    add(seq: bigint, line: number, account: BookAccount, amountMinor: bigint) {
      seqs.add(seq)
      lines.add(line)
      accounts.push(account)
      amounts.add(amountMinor)
    },
    arrays: () => [seqs.array(), lines.array(), plainArray(accounts.map(idOf)), amounts.array()],
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

interface BookAccount {
  code: string
  currency: string
  /** Null until it has been looked up. */
  id: number | null
}

/** The accounts that journals speak of, each looked up, and made where it is missing, once. */
interface AccountBook {
  of(code: string, currency: string): BookAccount
  make(tx: ShopTransaction, shopId: number): Promise<void>
}

function openAccountBook(): AccountBook {
  const known = new Map<string, Map<string, BookAccount>>()
  let unknown: BookAccount[] = []
  return {
    of(code, currency) {
      let own = known.get(currency)
      if (!own) {
        own = new Map()
        known.set(currency, own)
      }
      let account = own.get(code)
      if (!account) {
        account = { code, currency, id: null }
        own.set(code, account)
        unknown.push(account)
      }
      return account
    },
    async make(tx, shopId) {
      if (unknown.length === 0) return
      const wanted = unknown
      unknown = []
      await lookUp(tx, shopId, wanted)
      const missing = wanted.filter(({ id }) => id === null)
      if (missing.length === 0) return
      await makeAccounts(tx, shopId, missing)
      await lookUp(tx, shopId, missing)
    },
  }
}

function idOf({ id, code }: BookAccount): number {
  if (id === null) throw new Error(`account ${code} was not made`)
  return id
}

/** In one order always, so that no two writers wait for each other crosswise. */
async function makeAccounts(
  tx: ShopTransaction,
  shopId: number,
  missing: readonly BookAccount[],
): Promise<void> {
  const list = missing.toSorted((left, right) => (left.code < right.code ? -1 : 1))
  const described = list.map(({ code }) => describeAccount(code))
  await tx.$executeRawUnsafe(
    `insert into account (shop_id, code, currency, kind, creator_id)
     select $1::int, code, currency, kind, creator_id from unnest($2::text[], $3::text[], $4::text[], $5::uuid[]) as t(code, currency, kind, creator_id)
     on conflict (shop_id, code, currency) do nothing`,
    shopId,
    list.map(({ code }) => code),
    list.map(({ currency }) => currency),
    described.map((account) => account.kind),
    described.map((account) => account.creatorId),
  )
}

async function lookUp(tx: ShopTransaction, shopId: number, accounts: readonly BookAccount[]): Promise<void> {
  const rows = await tx.$queryRawUnsafe<Array<{ id: number; code: string; currency: string }>>(
    'select id, code, currency from account where shop_id = $1::int and code = any($2::text[])',
    shopId,
    [...new Set(accounts.map(({ code }) => code))],
  )
  const ids = new Map(rows.map((row) => [`${row.code} ${row.currency}`, row.id]))
  for (const account of accounts) account.id = ids.get(`${account.code} ${account.currency}`) ?? null
}

/** What journals move on each account in each accounting month. */
function openMovements() {
  const months = new Map<string, Map<BookAccount, bigint>>()
  return {
    add(account: BookAccount, periodId: string, amountMinor: bigint) {
      let month = months.get(periodId)
      if (!month) {
        month = new Map()
        months.set(periodId, month)
      }
      month.set(account, (month.get(account) ?? 0n) + amountMinor)
    },
    /** In one order always, so that no two writers wait for each other crosswise. */
    arrays() {
      const rows = [...months]
        .flatMap(([periodId, month]) =>
          [...month].map(([account, minor]) => ({ id: idOf(account), periodId, minor })),
        )
        .sort((left, right) => left.id - right.id || (left.periodId < right.periodId ? -1 : 1))
      return [
        plainArray(rows.map(({ id }) => id)),
        plainArray(rows.map(({ periodId }) => periodId)),
        plainArray(rows.map(({ minor }) => minor)),
      ]
    },
  }
}
