// Who asks, for every page of the admin: proven by Shopify's session token, with the shop's row and its Admin API.
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { AdminVisit } from '#app/adapters/shopify/shopify.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import {
  needsInstallation,
  recordInstallation,
} from '#app/features/installation/record-installation.server.ts'
import { oncePerRequest, webServices } from '../web-services.server.ts'
import { confirmToken } from './confirm-token.server.ts'

/** Errors: throws the Response that leads the browser to where it can prove itself, or that tells why the shop cannot be served. */
export function requireShop(request: Request): Promise<ShopContext> {
  // An action may change the shop before the loaders of the same request read it.
  return request.method === 'GET' ? oncePerRequest('shop', () => loadShop(request)) : loadShop(request)
}

async function loadShop(request: Request): Promise<ShopContext> {
  const { services, shopify } = webServices()
  const visit = await shopify.authenticateAdmin(request)
  const known = await services.db.byDomain(visit.shopDomain, async (_tx, shop) => shop)
  const shop = known === null || needsInstallation(known) ? await install(visit) : known
  if (visit.isDocument && shop === known) confirmToken(visit, shop)
  return { ...services, shop, shopify: visit.adminApi }
}

async function install(visit: AdminVisit): Promise<Shop> {
  const { services } = webServices()
  const { db, clock, log } = services
  const outcome = await recordInstallation({ db, clock, shopify: visit.adminApi }, visit.shopDomain)
  if (outcome.ok) {
    log.info({ shop: visit.shopDomain, scopes: outcome.shop.scopes }, 'installed')
    return outcome.shop
  }
  log.error({ shop: visit.shopDomain, refusal: outcome }, 'installation could not be recorded')
  throw new Response(REFUSALS[outcome.reason].text, { status: REFUSALS[outcome.reason].status })
}

type InstallRefusal = Extract<Awaited<ReturnType<typeof recordInstallation>>, { ok: false }>

const REFUSALS: Record<InstallRefusal['reason'], { status: number; text: string }> = {
  unsupported_currency: { status: 422, text: 'The currency of your shop is not supported yet.' },
  access_denied: {
    status: 403,
    text: 'Filigree was not granted what it needs. Install it again to grant it.',
  },
  not_installed: { status: 503, text: 'Shopify refused the installation for now. Open the app again.' },
  unauthorized: { status: 503, text: 'Shopify refused the installation for now. Open the app again.' },
  throttled: { status: 503, text: 'Shopify is busy. Try again in a minute.' },
  unavailable: { status: 503, text: 'Shopify cannot be reached. Try again in a minute.' },
  invalid: { status: 502, text: 'Shopify answered in a way that Filigree does not understand.' },
}
