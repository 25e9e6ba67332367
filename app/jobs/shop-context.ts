// What a job of one shop works with. A shop that was erased meanwhile has no work.
import type { Shop } from '../adapters/db/generated/client.ts'
import type { AdminApi } from '../adapters/shopify/admin-api.ts'
import type { TokenKeys } from '../adapters/shopify/token-cipher.ts'
import type { ServiceContext, ShopContext } from '../features/context.ts'

export interface JobServices extends ServiceContext {
  adminApiFor(shopDomain: string): AdminApi
  /** Open what is sealed in rows: addresses that mails are sent to. */
  tokenKeys: TokenKeys
}

export async function loadShopContext(services: JobServices, shopId: number): Promise<ShopContext | null> {
  const shop: Shop | null = await services.db.inShop(shopId, (tx) =>
    tx.shop.findUnique({ where: { id: shopId } }),
  )
  if (!shop) return null
  return { ...services, shop, shopify: services.adminApiFor(shop.domain) }
}
