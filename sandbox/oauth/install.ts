// The life of an installation: installed, scopes changed, uninstalled, and the redaction that Shopify asks for later.
import type { AppInstallation } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { readAppScopes } from './app-scopes.ts'

export type Refused<Reason extends string> = { ok: false; reason: Reason; message: string }

/** Installs the app with the given scopes, else with those of shopify.app.toml. No webhook: Shopify sends none. */
export function installApp(
  sandbox: Sandbox,
  shopDomain: string,
  scopes: string[] = readAppScopes(sandbox.options.appTomlPath),
): { ok: true; installation: AppInstallation } | Refused<'unknown_shop' | 'already_installed'> {
  const state = sandbox.findShop(shopDomain)
  if (!state) return unknownShop(shopDomain)
  if (state.shop.installation) {
    return {
      ok: false,
      reason: 'already_installed',
      message: `The app is already installed on ${shopDomain}.`,
    }
  }
  state.shop.installations += 1
  state.shop.installation = {
    installedAt: sandbox.clock.now().toISOString(),
    scopes: [...scopes].sort(),
    generation: state.shop.installations,
    subscriptions: [],
    metafields: [],
  }
  state.tokens = []
  sandbox.changed()
  return { ok: true, installation: state.shop.installation }
}

/** Removes the app: its tokens are void at once, its subscriptions end, and app/uninstalled goes out. */
export function uninstallApp(
  sandbox: Sandbox,
  shopDomain: string,
): { ok: true } | Refused<'unknown_shop' | 'not_installed'> {
  const state = sandbox.findShop(shopDomain)
  if (!state) return unknownShop(shopDomain)
  if (!state.shop.installation) return notInstalled(shopDomain)
  const { scopes } = state.shop.installation
  state.shop.installation = null
  // What its functions did ends with it.
  state.validations = {}
  state.automaticDiscounts = {}
  state.tokens = []
  sandbox.changed()
  emitShopEvent(sandbox, shopDomain, 'app/uninstalled', { scopes })
  return { ok: true }
}

/** Changes what the merchant has granted; app/scopes_update tells of it. */
export function grantScopes(
  sandbox: Sandbox,
  shopDomain: string,
  scopes: string[],
): { ok: true; scopes: string[] } | Refused<'unknown_shop' | 'not_installed'> {
  const state = sandbox.findShop(shopDomain)
  if (!state) return unknownShop(shopDomain)
  const { installation } = state.shop
  if (!installation) return notInstalled(shopDomain)
  const previous = installation.scopes
  installation.scopes = [...new Set(scopes)].sort()
  sandbox.changed()
  emitShopEvent(sandbox, shopDomain, 'app/scopes_update', { previous, current: installation.scopes })
  return { ok: true, scopes: installation.scopes }
}

/** What Shopify sends 48 hours after an uninstall. Refused while the app is installed. */
export function requestShopRedact(
  sandbox: Sandbox,
  shopDomain: string,
): { ok: true } | Refused<'unknown_shop' | 'still_installed'> {
  const state = sandbox.findShop(shopDomain)
  if (!state) return unknownShop(shopDomain)
  if (state.shop.installation) {
    return {
      ok: false,
      reason: 'still_installed',
      message: `The app is installed on ${shopDomain}; uninstall it first.`,
    }
  }
  emitShopEvent(sandbox, shopDomain, 'shop/redact', {})
  return { ok: true }
}

function emitShopEvent(sandbox: Sandbox, shop: string, topic: string, detail: Record<string, unknown>): void {
  const resourceId = sandbox.shop(shop).shop.id
  sandbox.emit({ shop, topic, resourceId, happenedAt: sandbox.clock.now().toISOString(), detail })
}

function unknownShop(shopDomain: string): Refused<'unknown_shop'> {
  return { ok: false, reason: 'unknown_shop', message: `The sandbox has no shop ${shopDomain}.` }
}

function notInstalled(shopDomain: string): Refused<'not_installed'> {
  return { ok: false, reason: 'not_installed', message: `The app is not installed on ${shopDomain}.` }
}
