// fetch as App Bridge patches it: the session token on requests to the app itself, one retry when it was stale.
import { toSandboxUrl } from './admin-urls.ts'
import type { BridgeConfig } from './config.ts'
import type { IdTokens } from './id-token.ts'

const RETRY = 'X-Shopify-Retry-Invalid-Session-Request'
const REAUTHORIZE = 'X-Shopify-API-Request-Failure-Reauthorize'
const REAUTHORIZE_URL = 'X-Shopify-API-Request-Failure-Reauthorize-Url'

/** Replaces window.fetch. `leave` moves the whole window. */
export function patchFetch(config: BridgeConfig, tokens: IdTokens, leave: (url: string) => void): void {
  const plainFetch = window.fetch.bind(window)
  const own = new Set([location.origin, ...config.appOrigins])

  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    if (!own.has(new URL(request.url).origin) || request.headers.has('Authorization')) {
      return plainFetch(request)
    }
    const again = request.clone()
    const first = await plainFetch(withToken(request, await tokens.get()))
    const answer =
      first.status === 401 && first.headers.has(RETRY)
        ? await plainFetch(withToken(again, await tokens.renew()))
        : first
    const address = answer.headers.get(REAUTHORIZE_URL)
    if (address && (answer.headers.has(REAUTHORIZE) || answer.status === 401)) {
      leave(toSandboxUrl(address, config.adminOrigin, config.shop))
    }
    return answer
  }
}

function withToken(request: Request, token: string): Request {
  const headers = new Headers(request.headers)
  headers.set('Authorization', `Bearer ${token}`)
  if (!headers.has('X-Requested-With')) headers.set('X-Requested-With', 'XMLHttpRequest')
  return new Request(request, { headers })
}
