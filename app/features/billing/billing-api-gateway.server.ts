// Billing by the Billing API: the app makes a pending subscription, the merchant approves it on Shopify's page.
import type { AdminApi } from '../../adapters/shopify/admin-api.ts'
import { cancelAppSubscription } from '../../adapters/shopify/cancel-app-subscription.ts'
import { createAppSubscription } from '../../adapters/shopify/create-app-subscription.ts'
import { toDecimalText } from '../../domain/money/format-amount.ts'
import type { BillingGateway } from './billing-gateway.ts'
import { readActiveSubscription } from './read-active-subscription.server.ts'

const TRIAL_DAYS = 14

export function billingApiGateway(shopify: AdminApi): BillingGateway {
  return {
    activeSubscription: () => readActiveSubscription(shopify),
    cancel: (subscriptionGid) => cancelAppSubscription(shopify, subscriptionGid),
    requestPlan: (plan, { returnUrl, isTest }) =>
      createAppSubscription(shopify, {
        name: plan.name,
        amount: toDecimalText(plan.monthlyMinor, plan.currency),
        currency: plan.currency,
        trialDays: TRIAL_DAYS,
        returnUrl,
        isTest,
      }),
  }
}
