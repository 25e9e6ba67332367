// The cookie that names the shopper's cart; readable by scripts, as Shopify's is.
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { type Cart, loadCart, saveCart } from './cart-store.ts'
import { storefrontRoot } from './liquid-objects.ts'

const TWO_WEEKS = 14 * 24 * 3600

export function cartOf(sandbox: Sandbox, state: ShopState, context: Context): Cart {
  return loadCart(sandbox, state.shop.domain, getCookie(context, 'cart'))
}

/** Keeps the cart and gives the shopper its token. */
export function keepCart(sandbox: Sandbox, state: ShopState, context: Context, cart: Cart): void {
  saveCart(sandbox, state.shop.domain, cart)
  setCookie(context, 'cart', cart.token, { path: storefrontRoot(state), maxAge: TWO_WEEKS, sameSite: 'Lax' })
}
