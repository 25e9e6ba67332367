// An order's goods and charges with their money: its lines, shipping, tip, duties, fees, and the agreement that says so.
import type { DiscountCode, Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import type { CombinedDiscounts } from './combine-discounts.ts'
import { type MinorBag, writeBag, ZERO } from './minor-bag.ts'
import type { Amounts, Presentment, ResolvedLine } from './order-input.ts'
import {
  joinParts,
  lineItemOf,
  priceBoth,
  ratioOf,
  saleMoney,
  taxLinesOf,
  taxRatesOf,
} from './order-parts.ts'
import { type PricedOrder, priceOrder } from './price-order.ts'
import { appendAgreement, plainMoney, type SaleDraft } from './sales.ts'

interface Goods extends Amounts, Presentment {
  lines: ResolvedLine[]
  discounts: Array<{ discount: DiscountCode; entitled: number[] }>
  /** By line. */
  automatic: CombinedDiscounts['automatic']
}

export function fillOrder(sandbox: Sandbox, state: ShopState, order: Order, goods: Goods): void {
  const inShop = priceIn(state, order, goods, (minor) => minor)
  const inPresentment = priceIn(state, order, goods, goods.convert)
  const sales = [
    ...sellLines(sandbox, state, order, goods, inShop, inPresentment),
    ...sellShipping(state, order, goods, inShop, inPresentment),
    ...sellTip(order, goods),
    ...sellDuties(sandbox, order, goods),
    ...sellFees(sandbox, state, order, goods),
  ]
  appendAgreement(sandbox, order, { kind: 'ORDER', happenedAt: order.processedAt, subjectId: null, sales })
  order.originalTotal = order.currentTotal
}

function priceIn(
  state: ShopState,
  order: Order,
  goods: Goods,
  convert: (minor: bigint) => bigint,
): PricedOrder {
  return priceOrder({
    lines: goods.lines.map((line) => ({ ...line, unitPrice: convert(line.unitPrice) })),
    lineDiscounts: goods.automatic.map((one) => convert(one?.amount ?? 0n)),
    percentages: goods.discounts.map(({ discount, entitled }) => ({
      percentage: ratioOf(discount.percentage),
      entitled,
    })),
    fixedDiscount: convert(goods.orderDiscount),
    shipping: goods.shipping && {
      price: convert(goods.shipping.price),
      discount: convert(goods.shipping.discount),
    },
    taxRates: taxRatesOf(state, order).map(({ rate }) => ratioOf(rate)),
    taxesIncluded: order.taxesIncluded,
  })
}

function sellLines(
  sandbox: Sandbox,
  state: ShopState,
  order: Order,
  { lines, automatic, convert }: Goods,
  inShop: PricedOrder,
  inPresentment: PricedOrder,
): SaleDraft[] {
  return lines.map((line, index) => {
    const part = joinParts(inShop.lines[index], inPresentment.lines[index])
    const item = lineItemOf(sandbox, order, newLineOf(line, convert), part, taxRatesOf(state, order))
    const offer = automatic[index]
    // Without an id it was given by hand, on a draft.
    if (offer?.discountId) item.automaticDiscount = { id: offer.discountId, title: offer.title }
    order.lineItems.push(item)
    const lineType = line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT'
    return { actionType: 'ORDER', lineType, lineItemId: item.id, quantity: line.quantity, ...saleMoney(part) }
  })
}

function newLineOf(line: ResolvedLine, convert: Presentment['convert']) {
  const { product, variant, quantity, isGiftCard, sellingPlanName, unitPrice } = line
  return {
    productId: product.id,
    variantId: variant.id,
    // As Shopify has it: the product's title alone, the variant's beside it.
    title: product.title,
    sku: variant.sku,
    quantity,
    isGiftCard,
    sellingPlanName,
    unitPrice: { shop: unitPrice, presentment: convert(unitPrice) },
  }
}

function sellShipping(
  state: ShopState,
  order: Order,
  { shipping, convert }: Goods,
  inShop: PricedOrder,
  inPresentment: PricedOrder,
): SaleDraft[] {
  if (!shipping || !inShop.shipping || !inPresentment.shipping) return []
  const part = joinParts(inShop.shipping, inPresentment.shipping)
  order.shipping = {
    title: shipping.title,
    price: writeBag({ shop: shipping.price, presentment: convert(shipping.price) }, order),
    discount: writeBag(part.discount, order),
    taxes: taxLinesOf(part.taxes, taxRatesOf(state, order), order),
  }
  return [{ actionType: 'ORDER', lineType: 'SHIPPING', lineItemId: null, quantity: 1, ...saleMoney(part) }]
}

function sellTip(order: Order, { tip, convert }: Goods): SaleDraft[] {
  if (tip <= 0n) return []
  const bag = { shop: tip, presentment: convert(tip) }
  order.tip = writeBag(bag, order)
  return [{ actionType: 'ORDER', lineType: 'TIP', lineItemId: null, quantity: 1, ...plainMoney(bag) }]
}

function sellDuties(sandbox: Sandbox, order: Order, { duties, convert }: Goods): SaleDraft[] {
  if (duties.length > 0) order.duties = []
  return duties.map(({ line, amount, hsCode, origin }) => {
    const bag: MinorBag = { shop: amount, presentment: convert(amount) }
    const duty = {
      id: sandbox.nextId('duty'),
      lineItemId: order.lineItems[line]?.id ?? '',
      price: writeBag(bag, order),
      harmonizedSystemCode: hsCode,
      countryCodeOfOrigin: origin,
    }
    order.duties?.push(duty)
    const plain = { actionType: 'ORDER' as const, lineType: 'DUTY' as const, lineItemId: null, quantity: 1 }
    return { ...plain, partId: duty.id, ...plainMoney(bag) }
  })
}

function sellFees(
  sandbox: Sandbox,
  state: ShopState,
  order: Order,
  { additionalFees, convert }: Goods,
): SaleDraft[] {
  if (additionalFees.length > 0) order.additionalFees = []
  return additionalFees.map(({ name, price, taxable }) => {
    const bag: MinorBag = { shop: price, presentment: convert(price) }
    const rates = taxable ? taxRatesOf(state, order) : []
    const part = priceBoth(bag, ZERO, rates, order.taxesIncluded)
    const taxes = taxLinesOf(part.taxes, rates, order)
    const fee = { id: sandbox.nextId('additional-fee'), name, price: writeBag(bag, order), taxes }
    order.additionalFees?.push(fee)
    return {
      actionType: 'ORDER',
      lineType: 'ADDITIONAL_FEE',
      lineItemId: null,
      partId: fee.id,
      quantity: 1,
      ...saleMoney(part),
    }
  })
}
