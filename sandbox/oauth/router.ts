// POST /admin/oauth/access_token: the grants of an embedded app, with Shopify's errors.
import { timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { faultsOf } from '#sandbox/graphql/faults.ts'
import type { IssuedToken } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { verifySessionToken } from './session-token.ts'
import {
  checkAccessToken,
  issueToken,
  REFRESH_LIFETIME_SECONDS,
  revokeToken,
  rotateToken,
} from './token-store.ts'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token'
const OFFLINE = 'urn:shopify:params:oauth:token-type:offline-access-token'
const ONLINE = 'urn:shopify:params:oauth:token-type:online-access-token'

type Grant = Record<string, string>

interface Answer {
  status: 200 | 400 | 401 | 404
  body: Record<string, unknown>
}

/** Router of the token endpoint; the shop comes in the header x-sandbox-shop. */
export function oauthRouter(sandbox: Sandbox): Hono {
  const router = new Hono()
  router.post('/admin/oauth/access_token', async (context) => {
    const { status, body } = await answerGrant(sandbox, context)
    return context.json(body, status)
  })
  return router
}

async function answerGrant(sandbox: Sandbox, context: Context): Promise<Answer> {
  const shopDomain = context.req.header('x-sandbox-shop') ?? ''
  const state = sandbox.findShop(shopDomain)
  if (!state) return { status: 404, body: { errors: 'Not Found' } }
  const grant = await readGrant(context)
  if (!grant) return refusal(400, 'invalid_request', 'The body is neither JSON nor a form.')
  if (grant.client_id !== sandbox.options.apiKey) {
    return refusal(400, 'application_cannot_be_found', 'The client_id belongs to no app.')
  }
  if (!sameSecret(grant.client_secret ?? '', sandbox.options.apiSecret)) {
    return refusal(401, 'invalid_client', 'Client authentication failed.')
  }
  switch (grant.grant_type) {
    case TOKEN_EXCHANGE:
      return exchange(sandbox, shopDomain, grant)
    case 'refresh_token':
      return refresh(sandbox, shopDomain, grant)
    case 'client_credentials':
      return refusal(
        400,
        'shop_not_permitted',
        'Oauth error shop_not_permitted: Client credentials cannot be performed on this shop.',
      )
    default:
      return refusal(
        400,
        'unsupported_grant_type',
        `The grant type ${grant.grant_type ?? '(none)'} is not supported.`,
      )
  }
}

async function exchange(sandbox: Sandbox, shopDomain: string, grant: Grant): Promise<Answer> {
  const requested = grant.requested_token_type ?? ONLINE
  if (requested !== OFFLINE && requested !== ONLINE) {
    return refusal(400, 'invalid_request', `requested_token_type ${requested} is not supported.`)
  }
  if (grant.subject_token_type === OFFLINE) return migrate(sandbox, shopDomain, grant)
  if (grant.subject_token_type !== ID_TOKEN) {
    return refusal(
      400,
      'invalid_request',
      `subject_token_type ${grant.subject_token_type ?? '(none)'} is not supported.`,
    )
  }
  const subject = await verifySessionToken(sandbox, shopDomain, grant.subject_token ?? '')
  if (!subject.ok) return refusal(400, subject.reason, subject.message)
  if (!sandbox.shop(shopDomain).shop.installation) {
    return refusal(400, 'invalid_subject_token', 'The app is not installed on this shop.')
  }
  const mode = requested === ONLINE ? 'online' : 'offline'
  const token = issueToken(sandbox, shopDomain, {
    mode,
    userId: mode === 'online' ? subject.userId : null,
    expiring: grant.expiring === '1',
  })
  return { status: 200, body: tokenBody(sandbox, shopDomain, token) }
}

/** Trades a non-expiring offline token for an expiring one; the old token ends. */
function migrate(sandbox: Sandbox, shopDomain: string, grant: Grant): Answer {
  const subject = grant.subject_token ?? ''
  const check = checkAccessToken(sandbox, shopDomain, subject)
  if (check.ok || check.reason !== 'non_expiring_token') {
    return refusal(
      400,
      'invalid_subject_token',
      'The subject token is no living, non-expiring offline token.',
    )
  }
  if (grant.expiring !== '1')
    return refusal(400, 'invalid_request', 'Only a migration to an expiring token is possible.')
  revokeToken(sandbox, shopDomain, subject)
  const token = issueToken(sandbox, shopDomain, { mode: 'offline', userId: null, expiring: true })
  return { status: 200, body: tokenBody(sandbox, shopDomain, token) }
}

function refresh(sandbox: Sandbox, shopDomain: string, grant: Grant): Answer {
  const refused = refusal(400, 'invalid_grant', 'The refresh token is invalid, expired, or revoked.')
  if (faultsOf(sandbox).refuseRefresh) return refused
  const rotated = rotateToken(sandbox, shopDomain, grant.refresh_token ?? '')
  return rotated.ok ? { status: 200, body: tokenBody(sandbox, shopDomain, rotated.token) } : refused
}

function tokenBody(sandbox: Sandbox, shopDomain: string, token: IssuedToken): Record<string, unknown> {
  const { shop } = sandbox.shop(shopDomain)
  const scope = (shop.installation?.scopes ?? []).join(',')
  const body: Record<string, unknown> = { access_token: token.accessToken, scope }
  if (token.expiresAtMs !== null && !faultsOf(sandbox).omitExpiresIn) {
    body.expires_in = Math.round((token.expiresAtMs - Date.now()) / 1000)
  }
  if (token.refreshToken) {
    body.refresh_token = token.refreshToken
    body.refresh_token_expires_in = REFRESH_LIFETIME_SECONDS
  }
  if (token.mode === 'online') {
    const [firstName = '', ...rest] = shop.ownerName.split(' ')
    body.associated_user_scope = scope
    body.associated_user = {
      id: Number(token.userId),
      first_name: firstName,
      last_name: rest.join(' '),
      email: shop.email,
      email_verified: true,
      account_owner: true,
      locale: 'en',
      collaborator: false,
    }
  }
  return body
}

async function readGrant(context: Context): Promise<Grant | undefined> {
  const text = await context.req.text()
  if ((context.req.header('content-type') ?? '').includes('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
    return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]))
  } catch {
    return undefined
  }
}

function sameSecret(given: string, real: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(real)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function refusal(status: 400 | 401, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } }
}
