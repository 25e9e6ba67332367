// What a buyer asks for, read and checked: amounts into minor units, variants found, the presentment rate.
import type { Order, Product, ShopState, Variant } from '#sandbox/state/nouns.ts'
import { findVariant } from './find-nouns.ts'
import { readBag } from './minor-bag.ts'
import { exponentOf, findExponent, parseMoney, parseRatio, scale } from './money.ts'
import type { Ratio } from './price-order.ts'
import { type Refusal, refuse } from './refusal.ts'

export interface PlaceOrderLine {
  variantId: string
  quantity: number
  /** Decimal in the shop's currency; default: the variant's price. */
  unitPrice?: string
  sellingPlanName?: string
}

/** Amounts are decimals in the shop's currency. */
export interface PlaceOrderInput {
  customerId?: string
  email?: string
  lines: PlaceOrderLine[]
  discountCodes?: string[]
  /** Off the whole order, after the codes; never more than the goods are worth. */
  orderDiscount?: string
  shipping?: { title: string; price: string; discount?: string }
  tip?: string
  customAttributes?: Array<{ key: string; value: string }>
  /** `rate`: shop money × rate = presentment money. */
  presentment?: { currency: string; rate: string }
  /** Default: paid. */
  payment?: 'paid' | 'authorized' | 'pending'
  gateway?: string
  test?: boolean
  note?: string
  tags?: string[]
  sourceName?: string
  /** ISO; default: now by the movable clock. */
  happenedAt?: string
}

export interface ResolvedLine {
  product: Product
  variant: Variant
  quantity: number
  unitPrice: bigint
  isGiftCard: boolean
  sellingPlanName: string | null
}

export interface Amounts {
  orderDiscount: bigint
  shipping: { title: string; price: bigint; discount: bigint } | null
  tip: bigint
}

export interface Presentment {
  currency: string
  /** Turns minor units of the shop's currency into minor units of the presentment currency. */
  convert: (minor: bigint) => bigint
}

export function isGiftCardProduct(product: Product): boolean {
  return product.productType.toLowerCase().replace(/[-_ ]/g, '') === 'giftcard'
}

export function resolveLines(
  state: ShopState,
  inputs: PlaceOrderLine[],
):
  | { ok: true; lines: ResolvedLine[] }
  | Refusal<'no_lines' | 'invalid_quantity' | 'unknown_variant' | 'invalid_amount'> {
  if (inputs.length === 0) return refuse('no_lines', 'lines: an order needs at least one line.')
  const lines: ResolvedLine[] = []
  for (const [index, line] of inputs.entries()) {
    if (!Number.isSafeInteger(line.quantity) || line.quantity < 1) {
      return refuse('invalid_quantity', `lines[${index}].quantity: ${line.quantity} is no quantity.`)
    }
    const found = findVariant(state, line.variantId)
    if (!found)
      return refuse('unknown_variant', `lines[${index}].variantId: there is no variant ${line.variantId}.`)
    const unitPrice = parseMoney(line.unitPrice ?? found.variant.price, state.shop.currency)
    if (unitPrice === null || unitPrice < 0n) {
      return refuse(
        'invalid_amount',
        `lines[${index}].unitPrice: "${line.unitPrice}" is no price in ${state.shop.currency}.`,
      )
    }
    lines.push({
      ...found,
      quantity: line.quantity,
      unitPrice,
      isGiftCard: isGiftCardProduct(found.product),
      sellingPlanName: line.sellingPlanName ?? null,
    })
  }
  return { ok: true, lines }
}

export function readAmounts(
  input: PlaceOrderInput,
  currency: string,
): ({ ok: true } & Amounts) | Refusal<'invalid_amount'> {
  const fields = {
    orderDiscount: input.orderDiscount,
    'shipping.price': input.shipping?.price,
    'shipping.discount': input.shipping?.discount,
    tip: input.tip,
  }
  const read = new Map<string, bigint>()
  for (const [field, text] of Object.entries(fields)) {
    const minor = parseMoney(text ?? '0', currency)
    if (minor === null || minor < 0n)
      return refuse('invalid_amount', `${field}: "${text}" is no amount in ${currency}.`)
    read.set(field, minor)
  }
  const of = (field: string) => read.get(field) ?? 0n
  if (of('shipping.discount') > of('shipping.price')) {
    return refuse('invalid_amount', 'shipping.discount: is more than the shipping costs.')
  }
  const shipping = input.shipping
    ? { title: input.shipping.title, price: of('shipping.price'), discount: of('shipping.discount') }
    : null
  return { ok: true, orderDiscount: of('orderDiscount'), shipping, tip: of('tip') }
}

export function readPresentment(
  { presentment }: PlaceOrderInput,
  shopCurrency: string,
): ({ ok: true } & Presentment) | Refusal<'invalid_currency' | 'invalid_amount'> {
  if (!presentment) return { ok: true, currency: shopCurrency, convert: (minor) => minor }
  if (findExponent(presentment.currency) === undefined) {
    return refuse('invalid_currency', `presentment.currency: "${presentment.currency}" is no currency.`)
  }
  const rate = parseRatio(presentment.rate)
  if (!rate || rate.numerator <= 0n) {
    return refuse('invalid_amount', `presentment.rate: "${presentment.rate}" is no exchange rate.`)
  }
  if (presentment.currency === shopCurrency && rate.numerator !== rate.denominator) {
    return refuse('invalid_amount', `presentment.rate: from ${shopCurrency} to itself the rate is 1.`)
  }
  return {
    ok: true,
    currency: presentment.currency,
    convert: converter(shopCurrency, presentment.currency, rate),
  }
}

/** Shop minor units into presentment minor units at a rate. */
export function converter(from: string, to: string, rate: Ratio): (minor: bigint) => bigint {
  const numerator = rate.numerator * 10n ** BigInt(exponentOf(to))
  const denominator = rate.denominator * 10n ** BigInt(exponentOf(from))
  return (minor) => scale(minor, numerator, denominator)
}

/** The order's own conversion: its rate, else the ratio of its totals (captured orders carry no rate). */
export function orderConverter(order: Order): (minor: bigint) => bigint {
  if (order.currency === order.presentmentCurrency) return (minor) => minor
  const rate = order.presentmentRate === undefined ? null : parseRatio(order.presentmentRate)
  if (rate) return converter(order.currency, order.presentmentCurrency, rate)
  const total = readBag(order.originalTotal, order)
  return (minor) => (total.shop === 0n ? 0n : scale(minor, total.presentment, total.shop))
}
