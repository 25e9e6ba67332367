// A discount code for one creator. Shopify is asked by a job: the row says what is wanted and what became of it.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'
import { type CodeProblem, parseCodeInput } from './parse-code-input.ts'

export interface CreateCodeInput {
  /** The new row's id, made with the form. */
  formId: string
  creatorId: string
  code: string
  percent: string
}

export type CreateCodeResult =
  | { ok: true; codeId: string }
  | { ok: false; reason: 'invalid_input'; problems: CodeProblem[] }
  | { ok: false; reason: 'unknown_creator' | 'creator_archived' | 'code_taken' }

export async function createCreatorCode(ctx: ShopContext, input: CreateCodeInput): Promise<CreateCodeResult> {
  const parsed = parseCodeInput(input)
  if (!parsed.ok) return { ok: false, reason: 'invalid_input', problems: parsed.problems }
  if (!isRowId(input.creatorId) || !isRowId(input.formId)) return { ok: false, reason: 'unknown_creator' }
  const { code, percentBps } = parsed.value
  const now = ctx.clock.now()
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const creator = await tx.creator.findUnique({ where: { id: input.creatorId } })
    if (!creator) return { ok: false, reason: 'unknown_creator' }
    if (creator.status !== 'active') return { ok: false, reason: 'creator_archived' }
    const wanted = {
      percentBps,
      status: 'pending',
      lastError: null,
      startsAt: now,
      endsAt: null,
      shopifyDiscountId: null,
      shareUrl: null,
    }
    const row = { id: input.formId, shopId, creatorId: creator.id, code, createdAt: now, ...wanted }
    const made = await tx.creatorCode.createMany({ data: [row], skipDuplicates: true })
    let codeId = row.id
    if (made.count === 0) {
      const existing = await tx.creatorCode.findUnique({ where: { shopId_code: { shopId, code } } })
      if (!existing || existing.creatorId !== creator.id) return { ok: false, reason: 'code_taken' }
      // The same form sent twice.
      if (existing.id === input.formId) return { ok: true, codeId }
      if (existing.status !== 'failed') return { ok: false, reason: 'code_taken' }
      await tx.creatorCode.update({ where: { id: existing.id }, data: wanted })
      codeId = existing.id
    }
    await recordCreatorEvent(tx, {
      shopId,
      creatorId: creator.id,
      at: now,
      kind: 'code_requested',
      actor: 'merchant',
      facts: { code, percentBps },
    })
    await ctx.queue.enqueue(tx, 'sync-creator-code', { shopId, codeId })
    return { ok: true, codeId }
  })
}
