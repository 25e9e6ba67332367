// Links that fill the bag and go to checkout: /cart/VARIANT:QUANTITY,…?discount=&attributes[key]=&note=&storefront=true. No page of the theme is on that way.
import type { Hono } from 'hono'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { cartOf, keepCart } from './cart-cookie.ts'
import { findActiveVariant } from './find-variant.ts'
import { storefrontRoot } from './liquid-objects.ts'
import type { ShopRoute } from './router.ts'

export function mountPermalinks(router: Hono, sandbox: Sandbox, route: ShopRoute): void {
  router.get(
    '/storefront/:handle/cart/:items{[0-9]+:[0-9]+(?:,[0-9]+:[0-9]+)*}',
    route((state, context) => {
      const cart = cartOf(sandbox, state, context)
      const now = sandbox.clock.now()
      const items = (context.req.param('items') ?? '').split(',').map((item) => item.split(':'))
      cart.lines = items.flatMap(([variantId = '', quantity]) => {
        const isSold = findActiveVariant(state, variantId, now) !== undefined && Number(quantity) > 0
        return isSold ? [{ variantId, quantity: Math.min(Number(quantity), 9999), properties: {} }] : []
      })
      const query = new URL(context.req.url).searchParams
      for (const [name, value] of query) {
        const key = /^attributes\[(.+)\]$/.exec(name)?.[1]
        if (key) cart.attributes[key] = value.slice(0, 2000)
      }
      cart.note = query.get('note')?.slice(0, 5000) ?? cart.note
      cart.locale = query.get('locale') ?? cart.locale
      const code = query.get('discount')
      if (code) cart.discountCodes = [code]
      keepCart(sandbox, state, context, cart)
      const goesToCart = query.get('storefront') === 'true' || cart.lines.length === 0
      return context.redirect(`${storefrontRoot(state)}/${goesToCart ? 'cart' : 'checkout'}`)
    }),
  )
}
