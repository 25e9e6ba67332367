// A buyer's order: prices, discounts and taxes to the cent, stock, payment, and its first agreement.
import type { Customer, DiscountCode, Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { combineDiscounts } from './combine-discounts.ts'
import { fillOrder } from './fill-order.ts'
import { findShopState, readTime } from './find-nouns.ts'
import { writeBag, ZERO } from './minor-bag.ts'
import {
  checkTaxes,
  type PlaceOrderInput,
  type Presentment,
  readAmounts,
  readPresentment,
  resolveLines,
} from './order-input.ts'
import { takePayment } from './order-payment.ts'
import { type DiscountRefusal, pickDiscounts } from './pick-discounts.ts'
import { type Refusal, refuse } from './refusal.ts'
import { emitOrderChange } from './shop-events.ts'
import { checkStock, commitStock } from './stock.ts'

export type { PlaceOrderInput } from './order-input.ts'

export type PlaceOrderRefusal =
  | DiscountRefusal
  | Refusal<
      | 'unknown_shop'
      | 'invalid_time'
      | 'no_lines'
      | 'invalid_quantity'
      | 'unknown_variant'
      | 'unknown_customer'
      | 'invalid_amount'
      | 'invalid_currency'
      | 'invalid_tax_rate'
      | 'out_of_stock'
    >

/** Places an order and tells of it (orders/create, and orders/paid when paid). Nothing changes when it is refused. */
export function placeOrder(
  sandbox: Sandbox,
  shopDomain: string,
  input: PlaceOrderInput,
): { ok: true; order: Order } | PlaceOrderRefusal {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const { state } = found
  const time = readTime(sandbox, input.happenedAt)
  if (!time.ok) return time
  const lines = resolveLines(state, input.lines)
  if (!lines.ok) return lines
  const customer = input.customerId === undefined ? null : (state.customers[input.customerId] ?? undefined)
  if (customer === undefined)
    return refuse('unknown_customer', `customerId: there is no customer ${input.customerId}.`)
  const amounts = readAmounts(input, state.shop.currency)
  if (!amounts.ok) return amounts
  const presentment = readPresentment(input, state.shop.currency)
  if (!presentment.ok) return presentment
  const taxes = checkTaxes(input.taxes)
  if (!taxes.ok) return taxes
  const picked = pickDiscounts(state, input.discountCodes ?? [], {
    productIds: lines.lines.map(({ product }) => product.id),
    customerId: customer?.id ?? null,
    at: time.at,
  })
  if (!picked.ok) return picked
  const combined = combineDiscounts(lines.lines, picked.discounts, input.automaticOffers ?? [])
  const needs = lines.lines.map(({ variant, product, quantity }) => ({
    variant,
    title: product.title,
    quantity,
  }))
  const stock = checkStock(state, needs)
  if (!stock.ok) return stock

  const order = startOrder(sandbox, state, input, {
    customer,
    at: time.at,
    presentment,
    discounts: combined.codes,
  })
  const discounts = { discounts: combined.codes, automatic: combined.automatic }
  fillOrder(sandbox, state, order, { ...amounts, ...presentment, ...lines, ...discounts })
  takePayment(sandbox, order, input, { ...amounts, ...presentment })
  state.orders[order.id] = order
  for (const { discount } of combined.codes) discount.usageCount += 1
  for (const id of new Set(combined.automatic.flatMap((one) => one?.discountId ?? []))) {
    const used = state.automaticDiscounts?.[id]
    if (used) used.usageCount += 1
  }
  commitStock(sandbox, state, needs)
  const isPaid = order.financialStatus === 'PAID'
  emitOrderChange(sandbox, shopDomain, order, 'orders/create', ...(isPaid ? ['orders/paid'] : []))
  return { ok: true, order }
}

function startOrder(
  sandbox: Sandbox,
  state: ShopState,
  input: PlaceOrderInput,
  facts: {
    customer: Customer | null
    at: string
    presentment: Presentment
    discounts: Array<{ discount: DiscountCode }>
  },
): Order {
  const currencies = { currency: state.shop.currency, presentmentCurrency: facts.presentment.currency }
  const number = state.nextOrderNumber
  state.nextOrderNumber += 1
  const nothing = writeBag(ZERO, currencies)
  return {
    id: sandbox.nextId('order'),
    name: `#${number}`,
    number,
    customerId: facts.customer?.id ?? null,
    email: input.email ?? facts.customer?.email ?? null,
    phone: input.phone ?? null,
    shippingAddress: input.shippingAddress ?? null,
    createdAt: facts.at,
    processedAt: facts.at,
    updatedAt: facts.at,
    cancelledAt: null,
    cancelReason: null,
    test: input.test ?? false,
    ...currencies,
    taxesIncluded: input.taxesIncluded ?? state.shop.taxesIncluded,
    financialStatus: 'PENDING',
    discountCodes: facts.discounts.map(({ discount }) => discount.code),
    customAttributes: input.customAttributes ?? [],
    note: input.note ?? '',
    tags: input.tags ?? [],
    sourceName: input.sourceName ?? 'web',
    lineItems: [],
    shipping: null,
    tip: null,
    currentTotal: nothing,
    originalTotal: nothing,
    agreements: [],
    transactions: [],
    refunds: [],
    returns: [],
    importNotes: [],
    ...(input.presentment && { presentmentRate: input.presentment.rate }),
    ...(input.taxes && { taxRates: input.taxes }),
  }
}
