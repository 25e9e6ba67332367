// A page of the theme: template inside the layout, theme blocks of the app in their places.
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { priceWithFunctions } from './cart-occasion.ts'
import type { Cart } from './cart-store.ts'
import { reachableProducts } from './find-variant.ts'
import { createLiquidEngine } from './liquid-engine.ts'
import {
  cartObject,
  collectionObject,
  customerObject,
  productObject,
  productsByHandle,
  routesObject,
  shopObject,
  storefrontRoot,
} from './liquid-objects.ts'
import { renderThemeBlocks } from './theme-extension.ts'

export interface PageInput {
  /** Template file without its ending; or `content`, Liquid text that takes its place (the app proxy's answer). */
  template: string
  content?: string
  title: string
  path: string
  scope?: Record<string, unknown>
  /** Language of the page; English when absent. */
  locale?: string
  /** Whether the theme editor shows it. */
  isDesignMode?: boolean
}

export async function renderPage(
  sandbox: Sandbox,
  state: ShopState,
  cart: Cart,
  page: PageInput,
): Promise<string> {
  const { locale = 'en', isDesignMode = false } = page
  const rootUrl = `${storefrontRoot(state)}${locale === 'en' ? '' : `/${locale}`}`
  const { currency, timeZone } = state.shop
  const now = sandbox.clock.now()
  const place = { currency, timeZone, locale, now }
  const priced = await priceWithFunctions(sandbox, state, cart)
  const scope: Record<string, unknown> = {
    shop: shopObject(state),
    routes: routesObject(rootUrl),
    cart: {
      ...cartObject(state, cart, priced),
      code: priced.code,
      currency: { iso_code: currency },
    },
    collections: Object.values(state.collections).map((collection) =>
      collectionObject(state, collection, sandbox.clock.now()),
    ),
    customer: customerObject(state, cart.customerId),
    localization: { language: { iso_code: locale }, country: { iso_code: state.shop.country } },
    request: {
      page_type: page.template,
      path: page.path,
      design_mode: isDesignMode,
      locale: { iso_code: locale, root_url: rootUrl },
      host: state.shop.domain,
    },
    template: { name: page.template, toString: () => page.template },
    page_title: page.title,
    canonical_url: page.path,
    now: now.toISOString(),
    ...page.scope,
  }
  const productOf = (handle: string) => {
    const found = reachableProducts(state, now).find((product) => product.handle === handle)
    return found && productObject(state, found)
  }
  const blocks = state.shop.installation
    ? await renderThemeBlocks({
        ...place,
        template: page.template,
        rootUrl,
        scope: { ...scope, all_products: productsByHandle(state, now) },
        appTomlPath: sandbox.options.appTomlPath,
        isDesignMode,
        placed: state.theme?.blocks,
        metafields: state.shop.installation.metafields,
        productOf,
      })
    : { head: '', body: '', section: '' }
  const engine = createLiquidEngine({ ...place, assetRoot: `${storefrontRoot(state)}/assets/` })
  const inner = { ...scope, app_blocks: blocks.section }
  const content =
    page.content === undefined
      ? await engine.renderFile(page.template, inner)
      : await engine.parseAndRender(page.content, inner)
  const html: string = await engine.renderFile('theme', {
    ...inner,
    content_for_layout: content,
    content_for_header: headerScript(state, page, rootUrl) + blocks.head,
  })
  return html.replace('</body>', () => `${blocks.body}</body>`)
}

function headerScript(state: ShopState, { locale = 'en', isDesignMode }: PageInput, rootUrl: string): string {
  const facts = {
    shop: state.shop.domain,
    locale,
    currency: { active: state.shop.currency, rate: '1.0' },
    country: state.shop.country,
    routes: { root: `${rootUrl}/` },
    ...(isDesignMode && { designMode: true }),
  }
  return `<script>window.Shopify=${JSON.stringify(facts).replaceAll('<', '\\u003c')}</script>`
}
