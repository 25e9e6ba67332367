import type { Context, Hono } from 'hono'
import { buildIframeUrl } from '#sandbox/admin/iframe-url.ts'
import { adjustInventory } from '#sandbox/commerce/adjust-inventory.ts'
import { createCollection } from '#sandbox/commerce/create-collection.ts'
import { createCustomer } from '#sandbox/commerce/create-customer.ts'
import { createDiscount } from '#sandbox/commerce/create-discount.ts'
import { createProduct } from '#sandbox/commerce/create-product.ts'
import { createShop } from '#sandbox/commerce/create-shop.ts'
import { endDiscount } from '#sandbox/commerce/end-discount.ts'
import { findShopState } from '#sandbox/commerce/find-nouns.ts'
import { moveInventory } from '#sandbox/commerce/move-inventory.ts'
import { redactCustomer, requestCustomerData } from '#sandbox/commerce/redact-customer.ts'
import { setExchangeRates } from '#sandbox/commerce/set-exchange-rates.ts'
import { activateDiscount, updateDiscount } from '#sandbox/commerce/update-discount.ts'
import { updateProduct } from '#sandbox/commerce/update-product.ts'
import { updateShop } from '#sandbox/commerce/update-shop.ts'
import { grantScopes, installApp, requestShopRedact, uninstallApp } from '#sandbox/oauth/install.ts'
import { mintSessionToken } from '#sandbox/oauth/session-token.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { arrangeTheme } from '#sandbox/storefront/arrange-theme.ts'
import { answer, withBody } from './answer.ts'
import {
  adjustBody,
  collectionBody,
  customerBody,
  discountBody,
  exchangeRatesBody,
  moveBody,
  productBody,
  scopesBody,
  sessionTokenBody,
  shopBody,
  shopSettingsBody,
  themeBody,
  updateDiscountBody,
  updateProductBody,
} from './bodies.ts'
import { listNouns } from './list-nouns.ts'

const SHOP = '/control/shops/:shop'

function named(context: Context) {
  const of = (name: string) => context.req.param(name) ?? ''
  return { shop: of('shop'), id: of('id') }
}

export function mountShops(router: Hono, sandbox: Sandbox): void {
  router.post('/control/shops', (context) => withBody(context, shopBody, (body) => createShop(sandbox, body)))
  router.get(SHOP, (context) => {
    const found = findShopState(sandbox, named(context).shop)
    return answer(context, found.ok ? { ok: true, shop: found.state.shop } : found)
  })
  router.post(`${SHOP}/settings`, (context) =>
    withBody(context, shopSettingsBody, (body) => updateShop(sandbox, named(context).shop, body)),
  )
  router.post(`${SHOP}/exchange-rates`, (context) =>
    withBody(context, exchangeRatesBody, ({ rates }) =>
      setExchangeRates(sandbox, named(context).shop, rates),
    ),
  )
  router.post(`${SHOP}/theme`, (context) =>
    withBody(context, themeBody, (body) => arrangeTheme(sandbox, named(context).shop, body)),
  )
  mountInstallation(router, sandbox)
  mountGoods(router, sandbox)
  mountCustomers(router, sandbox)
  const listed = ['products', 'collections', 'customers', 'discounts', 'disputes', 'locations'] as const
  for (const noun of listed) {
    router.get(`${SHOP}/${noun}`, (context) =>
      answer(context, listNouns(sandbox, named(context).shop, noun, context.req.query())),
    )
  }
  router.get(`${SHOP}/inventory`, (context) =>
    answer(context, listNouns(sandbox, named(context).shop, 'inventoryLevels', context.req.query())),
  )
}

function mountInstallation(router: Hono, sandbox: Sandbox): void {
  router.post(`${SHOP}/install`, (context) =>
    withBody(context, scopesBody, ({ scopes }) => installApp(sandbox, named(context).shop, scopes)),
  )
  router.post(`${SHOP}/uninstall`, (context) => answer(context, uninstallApp(sandbox, named(context).shop)))
  router.post(`${SHOP}/redact`, (context) => answer(context, requestShopRedact(sandbox, named(context).shop)))
  router.post(`${SHOP}/scopes`, (context) =>
    withBody(context, scopesBody, ({ scopes = [] }) => grantScopes(sandbox, named(context).shop, scopes)),
  )
  router.post(`${SHOP}/session-token`, (context) =>
    withBody(context, sessionTokenBody, async ({ path = '/app', lifetimeSeconds, userId }) => {
      const { shop } = named(context)
      const found = findShopState(sandbox, shop)
      if (!found.ok) return found
      const token = await mintSessionToken(sandbox, shop, { lifetimeSeconds, userId })
      return { ok: true, token, url: await buildIframeUrl(sandbox, shop, path, userId) }
    }),
  )
}

function mountGoods(router: Hono, sandbox: Sandbox): void {
  router.post(`${SHOP}/products`, (context) =>
    withBody(context, productBody, (body) => createProduct(sandbox, named(context).shop, body)),
  )
  router.post(`${SHOP}/products/:id`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, updateProductBody, (body) => updateProduct(sandbox, shop, id, body))
  })
  router.post(`${SHOP}/collections`, (context) =>
    withBody(context, collectionBody, (body) => createCollection(sandbox, named(context).shop, body)),
  )
  router.post(`${SHOP}/discounts`, (context) =>
    withBody(context, discountBody, (body) => createDiscount(sandbox, named(context).shop, body)),
  )
  router.post(`${SHOP}/discounts/:id`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, updateDiscountBody, (body) => updateDiscount(sandbox, shop, id, body))
  })
  router.post(`${SHOP}/discounts/:id/activate`, (context) => {
    const { shop, id } = named(context)
    return answer(context, activateDiscount(sandbox, shop, id))
  })
  router.post(`${SHOP}/discounts/:id/end`, (context) => {
    const { shop, id } = named(context)
    return answer(context, endDiscount(sandbox, shop, id))
  })
  router.post(`${SHOP}/inventory/adjust`, (context) =>
    withBody(context, adjustBody, (body) => adjustInventory(sandbox, named(context).shop, body)),
  )
  router.post(`${SHOP}/inventory/move`, (context) =>
    withBody(context, moveBody, (body) => moveInventory(sandbox, named(context).shop, body)),
  )
}

function mountCustomers(router: Hono, sandbox: Sandbox): void {
  router.post(`${SHOP}/customers`, (context) =>
    withBody(context, customerBody, (body) => createCustomer(sandbox, named(context).shop, body)),
  )
  router.post(`${SHOP}/customers/:id/redact`, (context) => {
    const { shop, id } = named(context)
    return answer(context, redactCustomer(sandbox, shop, id))
  })
  router.post(`${SHOP}/customers/:id/data-request`, (context) => {
    const { shop, id } = named(context)
    return answer(context, requestCustomerData(sandbox, shop, id))
  })
}
