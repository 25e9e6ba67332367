// Reads from Shopify what is active, after the merchant came back from approving, and whenever Settings are opened.
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import type { ShopContext } from '../context.ts'
import type { ActiveSubscription, BillingGateway } from './billing-gateway.ts'
import { saveSubscription } from './save-subscription.server.ts'

export type RefreshSubscriptionResult =
  | { ok: true; planKey: string; subscription: ActiveSubscription | null }
  | AdminRefusal

export async function refreshSubscription(
  ctx: Pick<ShopContext, 'db' | 'clock' | 'shop'>,
  billing: BillingGateway,
): Promise<RefreshSubscriptionResult> {
  const active = await billing.activeSubscription()
  if (!active.ok) return active
  const { subscription } = active
  await ctx.db.inShop(ctx.shop.id, (tx) => saveSubscription(tx, ctx.shop.id, subscription, ctx.clock.now()))
  return { ok: true, planKey: subscription?.plan?.key ?? 'free', subscription }
}
