// Billing by Shopify App Pricing: plans are kept at Shopify, which shows them, asks the merchant and charges.
import type { AdminApi } from '../../adapters/shopify/admin-api.ts'
import { fetchInstallation } from '../../adapters/shopify/fetch-installation.ts'
import type { BillingGateway } from './billing-gateway.ts'
import { readActiveSubscription } from './read-active-subscription.server.ts'

export function appPricingGateway(shopify: AdminApi): BillingGateway {
  return {
    activeSubscription: () => readActiveSubscription(shopify),
    async requestPlan() {
      const answer = await fetchInstallation(shopify)
      if (!answer.ok) return answer
      const { appHandle } = answer.installation
      if (!appHandle) {
        return {
          ok: false,
          reason: 'refused_by_shopify',
          message: 'Shopify knows no handle of this app, so there is no plan page.',
        }
      }
      const store = shopify.shopDomain.replace(/\.myshopify\.com$/, '')
      const approvalUrl = `https://admin.shopify.com/store/${store}/charges/${appHandle}/pricing_plans`
      return { ok: true, approvalUrl, subscriptionGid: null }
    },
    // Merchants leave a plan on the same page.
    cancel: async () => ({
      ok: false,
      reason: 'refused_by_shopify',
      message: 'With Shopify App Pricing a plan is ended on Shopify’s plan page.',
    }),
  }
}
