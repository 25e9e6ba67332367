// A cart as the app's functions see it.
import type { AutomaticOffer } from '#sandbox/commerce/combine-discounts.ts'
import { draftOffers } from '#sandbox/commerce/draft-orders.ts'
import { findVariant } from '#sandbox/commerce/find-nouns.ts'
import type { Occasion } from '#sandbox/functions/function-input.ts'
import { automaticOffers, validationErrors } from '#sandbox/functions/run-functions.ts'
import type { Customer, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import type { Cart } from './cart-store.ts'
import { findActiveVariant } from './find-variant.ts'
import { type CartUse, type PricedCart, priceCart } from './price-cart.ts'

export interface Buyer {
  /** As typed at checkout. */
  email?: string
  step?: Occasion['step']
}

export function occasionOf(sandbox: Sandbox, state: ShopState, cart: Cart, buyer: Buyer = {}): Occasion {
  const now = sandbox.clock.now()
  const signedIn = cart.customerId ? state.customers[cart.customerId] : undefined
  const email = buyer.email?.trim() || signedIn?.email || null
  const customer = signedIn ?? (email ? customerByEmail(state, email) : undefined) ?? null
  return {
    step: buyer.step ?? 'CART_INTERACTION',
    lines: cart.lines.flatMap((line, index) => {
      const found = cart.draftOrderId
        ? findVariant(state, line.variantId)
        : findActiveVariant(state, line.variantId, now)
      if (!found) return []
      return [{ id: String(index + 1), ...found, quantity: line.quantity, properties: line.properties }]
    }),
    attributes: cart.attributes,
    email,
    customer,
    isAuthenticated: signedIn !== undefined,
    language: (cart.locale ?? 'en').slice(0, 2).toUpperCase(),
  }
}

/** Prices with what the app's discount functions take off. */
export async function priceWithFunctions(
  sandbox: Sandbox,
  state: ShopState,
  cart: Cart,
  { buyer, ...use }: Omit<CartUse, 'at' | 'offers'> & { buyer?: Buyer } = {},
): Promise<PricedCart> {
  const offers = await offersFor(sandbox, state, cart, buyer)
  return priceCart(state, cart, { ...use, at: sandbox.clock.now().toISOString(), offers })
}

/** What is off by itself: of a draft order what was given on it, and automatic discounts only where it takes them. */
export async function offersFor(
  sandbox: Sandbox,
  state: ShopState,
  cart: Cart,
  buyer: Buyer = {},
): Promise<AutomaticOffer[]> {
  const draft = cart.draftOrderId ? state.draftOrders?.[cart.draftOrderId] : undefined
  const given = draft ? draftOffers(state, draft) : []
  if (draft && !draft.acceptAutomaticDiscounts) return given
  return [...given, ...(await automaticOffers(sandbox, state, occasionOf(sandbox, state, cart, buyer)))]
}

/** What the app's validations say against the cart. Draft orders are not validated, as on Shopify. */
export function cartProblems(
  sandbox: Sandbox,
  state: ShopState,
  cart: Cart,
  buyer: Buyer = {},
): Promise<string[]> {
  if (cart.draftOrderId) return Promise.resolve([])
  return validationErrors(sandbox, state, occasionOf(sandbox, state, cart, buyer))
}

export function customerByEmail(state: ShopState, email: string): Customer | undefined {
  const wanted = email.trim().toLowerCase()
  return wanted === ''
    ? undefined
    : Object.values(state.customers).find((customer) => customer.email.toLowerCase() === wanted)
}
