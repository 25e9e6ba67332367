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
import {
  findScratchDifference,
  openScratchLedger,
  type ScratchDifference,
} from '../../adapters/db/scratch-ledger.ts'
import { describeAccount } from '../../domain/ledger/accounts.ts'
import { type ReplayFacts, type ReplayStanding, readReplayFacts } from './replay-facts.server.ts'
import { redraftJournal, TAKEN_AS_STORED } from './replay-journal.server.ts'

export interface ReplayResult {
  ok: boolean
  /** Journals computed anew from their facts. */
  replayed: number
  /** Awards, recoupments, settlements: no fact of their own is kept that they could be computed from. */
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
      const unbooked = findUnbooked(facts)
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
  const head = await openScratchLedger(tx, shopId)
  const counts = { replayed: 0, takenAsStored: 0 }
  let places = await readJournalPlaces(tx, shopId, 0n)
  while (places.length > 0) {
    let writing: Promise<void> | null = null
    for (let from = 0; from < places.length; from += GROUP) {
      const journals = places.slice(from, from + GROUP).flatMap((place) => {
        const asStored = stored.get(place.seq)
        if (asStored) counts.takenAsStored += 1
        else counts.replayed += 1
        const journal = asStored ? asItStands(asStored) : redraftAt(place, replay)
        return journal ?? []
      })
      // Postgres writes one group while the next is computed.
      await writing
      writing = rebuildJournals(tx, shopId, head, journals)
      // Awaited above or below: until then nobody else is told of its failure.
      writing.catch(() => {})
      await setImmediate()
    }
    await writing
    places = await readJournalPlaces(tx, shopId, places.at(-1)?.seq ?? 0n)
  }
  return counts
}

/** Null where the facts ask for no such journal: the comparison then misses it. */
function redraftAt(place: JournalPlace, { facts, standing, impossible }: Replay): JournalToRebuild | null {
  try {
    const draft = redraftJournal(place, facts, standing)
    return draft && { ...draft, seq: place.seq, recordedAt: place.recordedAt, periodId: place.periodId }
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

/** An order is in the books with all of its sales or with none. */
function findUnbooked({ salesOfOrder, journalled }: ReplayFacts): string[] {
  return [...salesOfOrder.values()].flatMap((own) => {
    if (!own.some(({ saleId }) => journalled.has(saleId))) return []
    const left = own.find(({ saleId, totalMinor }) => totalMinor !== 0n && !journalled.has(saleId))
    return left ? [`sale ${left.saleId} has no journal`] : []
  })
}

function nameOf({ journal, says }: ScratchDifference, impossible: Impossible): string {
  if (!journal) return says
  const name = `journal ${journal.seq} (${journal.factKey})`
  const why = impossible.get(journal.seq)
  if (why !== undefined) return `${name}: ${why}`
  return says === 'itself' ? name : `${name}: its ${says}`
}
