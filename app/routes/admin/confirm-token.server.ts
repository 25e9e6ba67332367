// A reinstall whose uninstall was never announced leaves a token that looks alive. Page loads ask Shopify now and then, behind the
// answer, so that the token is replaced while the merchant is there and background work is not left with a dead one.
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { fetchInstallation } from '#app/adapters/shopify/fetch-installation.ts'
import type { AdminVisit } from '#app/adapters/shopify/shopify.server.ts'
import { recordInstallation } from '#app/features/installation/record-installation.server.ts'
import { webServices } from '../web-services.server.ts'

const EVERY_MS = 10 * 60_000
const MOST_REMEMBERED = 10_000

const confirmedAt = new Map<number, number>()

export function confirmToken(visit: AdminVisit, shop: Shop): void {
  const last = confirmedAt.get(shop.id) ?? 0
  if (Date.now() - last < EVERY_MS) return
  if (confirmedAt.size >= MOST_REMEMBERED) confirmedAt.clear()
  confirmedAt.set(shop.id, Date.now())
  confirm(visit).catch((error) => {
    webServices().services.log.warn({ error, shop: visit.shopDomain }, 'the token could not be confirmed')
  })
}

async function confirm(visit: AdminVisit): Promise<void> {
  const { db, clock, log } = webServices().services
  const answer = await fetchInstallation(visit.adminApi)
  if (!answer.ok || !visit.hasExchangedToken()) return
  const outcome = await recordInstallation({ db, clock, shopify: visit.adminApi }, visit.shopDomain)
  log.info({ shop: visit.shopDomain, ok: outcome.ok }, 'installed again without an uninstallation')
}
