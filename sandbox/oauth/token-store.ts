// Access and refresh tokens of a shop: issue, rotate, look up. Lifetimes run by the machine's real clock.
import { randomBytes } from 'node:crypto'
import { faultsOf } from '#sandbox/graphql/faults.ts'
import type { AppInstallation, IssuedToken } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'

export const REFRESH_LIFETIME_SECONDS = 90 * 24 * 3600
/** An online token lives a day when it does not expire by rotation. */
const ONLINE_LIFETIME_SECONDS = 24 * 3600
const SWEEP_ABOVE = 200

export interface IssueOptions {
  mode: 'offline' | 'online'
  userId: string | null
  expiring: boolean
  replacesRefreshToken?: string
}

/** Issues a token for an installed shop. Errors: a shop without installation is thrown. */
export function issueToken(sandbox: Sandbox, shopDomain: string, options: IssueOptions): IssuedToken {
  const state = sandbox.shop(shopDomain)
  const { installation } = state.shop
  if (!installation) throw new Error(`The app is not installed on ${shopDomain}: no token can be issued.`)
  const now = Date.now()
  const lifetimeSeconds = options.expiring
    ? faultsOf(sandbox).tokenLifetimeSeconds
    : options.mode === 'online'
      ? ONLINE_LIFETIME_SECONDS
      : null
  const token: IssuedToken = {
    accessToken: `${options.mode === 'online' ? 'shpua' : 'shpat'}_${randomBytes(16).toString('hex')}`,
    mode: options.mode,
    userId: options.userId,
    generation: installation.generation,
    expiresAtMs: lifetimeSeconds === null ? null : now + lifetimeSeconds * 1000,
    refreshToken: options.expiring ? `shprt_${randomBytes(16).toString('hex')}` : null,
    refreshExpiresAtMs: options.expiring ? now + REFRESH_LIFETIME_SECONDS * 1000 : null,
    replacesRefreshToken: options.replacesRefreshToken ?? null,
  }
  state.tokens = [...sweep(state.tokens ?? [], now), token]
  sandbox.changed()
  return token
}

/** Long demos refresh often: tokens of which nothing can be used any more are dropped. */
function sweep(tokens: IssuedToken[], now: number): IssuedToken[] {
  if (tokens.length < SWEEP_ABOVE) return tokens
  return tokens.filter((token) => (token.expiresAtMs ?? now + 1) > now || token.refreshToken !== null)
}

export type TokenCheck =
  | { ok: true; token: IssuedToken; installation: AppInstallation }
  | { ok: false; reason: 'unknown_token' | 'expired_token' | 'revoked_token' | 'non_expiring_token' }

/** May this access token call the Admin API now? */
export function checkAccessToken(
  sandbox: Sandbox,
  shopDomain: string,
  accessToken: string | undefined,
): TokenCheck {
  const state = sandbox.shop(shopDomain)
  const token = state.tokens?.find((candidate) => candidate.accessToken === accessToken)
  if (!token) return { ok: false, reason: 'unknown_token' }
  const { installation } = state.shop
  if (!installation || installation.generation !== token.generation)
    return { ok: false, reason: 'revoked_token' }
  if (token.expiresAtMs === null) return { ok: false, reason: 'non_expiring_token' }
  if (token.expiresAtMs <= Date.now()) return { ok: false, reason: 'expired_token' }
  return { ok: true, token, installation }
}

/** Trades a refresh token. The one it replaces dies now, not when it was replaced: an answer lost on the wire does no harm. */
export function rotateToken(
  sandbox: Sandbox,
  shopDomain: string,
  refreshToken: string,
): { ok: true; token: IssuedToken } | { ok: false; reason: 'invalid_grant' } {
  const state = sandbox.shop(shopDomain)
  const used = state.tokens?.find((token) => token.refreshToken === refreshToken)
  if (!used || (used.refreshExpiresAtMs ?? 0) <= Date.now()) return { ok: false, reason: 'invalid_grant' }
  if (used.generation !== state.shop.installation?.generation) return { ok: false, reason: 'invalid_grant' }
  if (used.replacesRefreshToken) {
    const replaced = state.tokens?.find((token) => token.refreshToken === used.replacesRefreshToken)
    if (replaced) replaced.refreshToken = null
    used.replacesRefreshToken = null
  }
  const token = issueToken(sandbox, shopDomain, {
    mode: used.mode,
    userId: used.userId,
    expiring: true,
    replacesRefreshToken: refreshToken,
  })
  return { ok: true, token }
}

/** Ends one access token (and its refresh token), as migrating to an expiring token does. */
export function revokeToken(sandbox: Sandbox, shopDomain: string, accessToken: string): void {
  const state = sandbox.shop(shopDomain)
  state.tokens = (state.tokens ?? []).filter((token) => token.accessToken !== accessToken)
  sandbox.changed()
}
