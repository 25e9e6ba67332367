// A toy embedded app and a sandbox round it, for the tests of the shell, App Bridge and the storefront.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { adminRouter } from '#sandbox/admin/router.ts'
import { createCollection } from '#sandbox/commerce/create-collection.ts'
import { createDiscount } from '#sandbox/commerce/create-discount.ts'
import { createProduct } from '#sandbox/commerce/create-product.ts'
import { createShop } from '#sandbox/commerce/create-shop.ts'
import { installApp } from '#sandbox/oauth/install.ts'
import { openSandbox, type Sandbox } from '#sandbox/state/sandbox.ts'
import { storefrontRouter } from '#sandbox/storefront/router.ts'

export const SHOP = 'lumen-atelier.myshopify.com'
export const HANDLE = 'lumen-atelier'
export const API_KEY = 'filigree-local-key'
export const API_SECRET = 'toy-secret'

export interface ToyWorld {
  sandbox: Sandbox
  /** The toy app; add its routes before the first request. */
  app: Hono
  sandboxUrl: string
  stop(): Promise<void>
}

/** A sandbox with one shop and its routers, and an app without routes, both on free ports. */
export async function startToyWorld(options: { install?: boolean } = {}): Promise<ToyWorld> {
  const app = new Hono()
  const appServer = await listen(app)
  const host = new Hono()
  const hostServer = await listen(host)
  const sandbox = openSandbox({
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    appUrl: appServer.url,
    sandboxUrl: hostServer.url,
    appTomlPath: 'shopify.app.toml',
  })
  seedShop(sandbox)
  if (options.install !== false) installApp(sandbox, SHOP)
  host.route('/', adminRouter(sandbox))
  host.route('/', storefrontRouter(sandbox))
  return {
    sandbox,
    app,
    sandboxUrl: hostServer.url,
    stop: async () => {
      await Promise.all([appServer.stop(), hostServer.stop()])
    },
  }
}

function listen(router: Hono): Promise<{ url: string; stop(): Promise<void> }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: router.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
      resolve({
        url: `http://127.0.0.1:${info.port}`,
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped())
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      }),
    )
  })
}

export function seedShop(sandbox: Sandbox): void {
  createShop(sandbox, {
    domain: SHOP,
    name: 'Lumen Atelier',
    email: 'studio@lumen.example',
    ownerName: 'Ines Moreau',
    currency: 'EUR',
    timeZone: 'Europe/Paris',
    country: 'FR',
    taxRate: '0.2',
    taxesIncluded: true,
  })
  const pieces = [
    ['Fern Ring', 'Ring', '180.00'],
    ['Tide Necklace', 'Necklace', '240.00'],
    ['Pomegranate Earrings', 'Earrings', '95.00'],
    ['Moon Bracelet in silver', 'Bracelet', '130.00'],
    ['Iris Brooch', 'Brooch', '160.00'],
    ['Honey Signet Ring', 'Ring', '210.00'],
  ] as const
  const ids = pieces.flatMap(([title, productType, price]) => {
    const made = createProduct(sandbox, SHOP, {
      title,
      productType,
      vendor: 'Lumen Atelier',
      descriptionHtml:
        '<p>Drawn from fine wire and set by hand. It can be resized, and repaired for as long as we are here.</p>',
      variants: (productType === 'Ring' ? ['50', '52', '54'] : [undefined]).map((size) => ({
        title: size,
        sku: [title.slice(0, 4).toUpperCase(), size].filter(Boolean).join('-'),
        price,
        available: size ? 4 : 12,
      })),
    })
    return made.ok ? [made.product.id] : []
  })
  createCollection(sandbox, SHOP, {
    title: 'Rings',
    handle: 'rings',
    productIds: ids.filter((_id, index) => index % 5 === 0),
  })
  createDiscount(sandbox, SHOP, { code: 'MARA10', percentage: '0.1' })
}
