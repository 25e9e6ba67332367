// Every URL of the admin shell.
import { type Context, Hono } from 'hono'
import { approveSubscription, declineSubscription } from '#sandbox/graphql/app-subscriptions.ts'
import { installApp, uninstallApp } from '#sandbox/oauth/install.ts'
import { mintSessionToken } from '#sandbox/oauth/session-token.ts'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { arrangeTheme } from '#sandbox/storefront/arrange-theme.ts'
import { sendStylesheet } from '#sandbox/stylesheets/send-stylesheet.ts'
import type { PickerType } from './app-bridge/protocol.ts'
import { browserBundle } from './browser-bundle.ts'
import { hostParameter } from './iframe-url.ts'
import { appsPage } from './pages/apps-page.ts'
import { chargePage } from './pages/charge-page.ts'
import { homePage } from './pages/home-page.ts'
import { installPage } from './pages/install-page.ts'
import { missingPage } from './pages/missing-page.ts'
import { orderPage } from './pages/order-page.ts'
import { ordersPage } from './pages/orders-page.ts'
import { productsPage } from './pages/products-page.ts'
import { themeEditorPage } from './pages/theme-editor-page.ts'
import { pickerChoices } from './picker-choices.ts'
import { appPage } from './shell/app-page.ts'
import { findShopByHandle } from './shop-handle.ts'
import { chooseStaff, staffOf } from './staff.ts'
import { readEditorRequest } from './theme-editor-request.ts'

type PageOf = (state: ShopState, context: Context) => Response | Promise<Response>

export function adminRouter(sandbox: Sandbox): Hono {
  const router = new Hono()
  router.use('/store/*', (context, next) => {
    const home = sameLoopback(sandbox, new URL(context.req.url))
    return home && context.req.method === 'GET' ? Promise.resolve(context.redirect(home)) : next()
  })
  const shopPage =
    (render: PageOf) =>
    (context: Context): Response | Promise<Response> => {
      const state = findShopByHandle(sandbox, context.req.param('handle') ?? '')
      if (state) return render(state, context)
      return context.html(missingPage(sandbox, `There is no shop “${context.req.param('handle')}”.`), 404)
    }
  const query = (context: Context) => new URL(context.req.url).searchParams

  mountAssets(router)
  router.get('/store/:handle', (context) => context.redirect(`/store/${context.req.param('handle')}/home`))
  router.get(
    '/store/:handle/home',
    shopPage((state, context) => context.html(homePage(sandbox, state))),
  )
  router.get(
    '/store/:handle/orders',
    shopPage((state, context) => context.html(ordersPage(sandbox, state, query(context)))),
  )
  router.get(
    '/store/:handle/orders/:id',
    shopPage((state, context) => {
      const order = state.orders[context.req.param('id') ?? '']
      if (!order) return context.html(missingPage(sandbox, 'There is no such order.'), 404)
      return context.html(orderPage(sandbox, state, order))
    }),
  )
  router.get(
    '/store/:handle/products',
    shopPage((state, context) => context.html(productsPage(sandbox, state, query(context)))),
  )
  router.get(
    '/store/:handle/apps',
    shopPage((state, context) => context.html(appsPage(sandbox, state))),
  )
  mountApp(router, sandbox, shopPage)
  mountThemeEditor(router, sandbox, shopPage)
  mountCharges(router, sandbox, shopPage)
  mountShellApi(router, sandbox, shopPage)
  router.get(
    '/store/:handle/*',
    shopPage((_state, context) =>
      context.html(missingPage(sandbox, 'The sandbox’s admin has no such page.'), 404),
    ),
  )
  return router
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** localhost and 127.0.0.1 are two origins: the shell must be opened under the one that the app's page knows. */
function sameLoopback(sandbox: Sandbox, url: URL): string | undefined {
  const home = new URL(sandbox.options.sandboxUrl)
  const isOther = LOOPBACK.has(url.hostname) && LOOPBACK.has(home.hostname) && url.hostname !== home.hostname
  return isOther && url.port === home.port ? `${home.origin}${url.pathname}${url.search}` : undefined
}

type ShopPage = (render: PageOf) => (context: Context) => Response | Promise<Response>

function mountAssets(router: Hono): void {
  const script = (entry: URL) => (context: Context) =>
    context.body(browserBundle(entry), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    })
  router.get('/app-bridge.js', script(new URL('./app-bridge/app-bridge.ts', import.meta.url)))
  router.get('/store-assets/shell.js', script(new URL('./shell/client/shell.ts', import.meta.url)))
  router.get('/store-assets/shell.css', (context) =>
    sendStylesheet(context, new URL('./shell/shell.css', import.meta.url)),
  )
}

