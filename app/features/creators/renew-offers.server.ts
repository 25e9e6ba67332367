// What a corrected address means for open offers: the link that went to the old address is void, and the invitation is sent to the new one.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { renewInvitation } from '#app/adapters/db/invitation-store.ts'
import type { ShopContext } from '../context.ts'

/** In the transaction that corrects the address. Offers whose time has run out stay so. */
export async function renewOffers(
  ctx: ShopContext,
  tx: ShopTransaction,
  creator: { id: string; email: string },
): Promise<void> {
  const at = ctx.clock.now()
  // An answer that is just being given comes first or finds its link void.
  await tx.$queryRaw`select 1 from agreement where creator_id = ${creator.id}::uuid order by id for update`
  const offers = await tx.agreementVersion.findMany({
    where: {
      status: 'offered',
      inviteExpiresAt: { gt: at },
      agreement: { creatorId: creator.id, status: { not: 'ended' } },
    },
    include: { agreement: { select: { id: true, title: true } } },
    orderBy: { id: 'asc' },
  })
  for (const { agreement, ...version } of offers) {
    await renewInvitation(tx, ctx.queue, { shopId: ctx.shop.id, agreement, creator, version, at })
  }
}
