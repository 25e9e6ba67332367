// The link of a draft order: the bag is what the draft says, and checkout sells that and nothing else.
import type { Hono } from 'hono'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { keepCart } from './cart-cookie.ts'
import { loadCart } from './cart-store.ts'
import { storefrontRoot } from './liquid-objects.ts'
import type { ShopRoute } from './router.ts'

export function mountInvoices(router: Hono, sandbox: Sandbox, route: ShopRoute): void {
  router.get(
    '/storefront/:handle/invoices/:token',
    route((state, context) => {
      const token = context.req.param('token')
      const draft = Object.values(state.draftOrders ?? {}).find((one) => one.token === token)
      if (!draft) return context.text('This invoice does not exist any more.', 404)
      if (draft.completedAt) return context.text('This invoice is already paid.', 410)
      const cart = loadCart(sandbox, state.shop.domain, undefined)
      cart.lines = draft.lines.map(({ variantId, quantity }) => ({ variantId, quantity, properties: {} }))
      cart.draftOrderId = draft.id
      keepCart(sandbox, state, context, cart)
      return context.redirect(`${storefrontRoot(state)}/checkout`)
    }),
  )
}
