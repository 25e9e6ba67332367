import { expect, test } from 'vitest'
import { openSampleSandbox, SAMPLE_SHOP } from '#sandbox/graphql/sample-shop.ts'
import { grantScopes, installApp, requestShopRedact, uninstallApp } from './install.ts'
import { oauthRouter } from './router.ts'
import { mintSessionToken } from './session-token.ts'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const CLIENT = { client_id: 'filigree-local-key', client_secret: 'shpss_local_secret' }

async function ask(body: unknown, { shop = SAMPLE_SHOP, sandbox = openSampleSandbox() } = {}) {
  const response = await oauthRouter(sandbox).request('/admin/oauth/access_token', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox-shop': shop },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test.each([
  ['no JSON', '{', 400, 'invalid_request'],
  ['another app', { ...CLIENT, client_id: 'x' }, 400, 'application_cannot_be_found'],
  ['a wrong secret', { ...CLIENT, client_secret: 'x' }, 401, 'invalid_client'],
  ['an unknown grant', { ...CLIENT, grant_type: 'password' }, 400, 'unsupported_grant_type'],
  [
    'an unknown refresh token',
    { ...CLIENT, grant_type: 'refresh_token', refresh_token: 'x' },
    400,
    'invalid_grant',
  ],
  [
    'a foreign subject type',
    { ...CLIENT, grant_type: TOKEN_EXCHANGE, subject_token_type: 'x' },
    400,
    'invalid_request',
  ],
])('a request with %s is refused', async (_what, body, status, error) => {
  const answer = await ask(body)
  expect(answer.status).toBe(status)
  expect(answer.body.error).toBe(error)
})

test('an unknown shop is not found', async () => {
  expect((await ask(CLIENT, { shop: 'nobody.myshopify.com' })).status).toBe(404)
})

test('a session token of another shop is no subject token here', async () => {
  const sandbox = openSampleSandbox()
  installApp(sandbox, SAMPLE_SHOP)
  const other = structuredClone(sandbox.shop(SAMPLE_SHOP))
  other.shop.domain = 'other.myshopify.com'
  sandbox.shops['other.myshopify.com'] = other
  const grant = {
    ...CLIENT,
    grant_type: TOKEN_EXCHANGE,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    subject_token: await mintSessionToken(sandbox, 'other.myshopify.com'),
  }
  const answer = await ask(grant, { sandbox })
  expect(answer.body.error).toBe('invalid_subject_token')
})

test.each([
  [60, 200],
  [-30, 400],
])('a session token of %i seconds of life is answered with %i', async (lifetimeSeconds, status) => {
  const sandbox = openSampleSandbox()
  installApp(sandbox, SAMPLE_SHOP)
  const grant = {
    ...CLIENT,
    grant_type: TOKEN_EXCHANGE,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
    subject_token: await mintSessionToken(sandbox, SAMPLE_SHOP, { lifetimeSeconds }),
    expiring: '1',
  }
  expect((await ask(grant, { sandbox })).status).toBe(status)
})

test('installing grants the scopes of shopify.app.toml, once', () => {
  const sandbox = openSampleSandbox()
  const first = installApp(sandbox, SAMPLE_SHOP)
  expect(first.ok && first.installation.scopes).toContain('read_orders')
  expect(installApp(sandbox, SAMPLE_SHOP)).toMatchObject({ ok: false, reason: 'already_installed' })
})

test('redaction is asked for only after an uninstall', () => {
  const sandbox = openSampleSandbox()
  installApp(sandbox, SAMPLE_SHOP)
  expect(requestShopRedact(sandbox, SAMPLE_SHOP)).toMatchObject({ ok: false, reason: 'still_installed' })
  uninstallApp(sandbox, SAMPLE_SHOP)
  expect(requestShopRedact(sandbox, SAMPLE_SHOP)).toEqual({ ok: true })
  expect(uninstallApp(sandbox, SAMPLE_SHOP)).toMatchObject({ ok: false, reason: 'not_installed' })
})

test('a change of scopes tells what was and what is', () => {
  const sandbox = openSampleSandbox()
  installApp(sandbox, SAMPLE_SHOP, ['read_orders'])
  const seen: unknown[] = []
  sandbox.subscribe(({ topic, detail }) => seen.push([topic, detail]))
  grantScopes(sandbox, SAMPLE_SHOP, ['read_products', 'read_orders'])
  expect(seen).toEqual([
    ['app/scopes_update', { previous: ['read_orders'], current: ['read_orders', 'read_products'] }],
  ])
})
