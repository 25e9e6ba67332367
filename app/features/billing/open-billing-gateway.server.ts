import type { AdminApi } from '../../adapters/shopify/admin-api.ts'
import { appPricingGateway } from './app-pricing-gateway.server.ts'
import { billingApiGateway } from './billing-api-gateway.server.ts'
import type { BillingGateway } from './billing-gateway.ts'

export type BillingMode = 'app_pricing' | 'billing_api'

/** The way of billing that the environment names. */
export function openBillingGateway(mode: BillingMode, shopify: AdminApi): BillingGateway {
  return mode === 'app_pricing' ? appPricingGateway(shopify) : billingApiGateway(shopify)
}
