// Earnings that go to advances, before the month's statements: one journal for each creator with an open advance.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Period, Shop } from '../../adapters/db/generated/client.ts'
import { type LedgerHead, postJournals } from '../../adapters/db/journal-store.ts'
import { readRecoupableMonth } from '../../adapters/db/open-advances.ts'
import { journalForRecoupment } from '../../domain/statements/recoupment.ts'

/** Posts into the month that is closing. Twice posts nothing: the journal's key names creator, month and currency. */
export async function recoupAdvances(
  tx: ShopTransaction,
  shop: Shop,
  head: LedgerHead,
  period: Period,
  now: Date,
): Promise<number> {
  // Also in a former currency of the shop: what is earned there goes to what was paid ahead there.
  const paid = await tx.advance.findMany({
    where: { shopId: shop.id, paidAt: { not: null } },
    distinct: ['currency'],
    orderBy: { currency: 'asc' },
    select: { currency: true },
  })
  let posted = 0
  for (const { currency } of paid) {
    const rows = await readRecoupableMonth(tx, shop.id, currency, period, head.seq + 1n)
    const journals = rows.flatMap((row) => {
      const draft = journalForRecoupment({
        ...row,
        currency,
        month: period.label,
        monthEndsAt: period.endsAt,
      })
      return draft ? [{ ...draft, periodId: period.id }] : []
    })
    const outcome = await postJournals(tx, shop.id, head, journals, now)
    const [conflict] = outcome.conflicting
    if (conflict !== undefined) throw new Error(`recoupment stands with other amounts: ${conflict}`)
    posted += outcome.posted.length
  }
  return posted
}
