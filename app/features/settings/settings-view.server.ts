// What the settings page shows: what may be changed, as typed, and what Shopify says.
import { listPlans } from '#app/domain/billing/plans.ts'
import { toPercentText } from '#app/domain/money/percent.ts'
import type { ShopContext } from '../context.ts'
import type { SettingsInput } from './parse-settings-input.ts'

export interface PlanView {
  key: string
  name: string
  monthlyMinor: string
  currency: string
  activeCreators: number | null
  isCurrent: boolean
  /** More creators are active than the plan allows. */
  isTooSmall: boolean
}

export interface SettingsView {
  values: SettingsInput
  plans: PlanView[]
  activeCreators: number
  shop: { name: string; domain: string; email: string | null; currency: string; timeZone: string }
}

export async function readSettings(ctx: ShopContext): Promise<SettingsView> {
  const { shop, activeCreators } = await ctx.db.inShop(ctx.shop.id, async (tx) => ({
    // Read anew: the context's row may be older than a change that was just saved.
    shop: await tx.shop.findUniqueOrThrow({ where: { id: ctx.shop.id } }),
    activeCreators: await tx.creator.count({ where: { shopId: ctx.shop.id, status: 'active' } }),
  }))
  return {
    values: {
      returnWindowDays: String(shop.returnWindowDays),
      maxTotalShare: toPercentText(shop.maxTotalShareBps),
      senderName: shop.senderName ?? '',
      replyTo: shop.replyTo ?? '',
    },
    plans: listPlans().map((plan) => ({
      key: plan.key,
      name: plan.name,
      monthlyMinor: String(plan.monthlyMinor),
      currency: plan.currency,
      activeCreators: plan.activeCreators,
      isCurrent: plan.key === shop.planKey,
      isTooSmall: plan.activeCreators !== null && activeCreators > plan.activeCreators,
    })),
    activeCreators,
    shop: {
      name: shop.name,
      domain: shop.domain,
      email: shop.email,
      currency: shop.currency,
      timeZone: shop.timeZone,
    },
  }
}
