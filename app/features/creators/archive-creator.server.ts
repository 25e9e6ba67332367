// Archives a creator, and with them everything that could still earn. Nothing ends that the merchant was not shown before.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'

/** What archiving would end. The balance stays owed and statements go on until it is zero. */
export interface ArchivePreview {
  agreements: number
  codes: number
  links: number
}

export interface ArchiveCreatorInput {
  creatorId: string
  /** What the merchant was shown and confirmed. */
  shown: ArchivePreview
}

export type ArchiveCreatorResult =
  | { ok: true }
  | { ok: false; reason: 'unknown_creator' | 'already_archived' }
  | { ok: false; reason: 'changed_meanwhile'; preview: ArchivePreview }

export async function archiveCreator(
  ctx: ShopContext,
  input: ArchiveCreatorInput,
): Promise<ArchiveCreatorResult> {
  const { creatorId } = input
  if (!isRowId(creatorId)) return { ok: false, reason: 'unknown_creator' }
  const now = ctx.clock.now()
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    await tx.$queryRaw`select 1 from creator where id = ${creatorId}::uuid for update`
    const creator = await tx.creator.findUnique({ where: { id: creatorId } })
    if (!creator) return { ok: false, reason: 'unknown_creator' }
    if (creator.status === 'archived') return { ok: false, reason: 'already_archived' }
    const preview = await readArchivePreview(tx, creatorId)
    const asShown = (['agreements', 'codes', 'links'] as const).every(
      (key) => preview[key] === input.shown[key],
    )
    if (!asShown) return { ok: false, reason: 'changed_meanwhile', preview }
    await endAgreements(tx, creatorId, now)
    await tx.creatorLink.updateMany({ where: { creatorId, revokedAt: null }, data: { revokedAt: now } })
    const codes = await tx.creatorCode.findMany({ where: { creatorId, endsAt: null }, select: { id: true } })
    await tx.creatorCode.updateMany({ where: { creatorId, endsAt: null }, data: { endsAt: now } })
    for (const code of codes) await ctx.queue.enqueue(tx, 'sync-creator-code', { shopId, codeId: code.id })
    await tx.creator.update({
      where: { id: creatorId },
      data: { status: 'archived', archivedAt: now, revision: { increment: 1 } },
    })
    await recordCreatorEvent(tx, {
      shopId,
      creatorId,
      at: now,
      kind: 'creator_archived',
      actor: 'merchant',
      facts: { ...preview },
    })
    return { ok: true }
  })
}

export async function readArchivePreview(tx: ShopTransaction, creatorId: string): Promise<ArchivePreview> {
  const agreements = await tx.agreement.count({ where: { creatorId, status: { not: 'ended' } } })
  const codes = await tx.creatorCode.count({ where: { creatorId, endsAt: null, status: { not: 'failed' } } })
  const links = await tx.creatorLink.count({ where: { creatorId, revokedAt: null } })
  return { agreements, codes, links }
}

async function endAgreements(tx: ShopTransaction, creatorId: string, now: Date): Promise<void> {
  await tx.$queryRaw`select 1 from agreement where creator_id = ${creatorId}::uuid order by id for update`
  const ofCreator = { agreement: { creatorId } }
  await tx.agreementVersion.updateMany({
    where: { ...ofCreator, status: 'offered' },
    data: { status: 'withdrawn' },
  })
  await tx.agreementVersion.deleteMany({ where: { ...ofCreator, status: 'draft' } })
  await tx.agreement.updateMany({
    where: { creatorId, status: { not: 'ended' } },
    data: { status: 'ended', endedAt: now },
  })
}