function mountApp(router: Hono, sandbox: Sandbox, shopPage: ShopPage): void {
  const open = shopPage(async (state, context) => {
    const { apiKey } = sandbox.options
    if (context.req.param('apiKey') !== apiKey) {
      return context.html(missingPage(sandbox, 'There is no app with this key.'), 404)
    }
    const url = new URL(context.req.url)
    const innerPath = `${url.pathname.split(`/apps/${apiKey}`)[1] ?? ''}${url.search}`
    return state.shop.installation
      ? context.html(await appPage(sandbox, state, innerPath, staffOf(context)), 200, {
          'cache-control': 'no-store',
        })
      : context.html(installPage(sandbox, state, innerPath))
  })
  router.get('/store/:handle/apps/:apiKey', open)
  router.get('/store/:handle/apps/:apiKey/*', open)
  router.post(
    '/store/:handle/install',
    shopPage(async (state, context) => {
      installApp(sandbox, state.shop.domain)
      const { path } = await context.req.parseBody()
      const inner = typeof path === 'string' && /^\/(?!\/)/.test(path) ? path : ''
      return context.redirect(
        `/store/${context.req.param('handle')}/apps/${sandbox.options.apiKey}${inner}`,
        303,
      )
    }),
  )
  router.post(
    '/store/:handle/staff',
    shopPage(async (_state, context) => {
      const { user, back } = await context.req.parseBody()
      chooseStaff(context, user)
      const home = `/store/${context.req.param('handle')}/`
      return context.redirect(typeof back === 'string' && back.startsWith(home) ? back : home, 303)
    }),
  )
  router.post(
    '/store/:handle/uninstall',
    shopPage((state, context) => {
      uninstallApp(sandbox, state.shop.domain)
      return context.redirect(`/store/${context.req.param('handle')}/apps`, 303)
    }),
  )
}

function mountThemeEditor(router: Hono, sandbox: Sandbox, shopPage: ShopPage): void {
  router.on(
    ['GET', 'POST'],
    '/store/:handle/themes/current/editor',
    shopPage((state, context) => {
      const request = readEditorRequest(sandbox, new URL(context.req.url).searchParams)
      if (context.req.method === 'GET') return context.html(themeEditorPage(sandbox, state, request))
      if (!request.ok || request.kind !== 'add')
        return context.html(missingPage(sandbox, 'There is nothing to save.'), 409)
      const { block, template } = request
      const arranged = arrangeTheme(sandbox, state.shop.domain, {
        blocks: [...(state.theme?.blocks ?? []), { block, template }],
      })
      if (!arranged.ok) return context.html(missingPage(sandbox, arranged.message), 409)
      return context.redirect(`/store/${context.req.param('handle')}/themes/current/editor`, 303)
    }),
  )
}

function mountCharges(router: Hono, sandbox: Sandbox, shopPage: ShopPage): void {
  router.on(
    ['GET', 'POST'],
    ['/store/:handle/charges/:apiKey/:id', '/store/:handle/charges/:apiKey/:id/*'],
    shopPage(async (state, context) => {
      const id = context.req.param('id') ?? ''
      const charge = state.shop.installation?.subscriptions.find((entry) => entry.id === id)
      if (!charge) return context.html(missingPage(sandbox, 'There is no such charge.'), 404)
      if (context.req.method === 'GET') {
        return context.html(chargePage(sandbox, state, charge, new URL(context.req.url).pathname))
      }
      const { decision } = await context.req.parseBody()
      const decide = decision === 'approve' ? approveSubscription : declineSubscription
      const outcome = decide(sandbox, state.shop.domain, id)
      if (!outcome.ok) return context.html(missingPage(sandbox, outcome.message), 409)
      return context.redirect(afterCharge(sandbox, state, charge.returnUrl, id), 303)
    }),
  )
}

/** The app's return address, opened in the admin when it is the app's own; charge_id and the shop's parameters go along. */
function afterCharge(sandbox: Sandbox, state: ShopState, returnUrl: string, id: string): string {
  const url = new URL(returnUrl, sandbox.options.appUrl)
  url.searchParams.set('charge_id', id)
  const handle = state.shop.domain.replace(/\.myshopify\.com$/, '')
  if (url.hostname === 'admin.shopify.com') return `${url.pathname}${url.search}`
  if (url.origin === new URL(sandbox.options.appUrl).origin) {
    return `/store/${handle}/apps/${sandbox.options.apiKey}${url.pathname}${url.search}`
  }
  url.searchParams.set('shop', state.shop.domain)
  url.searchParams.set('host', hostParameter(state.shop.domain))
  return url.href
}

function mountShellApi(router: Hono, sandbox: Sandbox, shopPage: ShopPage): void {
  const installed = (render: PageOf) =>
    shopPage((state, context) =>
      state.shop.installation
        ? render(state, context)
        : context.json({ reason: 'not_installed', message: 'The app is not installed on this shop.' }, 403),
    )
  router.get(
    '/store/:handle/api/session-token',
    installed(async (state, context) =>
      context.json(
        { token: await mintSessionToken(sandbox, state.shop.domain, { userId: staffOf(context) }) },
        200,
        { 'cache-control': 'no-store' },
      ),
    ),
  )
  router.get(
    '/store/:handle/api/scopes',
    installed((state, context) =>
      context.json({
        granted: state.shop.installation?.scopes ?? [],
        required: state.shop.installation?.scopes ?? [],
        optional: [],
      }),
    ),
  )
  router.get(
    '/store/:handle/api/picker',
    installed((state, context) => {
      const type = context.req.query('type')
      if (!isPickerType(type)) {
        return context.json(
          { reason: 'unknown_type', message: `The picker knows no type ${type ?? '(none)'}.` },
          400,
        )
      }
      return context.json(
        pickerChoices(state, {
          type,
          words: context.req.query('query') ?? '',
          selected: (context.req.query('selected') ?? '').split(','),
          onlyActive: context.req.query('active') === '1',
        }),
      )
    }),
  )
}

function isPickerType(type: string | undefined): type is PickerType {
  return type === 'product' || type === 'variant' || type === 'collection'
}
