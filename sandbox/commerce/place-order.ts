// A buyer's order: prices, discounts and taxes to the cent, stock, payment, and its first agreement.
import type { Customer, DiscountCode, Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findShopState, readTime } from './find-nouns.ts'
import { readBag, writeBag, ZERO } from './minor-bag.ts'
import {
  type Amounts,
  type PlaceOrderInput,
  type Presentment,
  type ResolvedLine,
  readAmounts,
  readPresentment,
  resolveLines,
} from './order-input.ts'
import { joinParts, lineItemOf, ratioOf, saleMoney, taxLinesOf, taxRateOf } from './order-parts.ts'
import { addTransaction, settleStatus } from './payments.ts'
import { type DiscountRefusal, pickDiscounts } from './pick-discounts.ts'
import { type PricedOrder, priceOrder } from './price-order.ts'
import { type Refusal, refuse } from './refusal.ts'
import { appendAgreement, plainMoney, type SaleDraft } from './sales.ts'
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
  const picked = pickDiscounts(state, input.discountCodes ?? [], {
    productIds: lines.lines.map(({ product }) => product.id),
    customerId: customer?.id ?? null,
    at: time.at,
  })
  if (!picked.ok) return picked
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
    discounts: picked.discounts,
  })
  fillOrder(sandbox, order, state, lines.lines, amounts, presentment, picked.discounts)
  takePayment(sandbox, order, input)
  state.orders[order.id] = order
  for (const { discount } of picked.discounts) discount.usageCount += 1
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
    createdAt: facts.at,
    processedAt: facts.at,
    updatedAt: facts.at,
    cancelledAt: null,
    cancelReason: null,
    test: input.test ?? false,
    ...currencies,
    taxesIncluded: state.shop.taxesIncluded,
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
  }
}

function fillOrder(
  sandbox: Sandbox,
  order: Order,
  state: ShopState,
  lines: ResolvedLine[],
  amounts: Amounts,
  presentment: Presentment,
  discounts: Array<{ discount: DiscountCode; entitled: number[] }>,
): void {
  const taxRate = taxRateOf(state)
  const price = (convert: (minor: bigint) => bigint): PricedOrder =>
    priceOrder({
      lines: lines.map((line) => ({ ...line, unitPrice: convert(line.unitPrice) })),
      percentages: discounts.map(({ discount, entitled }) => ({
        percentage: ratioOf(discount.percentage),
        entitled,
      })),
      fixedDiscount: convert(amounts.orderDiscount),
      shipping: amounts.shipping && {
        price: convert(amounts.shipping.price),
        discount: convert(amounts.shipping.discount),
      },
      taxRate,
      taxesIncluded: order.taxesIncluded,
    })
  const inShop = price((minor) => minor)
  const inPresentment = price(presentment.convert)
  const sales: SaleDraft[] = lines.map((line, index) => {
    const part = joinParts(inShop.lines[index], inPresentment.lines[index])
    const item = lineItemOf(sandbox, order, state, line, part, presentment)
    order.lineItems.push(item)
    const lineType = line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT'
    return { actionType: 'ORDER', lineType, lineItemId: item.id, quantity: line.quantity, ...saleMoney(part) }
  })
  if (amounts.shipping && inShop.shipping && inPresentment.shipping) {
    const part = joinParts(inShop.shipping, inPresentment.shipping)
    const { title, price: shopPrice } = amounts.shipping
    order.shipping = {
      title,
      price: writeBag({ shop: shopPrice, presentment: presentment.convert(shopPrice) }, order),
      discount: writeBag(part.discount, order),
      taxes: taxLinesOf(part.tax, state, order),
    }
    sales.push({
      actionType: 'ORDER',
      lineType: 'SHIPPING',
      lineItemId: null,
      quantity: 1,
      ...saleMoney(part),
    })
  }
  if (amounts.tip > 0n) {
    const tip = { shop: amounts.tip, presentment: presentment.convert(amounts.tip) }
    order.tip = writeBag(tip, order)
    sales.push({ actionType: 'ORDER', lineType: 'TIP', lineItemId: null, quantity: 1, ...plainMoney(tip) })
  }
  appendAgreement(sandbox, order, { kind: 'ORDER', happenedAt: order.processedAt, subjectId: null, sales })
  order.originalTotal = order.currentTotal
}

function takePayment(sandbox: Sandbox, order: Order, { payment = 'paid', gateway }: PlaceOrderInput): void {
  const amount = readBag(order.currentTotal, order)
  if (amount.shop > 0n && payment !== 'pending') {
    const kind = payment === 'paid' ? 'SALE' : 'AUTHORIZATION'
    addTransaction(sandbox, order, { kind, amount, createdAt: order.processedAt, gateway })
  }
  settleStatus(order)
}
