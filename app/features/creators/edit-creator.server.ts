// Changes a creator's profile. Two people who edit at once do not overwrite each other.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import type { Creator } from '#app/adapters/db/generated/client.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { canonicalJson } from '#app/domain/canonical-json.ts'
import { parseCreatorInput } from '#app/domain/creators/parse-creator-input.ts'
import type { ShopContext } from '../context.ts'
import { creatorColumns } from './creator-columns.ts'
import { type CreatorProblem, findTaken } from './find-taken.server.ts'
import { renewOffers } from './renew-offers.server.ts'

export interface EditCreatorInput {
  creatorId: string
  /** The revision that the form was opened with. */
  revision: number
  /** Fields of the form or JSON, of unknown origin. A handle in it is ignored. */
  creator: Record<string, unknown>
}

export type EditCreatorResult =
  | { ok: true; revision: number }
  | { ok: false; reason: 'invalid_input'; problems: CreatorProblem[] }
  | { ok: false; reason: 'unknown_creator' | 'changed_meanwhile' }

export async function editCreator(ctx: ShopContext, input: EditCreatorInput): Promise<EditCreatorResult> {
  const { creatorId } = input
  if (!isRowId(creatorId)) return { ok: false, reason: 'unknown_creator' }
  return ctx.db.inShop(ctx.shop.id, async (tx): Promise<EditCreatorResult> => {
    // Locked, so that what is compared below is what is overwritten.
    await tx.$queryRaw`select 1 from creator where id = ${creatorId}::uuid for update`
    const stored = await tx.creator.findUnique({ where: { id: creatorId } })
    if (!stored) return { ok: false, reason: 'unknown_creator' }
    const parsed = parseCreatorInput({ ...input.creator, handle: stored.handle })
    if (!parsed.ok) return { ok: false, reason: 'invalid_input', problems: parsed.refusals }
    const columns = creatorColumns(parsed.creator)
    const changed = changedFields(stored, columns)
    // The same form sent twice finds its own values.
    if (changed.length === 0) return { ok: true, revision: stored.revision }
    if (stored.revision !== input.revision) return { ok: false, reason: 'changed_meanwhile' }
    const problems = await findTaken(tx, parsed.creator, creatorId)
    if (problems.length > 0) return { ok: false, reason: 'invalid_input', problems }
    const revision = stored.revision + 1
    await tx.creator.update({ where: { id: creatorId }, data: { ...columns, revision } })
    // The event is what makes statement links to an old address void, too: see link-generation.
    await recordCreatorEvent(tx, {
      shopId: ctx.shop.id,
      creatorId,
      at: ctx.clock.now(),
      kind: 'creator_edited',
      actor: 'merchant',
      facts: { fields: changed.join(', ') },
    })
    if (changed.includes('email')) await renewOffers(ctx, tx, { id: creatorId, email: columns.email })
    return { ok: true, revision }
  })
}

function changedFields(stored: Creator, columns: ReturnType<typeof creatorColumns>): string[] {
  const shown = ['name', 'email', 'locale', 'notes', 'channels'] as const
  return shown.filter((field) => canonicalJson(stored[field]) !== canonicalJson(columns[field]))
}
