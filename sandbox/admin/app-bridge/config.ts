// Who we are: read once from the script tag, the meta tag and the URL, and kept over full page loads within the tab.

export interface BridgeConfig {
  apiKey: string
  shop: string
  host: string
  locale: string
  /** Origin of the admin that embeds us: the one that served this script. */
  adminOrigin: string
  appOrigins: string[]
  disabledFeatures: string[]
}

const STORAGE_KEY = 'sandbox-app-bridge'

/** Errors: throws when the page names no API key or no shop is known, as Shopify's script does. */
export function readConfig(script: HTMLScriptElement | null): BridgeConfig {
  const query = new URLSearchParams(location.search)
  const kept = readKept()
  const apiKey =
    script?.dataset.apiKey ||
    document.querySelector<HTMLMetaElement>('meta[name="shopify-api-key"]')?.content ||
    kept.apiKey
  if (!apiKey) {
    throw new Error('App Bridge: no API key. Set data-api-key or <meta name="shopify-api-key">.')
  }
  const shop = query.get('shop') || kept.shop
  const host = query.get('host') || kept.host
  if (!shop || !host) {
    throw new Error('App Bridge: the URL carries no shop and host, and none were kept from an earlier page.')
  }
  const locale = query.get('locale') || kept.locale || 'en'
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ apiKey, shop, host, locale }))
  return {
    apiKey,
    shop,
    host,
    locale,
    adminOrigin: script?.src ? new URL(script.src).origin : location.origin,
    appOrigins: [],
    disabledFeatures: [],
  }
}

function readKept(): Partial<Record<'apiKey' | 'shop' | 'host' | 'locale', string>> {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '{}')
  } catch {
    return {}
  }
}
