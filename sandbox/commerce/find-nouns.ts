// Look-ups that refuse by name.
import type { Order, Product, ShopState, Variant } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { type Refusal, refuse } from './refusal.ts'

export function findShopState(
  sandbox: Sandbox,
  shopDomain: string,
): { ok: true; state: ShopState } | Refusal<'unknown_shop'> {
  const state = sandbox.findShop(shopDomain)
  return state ? { ok: true, state } : refuse('unknown_shop', `The sandbox has no shop ${shopDomain}.`)
}

export function findOrder(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
): { ok: true; state: ShopState; order: Order } | Refusal<'unknown_shop' | 'unknown_order'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const order = found.state.orders[orderId]
  return order
    ? { ok: true, state: found.state, order }
    : refuse('unknown_order', `${shopDomain} has no order with the id ${orderId}.`)
}

export function findVariant(
  state: ShopState,
  variantId: string,
): { product: Product; variant: Variant } | undefined {
  for (const product of Object.values(state.products)) {
    const variant = product.variants.find(({ id }) => id === variantId)
    if (variant) return { product, variant }
  }
  return undefined
}

/** An ISO time, or now by the movable clock. */
export function readTime(
  sandbox: Sandbox,
  text: string | undefined,
): { ok: true; at: string } | Refusal<'invalid_time'> {
  if (text === undefined) return { ok: true, at: sandbox.clock.now().toISOString() }
  const time = Date.parse(text)
  return Number.isNaN(time)
    ? refuse('invalid_time', `happenedAt: "${text}" is no time.`)
    : { ok: true, at: new Date(time).toISOString() }
}
