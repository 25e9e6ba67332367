// The merchant chooses another plan: a paid one waits for approval at Shopify, the free one is taken at once.
import type { Shop } from '../../adapters/db/generated/client.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { fetchShop } from '../../adapters/shopify/fetch-shop.ts'
import { decidePlanChange, type Plan, type PlanChange } from '../../domain/billing/plans.ts'
import type { ShopContext } from '../context.ts'
import type { BillingGateway } from './billing-gateway.ts'
import { saveSubscription } from './save-subscription.server.ts'

export type ChangePlanResult =
  | { ok: true; outcome: 'changed' }
  | { ok: true; outcome: 'needs_approval'; approvalUrl: string }
  | Extract<PlanChange, { ok: false }>
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

type BillingContext = Pick<ShopContext, 'db' | 'clock' | 'shop' | 'shopify' | 'appUrl'>

export async function changePlan(
  ctx: BillingContext,
  billing: BillingGateway,
  planKey: string,
): Promise<ChangePlanResult> {
  const activeCreators = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creator.count({ where: { shopId: ctx.shop.id, status: 'active' } }),
  )
  const change = decidePlanChange({ from: ctx.shop.planKey, to: planKey, activeCreators })
  if (!change.ok) return change
  return change.needsApproval ? askApproval(ctx, billing, change.plan) : goFree(ctx, billing, ctx.shop)
}

async function askApproval(
  ctx: BillingContext,
  billing: BillingGateway,
  plan: Plan,
): Promise<ChangePlanResult> {
  const details = await fetchShop(ctx.shopify)
  if (!details.ok) return details
  const asked = await billing.requestPlan(plan, {
    returnUrl: `${ctx.appUrl}/app/settings`,
    // Development stores cannot be charged: Shopify wants test charges there.
    isTest: details.shop.isDevelopmentStore,
  })
  if (!asked.ok) return asked
  if (asked.subscriptionGid !== null) {
    const row = { planKey: plan.key, status: 'pending', subscriptionId: asked.subscriptionGid }
    await ctx.db.inShop(ctx.shop.id, (tx) =>
      tx.billingSubscription.create({
        data: { id: newRowId(), shopId: ctx.shop.id, ...row, requestedAt: ctx.clock.now() },
      }),
    )
  }
  return { ok: true, outcome: 'needs_approval', approvalUrl: asked.approvalUrl }
}

async function goFree(ctx: BillingContext, billing: BillingGateway, shop: Shop): Promise<ChangePlanResult> {
  const active = await billing.activeSubscription()
  if (!active.ok) return active
  if (active.subscription) {
    const cancelled = await billing.cancel(active.subscription.subscriptionGid)
    if (!cancelled.ok) return cancelled
  }
  await ctx.db.inShop(shop.id, (tx) => saveSubscription(tx, shop.id, null, ctx.clock.now()))
  return { ok: true, outcome: 'changed' }
}
