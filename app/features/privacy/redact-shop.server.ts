// shop/redact: every row of the shop goes, 48 hours after it uninstalled.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'

export type RedactShopOutcome = { ok: true } | { ok: false; reason: 'installed_again' }

/** A late request must not erase a shop that has come back since. `triggeredAt` is Shopify's time of the request. */
export async function redactShop(
  tx: ShopTransaction,
  shop: Shop,
  triggeredAt: Date,
): Promise<RedactShopOutcome> {
  if (shop.uninstalledAt === null && shop.installedAt > triggeredAt)
    return { ok: false, reason: 'installed_again' }
  await tx.$queryRaw`select erase_shop(${shop.id}::int)::text`
  return { ok: true }
}
