// A living offline token for background work: refreshed by one process at a time, both tokens stored in one row write.
import { HttpResponseError, type Session } from '@shopify/shopify-api'
import type { Database, ShopTransaction } from '../db/database.ts'
import { offlineSessionId, readSession, saveSession } from './session-row.ts'
import type { TokenKeys } from './token-cipher.ts'

export type TokenResult =
  | { ok: true; accessToken: string }
  | { ok: false; reason: 'not_installed' }
  | { ok: false; reason: 'unavailable'; message: string }

export interface TokenSource {
  /** The token to use now. */
  current(shopDomain: string): Promise<TokenResult>
  /** Called when Shopify refused a token that we thought alive: another one, or the shop counts as not installed. */
  replaceRefused(shopDomain: string, refused: string): Promise<TokenResult>
}

/** Asks Shopify to trade a refresh token. Errors: thrown by the library. */
export type RefreshToken = (shopDomain: string, refreshToken: string) => Promise<Session>

/** Refreshed this long before the end, as the library does. */
const MARGIN_MS = 5 * 60_000

export function createOfflineTokens(db: Database, keys: TokenKeys, refresh: RefreshToken): TokenSource {
  const read = (shopDomain: string) =>
    db.byDomain(shopDomain, async (tx, shop) =>
      shop ? readSession(tx, offlineSessionId(shopDomain), shopDomain, keys) : undefined,
    )

  /** `usable` says whether the session, read again under the lock, will do as it is. */
  const refreshUnderLock = (
    shopDomain: string,
    usable: (session: Session) => boolean,
  ): Promise<TokenResult> =>
    db.byDomain(shopDomain, async (tx, shop) => {
      if (!shop) return { ok: false, reason: 'not_installed' }
      await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`shopify-token/${shopDomain}`}, 0))::text`
      const session = await readSession(tx, offlineSessionId(shopDomain), shopDomain, keys)
      if (session?.accessToken && usable(session)) return { ok: true, accessToken: session.accessToken }
      return renew(tx, shop.id, shopDomain, session)
    })

  async function renew(
    tx: ShopTransaction,
    shopId: number,
    shopDomain: string,
    session: Session | undefined,
  ): Promise<TokenResult> {
    if (!session?.refreshToken) return forget(tx, shopDomain)
    try {
      const renewed = await refresh(shopDomain, session.refreshToken)
      await saveSession(tx, shopId, renewed, keys)
      return renewed.accessToken ? { ok: true, accessToken: renewed.accessToken } : forget(tx, shopDomain)
    } catch (error) {
      if (isRefusedForGood(error)) return forget(tx, shopDomain)
      return { ok: false, reason: 'unavailable', message: (error as Error).message }
    }
  }

  return {
    async current(shopDomain) {
      const session = await read(shopDomain)
      if (!session) return { ok: false, reason: 'not_installed' }
      if (isFresh(session)) return { ok: true, accessToken: session.accessToken ?? '' }
      const renewed = await refreshUnderLock(shopDomain, isFresh)
      // Shopify cannot be asked now, but the old token has minutes left: use them.
      if (!renewed.ok && renewed.reason === 'unavailable' && session.accessToken && !session.isExpired()) {
        return { ok: true, accessToken: session.accessToken }
      }
      return renewed
    },
    replaceRefused: (shopDomain, refused) =>
      refreshUnderLock(shopDomain, (session) => session.accessToken !== refused && isFresh(session)),
  }
}

function isFresh(session: Session): boolean {
  return session.accessToken !== undefined && !session.isExpired(MARGIN_MS)
}

/** The next admin request exchanges its session token for a new pair. */
async function forget(tx: ShopTransaction, shopDomain: string): Promise<TokenResult> {
  await tx.shopifySession.deleteMany({ where: { id: offlineSessionId(shopDomain) } })
  return { ok: false, reason: 'not_installed' }
}

function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof HttpResponseError)) return false
  const { code } = error.response
  return code === 400 || code === 401 || code === 403
}
