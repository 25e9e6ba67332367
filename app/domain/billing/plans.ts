export type PlanKey = 'free' | 'studio' | 'atelier'

/** What a shop pays. Never a percentage of sales. */
export interface Plan {
  key: PlanKey
  name: string
  /** Price a month in US cents. */
  monthlyMinor: bigint
  currency: 'USD'
  /** Null: as many as you like. */
  activeCreators: number | null
}

const PLANS: readonly Plan[] = [
  { key: 'free', name: 'Free', monthlyMinor: 0n, currency: 'USD', activeCreators: 5 },
  { key: 'studio', name: 'Studio', monthlyMinor: 2_900n, currency: 'USD', activeCreators: 25 },
  { key: 'atelier', name: 'Atelier', monthlyMinor: 7_900n, currency: 'USD', activeCreators: null },
]

/** Cheapest first. */
export function listPlans(): readonly Plan[] {
  return PLANS
}

export function findPlan(key: string): Plan | null {
  return PLANS.find((plan) => plan.key === key) ?? null
}

export type PlanChange =
  | { ok: true; plan: Plan; direction: 'upgrade' | 'downgrade'; needsApproval: boolean }
  | { ok: false; reason: 'unknown_plan' | 'already_on_plan' }
  | { ok: false; reason: 'too_many_active_creators'; limit: number; active: number }

/** Whether a shop may change its plan. A paid plan needs the merchant's approval at Shopify, going to the free one does not. */
export function decidePlanChange(change: { from: string; to: string; activeCreators: number }): PlanChange {
  const plan = findPlan(change.to)
  if (!plan) return { ok: false, reason: 'unknown_plan' }
  if (change.from === change.to) return { ok: false, reason: 'already_on_plan' }
  if (plan.activeCreators !== null && change.activeCreators > plan.activeCreators) {
    return {
      ok: false,
      reason: 'too_many_active_creators',
      limit: plan.activeCreators,
      active: change.activeCreators,
    }
  }
  const from = findPlan(change.from)
  const direction = from !== null && plan.monthlyMinor < from.monthlyMinor ? 'downgrade' : 'upgrade'
  return { ok: true, plan, direction, needsApproval: plan.monthlyMinor > 0n }
}

export type CreatorAllowance =
  | { ok: true }
  | { ok: false; reason: 'plan_limit_reached'; limit: number; plan: PlanKey }

/** Whether one more creator may become active under the plan. An unknown plan counts as free. */
export function decideActivation(planKey: string, activeCreators: number): CreatorAllowance {
  const plan = findPlan(planKey) ?? findPlan('free')
  if (plan === null || plan.activeCreators === null || activeCreators < plan.activeCreators)
    return { ok: true }
  return { ok: false, reason: 'plan_limit_reached', limit: plan.activeCreators, plan: plan.key }
}
