// Asks for the mail that invites a creator to read an offer.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Agreement, Creator } from '#app/adapters/db/generated/client.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'

/** A row of mail_delivery and its job, in the caller's transaction. */
export async function queueInvitation(
  ctx: ShopContext,
  tx: ShopTransaction,
  about: { agreement: Agreement; creator: Creator; versionId: string },
): Promise<void> {
  const deliveryId = newRowId()
  await tx.mailDelivery.create({
    data: {
      id: deliveryId,
      shopId: ctx.shop.id,
      kind: 'invitation',
      subjectId: about.versionId,
      creatorId: about.creator.id,
      toAddress: about.creator.email,
      subject: about.agreement.title,
      requestedAt: ctx.clock.now(),
    },
  })
  await ctx.queue.enqueue(tx, 'send-mail', { shopId: ctx.shop.id, deliveryId })
}
