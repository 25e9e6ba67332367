// Whether the shop's plan has room for one more active creator.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { type CreatorAllowance, decideActivation } from '#app/domain/billing/plans.ts'

/** Locks the shop's row until the transaction ends, so that two additions at once do not both take the last place. */
export async function checkAllowance(tx: ShopTransaction, shopId: number): Promise<CreatorAllowance> {
  await tx.$queryRaw`select 1 from shop where id = ${shopId} for update`
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { planKey: true } })
  return decideActivation(shop.planKey, await tx.creator.count({ where: { status: 'active' } }))
}
