// State as Liquid's objects: prices in minor units, addresses below the storefront's root.
import { handleOf } from '#sandbox/admin/shop-handle.ts'
import { DRAWN_PIXELS } from '#sandbox/commerce/drawn-picture.ts'
import { parseMoney } from '#sandbox/commerce/money.ts'
import type { Collection, Product, ShopState } from '#sandbox/state/nouns.ts'
import type { Cart } from './cart-store.ts'
import { activeProducts, availableUnits, canSell, reachableProducts } from './find-variant.ts'
import type { PricedCart } from './price-cart.ts'

export function storefrontRoot(state: ShopState): string {
  return `/storefront/${handleOf(state.shop.domain)}`
}

/** `root`: the storefront's, with the language where it is not the shop's first. */
export function routesObject(root: string) {
  return {
    root_url: root,
    cart_url: `${root}/cart`,
    cart_add_url: `${root}/cart/add`,
    cart_change_url: `${root}/cart/change`,
    cart_update_url: `${root}/cart/update`,
    all_products_collection_url: `${root}/collections/all`,
    account_login_url: `${root}/account/login`,
    collections_url: `${root}/collections`,
  }
}

export function shopObject(state: ShopState) {
  const { name, currency, domain, email } = state.shop
  return { name, currency, domain, permanent_domain: domain, email, url: storefrontRoot(state), locale: 'en' }
}

export function productObject(state: ShopState, product: Product) {
  const root = storefrontRoot(state)
  const minor = (amount: string | null) =>
    Number(amount === null ? 0n : (parseMoney(amount, state.shop.currency) ?? 0n))
  const variants = product.variants.map((variant) => ({
    id: Number(variant.id),
    title: variant.title,
    sku: variant.sku,
    price: minor(variant.price),
    compare_at_price: variant.compareAtPrice === null ? null : minor(variant.compareAtPrice),
    available: canSell(state, variant, 1),
    inventory_quantity: availableUnits(state, variant),
    inventory_policy: variant.inventoryPolicy.toLowerCase(),
    inventory_management: 'shopify',
  }))
  const prices = variants.map((variant) => variant.price)
  const image = {
    src: `${root}/images/${product.handle}.svg`,
    alt: product.title,
    width: DRAWN_PIXELS,
    height: DRAWN_PIXELS,
  }
  return {
    id: Number(product.id),
    title: product.title,
    handle: product.handle,
    description: product.descriptionHtml,
    content: product.descriptionHtml,
    vendor: product.vendor,
    type: product.productType,
    tags: product.tags,
    url: `${root}/products/${product.handle}`,
    price: Math.min(...prices),
    price_min: Math.min(...prices),
    price_max: Math.max(...prices),
    price_varies: new Set(prices).size > 1,
    compare_at_price: variants[0]?.compare_at_price ?? null,
    available: variants.some((variant) => variant.available),
    has_only_default_variant: variants.length === 1,
    variants,
    selected_or_first_available_variant: variants.find((variant) => variant.available) ?? variants[0],
    featured_image: image,
    images: [image],
  }
}

export function collectionObject(
  state: ShopState,
  collection: Pick<Collection, 'title' | 'handle' | 'productIds'>,
  now: Date,
) {
  const products = activeProducts(state, now).filter((product) => collection.productIds.includes(product.id))
  return {
    title: collection.title,
    handle: collection.handle,
    url: `${storefrontRoot(state)}/collections/${collection.handle}`,
    products: products.map((product) => productObject(state, product)),
    products_count: products.length,
  }
}

/** The collection of everything. */
export function allProducts(state: ShopState, now: Date) {
  const everything = { title: 'All pieces', handle: 'all', productIds: Object.keys(state.products) }
  return collectionObject(state, everything, now)
}

/** Also the JSON of cart.js: amounts are numbers of minor units there, as Shopify's are. */
export function cartObject(state: ShopState, cart: Cart, priced: PricedCart) {
  const root = storefrontRoot(state)
  return {
    token: cart.token,
    note: cart.note,
    attributes: cart.attributes,
    currency: state.shop.currency,
    item_count: priced.lines.reduce((count, { line }) => count + line.quantity, 0),
    original_total_price: Number(priced.subtotal + priced.discount),
    total_price: Number(priced.subtotal),
    total_discount: Number(priced.discount),
    items_subtotal_price: Number(priced.subtotal),
    requires_shipping: true,
    taxes_included: state.shop.taxesIncluded,
    cart_level_discount_applications:
      priced.code && !priced.code.problem ? [{ title: priced.code.text }] : [],
    items: priced.lines.map(({ line, product, variant, unitPrice, discount, automatic, net }) => ({
      id: Number(variant.id),
      variant_id: Number(variant.id),
      product_id: Number(product.id),
      key: `${variant.id}:${cart.token.slice(0, 8)}`,
      title: variant.title === 'Default Title' ? product.title : `${product.title} - ${variant.title}`,
      product_title: product.title,
      variant_title: variant.title === 'Default Title' ? null : variant.title,
      sku: variant.sku,
      vendor: product.vendor,
      quantity: line.quantity,
      properties: line.properties,
      price: Number(unitPrice),
      original_line_price: Number(unitPrice * BigInt(line.quantity)),
      final_line_price: Number(net),
      line_price: Number(net),
      total_discount: Number(discount),
      line_level_discount_allocations: automatic
        ? [{ amount: Number(discount), discount_application: { type: 'automatic', title: automatic } }]
        : [],
      url: `${root}/products/${product.handle}?variant=${variant.id}`,
      image: `${root}/images/${product.handle}.svg`,
      handle: product.handle,
    })),
  }
}

/** Who is signed in; null: nobody. */
export function customerObject(state: ShopState, id: string | undefined) {
  const found = id ? state.customers[id] : undefined
  if (!found) return null
  const { firstName, lastName, email, tags } = found
  return { id: Number(found.id), first_name: firstName, last_name: lastName, email, tags }
}

/** `all_products['handle']`. Objects are made when they are asked for. */
export function productsByHandle(state: ShopState, now: Date): Record<string, unknown> {
  const byHandle = {}
  for (const product of reachableProducts(state, now)) {
    Object.defineProperty(byHandle, product.handle, {
      enumerable: true,
      get: () => productObject(state, product),
    })
  }
  return byHandle
}
