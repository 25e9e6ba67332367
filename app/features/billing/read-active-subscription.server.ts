import type { AdminApi } from '../../adapters/shopify/admin-api.ts'
import { fetchInstallation } from '../../adapters/shopify/fetch-installation.ts'
import { listPlans } from '../../domain/billing/plans.ts'
import type { ActiveSubscriptionResult } from './billing-gateway.ts'

/** Both ways of billing end in the same place: the installation's active subscription, known by its plan's name. */
export async function readActiveSubscription(shopify: AdminApi): Promise<ActiveSubscriptionResult> {
  const answer = await fetchInstallation(shopify)
  if (!answer.ok) return answer
  const [active] = answer.installation.activeSubscriptions
  if (!active) return { ok: true, subscription: null }
  const plan = listPlans().find(({ name }) => name === active.name) ?? null
  return {
    ok: true,
    subscription: { subscriptionGid: active.gid, plan, name: active.name, isTest: active.isTest },
  }
}
