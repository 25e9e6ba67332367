// Keeps the shop's plan in step with what Shopify says is active.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import type { ActiveSubscription } from './billing-gateway.ts'

/** Null: nothing is active, the shop is on the free plan. */
export async function saveSubscription(
  tx: ShopTransaction,
  shopId: number,
  active: ActiveSubscription | null,
  now: Date,
): Promise<void> {
  const subscriptionId = active?.subscriptionGid ?? null
  await tx.billingSubscription.updateMany({
    where: { shopId, endedAt: null, activatedAt: { not: null }, NOT: { subscriptionId } },
    data: { status: 'cancelled', endedAt: now },
  })
  const planKey = active?.plan?.key ?? 'free'
  await tx.shop.update({ where: { id: shopId }, data: { planKey } })
  if (!active) return
  const { count } = await tx.billingSubscription.updateMany({
    where: { shopId, subscriptionId, endedAt: null, activatedAt: null },
    data: { status: 'active', activatedAt: now, planKey },
  })
  if (count > 0 || (await tx.billingSubscription.count({ where: { shopId, subscriptionId } })) > 0) return
  await tx.billingSubscription.create({
    data: {
      id: newRowId(),
      shopId,
      planKey,
      status: 'active',
      subscriptionId,
      requestedAt: now,
      activatedAt: now,
    },
  })
}
