// Checkout: one page with contact, shipping, payment and code; placing the order; the thank-you page.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { createCustomer } from '#sandbox/commerce/create-customer.ts'
import { findVariant } from '#sandbox/commerce/find-nouns.ts'
import { formatMoney } from '#sandbox/commerce/money.ts'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { cartOf, keepCart } from './cart-cookie.ts'
import { type Cart, dropCart } from './cart-store.ts'
import { type CheckoutForm, checkoutPage, EMPTY_FORM } from './checkout-page.ts'
import { findActiveVariant } from './find-variant.ts'
import { storefrontRoot } from './liquid-objects.ts'
import { priceCart } from './price-cart.ts'
import { type Fields, readFields } from './read-fields.ts'
import type { ShopRoute } from './router.ts'
import { SHIPPING_METHODS, shippingPrice } from './shipping-methods.ts'
import { thankYouPage } from './thank-you-page.ts'

const buyerSchema = z.object({
  email: z.email('Enter an email address, such as ada@post.example'),
  firstName: z.string().trim().max(80),
  lastName: z.string().trim().min(1, 'Enter a last name').max(80),
  address: z.string().trim().min(1, 'Enter an address').max(200),
  city: z.string().trim().min(1, 'Enter a city').max(80),
  postalCode: z.string().trim().min(1, 'Enter a postal code').max(20),
  shipping: z.enum(['standard', 'express']),
  payment: z.enum(['paid', 'authorized', 'pending']),
})

export function mountCheckout(router: Hono, sandbox: Sandbox, route: ShopRoute): void {
  router.get(
    '/storefront/:handle/checkout',
    route((state, context) => {
      const cart = cartOf(sandbox, state, context)
      if (cart.lines.length === 0) return context.redirect(`${storefrontRoot(state)}/cart`)
      return context.html(showCheckout(sandbox, state, cart, EMPTY_FORM))
    }),
  )
  router.post(
    '/storefront/:handle/checkout',
    route(async (state, context) => {
      const cart = cartOf(sandbox, state, context)
      if (cart.lines.length === 0) return context.redirect(`${storefrontRoot(state)}/cart`, 303)
      const fields = await readFields(context)
      if (fields.step !== 'pay') return applyChanges(sandbox, state, context, cart, fields)
      return pay(sandbox, state, context, cart, fields)
    }),
  )
  router.get(
    '/storefront/:handle/orders/:order/thank-you',
    route((state, context) => {
      const order = state.orders[context.req.param('order') ?? '']
      // The page shows what was bought: only who knows the cart's token may see it.
      const isBuyer = order?.customAttributes.some(
        ({ key, value }) => key === CHECKOUT_KEY && value === context.req.query('key'),
      )
      if (!order || !isBuyer) return context.text('There is no such order.', 404)
      return context.html(thankYouPage(state, order))
    }),
  )
}

/** Order attribute that carries the checkout's own token. */
const CHECKOUT_KEY = '_sandbox_checkout'

function showCheckout(sandbox: Sandbox, state: ShopState, cart: Cart, form: CheckoutForm) {
  const priced = priceCart(state, cart, {
    at: sandbox.clock.now().toISOString(),
    shippingPrice: shippingPrice(form.values.shipping, state.shop.currency),
    customerId: customerByEmail(state, form.values.email ?? '')?.id ?? null,
  })
  return checkoutPage(state, priced, form)
}

/** The code field or another way of shipping: nothing is bought, what was typed stays. */
function applyChanges(
  sandbox: Sandbox,
  state: ShopState,
  context: Context,
  cart: Cart,
  fields: Fields,
): Response | Promise<Response> {
  if (fields.step === 'code') {
    const code = String(fields.code ?? '').trim()
    cart.discountCodes = code === '' ? [] : [code]
  }
  if (fields.step === 'remove-code') cart.discountCodes = []
  keepCart(sandbox, state, context, cart)
  return context.html(showCheckout(sandbox, state, cart, { values: asTexts(fields), problems: {} }))
}

async function pay(
  sandbox: Sandbox,
  state: ShopState,
  context: Context,
  cart: Cart,
  fields: Fields,
): Promise<Response> {
  const values = asTexts(fields)
  const again = (problems: Record<string, string>) =>
    context.html(showCheckout(sandbox, state, cart, { values, problems }), 422)
  const buyer = buyerSchema.safeParse(fields)
  if (!buyer.success) {
    return again(
      Object.fromEntries(buyer.error.issues.map((issue) => [String(issue.path[0]), issue.message])),
    )
  }
  const typedCode = String(fields.code ?? '').trim()
  if (typedCode !== '') cart.discountCodes = [typedCode]
  const placed = orderFrom(sandbox, state, cart, buyer.data)
  if (!placed.ok) return again({ order: placed.message })
  dropCart(sandbox, state.shop.domain, cart)
  const { order } = placed
  return context.redirect(`${storefrontRoot(state)}/orders/${order.id}/thank-you?key=${cart.token}`, 303)
}

function orderFrom(
  sandbox: Sandbox,
  state: ShopState,
  cart: Cart,
  buyer: z.infer<typeof buyerSchema>,
): { ok: true; order: Order } | { ok: false; message: string } {
  const { domain, currency } = state.shop
  const gone = cart.lines.find(({ variantId }) => !findActiveVariant(state, variantId, sandbox.clock.now()))
  if (gone) {
    const title = findVariant(state, gone.variantId)?.product.title ?? 'A piece'
    return { ok: false, message: `${title} is no longer available. Take it out of your bag to go on.` }
  }
  const known = customerByEmail(state, buyer.email)
  const created = known
    ? { ok: true as const, customer: known }
    : createCustomer(sandbox, domain, {
        email: buyer.email,
        firstName: buyer.firstName,
        lastName: buyer.lastName,
      })
  if (!created.ok) return created
  return placeOrder(sandbox, domain, {
    customerId: created.customer.id,
    email: buyer.email,
    lines: cart.lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    discountCodes: cart.discountCodes,
    shipping: {
      title: SHIPPING_METHODS[buyer.shipping].title,
      price: formatMoney(shippingPrice(buyer.shipping, currency), currency),
    },
    customAttributes: [
      ...Object.entries(cart.attributes).map(([key, value]) => ({ key, value })),
      { key: CHECKOUT_KEY, value: cart.token },
    ],
    note: cart.note,
    payment: buyer.payment,
    sourceName: 'web',
  })
}

function customerByEmail(state: ShopState, email: string) {
  const wanted = email.trim().toLowerCase()
  return wanted === ''
    ? undefined
    : Object.values(state.customers).find((customer) => customer.email.toLowerCase() === wanted)
}

function asTexts(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}
