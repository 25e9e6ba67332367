// An advance was marked as paid by mistake: its journal is undone by a further one, with the reason. Whoever marked it does not decide that alone.
import { lockLedger, postJournals } from '#app/adapters/db/journal-store.ts'
import { openPeriodBook } from '#app/adapters/db/period-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { readStandingJournal } from '#app/adapters/db/standing-journal.ts'
import { journalForUndoneAdvance } from '#app/domain/payouts/payout-journals.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import { mayUndo } from '#app/domain/proposals/proposal.ts'
import type { ShopContext } from '../context.ts'

export type UndoAdvanceResult =
  | { ok: true; changed: boolean }
  | {
      ok: false
      reason:
        | 'unknown_advance'
        | 'advance_not_paid'
        | 'advance_recouped'
        | 'reason_missing'
        | 'reason_malformed'
        | 'undo_needs_second'
        | 'person_unknown'
    }

export async function undoAdvance(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  input: { advanceId: string; reason: string; actor: string },
): Promise<UndoAdvanceResult> {
  if (!isRowId(input.advanceId)) return { ok: false, reason: 'unknown_advance' }
  const reason = input.reason.trim()
  if (reason === '') return { ok: false, reason: 'reason_missing' }
  if (reason.length > 300 || hasUnreadable(reason)) return { ok: false, reason: 'reason_malformed' }
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<UndoAdvanceResult> => {
    const head = await lockLedger(tx, shop.id)
    const advance = await tx.advance.findUnique({ where: { id: input.advanceId } })
    if (!advance) return { ok: false, reason: 'unknown_advance' }
    if (advance.undoneAt) return { ok: true, changed: false }
    if (!advance.paidAt || advance.paidBy === null || advance.journalSeq === null)
      return { ok: false, reason: 'advance_not_paid' }
    const may = mayUndo({ doneBy: advance.paidBy, needsSecond: advance.needsSecond }, input.actor)
    if (!may.ok) return may
    // Earnings that went to it cannot be given back by undoing it: what is left of it is for a correction.
    const [recouped] = await tx.$queryRaw<unknown[]>`
      select 1 from journal j
      where j.shop_id = ${shop.id} and j.kind = 'recoup' and j.fact_key like ${`recoup/${advance.creatorId}/%`}
        and j.arithmetic::jsonb->'parts' @> jsonb_build_array(jsonb_build_object('advanceId', ${advance.id}::text)) limit 1`
    if (recouped) return { ok: false, reason: 'advance_recouped' }
    const now = ctx.clock.now()
    const draft = journalForUndoneAdvance(await readStandingJournal(tx, shop.id, advance.journalSeq), {
      advanceId: advance.id,
      creatorId: advance.creatorId,
      by: input.actor,
      reason,
      at: now.toISOString(),
    })
    const book = await openPeriodBook(tx, shop)
    const journals = [{ ...draft, periodId: await book.idFor(draft.effectiveAt) }]
    const { posted } = await postJournals(tx, shop.id, head, journals, now)
    const reversalSeq = posted.find(({ factKey }) => factKey === draft.factKey)?.seq
    if (reversalSeq === undefined)
      throw new Error(`the reversal of advance ${advance.id} stands in the books already`)
    await tx.advance.update({
      where: { id: advance.id },
      data: { undoneAt: now, undoneBy: input.actor, undoneReason: reason, reversalSeq },
    })
    return { ok: true, changed: true }
  })
}
