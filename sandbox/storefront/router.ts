// Every URL of the storefront.
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Context, Hono } from 'hono'
import { findShopByHandle } from '#sandbox/admin/shop-handle.ts'
import { releaseExpired } from '#sandbox/commerce/draft-orders.ts'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { mountAccount } from './account-routes.ts'
import { mountAppProxy } from './app-proxy.ts'
import { cartOf, keepCart } from './cart-cookie.ts'
import { mountCart } from './cart-routes.ts'
import { mountCheckout } from './checkout-routes.ts'
import { activeProducts, reachableProducts } from './find-variant.ts'
import { illustrateProduct } from './illustration/jewelry-illustration.ts'
import { mountInvoices } from './invoice-routes.ts'
import { allProducts, collectionObject, productObject, storefrontRoot } from './liquid-objects.ts'
import { cached } from './page-cache.ts'
import { mountPermalinks } from './permalink-routes.ts'
import { renderPage } from './render-page.ts'
import { localeOf, mountLocales } from './storefront-locale.ts'
import { extensionAssets } from './theme-extension.ts'

type Render = (state: ShopState, context: Context) => Response | Promise<Response>

/** Wraps a handler so that it gets the shop of the address, or answers 404. */
export type ShopRoute = (render: Render) => (context: Context) => Response | Promise<Response>

const ASSET_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}
const THEME_ASSETS = fileURLToPath(new URL('./theme/assets', import.meta.url))

export function storefrontRouter(sandbox: Sandbox): Hono {
  const router = new Hono()
  const route: ShopRoute = (render) => (context) => {
    const state = findShopByHandle(sandbox, context.req.param('handle') ?? '')
    if (state) releaseExpired(sandbox, state)
    return state ? render(state, context) : context.text('This store does not exist.', 404)
  }
  // The browser compares its clock with this header: it must be the sandbox's, which can be moved.
  router.use('/storefront/*', async (context, next) => {
    await next()
    context.header('date', sandbox.clock.now().toUTCString())
  })
  mountLocales(router)
  mountAssets(router, sandbox, route)
  mountCart(router, sandbox, route)
  mountInvoices(router, sandbox, route)
  mountPermalinks(router, sandbox, route)
  mountAccount(router, sandbox, route)
  mountCheckout(router, sandbox, route)
  mountDiscountLink(router, sandbox, route)
  mountAppProxy(router, sandbox, route)
  mountPages(router, sandbox, route)
  return router
}

function mountPages(router: Hono, sandbox: Sandbox, route: ShopRoute): void {
  const page = async (
    state: ShopState,
    context: Context,
    template: string,
    title: string,
    scope: Record<string, unknown>,
    status: 200 | 404 = 200,
  ) => {
    const path = new URL(context.req.url).pathname.slice(storefrontRoot(state).length) || '/'
    const cart = cartOf(sandbox, state, context)
    const locale = localeOf(context)
    const isDesignMode = context.req.query('design_mode') === '1'
    const input = { template, title, path, scope, locale, isDesignMode }
    const write = () => renderPage(sandbox, state, cart, input)
    const isShared = status === 200 && cart.lines.length === 0 && !cart.customerId && !isDesignMode
    const html = isShared ? await cached(sandbox, state, context, locale, write) : await write()
    tellTime(sandbox, context, template)
    return context.html(html, status)
  }
  const home = route((state, context) =>
    page(state, context, 'index', '', { all_products: allProducts(state, sandbox.clock.now()) }),
  )
  router.get('/storefront/:handle', home)
  router.get('/storefront/:handle/', home)
  router.get(
    '/storefront/:handle/collections/:collection',
    route((state, context) => {
      const wanted = context.req.param('collection')
      const known = Object.values(state.collections).find((collection) => collection.handle === wanted)
      const collection = known
        ? collectionObject(state, known, sandbox.clock.now())
        : wanted === 'all'
          ? allProducts(state, sandbox.clock.now())
          : undefined
      if (!collection) return page(state, context, 'missing', 'Not here', {}, 404)
      return page(state, context, 'collection', collection.title, { collection })
    }),
  )
  router.get(
    '/storefront/:handle/products/:product',
    route((state, context) => {
      const wanted = (context.req.param('product') ?? '').replace(/\.js$/, '')
      const found = reachableProducts(state, sandbox.clock.now()).find((product) => product.handle === wanted)
      if (!found) return page(state, context, 'missing', 'Not here', {}, 404)
      const product = productObject(state, found)
      if (context.req.path.endsWith('.js')) return context.json(product)
      const asked = product.variants.find((variant) => String(variant.id) === context.req.query('variant'))
      const others = activeProducts(state, sandbox.clock.now())
        .filter((other) => other.id !== found.id)
        .slice(0, 4)
      return page(state, context, 'product', product.title, {
        product,
        selected_variant: asked ?? product.selected_or_first_available_variant,
        others: others.map((other) => productObject(state, other)),
      })
    }),
  )
  router.get(
    '/storefront/:handle/pages/:page',
    route((state, context) => page(state, context, 'page', titleOf(context.req.param('page') ?? ''), {})),
  )
  router.get(
    '/storefront/:handle/*',
    route((state, context) => page(state, context, 'missing', 'Not here', {}, 404)),
  )
}

