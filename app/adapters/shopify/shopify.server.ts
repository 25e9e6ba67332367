// Shopify's library, set up once a process: who asks in the admin, and each shop's Admin API.
import { RequestedTokenType, shopifyApi } from '@shopify/shopify-api'
import type { Database } from '../db/database.ts'
import { type AdminApi, createAdminApi } from './admin-api.ts'
import { sendToShopify } from './admin-transport.ts'
import { exchangeWhenRefused } from './exchange-when-refused.ts'
import { createOfflineTokens } from './offline-token.ts'
import { createSessionStorage, type SessionStorage } from './session-storage.ts'
import { isTokenSignedWith } from './signing-secret.ts'
import type { TokenKeys } from './token-cipher.ts'

export interface ShopifyOptions {
  apiKey: string
  apiSecret: string
  /** While the client secret is being replaced: visitors whose session token it signed are let in too. */
  previousApiSecret?: string | undefined
  scopes: string[]
  /** Origin of the app. */
  appUrl: string
  tokenKeys: TokenKeys
  /** Only for builds that contain the seam. */
  sandboxUrl: string | undefined
  warn(message: string): void
}

/** Someone of the shop's staff, proven by a session token. */
export interface AdminVisit {
  shopDomain: string
  adminApi: AdminApi
  /** A page load, as opposed to a fetch of a page that is open. */
  isDocument: boolean
  /** Whether Shopify refused the stored token and the visitor's session token brought a new one. */
  hasExchangedToken(): boolean
}

export interface Shopify {
  apiKey: string
  appBridgeUrl: string
  sessionStorage: SessionStorage
  /** Errors: throws the Response that leads the browser to where it can prove itself. */
  authenticateAdmin(request: Request): Promise<AdminVisit>
  /** For background work: answers `not_installed` when the shop has no living token. */
  adminApiFor(shopDomain: string): AdminApi
  /** The page for someone who came without Shopify. Errors: throws the redirect to Shopify. */
  login(request: Request): Promise<{ shop?: string }>
  /** Who may frame a page of the admin. */
  addDocumentHeaders(request: Request, headers: Headers): void
}

const APP_BRIDGE = 'https://cdn.shopify.com/shopifycloud/app-bridge.js'

/** Errors: a production build refuses a SANDBOX_URL. */
export async function openShopify(db: Database, options: ShopifyOptions): Promise<Shopify> {
  const seam = await openSeam(options.sandboxUrl)
  const library = await loadLibrary()
  const sessionStorage = createSessionStorage(db, options.tokenKeys)
  const current = openEdge(library, options, sessionStorage, options.apiSecret)
  const { app, api } = current
  const previousSecret = options.previousApiSecret
  const previous = previousSecret ? openEdge(library, options, sessionStorage, previousSecret) : undefined
  // The library knows one secret. It asks for tokens with the one that signed the visit: Shopify takes that as long as it signs with it.
  const edgeFor = (request: Request) => {
    const token = sessionTokenOf(request)
    if (!previous || !previousSecret || isTokenSignedWith(token, options.apiSecret)) return current
    return isTokenSignedWith(token, previousSecret) ? previous : current
  }
  const tokens = createOfflineTokens(db, options.tokenKeys, async (shop, refreshToken) => {
    const { session } = await api.auth.refreshToken({ shop, refreshToken })
    return session
  })
  const adapt = (response: Response) => (seam ? seam.adapt(response) : response)

  return {
    apiKey: options.apiKey,
    appBridgeUrl: seam?.appBridgeUrl ?? APP_BRIDGE,
    sessionStorage,
    adminApiFor: (shopDomain) => createAdminApi({ shopDomain, tokens, transport: sendToShopify }),
    login: async (request) => {
      try {
        return await app.login(request)
      } catch (error) {
        throw error instanceof Response ? adapt(error) : error
      }
    },
    addDocumentHeaders(request, headers) {
      app.addDocumentResponseHeaders(request, headers)
      seam?.adaptHeaders(headers)
    },
    async authenticateAdmin(request) {
      const edge = edgeFor(request)
      const { session } = await edge.app.authenticate.admin(request).catch((error: unknown) => {
        throw error instanceof Response ? adapt(error) : error
      })
      const exchanging = exchangeWhenRefused(tokens, async (shop) => {
        const { session: fresh } = await edge.api.auth.tokenExchange({
          shop,
          sessionToken: sessionTokenOf(request),
          requestedTokenType: RequestedTokenType.OfflineAccessToken,
          expiring: true,
        })
        await sessionStorage.storeSession(fresh)
        return fresh.accessToken
      })
      return {
        shopDomain: session.shop,
        adminApi: createAdminApi({ shopDomain: session.shop, tokens: exchanging, transport: sendToShopify }),
        isDocument: !request.headers.has('authorization'),
        hasExchangedToken: exchanging.hasExchanged,
      }
    },
  }
}

/** Shopify's library with one client secret: `app` for visits, `api` for tokens outside of them. */
function openEdge(
  { ApiVersion, AppDistribution, LogSeverity, shopifyApp }: Awaited<ReturnType<typeof loadLibrary>>,
  options: ShopifyOptions,
  sessionStorage: SessionStorage,
  apiSecretKey: string,
) {
  const identity = {
    apiKey: options.apiKey,
    apiSecretKey,
    apiVersion: ApiVersion.October26,
    logger: {
      level: LogSeverity.Warning,
      log: async (_severity: unknown, message: string) => options.warn(message),
    },
  }
  const app = shopifyApp({
    ...identity,
    scopes: [...options.scopes],
    appUrl: options.appUrl,
    distribution: AppDistribution.AppStore,
    sessionStorage,
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  })
  // The library refreshes without a lock and only inside its own requests; background work needs both.
  const api = shopifyApi({ ...identity, hostName: new URL(options.appUrl).host, isEmbeddedApp: true })
  return { app, api }
}

async function openSeam(sandboxUrl: string | undefined) {
  if (!sandboxUrl) return undefined
  // The condition is a constant of the build: without the sandbox nothing of the seam is left in the bundle.
  if (__SANDBOX__) {
    const { openSandboxSeam } = await import('./sandbox-seam.server.ts')
    // The library reads this once, when it is imported, for the pages that it renders itself.
    process.env.APP_BRIDGE_URL = `${sandboxUrl}/app-bridge.js`
    await loadLibrary()
    return openSandboxSeam(sandboxUrl)
  }
  throw new Error(
    'SANDBOX_URL is set, but this is a production build, which speaks to Shopify only. Unset SANDBOX_URL, or run the sandbox build (npm run build:sandbox).',
  )
}

async function loadLibrary() {
  await import('@shopify/shopify-app-remix/adapters/node')
  return import('@shopify/shopify-app-remix/server')
}

function sessionTokenOf(request: Request): string {
  const header = request.headers.get('authorization')
  return header?.replace(/^Bearer /, '') ?? new URL(request.url).searchParams.get('id_token') ?? ''
}
