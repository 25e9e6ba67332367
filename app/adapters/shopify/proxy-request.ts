// Who sends a request through Shopify's app proxy: proven by the signature in its query, by Shopify's own validator. No session is loaded.
import { shopifyApi } from '@shopify/shopify-api'

export type ProxyRefusal =
  /** No signature at all: not a request of the proxy. */
  | 'unsigned'
  /** A parameter that Shopify sets once came twice. */
  | 'repeated'
  /** Signed more than 90 seconds ago (or ahead). */
  | 'stale'
  | 'forged'
  | 'no_shop'

export type ProxyVisit =
  | { ok: true; shopDomain: string }
  | { ok: false; reason: ProxyRefusal; message: string }

export interface ProxyIdentity {
  apiKey: string
  apiSecret: string
  /** While the client secret is being replaced: Shopify signs with either. */
  previousApiSecret?: string | undefined
  /** Origin of the app. */
  appUrl: string
}

const SET_ONCE = ['shop', 'path_prefix', 'timestamp', 'signature', 'hmac', 'logged_in_customer_id']
const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/
/** Shopify's library allows the same. */
const TOLERANCE_SECONDS = 90

export async function readProxyRequest(request: Request, identity: ProxyIdentity): Promise<ProxyVisit> {
  const query = new URL(request.url).searchParams
  const checked = checkProxyQuery(query, Date.now())
  if (!checked.ok && checked.reason !== 'no_shop') return checked
  if (!(await isGenuine(query, identity))) return refuseProxyVisit('forged')
  return checked
}

/** Everything but the signature itself. `now` in epoch milliseconds. */
export function checkProxyQuery(query: URLSearchParams, now: number): ProxyVisit {
  for (const name of SET_ONCE)
    if (query.getAll(name).length > 1) return refuse('repeated', `The parameter ${name} may come once.`)
  if (!query.get('signature')) return refuse('unsigned', 'The request carries no signature of the app proxy.')
  const sentAt = Number(query.get('timestamp') || Number.NaN)
  if (!(Math.abs(now / 1000 - sentAt) <= TOLERANCE_SECONDS))
    return refuse('stale', `The signature is not of the last ${TOLERANCE_SECONDS} seconds.`)
  const shopDomain = query.get('shop') ?? ''
  if (!SHOP.test(shopDomain)) return refuse('no_shop', 'The parameter shop names no shop.')
  return { ok: true, shopDomain }
}

export function refuseProxyVisit(reason: 'forged'): ProxyVisit {
  return refuse(reason, 'The signature of the app proxy does not fit the request.')
}

async function isGenuine(query: URLSearchParams, identity: ProxyIdentity): Promise<boolean> {
  const { apiSecret, previousApiSecret } = identity
  if (await isSignedWith(apiSecret, query, identity)) return true
  return previousApiSecret !== undefined && isSignedWith(previousApiSecret, query, identity)
}

async function isSignedWith(
  secret: string,
  query: URLSearchParams,
  identity: ProxyIdentity,
): Promise<boolean> {
  await import('@shopify/shopify-app-remix/adapters/node')
  const { ApiVersion, LogSeverity } = await import('@shopify/shopify-api')
  const api = shopifyApi({
    apiKey: identity.apiKey,
    apiSecretKey: secret,
    apiVersion: ApiVersion.October26,
    hostName: new URL(identity.appUrl).host,
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error, log: async () => {} },
  })
  try {
    return await api.utils.validateHmac(query, { signator: 'appProxy' })
  } catch {
    // The validator throws for everything that it can name; what it can name has been answered above.
    return false
  }
}

function refuse(reason: ProxyRefusal, message: string): ProxyVisit {
  return { ok: false, reason, message }
}
