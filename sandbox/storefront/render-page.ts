// A page of the theme: template inside the layout, theme blocks of the app in their places.
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { priceWithFunctions } from './cart-occasion.ts'
import type { Cart } from './cart-store.ts'
import { createLiquidEngine } from './liquid-engine.ts'
import { cartObject, collectionObject, routesObject, shopObject, storefrontRoot } from './liquid-objects.ts'
import { renderThemeBlocks } from './theme-extension.ts'

export interface PageInput {
  /** Template file without its ending; or `content`, Liquid text that takes its place (the app proxy's answer). */
  template: string
  content?: string
  title: string
  path: string
  scope?: Record<string, unknown>
}

export async function renderPage(
  sandbox: Sandbox,
  state: ShopState,
  cart: Cart,
  page: PageInput,
): Promise<string> {
  const rootUrl = storefrontRoot(state)
  const { currency } = state.shop
  const priced = await priceWithFunctions(sandbox, state, cart)
  const scope: Record<string, unknown> = {
    shop: shopObject(state),
    routes: routesObject(state),
    cart: { ...cartObject(state, cart, priced), code: priced.code },
    collections: Object.values(state.collections).map((collection) =>
      collectionObject(state, collection, sandbox.clock.now()),
    ),
    customer: null,
    localization: { language: { iso_code: 'en' }, country: { iso_code: state.shop.country } },
    request: {
      page_type: page.template,
      path: page.path,
      design_mode: false,
      locale: { iso_code: 'en', root_url: rootUrl },
      host: state.shop.domain,
    },
    template: { name: page.template, toString: () => page.template },
    page_title: page.title,
    canonical_url: page.path,
    now: sandbox.clock.now().toISOString(),
    ...page.scope,
  }
  const blocks = state.shop.installation
    ? await renderThemeBlocks({
        template: page.template,
        currency,
        rootUrl,
        scope,
        appTomlPath: sandbox.options.appTomlPath,
      })
    : { head: '', body: '', section: '' }
  const engine = createLiquidEngine({ currency, assetRoot: `${rootUrl}/assets/` })
  const inner = { ...scope, app_blocks: blocks.section }
  const content =
    page.content === undefined
      ? await engine.renderFile(page.template, inner)
      : await engine.parseAndRender(page.content, inner)
  const html: string = await engine.renderFile('theme', {
    ...inner,
    content_for_layout: content,
    content_for_header: headerScript(state) + blocks.head,
  })
  return html.replace('</body>', () => `${blocks.body}</body>`)
}

function headerScript(state: ShopState): string {
  const facts = {
    shop: state.shop.domain,
    locale: 'en',
    currency: { active: state.shop.currency, rate: '1.0' },
    country: state.shop.country,
    routes: { root: `${storefrontRoot(state)}/` },
  }
  return `<script>window.Shopify=${JSON.stringify(facts).replaceAll('<', '\\u003c')}</script>`
}
