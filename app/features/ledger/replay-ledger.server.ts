// Rebuilds the whole ledger from the stored facts in a scratch schema, by the code that posts, and compares it with the books byte by byte:
// journals with their arithmetic and chain, postings, subledger and the months' movements.
import { setImmediate } from 'node:timers/promises'
import type { Database, ShopTransaction } from '../../adapters/db/database.ts'
import { type JournalToRebuild, rebuildJournals } from '../../adapters/db/journal-store.ts'
import {
  type JournalPlace,
  type ReadJournal,
  readJournalPlaces,
  readJournals,
} from '../../adapters/db/ledger-reader.ts'
import { readRecoupableMonth } from '../../adapters/db/open-advances.ts'
import {
  findScratchDifference,
  openScratchLedger,
  type ScratchDifference,
} from '../../adapters/db/scratch-ledger.ts'
import { describeAccount } from '../../domain/ledger/accounts.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { journalForRecoupment } from '../../domain/statements/recoupment.ts'
import { type ReplayFacts, type ReplayStanding, readReplayFacts } from './replay-facts.server.ts'
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
/** Journals a statement. */
const GROUP = 1_000

export async function replayLedger(db: Database, shopId: number): Promise<ReplayResult> {
  return db.inShop(
    shopId,
    async (tx) => {
      const { facts, standing } = await readReplayFacts(tx, shopId)
      const impossible: Impossible = new Map()
      const rebuilt = await rebuild(tx, shopId, { facts, standing, impossible })
      const difference = await findScratchDifference(tx, shopId)
      const unbooked = await findUnbooked(tx, shopId, facts)
      return {
        ...rebuilt,
        ok: difference === null && unbooked.length === 0,
        missing: unbooked.length,
        firstDifference: difference ? nameOf(difference, impossible) : (unbooked[0] ?? null),
      }
    },
    { timeoutMs: TIMEOUT_MS, snapshot: true },
  )
}

/** Why a journal cannot come of the facts as they are, by its number. */
type Impossible = Map<bigint, string>

interface Replay {
  facts: ReplayFacts
  standing: ReplayStanding
  impossible: Impossible
}

/** In the chain's order: which fact comes next is read off the books, every figure is computed. */
async function rebuild(
  tx: ShopTransaction,
  shopId: number,
  replay: Replay,
): Promise<Pick<ReplayResult, 'replayed' | 'takenAsStored'>> {
  const stored = new Map<bigint, ReadJournal>()
  for await (const journal of readJournals(tx, shopId, TAKEN_AS_STORED)) stored.set(journal.seq, journal)
  const scratch = await openScratchWriter(tx, shopId)
  const counts = { replayed: 0, takenAsStored: 0 }
  let places = await readJournalPlaces(tx, shopId, 0n)
  while (places.length > 0) {
    for (const place of places) {
      const asStored = stored.get(place.seq)
      if (asStored) counts.takenAsStored += 1
      else counts.replayed += 1
      // It rests on balances: those of the scratch ledger, with everything before it.
      if (place.kind === 'recoup') await scratch.flush()
      const journal = asStored
        ? asItStands(asStored)
        : place.kind === 'recoup'
          ? await redraftRecoupment(tx, shopId, place)
          : redraftAt(place, replay)
      if (journal) await scratch.write(journal)
    }
    await scratch.flush()
    places = await readJournalPlaces(tx, shopId, places.at(-1)?.seq ?? 0n)
  }
  return counts
}

interface ScratchWriter {
  write(journal: JournalToRebuild): Promise<void>
  /** Returns when everything is written. */
  flush(): Promise<void>
}

/** Postgres writes one group while the next is computed. */
async function openScratchWriter(tx: ShopTransaction, shopId: number): Promise<ScratchWriter> {
  const head = await openScratchLedger(tx, shopId)
  let group: JournalToRebuild[] = []
  let writing: Promise<void> = Promise.resolve()
  const send = async () => {
    await writing
    writing = rebuildJournals(tx, shopId, head, group)
    // Awaited with the next group, or by flush: until then nobody else is to be told of its failure.
    writing.catch(() => {})
    group = []
    await setImmediate()
  }
  return {
    async write(journal) {
      group.push(journal)
      if (group.length === GROUP) await send()
    },
    async flush() {
      await send()
      await writing
    },
  }
}

async function redraftRecoupment(
  tx: ShopTransaction,
  shopId: number,
  place: JournalPlace,
): Promise<JournalToRebuild | null> {
  const [, creatorId, month = ''] = place.factKey.split('/')
  const period = await tx.period.findUnique({ where: { shopId_label: { shopId, label: month } } })
  if (!period) return null
  const { currency } = place
  const row = (await readRecoupableMonth(tx, shopId, currency, period)).find(
    (each) => each.creatorId === creatorId,
  )
  return atPlace(
    place,
    row ? journalForRecoupment({ ...row, currency, month, monthEndsAt: period.endsAt }) : null,
  )
}

function atPlace(place: JournalPlace, draft: JournalDraft | null): JournalToRebuild | null {
  return draft && { ...draft, seq: place.seq, recordedAt: place.recordedAt, periodId: place.periodId }
}

/** Null where the facts ask for no such journal: the comparison then misses it. */
function redraftAt(place: JournalPlace, { facts, standing, impossible }: Replay): JournalToRebuild | null {
  try {
    return atPlace(place, redraftJournal(place, facts, standing))
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
