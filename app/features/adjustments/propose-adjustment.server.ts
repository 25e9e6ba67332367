// Somebody asks for a journal with a reason. Posted at once, or when a second person has agreed, as the shop wants it.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Prisma } from '#app/adapters/db/generated/client.ts'
import { lockLedger } from '#app/adapters/db/journal-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import {
  type AdjustmentInput,
  type AdjustmentProblem,
  checkAdjustment,
} from '#app/domain/adjustments/adjustment-input.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import type { ShopContext } from '../context.ts'
import { postAdjustment } from './post-adjustment.server.ts'

export interface ProposeAdjustmentInput extends AdjustmentInput {
  /** Becomes the adjustment's id: the same form sent twice asks once. */
  formId: string
  actor: string
}

export type ProposeAdjustmentResult =
  | { ok: true; adjustmentId: string; status: 'proposed' | 'posted' | 'rejected'; journalSeq: bigint | null }
  | { ok: false; reason: 'form_malformed' | 'unknown_creator' | 'unknown_currency' | 'suspense_changed' }
  | { ok: false; reason: 'invalid_input'; problems: AdjustmentProblem[] }

export async function proposeAdjustment(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  input: ProposeAdjustmentInput,
): Promise<ProposeAdjustmentResult> {
  if (!isRowId(input.formId)) return { ok: false, reason: 'form_malformed' }
  if (!isCurrency(input.currency)) return { ok: false, reason: 'unknown_currency' }
  if (input.creatorId !== null && !isRowId(input.creatorId)) return { ok: false, reason: 'unknown_creator' }
  const problems = checkAdjustment(input)
  if (problems.length > 0) return { ok: false, reason: 'invalid_input', problems }
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<ProposeAdjustmentResult> => {
    const head = await lockLedger(tx, shop.id)
    const known = await tx.adjustment.findUnique({ where: { id: input.formId } })
    if (known) return standing(known)
    const refusal = await findRefusal(tx, shop.id, input)
    if (refusal) return { ok: false, reason: refusal }
    const now = ctx.clock.now()
    const { adjustmentsNeedSecond: needsSecond } = await tx.shop.findUniqueOrThrow({
      where: { id: shop.id },
      select: { adjustmentsNeedSecond: true },
    })
    const row = await tx.adjustment.create({
      data: {
        id: input.formId,
        shopId: shop.id,
        kind: input.kind,
        creatorId: input.creatorId,
        orderId: input.orderId,
        account: input.account,
        amountMinor: input.amountMinor,
        currency: input.currency,
        incomeType: input.incomeType,
        reason: input.reason.trim(),
        facts: input.facts as Prisma.InputJsonObject,
        proposedBy: input.actor,
        proposedAt: now,
        needsSecond,
      },
    })
    if (needsSecond) return standing(row)
    const posted = await postAdjustment(tx, shop, head, row, { by: input.actor, at: now })
    // Checked a moment ago under the same lock.
    if (!posted.ok) throw new Error(`adjustment ${row.id} could not be posted: ${posted.reason}`)
    return { ok: true, adjustmentId: row.id, status: 'posted', journalSeq: posted.journalSeq }
  })
}

async function findRefusal(
  tx: ShopTransaction,
  shopId: number,
  input: ProposeAdjustmentInput,
): Promise<'unknown_creator' | 'suspense_changed' | null> {
  const { creatorId, orderId, amountMinor, currency } = input
  if (creatorId !== null && (await tx.creator.count({ where: { shopId, id: creatorId } })) === 0)
    return 'unknown_creator'
  if (input.kind !== 'suspense') return null
  if (orderId === null) return 'suspense_changed'
  // The whole of what stands there, so that nothing half resolved is left.
  const open = await tx.suspenseItem.count({
    where: { shopId, orderId, amountMinor, currency, resolvedAt: null },
  })
  const asked = await tx.adjustment.count({
    where: { shopId, orderId, kind: 'suspense', status: 'proposed' },
  })
  return open === 1 && asked === 0 ? null : 'suspense_changed'
}

function standing(row: { id: string; status: string; journalSeq: bigint | null }): ProposeAdjustmentResult {
  const status = row.status === 'posted' || row.status === 'rejected' ? row.status : 'proposed'
  return { ok: true, adjustmentId: row.id, status, journalSeq: row.journalSeq }
}