/** Shopify's pages end their request id in the second of the request, for scripts to read. */
function tellTime(sandbox: Sandbox, context: Context, template: string): void {
  const second = Math.floor(sandbox.clock.now().getTime() / 1000)
  const entries = [
    'processing;dur=12',
    `pageType;desc="${template}"`,
    `requestID;desc="${randomUUID()}-${second}"`,
  ]
  context.header('server-timing', entries.join(', '))
}

const titleOf = (handle: string): string =>
  handle.replaceAll('-', ' ').replace(/^./, (sign) => sign.toUpperCase())

function mountAssets(router: Hono, sandbox: Sandbox, route: ShopRoute): void {
  router.get(
    '/storefront/:handle/images/:image',
    route((state, context) => {
      const handle = (context.req.param('image') ?? '').replace(/\.svg$/, '')
      const product = Object.values(state.products).find((candidate) => candidate.handle === handle)
      if (!product) return context.text('There is no such picture.', 404)
      return context.body(illustrateProduct(product), 200, {
        'content-type': 'image/svg+xml',
        'cache-control': 'public, max-age=3600',
      })
    }),
  )
  router.get('/storefront/:handle/assets/:file', (context) => asset(context, THEME_ASSETS))
  router.get('/storefront/:handle/extensions/:extension/assets/:file', (context) =>
    asset(context, extensionAssets(sandbox.options.appTomlPath, context.req.param('extension') ?? '')),
  )
}

function asset(context: Context, folder: string | undefined): Response {
  const name = context.req.param('file') ?? ''
  const type = ASSET_TYPES[path.extname(name)]
  // One file of one folder: a name with a slash or a leading dot is none of ours.
  const file = folder && type && /^[\w-][\w.-]*$/.test(name) ? path.join(folder, name) : undefined
  if (!file || !type || !fs.existsSync(file)) return context.text('There is no such asset.', 404)
  return context.body(new Uint8Array(fs.readFileSync(file)), 200, {
    'content-type': type,
    'cache-control': 'no-cache',
  })
}

/** /discount/CODE?redirect=/path: the native share link. The redirect stays in this store. */
function mountDiscountLink(router: Hono, sandbox: Sandbox, route: ShopRoute): void {
  router.get(
    '/storefront/:handle/discount/:code',
    route((state, context) => {
      const cart = cartOf(sandbox, state, context)
      cart.discountCodes = [context.req.param('code') ?? '']
      keepCart(sandbox, state, context, cart)
      const root = storefrontRoot(state)
      const query = new URL(context.req.url).searchParams
      const wanted = query.get('redirect') ?? '/'
      query.delete('redirect')
      const target = new URL(/^\/(?![/\\])/.test(wanted) ? wanted : '/', 'http://store.example')
      for (const [name, value] of query) target.searchParams.append(name, value)
      const path = target.pathname.startsWith(`${root}/`) ? target.pathname : `${root}${target.pathname}`
      return context.redirect(`${path}${target.search}`)
    }),
  )
}
