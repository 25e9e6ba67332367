// Checkout: one page with contact, shipping, payment and code; placing the order; the thank-you page.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { AutomaticOffer } from '#sandbox/commerce/combine-discounts.ts'
import { createCustomer } from '#sandbox/commerce/create-customer.ts'
import { completeDraftOrder } from '#sandbox/commerce/draft-orders.ts'
import { findVariant } from '#sandbox/commerce/find-nouns.ts'
import { formatMoney } from '#sandbox/commerce/money.ts'
import { type PlaceOrderInput, placeOrder } from '#sandbox/commerce/place-order.ts'
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { cartOf, keepCart } from './cart-cookie.ts'
import { cartProblems, customerByEmail, offersFor, priceWithFunctions } from './cart-occasion.ts'
import { type Cart, dropCart } from './cart-store.ts'
import { type CheckoutForm, checkoutPage, EMPTY_FORM } from './checkout-page.ts'
import { findActiveVariant } from './find-variant.ts'
import { storefrontRoot } from './liquid-objects.ts'
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
    route(async (state, context) => {
      const cart = cartOf(sandbox, state, context)
      if (cart.lines.length === 0) return context.redirect(`${storefrontRoot(state)}/cart`)
      const locale = context.req.query('locale')
      if (locale) {
        cart.locale = locale
        keepCart(sandbox, state, context, cart)
      }
      const email = cart.customerId ? state.customers[cart.customerId]?.email : undefined
      const form = email ? { values: { email }, problems: {} } : EMPTY_FORM
      return context.html(await showCheckout(sandbox, state, cart, form))
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

/** The page, with what the app's validations say against the cart in its banner. */
async function showCheckout(sandbox: Sandbox, state: ShopState, cart: Cart, form: CheckoutForm) {
  const buyer = { email: form.values.email ?? '', step: 'CHECKOUT_INTERACTION' as const }
  const priced = await priceWithFunctions(sandbox, state, cart, {
    shippingPrice: shippingPrice(form.values.shipping, state.shop.currency),
    customerId: customerByEmail(state, buyer.email)?.id ?? null,
    buyer,
  })
  const problems = form.problems.order ? [] : await cartProblems(sandbox, state, cart, buyer)
  const order = problems.join(' ')
  return checkoutPage(state, priced, order ? { ...form, problems: { ...form.problems, order } } : form)
}

/** The code field or another way of shipping: nothing is bought, what was typed stays. */
async function applyChanges(
  sandbox: Sandbox,
  state: ShopState,
  context: Context,
  cart: Cart,
  fields: Fields,
): Promise<Response> {
  if (fields.step === 'code') {
    const code = String(fields.code ?? '').trim()
    cart.discountCodes = code === '' ? [] : [code]
  }
  if (fields.step === 'remove-code') cart.discountCodes = []
  keepCart(sandbox, state, context, cart)
  return context.html(await showCheckout(sandbox, state, cart, { values: asTexts(fields), problems: {} }))
}

async function pay(
  sandbox: Sandbox,
  state: ShopState,
  context: Context,
  cart: Cart,
  fields: Fields,
): Promise<Response> {
  const values = asTexts(fields)
  const again = async (problems: Record<string, string>) =>
    context.html(await showCheckout(sandbox, state, cart, { values, problems }), 422)
  const buyer = buyerSchema.safeParse(fields)
  if (!buyer.success) {
    return again(
      Object.fromEntries(buyer.error.issues.map((issue) => [String(issue.path[0]), issue.message])),
    )
  }
  const typedCode = String(fields.code ?? '').trim()
  if (typedCode !== '') cart.discountCodes = [typedCode]
  const who = { email: buyer.data.email, step: 'CHECKOUT_COMPLETION' as const }
  const problems = await cartProblems(sandbox, state, cart, who)
  if (problems.length > 0) return again({ order: problems.join(' ') })
  const offers = await offersFor(sandbox, state, cart, who)
  const placed = orderFrom(sandbox, state, cart, buyer.data, offers)
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
  automaticOffers: AutomaticOffer[],
): { ok: true; order: Order } | { ok: false; message: string } {
  const { domain, currency } = state.shop
  const gone = cart.draftOrderId
    ? undefined
    : cart.lines.find(({ variantId }) => !findActiveVariant(state, variantId, sandbox.clock.now()))
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
  const order: PlaceOrderInput = {
    customerId: created.customer.id,
    email: buyer.email,
    lines: cart.lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    discountCodes: cart.discountCodes,
    automaticOffers,
    shipping: {
      title: SHIPPING_METHODS[buyer.shipping].title,
      price: formatMoney(shippingPrice(buyer.shipping, currency), currency),
    },
    customAttributes: [
      ...Object.entries(cart.attributes).map(([key, value]) => ({ key, value })),
      { key: CHECKOUT_KEY, value: cart.token },
    ],
    shippingAddress: {
      address1: buyer.address,
      city: buyer.city,
      zip: buyer.postalCode,
      countryCode: state.shop.country,
    },
    note: cart.note,
    payment: buyer.payment,
    sourceName: 'web',
  }
  return cart.draftOrderId
    ? completeDraftOrder(sandbox, domain, cart.draftOrderId, order)
    : placeOrder(sandbox, domain, order)
}

function asTexts(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}
