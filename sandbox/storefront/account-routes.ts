// Signing in at the storefront, without a password: the sandbox believes whoever names a customer of the shop.
import type { Hono } from 'hono'
import { z } from 'zod'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { cartOf, keepCart } from './cart-cookie.ts'
import { customerByEmail } from './cart-occasion.ts'
import { storefrontRoot } from './liquid-objects.ts'
import { readFields } from './read-fields.ts'
import type { ShopRoute } from './router.ts'

const signInBody = z.object({ email: z.string().max(320), return_to: z.string().optional() })

export function mountAccount(router: Hono, sandbox: Sandbox, route: ShopRoute): void {
  router.post(
    '/storefront/:handle/account/login',
    route(async (state, context) => {
      const body = signInBody.safeParse(await readFields(context))
      const customer = body.success ? customerByEmail(state, body.data.email) : undefined
      if (!customer) return context.text('No customer of this shop has that email address.', 422)
      const cart = cartOf(sandbox, state, context)
      cart.customerId = customer.id
      keepCart(sandbox, state, context, cart)
      const wanted = body.data?.return_to ?? '/'
      return context.redirect(`${storefrontRoot(state)}${/^\/(?![/\\])/.test(wanted) ? wanted : '/'}`, 303)
    }),
  )
  router.post(
    '/storefront/:handle/account/logout',
    route((state, context) => {
      const cart = cartOf(sandbox, state, context)
      delete cart.customerId
      keepCart(sandbox, state, context, cart)
      return context.redirect(`${storefrontRoot(state)}/`, 303)
    }),
  )
}
