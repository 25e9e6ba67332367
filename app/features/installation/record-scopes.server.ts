// app/scopes_update: what the merchant allows the app from now on. Asked of Shopify: the delivery's body names no shop, so that it could
// be another shop's with this one's name before it.
import type { ShopTransaction } from '../../adapters/db/database.ts'

/** `scopes` as Shopify's Admin API tells them to the shop's own token. */
export async function recordScopes(
  tx: ShopTransaction,
  shopId: number,
  scopes: readonly string[],
): Promise<void> {
  await tx.shop.update({ where: { id: shopId }, data: { scopes: [...scopes].sort().join(',') } })
}
