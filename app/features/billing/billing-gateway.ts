// What the shop pays Filigree, through Shopify only. Two ways lead there: Shopify's hosted plan page and the Billing API.
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import type { Plan } from '../../domain/billing/plans.ts'

export interface ActiveSubscription {
  subscriptionGid: string
  /** Null when Shopify names a plan that is none of ours. */
  plan: Plan | null
  name: string
  isTest: boolean
}

export type ActiveSubscriptionResult = { ok: true; subscription: ActiveSubscription | null } | AdminRefusal

export type PlanRequestResult =
  | {
      ok: true
      /** A page of Shopify's, to be opened in the top window: the merchant approves there. */
      approvalUrl: string
      /** Null when Shopify makes the subscription only on its own page. */
      subscriptionGid: string | null
    }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

export type CancelResult =
  | { ok: true }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

export interface BillingGateway {
  /** Asks Shopify for a paid plan. `returnUrl` is where the merchant comes back to. */
  requestPlan(plan: Plan, request: { returnUrl: string; isTest: boolean }): Promise<PlanRequestResult>
  activeSubscription(): Promise<ActiveSubscriptionResult>
  cancel(subscriptionGid: string): Promise<CancelResult>
}
