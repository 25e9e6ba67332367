// Rebuilds the whole ledger from the stored facts in a scratch schema, by the code that posts, and compares it with the books byte by byte:
// journals with their arithmetic and chain, postings, subledger and the months' movements.
import { setImmediate } from 'node:timers/promises'
import type { Database, ShopTransaction } from '../../adapters/db/database.ts'
import { type JournalToRebuild, openRebuilder } from '../../adapters/db/journal-store.ts'
import {
  type JournalPlace,
  type ReadJournal,
  readJournalPlaces,
  readJournals,
} from '../../adapters/db/ledger-reader.ts'
import { type RecoupableMonth, readRecoupableMonth } from '../../adapters/db/open-advances.ts'
import {
  findJournalDifference,
  findMovementDifference,
  giveUpJournals,
  openScratchLedger,
  type ScratchDifference,
} from '../../adapters/db/scratch-ledger.ts'
import { describeAccount } from '../../domain/ledger/accounts.ts'
import { bookedMonth } from '../../domain/ledger/booked-month.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { journalForRecoupment } from '../../domain/statements/recoupment.ts'
import {
  type OrderFacts,
  openStanding,
  type ReplayFacts,
  type ReplayStanding,
  readOrderFacts,
  readShopFacts,
  type ShopFacts,
  takeUpLines,
} from './replay-facts.server.ts'
import { redraftJournal, TAKEN_AS_STORED } from './replay-journal.server.ts'
import { findUnbooked } from './replay-unbooked.server.ts'

export interface ReplayResult {
  ok: boolean
  /** Journals computed anew from their facts. */
  replayed: number
  /** Awards: what they looked at is not kept as it was then. */
  takenAsStored: number
  /** Facts that ask for a journal which is not there. */
  missing: number
  firstDifference: string | null
}

const TIMEOUT_MS = 30 * 60_000
export interface ReplaySizes {
  /** Journals whose facts are read together. */
  slice: number
  /** Journals that are written and compared together. */
  group: number
}

const SIZES: ReplaySizes = { slice: 2_000, group: 1_000 }
/** Journals computed before the database's answers are looked at: it must not wait for its next statement. */
const TURN = 50

export async function replayLedger(
  db: Database,
  shopId: number,
  sizes: ReplaySizes = SIZES,
): Promise<ReplayResult> {
  return db.inShop(
    shopId,
    async (tx) => {
      const shopFacts = await readShopFacts(tx, shopId)
      const { counts, difference } = await rebuild(tx, shopId, shopFacts, sizes)
      const unbooked = await findUnbooked(tx, shopId, shopFacts.askedFor)
      return {
        ...counts,
        ok: difference === null && unbooked.length === 0,
        missing: unbooked.length,
        firstDifference: difference ?? unbooked[0] ?? null,
      }
    },
    { timeoutMs: TIMEOUT_MS, snapshot: true },
  )
}

/** Why a journal cannot come of the facts as they are, by its number. */
type Impossible = Map<bigint, string>

interface Replay {
  standing: ReplayStanding
  impossible: Impossible
}

/** In the chain's order: which fact comes next is read off the books, every figure is computed. */
async function rebuild(tx: ShopTransaction, shopId: number, shopFacts: ShopFacts, sizes: ReplaySizes) {
  const stored = new Map<bigint, ReadJournal>()
  for await (const journal of readJournals(tx, shopId, TAKEN_AS_STORED)) stored.set(journal.seq, journal)
  const replay: Replay = { standing: openStanding(), impossible: new Map() }
  const scratch = await openScratchWriter(tx, shopId, sizes)
  const recoupments = openRecoupments(tx, shopId, shopFacts, scratch)
  const counts = { replayed: 0, takenAsStored: 0 }
  for await (const { places, orderFacts } of readSlices(tx, shopId, shopFacts, sizes)) {
    const facts: ReplayFacts = { ...shopFacts, ...orderFacts }
    takeUpLines(replay.standing, facts)
    for (const [at, place] of places.entries()) {
      const asStored = stored.get(place.seq)
      if (asStored) counts.takenAsStored += 1
      else counts.replayed += 1
      const journal = asStored
        ? asItStands(asStored)
        : place.kind === 'recoup'
          ? await recoupments.redraft(place)
          : redraftAt(place, facts, replay)
      if (place.kind !== 'recoup') recoupments.forget()
      await scratch.reach(place.seq, journal)
      if (at % TURN === 0) await setImmediate()
    }
  }
  const difference = await scratch.finish()
  return { counts, difference: difference && nameOf(difference, replay.impossible) }
}

interface Slice {
  places: JournalPlace[]
  orderFacts: OrderFacts
}

