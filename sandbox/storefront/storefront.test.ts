import '@shopify/shopify-app-remix/adapters/node'
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from '@shopify/shopify-app-remix/server'
import { expect, onTestFinished, test } from 'vitest'
import {
  API_KEY,
  API_SECRET,
  HANDLE,
  SHOP,
  startToyWorld,
} from '#sandbox/admin/app-bridge/toy-app.test-support.ts'
import { onlineStoreOf, setPublication } from '#sandbox/commerce/publish-product.ts'
import { signProxyQuery } from './app-proxy.ts'

const ROOT = `/storefront/${HANDLE}`

async function storefront(options?: { install?: boolean }) {
  const world = await startToyWorld(options)
  onTestFinished(() => world.stop())
  let cookie = ''
  /** A shopper with one cookie jar. */
  const shop = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${world.sandboxUrl}${ROOT}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, ...(cookie && { cookie }) },
    })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  }
  const post = (path: string, body: unknown) =>
    shop(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const state = world.sandbox.shop(SHOP)
  const variantOf = (handle: string) =>
    Object.values(state.products).find((product) => product.handle === handle)?.variants[0]?.id ?? ''
  return { ...world, shop, post, state, variantOf }
}

const BUYER = {
  step: 'pay',
  email: 'noor@post.example',
  firstName: 'Noor',
  lastName: 'Haddad',
  address: 'Rue 1',
  city: 'Lyon',
  postalCode: '69001',
  shipping: 'standard',
  payment: 'paid',
}

test("a creator's code and link travel from the cart into the order, at the price that checkout showed", async () => {
  const { shop, post, state, variantOf } = await storefront()
  const linked = await shop('/discount/MARA10?redirect=/products/fern-ring&fil=MARA.abcdefgh')
  expect(linked.headers.get('location')).toBe(`${ROOT}/products/fern-ring?fil=MARA.abcdefgh`)
  await post('/cart/add.js', { items: [{ id: Number(variantOf('fern-ring')), quantity: 2 }] })
  await post('/cart/update.js', { attributes: { _filigree_ref: 'MARA.abcdefgh' } })
  const cart = await (await shop('/cart.js')).json()
  expect(cart).toMatchObject({
    item_count: 2,
    original_total_price: 36000,
    total_discount: 3600,
    total_price: 32400,
  })
  const checkout = await (await shop('/checkout')).text()
  expect(checkout).toContain('Pay €330.00')
  const placed = await shop('/checkout', { method: 'POST', body: new URLSearchParams(BUYER) })
  expect(placed.status).toBe(303)
  const [order] = Object.values(state.orders)
  expect(order).toMatchObject({
    discountCodes: ['MARA10'],
    financialStatus: 'PAID',
    currentTotal: { shop: '330.00' },
    customAttributes: expect.arrayContaining([{ key: '_filigree_ref', value: 'MARA.abcdefgh' }]),
  })
  const thanks = new URL(placed.headers.get('location') ?? '', 'http://x.example')
  const page = await shop(`${thanks.pathname.slice(ROOT.length)}${thanks.search}`)
  expect(await page.text()).toContain('€330.00')
  expect((await shop(thanks.pathname.slice(ROOT.length))).status).toBe(404)
  expect((await (await shop('/cart.js')).json()).item_count).toBe(0)
})

test('an unpublished piece has no page, is in no list, cannot be added, and stops a checkout that still holds it', async () => {
  const { sandbox, shop, post, state, variantOf } = await storefront()
  const id = variantOf('fern-ring')
  const ring = Object.values(state.products).find(({ handle }) => handle === 'fern-ring')
  if (!ring) throw new Error('no fern ring')
  await post('/cart/add.js', { id })
  setPublication(state, ring, onlineStoreOf(state).id, null)
  expect((await shop('/products/fern-ring')).status).toBe(404)
  expect(await (await shop('/collections/all')).text()).not.toContain('/products/fern-ring')
  expect((await post('/cart/add.js', { id })).status).toBe(404)
  const answer = await shop('/checkout', { method: 'POST', body: new URLSearchParams(BUYER) })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Fern Ring is no longer available')
  expect(Object.keys(state.orders)).toHaveLength(0)
  // A date in the future comes by the clock.
  setPublication(
    state,
    ring,
    onlineStoreOf(state).id,
    new Date(sandbox.clock.now().getTime() + 60_000).toISOString(),
  )
  expect((await shop('/products/fern-ring')).status).toBe(404)
  sandbox.clock.setOffset(120_000)
  expect((await shop('/products/fern-ring')).status).toBe(200)
})

