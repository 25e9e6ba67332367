// app/uninstalled: tokens are dead, work stops, the books stay until shop/redact.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'

export type RecordUninstallationOutcome =
  | { ok: true }
  | { ok: false; reason: 'installed_again' | 'already_uninstalled' }

/** A late delivery must not end an installation that is younger than it. `triggeredAt` is Shopify's time of the uninstallation. */
export async function recordUninstallation(
  tx: ShopTransaction,
  shop: Shop,
  triggeredAt: Date,
): Promise<RecordUninstallationOutcome> {
  if (shop.uninstalledAt !== null) return { ok: false, reason: 'already_uninstalled' }
  if (shop.installedAt > triggeredAt) return { ok: false, reason: 'installed_again' }
  const shopId = shop.id
  await tx.shop.update({ where: { id: shopId }, data: { uninstalledAt: triggeredAt, planKey: 'free' } })
  await tx.shopifySession.deleteMany({ where: { shopId } })
  await tx.dueDate.deleteMany({ where: { shopId } })
  // Shopify ends the charge together with the installation.
  await tx.billingSubscription.updateMany({
    where: { shopId, endedAt: null },
    data: { status: 'cancelled', endedAt: triggeredAt },
  })
  return { ok: true }
}
