// The first visit after an installation: the shop's details are read from Shopify and its work begins, or begins again.

import type { Clock } from '../../adapters/clock/clock.ts'
import { type CalendarKind, dueNoLaterThan } from '../../adapters/db/calendar.ts'
import type { Database } from '../../adapters/db/database.ts'
import type { Shop } from '../../adapters/db/generated/client.ts'
import type { AdminApi, AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { type FetchedShop, fetchShop } from '../../adapters/shopify/fetch-shop.ts'
import { UNRECORDED_CURRENCY } from '../../adapters/shopify/session-storage.ts'
import { isCurrency } from '../../domain/money/currency.ts'

export type RecordInstallationOutcome =
  | { ok: true; shop: Shop }
  | { ok: false; reason: 'unsupported_currency'; currency: string }
  | AdminRefusal

/** Whether the visit finds a shop whose installation has not been recorded, or was ended. */
export function needsInstallation(shop: Shop | null): boolean {
  return shop === null || shop.currency === UNRECORDED_CURRENCY || shop.uninstalledAt !== null
}

const ON_EVERY_INSTALLATION: CalendarKind[] = ['reconcile-orders', 'refresh-catalogue', 'verify-ledger']
/** Work that stood still while the app was away. */
const ON_REINSTALLATION: CalendarKind[] = ['mature-holds', 'close-periods']

export async function recordInstallation(
  context: { db: Database; clock: Clock; shopify: AdminApi },
  shopDomain: string,
): Promise<RecordInstallationOutcome> {
  const fetched = await fetchShop(context.shopify)
  if (!fetched.ok) return fetched
  const { currency } = fetched.shop
  if (!isCurrency(currency)) return { ok: false, reason: 'unsupported_currency', currency }
  const now = context.clock.now()
  const shop = await context.db.byDomain(shopDomain, async (tx, known) => {
    const details = { ...detailsOf(fetched.shop), installedAt: now, uninstalledAt: null }
    const saved = await tx.shop.upsert({
      where: { domain: shopDomain },
      create: { domain: shopDomain, ...details },
      update: details,
    })
    await tx.$queryRaw`select set_config('app.shop_id', ${String(saved.id)}, true)`
    const isReturn = known !== null && known.currency !== UNRECORDED_CURRENCY
    for (const kind of isReturn ? [...ON_EVERY_INSTALLATION, ...ON_REINSTALLATION] : ON_EVERY_INSTALLATION) {
      await dueNoLaterThan(tx, saved.id, kind, now)
    }
    return saved
  })
  return { ok: true, shop }
}

function detailsOf(shop: FetchedShop) {
  return {
    name: shop.name,
    email: shop.email,
    currency: shop.currency,
    timeZone: shop.timeZone,
    scopes: shop.scopes.join(','),
  }
}
