// What a cart costs, by the same arithmetic that prices the order placed from it.
import { type AutomaticOffer, combineDiscounts } from '#sandbox/commerce/combine-discounts.ts'
import { findVariant } from '#sandbox/commerce/find-nouns.ts'
import { parseMoney, parseRatio } from '#sandbox/commerce/money.ts'
import { isGiftCardProduct } from '#sandbox/commerce/order-input.ts'
import { ratioOf, shopTaxRates } from '#sandbox/commerce/order-parts.ts'
import { pickDiscounts } from '#sandbox/commerce/pick-discounts.ts'
import { priceOrder } from '#sandbox/commerce/price-order.ts'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Cart, CartLine } from './cart-store.ts'
import { findActiveVariant, type VariantOfProduct } from './find-variant.ts'

export interface PricedLine extends VariantOfProduct {
  line: CartLine
  /** Minor units of the shop's currency, here and below. */
  unitPrice: bigint
  discount: bigint
  /** Title of the automatic discount on it. */
  automatic: string | null
  /** After discounts, before added taxes. */
  net: bigint
}

export interface PricedCart {
  lines: PricedLine[]
  subtotal: bigint
  discount: bigint
  shipping: bigint
  tax: bigint
  total: bigint
  /** Code in force, or the reason why the code given is not. */
  code: { text: string; problem: string | null } | null
}

export interface CartUse {
  /** Minor units. */
  shippingPrice?: bigint
  customerId?: string | null
  /** What the app's discount functions would take off. */
  offers?: AutomaticOffer[]
  at: string
}

const NONE = { numerator: 0n, denominator: 1n }

export function priceCart(state: ShopState, cart: Cart, use: CartUse): PricedCart {
  const { currency, taxesIncluded } = state.shop
  const found = cart.lines.flatMap((line) => {
    const variant = cart.draftOrderId
      ? findVariant(state, line.variantId)
      : findActiveVariant(state, line.variantId, new Date(use.at))
    return variant ? [{ line, ...variant, unitPrice: parseMoney(variant.variant.price, currency) ?? 0n }] : []
  })
  const picked = pickDiscounts(state, cart.discountCodes, {
    productIds: found.map(({ product }) => product.id),
    customerId: use.customerId ?? null,
    at: use.at,
  })
  const priceable = found.map(({ line, unitPrice, product }) => ({
    unitPrice,
    quantity: line.quantity,
    isGiftCard: isGiftCardProduct(product),
  }))
  const combined = combineDiscounts(priceable, picked.ok ? picked.discounts : [], use.offers ?? [])
  const priced = priceOrder({
    lines: priceable,
    lineDiscounts: combined.automatic.map((one) => one?.amount ?? 0n),
    percentages: combined.codes.map(({ discount, entitled }) => ({
      percentage: parseRatio(discount.percentage) ?? NONE,
      entitled,
    })),
    fixedDiscount: 0n,
    shipping: use.shippingPrice === undefined ? null : { price: use.shippingPrice, discount: 0n },
    taxRates: shopTaxRates(state).map(({ rate }) => ratioOf(rate)),
    taxesIncluded,
  })
  const lines = found.map((entry, index) => {
    const discount = priced.lines[index]?.discount ?? 0n
    const automatic = combined.automatic[index]?.title ?? null
    return { ...entry, discount, automatic, net: entry.unitPrice * BigInt(entry.line.quantity) - discount }
  })
  const parts = priced.shipping ? [...priced.lines, priced.shipping] : priced.lines
  const [text] = cart.discountCodes
  return {
    lines,
    subtotal: sum(lines.map(({ net }) => net)),
    discount: sum(lines.map(({ discount }) => discount)),
    shipping: use.shippingPrice ?? 0n,
    tax: sum(parts.map(({ tax }) => tax)),
    total: sum(parts.map(({ total }) => total)),
    code:
      text === undefined ? null : { text, problem: picked.ok || found.length === 0 ? null : picked.message },
  }
}

function sum(amounts: bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
