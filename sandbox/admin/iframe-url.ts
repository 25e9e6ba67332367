// The URL under which Shopify's admin opens the embedded app: a fresh session token and a signed query.
import { createHmac, randomBytes } from 'node:crypto'
import { mintSessionToken } from '#sandbox/oauth/session-token.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { handleOf } from './shop-handle.ts'

/** Query names that belong to Shopify, never to the app's own deep link. */
export const SHOPIFY_PARAMETERS = [
  'embedded',
  'shop',
  'host',
  'id_token',
  'locale',
  'session',
  'timestamp',
  'hmac',
]

/** base64("admin.shopify.com/store/<handle>"), standard alphabet. */
export function hostParameter(shopDomain: string): string {
  return Buffer.from(`admin.shopify.com/store/${handleOf(shopDomain)}`).toString('base64')
}

/** Absolute URL of the app at `innerPath` (path with its own query). Errors: an unknown shop is thrown. */
export async function buildIframeUrl(
  sandbox: Sandbox,
  shopDomain: string,
  innerPath: string,
  userId?: string,
): Promise<string> {
  const url = new URL(`/${innerPath.replace(/^[\\/]+/, '')}`, sandbox.options.appUrl)
  for (const name of SHOPIFY_PARAMETERS) url.searchParams.delete(name)
  const signed: Record<string, string> = {
    embedded: '1',
    shop: sandbox.shop(shopDomain).shop.domain,
    host: hostParameter(shopDomain),
    id_token: await mintSessionToken(sandbox, shopDomain, { userId }),
    locale: 'en',
    session: randomBytes(32).toString('hex'),
    timestamp: String(Math.floor(Date.now() / 1000)),
  }
  for (const [name, value] of Object.entries(signed)) url.searchParams.set(name, value)
  url.searchParams.set('hmac', signQuery(url.searchParams, sandbox.options.apiSecret))
  return url.href
}

/** Hex HMAC-SHA256 over the query without hmac, sorted by name and percent-encoded. */
export function signQuery(query: URLSearchParams, secret: string): string {
  const pairs = [...query].filter(([name]) => name !== 'hmac').sort(([a], [b]) => a.localeCompare(b))
  const message = pairs
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  return createHmac('sha256', secret).update(message).digest('hex')
}
