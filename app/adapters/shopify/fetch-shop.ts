// What we keep of the shop itself, and the scopes that the merchant granted.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { ShopDetailsDocument } from './generated/operations.ts'

export interface FetchedShop {
  domain: string
  name: string
  /** The merchant's contact address. */
  email: string | null
  currency: string
  /** IANA name. */
  timeZone: string
  scopes: string[]
  /** Charges on development stores must be tests. */
  isDevelopmentStore: boolean
}

export type FetchShopResult = { ok: true; shop: FetchedShop } | AdminRefusal

export async function fetchShop(shopify: AdminApi): Promise<FetchShopResult> {
  const answer = await shopify.request(ShopDetailsDocument, {})
  if (!answer.ok) return answer
  const { shop, currentAppInstallation } = answer.data
  return {
    ok: true,
    shop: {
      domain: shop.myshopifyDomain,
      name: shop.name,
      email: shop.email || null,
      currency: shop.currencyCode,
      timeZone: shop.ianaTimezone,
      scopes: currentAppInstallation.accessScopes.map(({ handle }) => handle).sort(),
      isDevelopmentStore: shop.plan.partnerDevelopment,
    },
  }
}
