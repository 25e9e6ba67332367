// Sends a statement's mail again, to the creator's address of today. The document stays as issued.
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'

export type ResendStatementResult =
  | { ok: true; deliveryId: string; toAddress: string }
  | { ok: false; reason: 'statement_not_found' | 'already_on_its_way' }

export async function resendStatement(ctx: ShopContext, statementId: string): Promise<ResendStatementResult> {
  if (!isRowId(statementId)) return { ok: false, reason: 'statement_not_found' }
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx): Promise<ResendStatementResult> => {
    const statement = await tx.statement.findFirst({
      where: { shopId, id: statementId },
      select: { id: true, number: true, creatorId: true },
    })
    const creator =
      statement &&
      (await tx.creator.findFirst({ where: { shopId, id: statement.creatorId }, select: { email: true } }))
    if (!statement || !creator) return { ok: false, reason: 'statement_not_found' }
    // The lock makes two clicks one mail: the second sees the first one's row.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`resend/${statement.id}`}, 0))::text`
    const waiting = await tx.mailDelivery.count({
      where: { shopId, subjectId: statement.id, kind: 'statement', status: 'queued' },
    })
    if (waiting > 0) return { ok: false, reason: 'already_on_its_way' }
    const deliveryId = newRowId()
    await tx.mailDelivery.create({
      data: {
        id: deliveryId,
        shopId,
        kind: 'statement',
        subjectId: statement.id,
        creatorId: statement.creatorId,
        toAddress: creator.email,
        subject: statement.number,
        requestedAt: ctx.clock.now(),
      },
    })
    await ctx.queue.enqueue(tx, 'send-mail', { shopId, deliveryId })
    return { ok: true, deliveryId, toAddress: creator.email }
  })
}
