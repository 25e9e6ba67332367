// The one seam to the sandbox: Shopify's addresses are spoken to it instead, and every other host is refused.
// Production builds do not contain this file.
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime'

export interface SandboxSeam {
  /** Address of the App Bridge stand-in. */
  appBridgeUrl: string
  /** Rewrites what Shopify's library answered: addresses of Shopify's admin, and who may frame us. */
  adapt(response: Response): Response
  adaptHeaders(headers: Headers): void
}

const SHOP_HOST = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/

/** Must be called after Shopify's library is imported: its adapter sets the fetch that is replaced here. */
export function openSandboxSeam(sandboxUrl: string): SandboxSeam {
  const origin = new URL(sandboxUrl).origin
  setAbstractFetchFunc(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    if (!SHOP_HOST.test(url.hostname)) {
      throw new Error(`The sandbox build speaks to no host but the sandbox: ${url.hostname} is refused.`)
    }
    const headers = new Headers(init?.headers)
    headers.set('x-sandbox-shop', url.hostname)
    return fetch(`${origin}${url.pathname}${url.search}`, { ...init, headers })
  })

  const adaptHeaders = (headers: Headers) => {
    // The real App Bridge must not be preloaded: there may be no network.
    headers.delete('Link')
    const policy = headers.get('Content-Security-Policy')
    if (policy?.includes('frame-ancestors') && !policy.includes("'none'")) {
      headers.set('Content-Security-Policy', policy.replace('frame-ancestors', `frame-ancestors ${origin}`))
    }
    for (const name of ['Location', 'X-Shopify-API-Request-Failure-Reauthorize-Url']) {
      const address = headers.get(name)
      if (address) headers.set(name, toSandbox(address, origin))
    }
  }
  return {
    appBridgeUrl: `${origin}/app-bridge.js`,
    adaptHeaders,
    adapt(response) {
      const headers = new Headers(response.headers)
      adaptHeaders(headers)
      return new Response(response.body, {
        status: response.status,
        statusText: response.statusText,
        headers,
      })
    },
  }
}

/** admin.shopify.com and {shop}.myshopify.com/admin are the sandbox's admin; other addresses stay what they are. */
function toSandbox(address: string, origin: string): string {
  const match = /^https:\/\/(?:admin\.shopify\.com(\/.*)?|([a-z0-9-]+)\.myshopify\.com\/admin(\/.*)?)$/.exec(
    address,
  )
  if (!match) return address
  const [, adminPath, handle, shopPath] = match
  // Shopify's page that installs an app: in the sandbox, opening the app does.
  const install = /^\/store\/([a-z0-9-]+)\/oauth\/install\?client_id=([^&]+)/.exec(adminPath ?? '')
  if (install) return `${origin}/store/${install[1]}/apps/${install[2]}`
  return handle ? `${origin}/store/${handle}${shopPath ?? ''}` : `${origin}${adminPath ?? '/'}`
}
