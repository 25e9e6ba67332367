// What a buyer asks for, read and checked: amounts into minor units, variants found, the presentment rate.
import type { Order, PostalAddress, Product, ShopState, TaxRate, Variant } from '#sandbox/state/nouns.ts'
import type { AutomaticOffer } from './combine-discounts.ts'
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
  /** What automatic discounts of the app would take off, line by line. */
  automaticOffers?: AutomaticOffer[]
  /** Off the whole order, after the codes; never more than the goods are worth. */
  orderDiscount?: string
  shipping?: { title: string; price: string; discount?: string }
  tip?: string
  customAttributes?: Array<{ key: string; value: string }>
  /** Duties of lines, by their index. */
  duties?: Array<{
    line: number
    amount: string
    harmonizedSystemCode?: string
    countryCodeOfOrigin?: string
  }>
  additionalFees?: Array<{ name: string; price: string; taxable?: boolean }>
  /** The taxes of the buyer's place; default: the shop's. Several are beside each other. */
  taxes?: TaxRate[]
  /** Default: as the shop has it. */
  taxesIncluded?: boolean
  /** `rate`: shop money × rate = presentment money. */
  presentment?: { currency: string; rate: string }
  /** Default: paid. */
  payment?: 'paid' | 'authorized' | 'pending'
  gateway?: string
  /** How much is paid or authorized of what is owed; default: all. */
  paidAmount?: string
  /** Paid with a gift card before anything else, as far as it is owed. */
  giftCard?: string
  /** Cash: the smallest coin, such as "0.05". What is handed over is rounded to it. */
  cashRounding?: string
  test?: boolean
  note?: string
  tags?: string[]
  sourceName?: string
  phone?: string
  shippingAddress?: PostalAddress
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
  duties: Array<{ line: number; amount: bigint; hsCode: string | null; origin: string | null }>
  additionalFees: Array<{ name: string; price: bigint; taxable: boolean }>
  paid: bigint | null
  giftCard: bigint
  coin: bigint | null
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
    paidAmount: input.paidAmount,
    giftCard: input.giftCard,
    cashRounding: input.cashRounding,
    ...Object.fromEntries(
      (input.duties ?? []).map(({ amount }, index) => [`duties[${index}].amount`, amount]),
    ),
    ...Object.fromEntries(
      (input.additionalFees ?? []).map(({ price }, index) => [`additionalFees[${index}].price`, price]),
    ),
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
  const strayed = input.duties?.findIndex(({ line }) => !input.lines[line]) ?? -1
  if (strayed >= 0) return refuse('invalid_amount', `duties[${strayed}].line: there is no such line.`)
  const shipping = input.shipping
    ? { title: input.shipping.title, price: of('shipping.price'), discount: of('shipping.discount') }
    : null
  return {
    ok: true,
    orderDiscount: of('orderDiscount'),
    shipping,
    tip: of('tip'),
    duties: (input.duties ?? []).map((duty, index) => ({
      line: duty.line,
      amount: of(`duties[${index}].amount`),
      hsCode: duty.harmonizedSystemCode ?? null,
      origin: duty.countryCodeOfOrigin ?? null,
    })),
    additionalFees: (input.additionalFees ?? []).map(({ name, taxable = false }, index) => ({
      name,
      price: of(`additionalFees[${index}].price`),
      taxable,
    })),
    paid: input.paidAmount === undefined ? null : of('paidAmount'),
    giftCard: of('giftCard'),
    coin: of('cashRounding') > 0n ? of('cashRounding') : null,
  }
}

/** Rates between 0 and 1, each with a name. */
export function checkTaxes(taxes: TaxRate[] | undefined): { ok: true } | Refusal<'invalid_tax_rate'> {
  for (const [index, { title, rate }] of (taxes ?? []).entries()) {
    const ratio = parseRatio(rate)
    if (title.trim() === '' || !ratio || ratio.numerator < 0n || ratio.numerator > ratio.denominator) {
      return refuse('invalid_tax_rate', `taxes[${index}]: "${title}" at "${rate}" is no tax between 0 and 1.`)
    }
  }
  return { ok: true }
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

/** The other way: presentment minor units into shop minor units, at the order's own rate. */
export function toShopMoney(order: Order): (minor: bigint) => bigint {
  if (order.currency === order.presentmentCurrency) return (minor) => minor
  const rate = order.presentmentRate === undefined ? null : parseRatio(order.presentmentRate)
  if (rate) {
    const inverse = { numerator: rate.denominator, denominator: rate.numerator }
    return converter(order.presentmentCurrency, order.currency, inverse)
  }
  const total = readBag(order.originalTotal, order)
  return (minor) => (total.presentment === 0n ? 0n : scale(minor, total.shop, total.presentment))
}
