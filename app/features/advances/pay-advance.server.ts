// The advance left the bank: from now on it is recouped when months close.
import { readWithholdings } from '#app/adapters/db/dated-fact-store.ts'
import { lockLedger, postJournals } from '#app/adapters/db/journal-store.ts'
import { openPeriodBook } from '#app/adapters/db/period-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { payoutAmounts } from '#app/domain/payouts/payout-amounts.ts'
import { advanceKey, journalForAdvance } from '#app/domain/payouts/payout-journals.ts'
import { localDateOf } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'

export type PayAdvanceResult =
  | { ok: true; changed: boolean }
  | {
      ok: false
      reason: 'unknown_advance' | 'second_person_needed' | 'already_rejected' | 'withholding_changed'
    }

export async function payAdvance(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  input: {
    advanceId: string
    /** What the page said would be withheld: whoever paid has paid the rest. */
    withheldMinor: bigint
    actor: string
  },
): Promise<PayAdvanceResult> {
  if (!isRowId(input.advanceId)) return { ok: false, reason: 'unknown_advance' }
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<PayAdvanceResult> => {
    const head = await lockLedger(tx, shop.id)
    const advance = await tx.advance.findUnique({ where: { id: input.advanceId } })
    if (!advance) return { ok: false, reason: 'unknown_advance' }
    if (advance.paidAt) return { ok: true, changed: false }
    if (advance.status === 'rejected') return { ok: false, reason: 'already_rejected' }
    if (advance.status !== 'agreed') return { ok: false, reason: 'second_person_needed' }
    const now = ctx.clock.now()
    const today = localDateOf(now.toISOString(), shop.timeZone)
    const withholding = (await readWithholdings(tx, shop.id, today, [advance.creatorId])).get(
      advance.creatorId,
    )
    const amounts = payoutAmounts(advance.amountMinor, withholding?.bps ?? 0)
    if (amounts.withheldMinor !== input.withheldMinor) return { ok: false, reason: 'withholding_changed' }
    const draft = journalForAdvance({
      advanceId: advance.id,
      creatorId: advance.creatorId,
      currency: advance.currency,
      ...amounts,
      recoupBps: advance.recoupBps,
      paidBy: input.actor,
      at: now.toISOString(),
    })
    const book = await openPeriodBook(tx, shop)
    const journals = [{ ...draft, periodId: await book.idFor(draft.effectiveAt) }]
    const { posted } = await postJournals(tx, shop.id, head, journals, now)
    const journalSeq = posted.find(({ factKey }) => factKey === advanceKey(advance.id))?.seq
    if (journalSeq === undefined) throw new Error(`advance ${advance.id} stands in the books already`)
    await tx.advance.update({
      where: { id: advance.id },
      data: {
        paidAt: now,
        paidBy: input.actor,
        journalSeq,
        withheldMinor: amounts.withheldMinor,
        ...(withholding?.bps ? { withholding: { ...withholding } } : {}),
      },
    })
    return { ok: true, changed: true }
  })
}
