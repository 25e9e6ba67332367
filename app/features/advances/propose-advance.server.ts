// Money to be paid ahead of earnings: noted by one person and, where the shop wants it, agreed to by another before it is paid.
import { isRowId } from '#app/adapters/db/row-id.ts'
import { LARGEST_TYPED_MINOR } from '#app/domain/adjustments/adjustment-input.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import type { ShopContext } from '../context.ts'

export interface ProposeAdvanceInput {
  /** Becomes the advance's id: the same form sent twice asks once. */
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

type Refusal =
  | 'form_malformed'
  | 'unknown_creator'
  | 'unknown_agreement'
  | 'unknown_currency'
  | 'amount_not_positive'
  | 'amount_too_large'
  | 'rate_out_of_range'
  | 'note_malformed'

export type ProposeAdvanceResult =
  | { ok: true; advanceId: string; status: 'proposed' | 'agreed' }
  | { ok: false; reason: Refusal }

export async function proposeAdvance(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  input: ProposeAdvanceInput,
): Promise<ProposeAdvanceResult> {
  const refusal = checkInput(input)
  if (refusal) return { ok: false, reason: refusal }
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<ProposeAdvanceResult> => {
    // Holds the second click of one until the first has made its row.
    await tx.$queryRaw`select 1 from creator where id = ${input.creatorId}::uuid for update`
    const creator = await tx.creator.findUnique({ where: { id: input.creatorId }, select: { id: true } })
    if (!creator) return { ok: false, reason: 'unknown_creator' }
    if (input.agreementId !== null) {
      const where = { id: input.agreementId, creatorId: creator.id }
      if ((await tx.agreement.count({ where })) === 0) return { ok: false, reason: 'unknown_agreement' }
    }
    const known = await tx.advance.findUnique({ where: { id: input.formId }, select: { status: true } })
    if (known)
      return { ok: true, advanceId: input.formId, status: known.status === 'agreed' ? 'agreed' : 'proposed' }
    const { adjustmentsNeedSecond: needsSecond } = await tx.shop.findUniqueOrThrow({
      where: { id: shop.id },
      select: { adjustmentsNeedSecond: true },
    })
    const now = ctx.clock.now()
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
        proposedBy: input.actor,
        proposedAt: now,
        needsSecond,
        ...(needsSecond ? {} : { status: 'agreed', decidedBy: input.actor, decidedAt: now }),
      },
    })
    return { ok: true, advanceId: input.formId, status: needsSecond ? 'proposed' : 'agreed' }
  })
}

function checkInput(input: ProposeAdvanceInput): Refusal | null {
  if (!isRowId(input.formId)) return 'form_malformed'
  if (!isRowId(input.creatorId)) return 'unknown_creator'
  if (input.agreementId !== null && !isRowId(input.agreementId)) return 'unknown_agreement'
  if (!isCurrency(input.currency)) return 'unknown_currency'
  if (input.amountMinor <= 0n) return 'amount_not_positive'
  if (input.amountMinor > LARGEST_TYPED_MINOR) return 'amount_too_large'
  const { recoupBps, note } = input
  if (!Number.isInteger(recoupBps) || recoupBps < 1 || recoupBps > 10_000) return 'rate_out_of_range'
  return note.length > 500 || hasUnreadable(note) ? 'note_malformed' : null
}
