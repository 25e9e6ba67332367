// Posts what payouts do to the books, in the transaction of the step that asks for it.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { type lockLedger, postJournals } from '#app/adapters/db/journal-store.ts'
import { openPeriodBook } from '#app/adapters/db/period-store.ts'
import type { JournalDraft } from '#app/domain/ledger/journal-draft.ts'

/** Sequence numbers by fact key. Throws when a fact stands with other content: nothing of the step may then stay. */
export async function postPayoutJournals(
  tx: ShopTransaction,
  shop: Shop,
  head: Awaited<ReturnType<typeof lockLedger>>,
  drafts: readonly JournalDraft[],
  now: Date,
): Promise<Map<string, bigint>> {
  const book = await openPeriodBook(tx, shop)
  const journals = []
  for (const draft of drafts) journals.push({ ...draft, periodId: await book.idFor(draft.effectiveAt) })
  const { posted, alreadyPosted, conflicting } = await postJournals(tx, shop.id, head, journals, now)
  const refused = conflicting[0] ?? alreadyPosted[0]
  if (refused !== undefined) throw new Error(`journal ${refused} stands already`)
  return new Map(posted.map(({ factKey, seq }) => [factKey, seq]))
}
