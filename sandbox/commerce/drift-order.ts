import type { Order } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findOrder } from './find-nouns.ts'
import { addBags, readBag, writeBag } from './minor-bag.ts'
import { parseMoney } from './money.ts'
import { orderConverter } from './order-input.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitOrderChange } from './shop-events.ts'

/** A fault on purpose: the order's total moves by `amount` (decimal in the shop's currency, may be negative) and no sale says why. */
export function driftOrder(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
  amount: string,
): { ok: true; order: Order } | Refusal<'unknown_shop' | 'unknown_order' | 'invalid_amount'> {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order } = found
  const shop = parseMoney(amount, order.currency)
  if (shop === null || shop === 0n) {
    return refuse('invalid_amount', `amount: "${amount}" is no amount other than 0 in ${order.currency}.`)
  }
  const moved = { shop, presentment: orderConverter(order)(shop) }
  order.currentTotal = writeBag(addBags(readBag(order.currentTotal, order), moved), order)
  emitOrderChange(sandbox, shopDomain, order, 'orders/updated')
  return { ok: true, order }
}
