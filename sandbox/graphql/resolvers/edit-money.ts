// Money of an order edit: the API gives it in the buyer's currency, the order keeps both.
import { findVariant } from '#sandbox/commerce/find-nouns.ts'
import { formatMoney, parseMoney } from '#sandbox/commerce/money.ts'
import { orderConverter, toShopMoney } from '#sandbox/commerce/order-input.ts'
import { type Refusal, refuse } from '#sandbox/commerce/refusal.ts'
import type { MoneyBag, Order, ShopState } from '#sandbox/state/nouns.ts'
import { trimDecimal } from './money.ts'

export interface MoneyInput {
  amount: string
  currencyCode: string
}

/** A price in the order's presentment currency, in both of its currencies. */
export function readPrice(
  order: Order,
  { amount, currencyCode }: MoneyInput,
): { ok: true; bag: MoneyBag } | Refusal<'invalid_price'> {
  if (currencyCode !== order.presentmentCurrency) {
    return refuse(
      'invalid_price',
      `Price must be in the currency of the order, ${order.presentmentCurrency}.`,
    )
  }
  const minor = parseMoney(trimDecimal(amount), currencyCode)
  if (minor === null || minor < 0n)
    return refuse('invalid_price', `Price ${amount} is no amount in ${currencyCode}.`)
  const shop = toShopMoney(order)(minor)
  return {
    ok: true,
    bag: { shop: formatMoney(shop, order.currency), presentment: formatMoney(minor, currencyCode) },
  }
}

/** What a variant costs now, in both currencies of the order; null when there is none. */
export function addedUnitPrice(state: ShopState, order: Order, variantId: string): MoneyBag | null {
  const found = findVariant(state, variantId)
  const shop = found ? parseMoney(found.variant.price, order.currency) : null
  if (shop === null) return null
  return {
    shop: formatMoney(shop, order.currency),
    presentment: formatMoney(orderConverter(order)(shop), order.presentmentCurrency),
  }
}
