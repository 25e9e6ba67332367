import '@shopify/shopify-api/adapters/node'
import { ApiVersion, shopifyApi } from '@shopify/shopify-api'
import { expect, onTestFinished, test } from 'vitest'
import { createSubscription } from '#sandbox/graphql/app-subscriptions.ts'
import { API_KEY, API_SECRET, HANDLE, SHOP, startToyWorld } from './app-bridge/toy-app.test-support.ts'
import { buildIframeUrl } from './iframe-url.ts'

const shopify = shopifyApi({
  apiKey: API_KEY,
  apiSecretKey: API_SECRET,
  apiVersion: ApiVersion.October26,
  hostName: 'app.example',
  isEmbeddedApp: true,
  scopes: [],
})

async function world(options?: { install?: boolean }) {
  const started = await startToyWorld(options)
  onTestFinished(() => started.stop())
  const request = (path: string, init?: RequestInit) =>
    fetch(`${started.sandboxUrl}${path}`, { redirect: 'manual', ...init })
  return { ...started, request }
}

test("the app's first address is signed, carries a session token and a host that Shopify's library accepts", async () => {
  const { sandbox } = await world()
  const url = new URL(await buildIframeUrl(sandbox, SHOP, '/app/ledger?kind=a b&id_token=stale&tag=ü&hmac=x'))
  expect(url.pathname).toBe('/app/ledger')
  const query = Object.fromEntries(url.searchParams)
  expect(query.kind).toBe('a b')
  expect(await shopify.utils.validateHmac(query)).toBe(true)
  await expect(shopify.utils.validateHmac({ ...query, shop: 'other.myshopify.com' })).resolves.toBe(false)
  const claims = await shopify.session.decodeSessionToken(query.id_token ?? '')
  expect(claims.dest).toBe(`https://${SHOP}`)
  expect(shopify.utils.sanitizeHost(query.host ?? '')).toBe(query.host)
})

test('an app path cannot lead the frame out of the app', async () => {
  const { sandbox } = await world()
  for (const path of ['//evil.example/x', 'https://evil.example', '/\\evil.example']) {
    const url = new URL(await buildIframeUrl(sandbox, SHOP, path))
    expect(url.origin).toBe(new URL(sandbox.options.appUrl).origin)
  }
})

test('before the installation the shell asks; after it the app opens where it was asked for', async () => {
  const { sandbox, request } = await world({ install: false })
  const page = await (await request(`/store/${HANDLE}/apps/${API_KEY}/app/creators?tab=all`)).text()
  expect(page).toContain('View and edit discounts and codes')
  expect((await request(`/store/${HANDLE}/api/session-token`)).status).toBe(403)
  const body = new URLSearchParams({ path: '/app/creators?tab=all' })
  const answer = await request(`/store/${HANDLE}/install`, { method: 'POST', body })
  expect(answer.headers.get('location')).toBe(`/store/${HANDLE}/apps/${API_KEY}/app/creators?tab=all`)
  expect(sandbox.shop(SHOP).shop.installation?.scopes).toContain('read_orders')
  await request(`/store/${HANDLE}/uninstall`, { method: 'POST' })
  expect(sandbox.shop(SHOP).shop.installation).toBeNull()
})

test('whoever was chosen in the shop’s menu is the user of the session tokens; nobody else can be', async () => {
  const { request } = await world()
  const userOf = async (cookie: string) => {
    const answer = await request(`/store/${HANDLE}/api/session-token`, { headers: { cookie } })
    const { token } = (await answer.json()) as { token: string }
    return (await shopify.session.decodeSessionToken(token)).sub
  }
  const choose = (user: string, back: string) =>
    request(`/store/${HANDLE}/staff`, { method: 'POST', body: new URLSearchParams({ user, back }) })
  expect(await userOf('')).toBe('42')
  const back = `/store/${HANDLE}/apps/${API_KEY}/app/payouts`
  const chosen = await choose('43', back)
  expect(chosen.headers.get('location')).toBe(back)
  expect(await userOf(chosen.headers.get('set-cookie') ?? '')).toBe('43')
  const refused = await choose('1', 'https://evil.example/')
  expect(refused.headers.get('set-cookie')).toBeNull()
  expect(refused.headers.get('location')).toBe(`/store/${HANDLE}/`)
  expect(await userOf('sandbox_staff=1')).toBe('42')
})

