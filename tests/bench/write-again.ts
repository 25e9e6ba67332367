// The ledger's writer alone, as ledgers of transfers are measured: journals that the rules made of orders, written in groups by one writer into
// empty books of another database, durably, with chain, subledger, movements and the database's own checks.
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { type JournalToPost, lockLedger, postJournals } from '#app/adapters/db/journal-store.ts'
import { type ReadJournal, readJournals } from '#app/adapters/db/ledger-reader.ts'
import { openPeriodBook } from '#app/adapters/db/period-store.ts'
import { describeAccount } from '#app/domain/ledger/accounts.ts'

const GROUP = 1_000

/** Takes the first so many journals of `from`. Both shops have the same creators and agreements. */
export async function writeAgain(
  from: { db: Database; shop: Shop },
  to: { db: Database; shop: Shop },
  count: number,
): Promise<{ journals: number; postings: number; seconds: number }> {
  const journals: ReadJournal[] = []
  await from.db.inShop(
    from.shop.id,
    async (tx) => {
      for await (const journal of readJournals(tx, from.shop.id)) {
        journals.push(journal)
        if (journals.length === count) return
      }
    },
    { timeoutMs: 120_000 },
  )
  const drafts = journals.map(({ periodId: _, arithmeticText, ...journal }) => ({
    ...journal,
    postings: journal.postings.map(({ account, amountMinor }) => ({
      account: describeAccount(account).code,
      amountMinor,
    })),
    arithmetic: JSON.parse(arithmeticText) as Record<string, unknown>,
  }))
  const started = performance.now()
  for (let at = 0; at < drafts.length; at += GROUP) {
    const group = drafts.slice(at, at + GROUP)
    await to.db.inShop(to.shop.id, async (tx) => {
      const head = await lockLedger(tx, to.shop.id)
      const months = await openPeriodBook(tx, to.shop)
      const placed: JournalToPost[] = []
      for (const draft of group) placed.push({ ...draft, periodId: await months.idFor(draft.effectiveAt) })
      const { posted } = await postJournals(
        tx,
        to.shop.id,
        head,
        placed,
        new Date(group.at(-1)?.recordedAt ?? 0),
      )
      if (posted.length !== group.length)
        throw new Error(`${posted.length} of ${group.length} journals were written`)
    })
  }
  const seconds = (performance.now() - started) / 1000
  return {
    journals: drafts.length,
    postings: drafts.reduce((sum, { postings }) => sum + postings.length, 0),
    seconds,
  }
}
