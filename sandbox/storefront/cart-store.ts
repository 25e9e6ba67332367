// Shoppers' carts, by shop and token. They live as long as the process: a cart is no economic fact.
import { randomBytes } from 'node:crypto'
import type { Sandbox } from '#sandbox/state/sandbox.ts'

export interface CartLine {
  variantId: string
  quantity: number
  properties: Record<string, string>
}

export interface Cart {
  token: string
  lines: CartLine[]
  attributes: Record<string, string>
  note: string
  discountCodes: string[]
  /** Who is signed in. */
  customerId?: string
  /** The draft order that is paid; a changed bag is a bag like any other. */
  draftOrderId?: string
  /** Language of the storefront; absent: English. */
  locale?: string
}

const carts = new WeakMap<Sandbox, Map<string, Cart>>()

function cartsOf(sandbox: Sandbox): Map<string, Cart> {
  const known = carts.get(sandbox)
  if (known) return known
  const fresh = new Map<string, Cart>()
  carts.set(sandbox, fresh)
  return fresh
}

/** The cart of a token; a new, unsaved one when there is none. */
export function loadCart(sandbox: Sandbox, shopDomain: string, token: string | undefined): Cart {
  const known = token ? cartsOf(sandbox).get(`${shopDomain}:${token}`) : undefined
  return (
    known ?? {
      token: randomBytes(16).toString('hex'),
      lines: [],
      attributes: {},
      note: '',
      discountCodes: [],
    }
  )
}

export function saveCart(sandbox: Sandbox, shopDomain: string, cart: Cart): void {
  cartsOf(sandbox).set(`${shopDomain}:${cart.token}`, cart)
}

export function dropCart(sandbox: Sandbox, shopDomain: string, cart: Cart): void {
  cartsOf(sandbox).delete(`${shopDomain}:${cart.token}`)
}

/** Sets the quantity of a variant; 0 removes its lines. */
export function setQuantity(cart: Cart, variantId: string, quantity: number): void {
  const [first, ...rest] = cart.lines.filter((line) => line.variantId === variantId)
  for (const line of rest) cart.lines.splice(cart.lines.indexOf(line), 1)
  if (!first && quantity > 0) cart.lines.push({ variantId, quantity, properties: {} })
  else if (first && quantity > 0) first.quantity = quantity
  else if (first) cart.lines.splice(cart.lines.indexOf(first), 1)
}