test('an approved charge becomes active and returns through the shell with its id; a second decision is refused', async () => {
  const { sandbox, request } = await world()
  const charge = createSubscription(sandbox, SHOP, {
    name: 'Studio',
    price: '29.00',
    currency: 'USD',
    interval: 'EVERY_30_DAYS',
    returnUrl: `${sandbox.options.appUrl}/app/settings?from=billing`,
    trialDays: 14,
    test: true,
  })
  const path = `/store/${HANDLE}/charges/${API_KEY}/${charge.id}/RecurringApplicationCharge/confirm_recurring`
  const page = await (await request(path)).text()
  for (const text of ['Studio', '$29.00', 'Test charge', '14 days']) expect(page).toContain(text)
  const decide = (decision: string) =>
    request(path, { method: 'POST', body: new URLSearchParams({ decision }) })
  const answer = await decide('approve')
  expect(answer.headers.get('location')).toBe(
    `/store/${HANDLE}/apps/${API_KEY}/app/settings?from=billing&charge_id=${charge.id}`,
  )
  expect(charge.status).toBe('ACTIVE')
  expect((await decide('decline')).status).toBe(409)
})

test('the admin lists what the shop has, and names what it lacks', async () => {
  const { request } = await world()
  const statuses = await Promise.all(
    ['home', 'orders', 'orders?q=%3Cb%3E', 'products', 'apps', 'orders/999', 'themes'].map(
      async (path) => (await request(`/store/${HANDLE}/${path}`)).status,
    ),
  )
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404, 404])
  expect(await (await request(`/store/${HANDLE}/orders?q=%3Cscript%3E`)).text()).not.toContain('<script>"')
  expect((await request('/store/nobody/home')).status).toBe(404)
  expect((await request(`/store/${HANDLE}/api/picker?type=file`)).status).toBe(400)
})

test('links into the theme editor do what Shopify documents, and nothing else', async () => {
  const { sandbox, request } = await world()
  const editor = `/store/${HANDLE}/themes/current/editor`
  const add = (changed: Record<string, string>) =>
    `${editor}?${new URLSearchParams({ template: 'product', addAppBlockId: `${API_KEY}/drop-stock`, target: 'mainSection', ...changed })}`
  for (const [changed, problem] of [
    [{ addAppBlockId: 'other-key/drop-stock' }, 'does not begin with the client id'],
    [{ addAppBlockId: `${API_KEY}/drop-nothing` }, 'has no block'],
    [{ addAppBlockId: `${API_KEY}/creator-links` }, 'is an app embed'],
    [{ template: 'products' }, 'has no template'],
    [{ target: 'main' }, 'is no target'],
    [{ activateAppId: `${API_KEY}/creator-links` }, 'names a block to add and an embed'],
  ] as const) {
    expect(await (await request(add(changed))).text()).toContain(problem)
    expect((await request(add(changed), { method: 'POST' })).status).toBe(409)
  }
  const embed = `${editor}?context=apps&template=index&activateAppId=${API_KEY}/creator-links`
  expect(await (await request(embed)).text()).toContain('is an app embed. Here all embeds are on')
  expect(sandbox.shop(SHOP).theme?.blocks).toBeUndefined()

  expect(await (await request(add({}))).text()).toContain('<strong>product</strong>, in mainSection')
  expect((await request(add({}), { method: 'POST' })).headers.get('location')).toBe(editor)
  expect(sandbox.shop(SHOP).theme?.blocks).toEqual([{ block: 'drop-stock', template: 'product' }])
})
