// Adds a creator. The form brings the new row's id, so that sending it twice adds one.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { parseCreatorInput } from '#app/domain/creators/parse-creator-input.ts'
import type { ShopContext } from '../context.ts'
import { checkAllowance } from './check-allowance.server.ts'
import { creatorColumns } from './creator-columns.ts'
import { type CreatorProblem, findTaken } from './find-taken.server.ts'

export interface CreateCreatorInput {
  formId: string
  /** Fields of the form or JSON, of unknown origin. */
  creator: unknown
}

export type CreateCreatorResult =
  | { ok: true; creatorId: string }
  | { ok: false; reason: 'invalid_input'; problems: CreatorProblem[] }
  | { ok: false; reason: 'form_reused' | 'plan_limit_reached' }

export async function createCreator(
  ctx: ShopContext,
  input: CreateCreatorInput,
): Promise<CreateCreatorResult> {
  const parsed = parseCreatorInput(input.creator)
  if (!parsed.ok) return { ok: false, reason: 'invalid_input', problems: parsed.refusals }
  const { formId: id } = input
  if (!isRowId(id)) return { ok: false, reason: 'form_reused' }
  const now = ctx.clock.now()
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx): Promise<CreateCreatorResult> => {
    const allowance = await checkAllowance(tx, shopId)
    // The same form sent twice, also at once: the shop's lock makes the second wait for the first.
    if (await tx.creator.findUnique({ where: { id } })) return { ok: true, creatorId: id }
    if (!allowance.ok) return { ok: false, reason: allowance.reason }
    const row = {
      id,
      shopId,
      handle: parsed.creator.handle,
      ...creatorColumns(parsed.creator),
      createdAt: now,
    }
    const made = await tx.creator.createMany({ data: [row], skipDuplicates: true })
    if (made.count === 0) {
      const problems = await findTaken(tx, parsed.creator, null)
      return problems.length > 0
        ? { ok: false, reason: 'invalid_input', problems }
        : { ok: false, reason: 'form_reused' }
    }
    await recordCreatorEvent(tx, {
      shopId,
      creatorId: id,
      at: now,
      kind: 'creator_created',
      actor: 'merchant',
    })
    return { ok: true, creatorId: id }
  })
}