/** The books from first to last; the next slice is read while one is worked on. */
async function* readSlices(
  tx: ShopTransaction,
  shopId: number,
  shopFacts: ShopFacts,
  { slice: size }: ReplaySizes,
): AsyncGenerator<Slice, void, void> {
  const readAfter = async (seq: bigint): Promise<Slice> => {
    const places = await readJournalPlaces(tx, shopId, seq, size)
    return { places, orderFacts: await readOrderFacts(tx, shopId, shopFacts, places) }
  }
  let next = readAfter(0n)
  for (;;) {
    const slice = await next
    const last = slice.places.at(-1)
    if (!last) return
    next = readAfter(last.seq)
    // Awaited with the next slice: until then nobody else is to be told of its failure.
    next.catch(() => {})
    yield slice
  }
}

interface ScratchWriter {
  /** The next number of the books, and what came of its facts; null for nothing. */
  reach(seq: bigint, journal: JournalToRebuild | null): Promise<void>
  /** Returns when everything is written. */
  flush(): Promise<void>
  /** Compares the rest, and the balances. The first difference of all. */
  finish(): Promise<ScratchDifference | null>
}

/** Postgres writes and compares one group while the next are computed. */
async function openScratchWriter(
  tx: ShopTransaction,
  shopId: number,
  { group: size }: ReplaySizes,
): Promise<ScratchWriter> {
  const rebuilder = openRebuilder(shopId, await openScratchLedger(tx, shopId))
  let first: ScratchDifference | null = null
  let from = 0n
  let reached = 0n
  let before: Promise<void> = Promise.resolve()
  let writing: Promise<void> = Promise.resolve()
  const send = async (to: bigint | null) => {
    // One group is written, one waits for it, one is computed.
    await before
    before = writing
    const group = rebuilder.take()
    const stretch = { from, to }
    from = reached + 1n
    writing = writing.then(async () => {
      await group.write(tx)
      first ??= await findJournalDifference(tx, shopId, stretch)
      await giveUpJournals(tx)
    })
    // Awaited with a later group, or by flush: until then nobody else is to be told of its failure.
    writing.catch(() => {})
  }
  return {
    async reach(seq, journal) {
      reached = seq
      if (journal) rebuilder.add(journal)
      if (rebuilder.waiting >= size) await send(reached)
    },
    async flush() {
      await send(reached)
      await writing
    },
    async finish() {
      await send(null)
      await writing
      return first ?? (await findMovementDifference(tx, shopId))
    },
  }
}

interface Recoupments {
  redraft(place: JournalPlace): Promise<JournalToRebuild | null>
  /** After any other journal: balances have moved. */
  forget(): void
}

/** They rest on balances: those of the scratch ledger, with everything before them. A month's are computed together, of what one look says. */
function openRecoupments(
  tx: ShopTransaction,
  shopId: number,
  facts: ShopFacts,
  scratch: ScratchWriter,
): Recoupments {
  const months = new Map<string, RecoupableMonth[]>()
  return {
    async redraft(place) {
      const [, creatorId, month = ''] = place.factKey.split('/')
      const period = await tx.period.findUnique({ where: { shopId_label: { shopId, label: month } } })
      if (!period) return null
      const { currency } = place
      const key = `${month} ${currency}`
      let rows = months.get(key)
      if (!rows) {
        await scratch.flush()
        rows = await readRecoupableMonth(tx, shopId, currency, period, place.seq)
        months.set(key, rows)
      }
      const row = rows.find((each) => each.creatorId === creatorId)
      return atPlace(
        place,
        facts,
        row ? journalForRecoupment({ ...row, currency, month, monthEndsAt: period.endsAt }) : null,
      )
    },
    forget: () => months.clear(),
  }
}

/** In the month that its date and the closings before it ask for, wherever it stands. */
function atPlace(
  { seq, recordedAt, periodId }: JournalPlace,
  { months, monthSlackMs }: ShopFacts,
  draft: JournalDraft | null,
): JournalToRebuild | null {
  if (!draft) return null
  const { effectiveAt } = draft
  const month = bookedMonth(months, { seq, effectiveAt, recordedAt, periodId }, monthSlackMs)
  return { ...draft, seq, recordedAt, periodId: month }
}

/** Null where the facts ask for no such journal: the comparison then misses it. */
function redraftAt(
  place: JournalPlace,
  facts: ReplayFacts,
  { standing, impossible }: Replay,
): JournalToRebuild | null {
  try {
    return atPlace(place, facts, redraftJournal(place, facts, standing))
  } catch (error) {
    // The rules refuse facts that were never taken as they are now.
    if (!(error instanceof RangeError)) throw error
    impossible.set(place.seq, error.message)
    return null
  }
}

function asItStands(journal: ReadJournal): JournalToRebuild {
  const postings = journal.postings.map(({ account, amountMinor }) => ({
    account: describeAccount(account).code,
    amountMinor,
  }))
  return { ...journal, postings, arithmetic: JSON.parse(journal.arithmeticText) as Record<string, unknown> }
}

function nameOf({ journal, says }: ScratchDifference, impossible: Impossible): string {
  if (!journal) return says
  const name = `journal ${journal.seq} (${journal.factKey})`
  const why = impossible.get(journal.seq)
  if (why !== undefined) return `${name}: ${why}`
  return says === 'itself' ? name : `${name}: its ${says}`
}
