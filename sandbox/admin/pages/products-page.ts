// The list of products with price range and stock.
import { html } from 'hono/html'
import type { Product, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { formatAmount, sentenceCase } from '../format-amount.ts'
import { framePage, type Html } from '../shell/frame-page.ts'
import { handleOf } from '../shop-handle.ts'

export function productsPage(sandbox: Sandbox, state: ShopState, query: URLSearchParams): Html {
  const words = (query.get('q') ?? '').trim().toLowerCase()
  const products = Object.values(state.products)
    .filter((product) =>
      `${product.title}\n${product.vendor}\n${product.productType}`.toLowerCase().includes(words),
    )
    .sort((a, b) => a.title.localeCompare(b.title))
  const handle = handleOf(state.shop.domain)
  return framePage(sandbox, state, {
    section: 'products',
    title: 'Products',
    body: html`<div class="page"><header class="page-head"><h1>Products</h1><p class="faint">${products.length} of ${Object.keys(state.products).length}</p></header>
<section class="card flush"><form class="filters" role="search"><input type="search" name="q" value="${words}" placeholder="Title, vendor or type" aria-label="Search products"><button class="button">Search</button></form>
${products.length === 0 ? html`<p class="empty">No products here.</p>` : ''}
<div class="table-wrap"><table${products.length === 0 ? html` hidden` : ''}><thead><tr><th></th><th>Product</th><th>Status</th><th>Vendor</th><th class="num">In stock</th><th class="num">Price</th></tr></thead><tbody>
${products.map(
  (
    product,
  ) => html`<tr><td class="thumb"><img src="/storefront/${handle}/images/${product.handle}.svg" alt="" width="44" height="44" loading="lazy"></td>
<td><a class="row-link" href="/storefront/${handle}/products/${product.handle}" target="_blank" rel="noopener">${product.title}</a><br><span class="faint">${product.variants.length} ${product.variants.length === 1 ? 'variant' : 'variants'}</span></td>
<td><span class="badge" data-tone="${product.status === 'ACTIVE' ? 'good' : 'muted'}">${sentenceCase(product.status)}</span></td><td>${product.vendor}</td>
<td class="num">${stockOf(state, product)}</td><td class="num">${formatAmount(product.variants[0]?.price ?? '0', state.shop.currency)}</td></tr>`,
)}</tbody></table></div></section></div>`,
  })
}

/** Units available of all variants at all locations. */
export function stockOf(state: ShopState, product: Product): number {
  const items = new Set(product.variants.map((variant) => variant.inventoryItemId))
  return Object.values(state.inventoryLevels)
    .filter((level) => items.has(level.inventoryItemId))
    .reduce((sum, level) => sum + level.available, 0)
}
