// Writes awards down: their journals, then the rows that remember where they stand.
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { Shop } from '../../../adapters/db/generated/client.ts'
import { type LedgerHead, postJournals } from '../../../adapters/db/journal-store.ts'
import { openPeriodBook } from '../../../adapters/db/period-store.ts'
import { saveAwards } from './award-rows.server.ts'
import type { AwardDrafts } from './settle-awards.server.ts'

/** Posts drafts of awards and saves their rows. Call with the ledger locked. Errors: throws when the books say otherwise of a fact. */
export async function postAwards(
  tx: ShopTransaction,
  shop: Shop,
  head: LedgerHead,
  drafts: AwardDrafts,
  now: Date,
): Promise<{ posted: number }> {
  if (drafts.journals.length + drafts.rows.length === 0) return { posted: 0 }
  const book = await openPeriodBook(tx, shop)
  const journals = []
  for (const draft of drafts.journals)
    journals.push({ ...draft, periodId: await book.idFor(draft.effectiveAt) })
  const outcome = await postJournals(tx, shop.id, head, journals, now)
  const [conflict] = outcome.conflicting
  if (conflict !== undefined) throw new Error(`${conflict} stands with other content`)
  await saveAwards(tx, shop.id, drafts.rows, now)
  return { posted: outcome.posted.length }
}
