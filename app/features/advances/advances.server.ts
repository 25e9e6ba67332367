// Money paid ahead of earnings: noted, paid, taken back before it was paid. Recoupment happens when months close.
import { lockLedger, postJournals } from '#app/adapters/db/journal-store.ts'
import { openPeriodBook } from '#app/adapters/db/period-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { LARGEST_TYPED_MINOR } from '#app/domain/adjustments/adjustment-input.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { advanceKey, journalForAdvance } from '#app/domain/payouts/payout-journals.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import type { ShopContext } from '../context.ts'

type Context = Pick<ShopContext, 'db' | 'shop' | 'clock'>

export interface CreateAdvanceInput {
  /** Becomes the advance's id. */
  formId: string
  creatorId: string
  agreementId: string | null
  amountMinor: bigint
  currency: string
  /** Part of each month's earnings that goes to it, in basis points. */
  recoupBps: number
  note: string
  actor: string
}

export type CreateAdvanceResult =
  | { ok: true; advanceId: string }
  | {
      ok: false
      reason:
        | 'form_malformed'
        | 'unknown_creator'
        | 'unknown_agreement'
        | 'unknown_currency'
        | 'amount_not_positive'
        | 'amount_too_large'
        | 'rate_out_of_range'
        | 'note_malformed'
    }

export async function createAdvance(ctx: Context, input: CreateAdvanceInput): Promise<CreateAdvanceResult> {
  const { shop } = ctx
  if (!isRowId(input.formId)) return { ok: false, reason: 'form_malformed' }
  if (!isRowId(input.creatorId)) return { ok: false, reason: 'unknown_creator' }
  if (input.agreementId !== null && !isRowId(input.agreementId))
    return { ok: false, reason: 'unknown_agreement' }
  if (!isCurrency(input.currency)) return { ok: false, reason: 'unknown_currency' }
  if (input.amountMinor <= 0n) return { ok: false, reason: 'amount_not_positive' }
  if (input.amountMinor > LARGEST_TYPED_MINOR) return { ok: false, reason: 'amount_too_large' }
  if (!Number.isInteger(input.recoupBps) || input.recoupBps < 1 || input.recoupBps > 10_000)
    return { ok: false, reason: 'rate_out_of_range' }
  if (input.note.length > 500 || hasUnreadable(input.note)) return { ok: false, reason: 'note_malformed' }
  return ctx.db.inShop(shop.id, async (tx): Promise<CreateAdvanceResult> => {
    // Holds the second click of one until the first has made its row.
    await tx.$queryRaw`select 1 from creator where id = ${input.creatorId}::uuid for update`
    const creator = await tx.creator.findUnique({ where: { id: input.creatorId }, select: { id: true } })
    if (!creator) return { ok: false, reason: 'unknown_creator' }
    if (input.agreementId !== null) {
      const where = { id: input.agreementId, creatorId: creator.id }
      if ((await tx.agreement.count({ where })) === 0) return { ok: false, reason: 'unknown_agreement' }
    }
    const known = await tx.advance.count({ where: { id: input.formId } })
    if (known > 0) return { ok: true, advanceId: input.formId }
    await tx.advance.create({
      data: {
        id: input.formId,
        shopId: shop.id,
        creatorId: creator.id,
        agreementId: input.agreementId,
        amountMinor: input.amountMinor,
        currency: input.currency,
        recoupBps: input.recoupBps,
        note: input.note.trim(),
        createdBy: input.actor,
        createdAt: ctx.clock.now(),
      },
    })
    return { ok: true, advanceId: input.formId }
  })
}

export type PayAdvanceResult = { ok: true; changed: boolean } | { ok: false; reason: 'unknown_advance' }

/** The money left the bank: from now on it is recouped. */
export async function payAdvance(
  ctx: Context,
  input: { advanceId: string; actor?: string },
): Promise<PayAdvanceResult> {
  if (!isRowId(input.advanceId)) return { ok: false, reason: 'unknown_advance' }
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<PayAdvanceResult> => {
    const head = await lockLedger(tx, shop.id)
    const advance = await tx.advance.findUnique({ where: { id: input.advanceId } })
    if (!advance) return { ok: false, reason: 'unknown_advance' }
    if (advance.paidAt) return { ok: true, changed: false }
    const now = ctx.clock.now()
    const draft = journalForAdvance({
      advanceId: advance.id,
      creatorId: advance.creatorId,
      currency: advance.currency,
      amountMinor: advance.amountMinor,
      recoupBps: advance.recoupBps,
      paidBy: input.actor ?? advance.createdBy,
      at: now.toISOString(),
    })
    const book = await openPeriodBook(tx, shop)
    const journals = [{ ...draft, periodId: await book.idFor(draft.effectiveAt) }]
    const { posted } = await postJournals(tx, shop.id, head, journals, now)
    const journalSeq = posted.find(({ factKey }) => factKey === advanceKey(advance.id))?.seq
    if (journalSeq === undefined) throw new Error(`advance ${advance.id} stands in the books already`)
    await tx.advance.update({ where: { id: advance.id }, data: { paidAt: now, journalSeq } })
    return { ok: true, changed: true }
  })
}

export type WithdrawAdvanceResult = { ok: true } | { ok: false; reason: 'advance_is_paid' }

/** Only before it was paid. Gone already, perhaps by a second click: that is what was asked for. */
export async function withdrawAdvance(
  ctx: Context,
  input: { advanceId: string },
): Promise<WithdrawAdvanceResult> {
  if (!isRowId(input.advanceId)) return { ok: true }
  return ctx.db.inShop(ctx.shop.id, async (tx): Promise<WithdrawAdvanceResult> => {
    await lockLedger(tx, ctx.shop.id)
    const advance = await tx.advance.findUnique({ where: { id: input.advanceId } })
    if (!advance) return { ok: true }
    if (advance.paidAt) return { ok: false, reason: 'advance_is_paid' }
    await tx.advance.delete({ where: { id: advance.id } })
    return { ok: true }
  })
}
