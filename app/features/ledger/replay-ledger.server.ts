// Computes every journal anew from the stored facts, in the ledger's order, and compares byte by byte with what stands: figures, arithmetic and
// subledger alike.
import type { Database } from '../../adapters/db/database.ts'
import { readJournals } from '../../adapters/db/ledger-reader.ts'
import type { JournalDraft, PostedJournal } from '../../domain/ledger/journal-draft.ts'
import { arithmeticText, contentText } from '../../domain/ledger/journal-hash.ts'
import { readReplayFacts } from './replay-facts.server.ts'
import { redraftJournal } from './replay-journal.server.ts'

export interface ReplayResult {
  ok: boolean
  /** Journals computed anew from their facts. */
  replayed: number
  /** What people, payout runs and awards asked for; of these only reversals are computed, each the exact opposite of what it undoes. */
  takenAsStored: number
  /** Facts that ask for a journal which is not there. */
  missing: number
  firstDifference: string | null
}

const TIMEOUT_MS = 30 * 60_000

const textOf = (draft: JournalDraft): string =>
  contentText({ ...draft, arithmeticText: arithmeticText(draft.arithmetic) })

export async function replayLedger(db: Database, shopId: number): Promise<ReplayResult> {
  return db.inShop(
    shopId,
    async (tx) => {
      const { facts, standing } = await readReplayFacts(tx, shopId)
      const result: ReplayResult = {
        ok: true,
        replayed: 0,
        takenAsStored: 0,
        missing: 0,
        firstDifference: null,
      }
      const differs = (what: string) => {
        result.firstDifference ??= what
        result.ok = false
      }
      const posted = new Set<bigint>()
      const undone = new Map<bigint, PostedJournal['postings']>()
      for await (const journal of readJournals(tx, shopId)) {
        const name = `journal ${journal.seq} (${journal.factKey})`
        if (journal.saleId !== null) posted.add(journal.saleId)
        const draft = redraftJournal(journal, facts, standing)
        if (draft === 'asked_for') {
          result.takenAsStored += 1
          if (journal.reversesSeq === null) undone.set(journal.seq, journal.postings)
          else if (!isOpposite(journal.postings, undone.get(journal.reversesSeq))) differs(name)
          continue
        }
        result.replayed += 1
        if (!draft || textOf(draft) !== contentText(journal)) differs(name)
      }
      // An order is in the books with all of its sales or with none.
      for (const own of facts.salesOfOrder.values()) {
        if (!own.some(({ saleId }) => posted.has(saleId))) continue
        const left = own.find(({ saleId, totalMinor }) => totalMinor !== 0n && !posted.has(saleId))
        if (!left) continue
        result.missing += 1
        differs(`sale ${left.saleId} has no journal`)
      }
      return result
    },
    { timeoutMs: TIMEOUT_MS, snapshot: true },
  )
}

function isOpposite(
  postings: PostedJournal['postings'],
  original: PostedJournal['postings'] | undefined,
): boolean {
  const sums = new Map<string, bigint>()
  for (const { account, amountMinor } of [...postings, ...(original ?? [])])
    sums.set(account, (sums.get(account) ?? 0n) + amountMinor)
  return original !== undefined && [...sums.values()].every((sum) => sum === 0n)
}