test('an unlisted piece is bought by its address and shown in no list', async () => {
  const { shop, post, state, variantOf } = await storefront()
  const ring = Object.values(state.products).find(({ handle }) => handle === 'fern-ring')
  if (ring) ring.status = 'UNLISTED'
  expect((await shop('/products/fern-ring')).status).toBe(200)
  expect(await (await shop('/collections/all')).text()).not.toContain('/products/fern-ring')
  expect((await post('/cart/add.js', { id: variantOf('fern-ring') })).status).toBe(200)
})

test('what cannot be bought is refused in words, and what was typed stays', async () => {
  const { shop, post, state, variantOf } = await storefront()
  const id = variantOf('fern-ring')
  const many = await post('/cart/add.js', { id, quantity: 99 })
  expect(many.status).toBe(422)
  expect(await many.json()).toMatchObject({ description: expect.stringContaining('Fern Ring') })
  expect((await post('/cart/add.js', { id: '1', quantity: 1 })).status).toBe(404)
  expect((await post('/cart/add.js', { id, quantity: -1 })).status).toBe(400)
  expect(
    (
      await shop('/cart/add.js', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{',
      })
    ).status,
  ).toBe(400)
  await post('/cart/add.js', { id })
  const answer = await shop('/checkout', {
    method: 'POST',
    body: new URLSearchParams({ ...BUYER, email: 'nobody', city: 'Lyon "x"' }),
  })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('Enter an email address')
  expect(page).toContain('Lyon &quot;x&quot;')
  expect(Object.keys(state.orders)).toHaveLength(0)
  const code = await shop('/checkout', {
    method: 'POST',
    body: new URLSearchParams({ step: 'code', code: 'NOPE' }),
  })
  expect(await code.text()).toContain('There is no discount code NOPE')
})

test('a discount link never leads out of the store', async () => {
  const { shop } = await storefront()
  for (const target of ['https://evil.example', '//evil.example', '/\\evil.example']) {
    const answer = await shop(`/discount/MARA10?redirect=${encodeURIComponent(target)}`)
    expect(answer.headers.get('location')).toBe(`${ROOT}/`)
  }
})

function appUnder(appUrl: string) {
  const { authenticate } = shopifyApp({
    apiKey: API_KEY,
    apiSecretKey: API_SECRET,
    apiVersion: ApiVersion.October26,
    appUrl,
    scopes: [],
    distribution: AppDistribution.AppStore,
    logger: { level: LogSeverity.Error },
    sessionStorage: {
      storeSession: async () => true,
      loadSession: async () => undefined,
      deleteSession: async () => true,
      deleteSessions: async () => true,
      findSessionsByShop: async () => [],
    },
  })
  return authenticate.public
}

