// Between Shopify's Session and our row: tokens sealed, the missing expiry repaired, the pair of tokens always written together.
import { Session } from '@shopify/shopify-api'
import type { ShopTransaction } from '../db/database.ts'
import type { ShopifySession } from '../db/generated/client.ts'
import { openToken, sealToken, type TokenKeys } from './token-cipher.ts'

/** An answer without `expires_in` would never be refreshed again. Shopify's lifetime is 60 minutes; ask again a little sooner. */
const ASSUMED_LIFETIME_MS = 55 * 60_000

export async function saveSession(
  tx: ShopTransaction,
  shopId: number,
  session: Session,
  keys: TokenKeys,
): Promise<void> {
  const seal = (token: string | undefined) => (token ? sealToken(token, session.id, keys) : null)
  const row = {
    shopId,
    isOnline: session.isOnline,
    state: session.state,
    scope: session.scope ?? null,
    accessTokenSealed: seal(session.accessToken),
    refreshTokenSealed: seal(session.refreshToken),
    expiresAt: session.expires ?? new Date(Date.now() + ASSUMED_LIFETIME_MS),
    refreshExpiresAt: session.refreshTokenExpires ?? null,
    userId: session.onlineAccessInfo ? BigInt(session.onlineAccessInfo.associated_user.id) : null,
  }
  await tx.shopifySession.upsert({
    where: { id: session.id },
    create: { id: session.id, ...row },
    update: row,
  })
}

/** Undefined when there is no such session, or when its seal does not open with today's keys: a new token is then asked for. */
export async function readSession(
  tx: ShopTransaction,
  id: string,
  shopDomain: string,
  keys: TokenKeys,
): Promise<Session | undefined> {
  const row = await tx.shopifySession.findUnique({ where: { id } })
  return row ? sessionOf(row, shopDomain, keys) : undefined
}

export function sessionOf(row: ShopifySession, shopDomain: string, keys: TokenKeys): Session | undefined {
  const access = row.accessTokenSealed ? openToken(row.accessTokenSealed, row.id, keys) : null
  const refresh = row.refreshTokenSealed ? openToken(row.refreshTokenSealed, row.id, keys) : null
  if (access?.ok === false || refresh?.ok === false) return undefined
  return new Session({
    id: row.id,
    shop: shopDomain,
    state: row.state,
    isOnline: row.isOnline,
    ...(row.scope === null ? {} : { scope: row.scope }),
    ...(access ? { accessToken: access.token } : {}),
    ...(refresh ? { refreshToken: refresh.token } : {}),
    ...(row.expiresAt ? { expires: row.expiresAt } : {}),
    ...(row.refreshExpiresAt ? { refreshTokenExpires: row.refreshExpiresAt } : {}),
  })
}

/** The library's ids name their shop: `offline_{shop}` and `{shop}_{user}`. */
export function shopDomainOfSession(sessionId: string): string {
  if (sessionId.startsWith('offline_')) return sessionId.slice('offline_'.length)
  return sessionId.slice(0, Math.max(0, sessionId.lastIndexOf('_')))
}

export function offlineSessionId(shopDomain: string): string {
  return `offline_${shopDomain}`
}