test("the app proxy's signature is accepted by Shopify's library, whatever the shopper puts into the query", async () => {
  const { app, shop, sandbox } = await storefront()
  const library = appUnder(sandbox.options.appUrl)
  const seen: Array<{ cookie: string | undefined; query: string }> = []
  app.all('/storefront/*', async (context) => {
    seen.push({ cookie: context.req.header('cookie'), query: new URL(context.req.url).search })
    await library.appProxy(context.req.raw)
    return context.json({ path: context.req.path }, 200, { 'set-cookie': 'spy=1' })
  })
  await shop('/discount/MARA10')
  for (const query of [
    '',
    '?b=2&a=1',
    '?tag=x&tag=y',
    '?q=a b%20ü%26&shop=evil.myshopify.com&signature=x&timestamp=1&logged_in_customer_id=7',
  ]) {
    const answer = await shop(`/apps/filigree/drops/one${query}`)
    expect([query, answer.status]).toEqual([query, 200])
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await answer.json()).toEqual({ path: '/storefront/drops/one' })
  }
  expect(seen.every(({ cookie }) => cookie === undefined)).toBe(true)
  expect(new URLSearchParams(seen[3]?.query).get('shop')).toBe(SHOP)
  expect(new URLSearchParams(seen[3]?.query).get('logged_in_customer_id')).toBe('')
})

test('a query changed after signing no longer fits its signature', () => {
  const query = new URLSearchParams({ shop: SHOP, timestamp: '1', path_prefix: '/apps/filigree' })
  const before = signProxyQuery(query, API_SECRET)
  query.set('extra', '1')
  expect(signProxyQuery(query, API_SECRET)).not.toBe(before)
})

test('Liquid from the app is rendered inside the theme; an app that is silent gives an error page; without the app there is none', async () => {
  const { app, shop, sandbox } = await storefront()
  app.get('/storefront/page', (context) =>
    context.body('<p id="from-app">{{ shop.name }} {{ 1250 | money }}</p>', 200, {
      'content-type': 'application/liquid',
    }),
  )
  const page = await (await shop('/apps/filigree/page')).text()
  expect(page).toContain('<p id="from-app">Lumen Atelier €12.50</p>')
  expect(page).toContain('<header class="header">')
  expect((await shop('/apps/other/page')).status).toBe(404)
  sandbox.options.appUrl = 'http://127.0.0.1:9'
  expect((await shop('/apps/filigree/page')).status).toBe(502)
  sandbox.shop(SHOP).shop.installation = null
  expect((await shop('/apps/filigree/page')).status).toBe(404)
})

test('theme blocks of the app are on the page while it is installed, and gone with it', async () => {
  const { shop, sandbox } = await storefront()
  const page = await (await shop('/products/fern-ring')).text()
  expect(page).toContain('fil-link')
  expect(page).toContain(`${ROOT}/extensions/filigree-theme/assets/filigree.js`)
  expect((await shop('/extensions/filigree-theme/assets/filigree.js')).status).toBe(200)
  expect((await shop('/extensions/filigree-theme/assets/..%2f..%2fpackage.json')).status).toBe(404)
  sandbox.shop(SHOP).shop.installation = null
  expect(await (await shop('/products/fern-ring')).text()).not.toContain('fil-link')
})

test('names with markup are text on every page, and drafts are not for sale', async () => {
  const { shop, post, state } = await storefront()
  const [product] = Object.values(state.products)
  if (!product) throw new Error('no product')
  product.title = '<img src=x onerror=alert(1)>'
  await post('/cart/add.js', { id: product.variants[0]?.id })
  for (const path of ['/', '/collections/all', `/products/${product.handle}`, '/cart', '/checkout']) {
    expect(await (await shop(path)).text(), path).not.toContain('<img src=x')
  }
  product.status = 'DRAFT'
  expect((await shop(`/products/${product.handle}`)).status).toBe(404)
})

test('every product has its picture, the same one every time', async () => {
  const { shop, state } = await storefront()
  for (const { handle, title, images } of Object.values(state.products)) {
    const answer = await shop(`/images/${handle}.svg`)
    const text = await answer.text()
    // What the Admin API says of it, also to a preflight that asks how large it is.
    expect(images).toEqual([
      { url: `${ROOT}/images/${handle}.svg`, altText: title, width: 2048, height: 2048 },
    ])
    expect(answer.headers.get('content-type')).toContain('image/svg+xml')
    expect(text).not.toMatch(/NaN|undefined/)
    expect(await (await shop(`/images/${handle}.svg`)).text()).toBe(text)
  }
})
