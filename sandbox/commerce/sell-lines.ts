// Sales of an order's lines after it was placed: more of a line, a new line, a price reduced.
import type { LineItem, Order, ShopState, TaxRate } from '#sandbox/state/nouns.ts'
import type { StagedDiscount } from '#sandbox/state/order-edit-nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import {
  addBags,
  type MinorBag,
  map2,
  mapBag,
  negateBag,
  readBag,
  subtractBags,
  writeBag,
  ZERO,
} from './minor-bag.ts'
import { lesser, scale } from './money.ts'
import { lineItemOf, type NewLine, priceBoth, ratioOf, saleMoney, taxRatesOf } from './order-parts.ts'
import { lineBalance, type SaleDraft, type SaleMoney } from './sales.ts'

function typeOf(line: Pick<LineItem, 'isGiftCard'>): 'GIFT_CARD' | 'PRODUCT' {
  return line.isGiftCard ? 'GIFT_CARD' : 'PRODUCT'
}

function ratesOfLine(
  state: ShopState,
  order: Order,
  line: { isGiftCard: boolean; isTaxExempt?: boolean },
): TaxRate[] {
  return line.isGiftCard || line.isTaxExempt ? [] : taxRatesOf(state, order)
}

/** More units of a line, at its price without its discount. */
export function sellMore(state: ShopState, order: Order, line: LineItem, quantity: number): SaleDraft {
  const gross = mapBag(readBag(line.unitPrice, order), (minor) => minor * BigInt(quantity))
  const part = priceBoth(gross, ZERO, ratesOfLine(state, order, line), order.taxesIncluded)
  line.quantity += quantity
  line.currentQuantity += quantity
  return { actionType: 'ORDER', lineType: typeOf(line), lineItemId: line.id, quantity, ...saleMoney(part) }
}

/** A line that the order did not have. */
export function sellNew(
  sandbox: Pick<Sandbox, 'nextId'>,
  state: ShopState,
  order: Order,
  line: NewLine & { isTaxExempt?: boolean; isNotShipped?: boolean },
  discount: StagedDiscount | null,
): { line: LineItem; sale: SaleDraft } {
  const gross = mapBag(line.unitPrice, (minor) => minor * BigInt(line.quantity))
  const rates = ratesOfLine(state, order, line)
  const off = discount ? discountOf(order, discount, gross, line.quantity) : ZERO
  const part = priceBoth(gross, off, rates, order.taxesIncluded)
  const item: LineItem = {
    ...lineItemOf(sandbox, order, line, part, rates),
    ...(line.isTaxExempt && { isTaxExempt: true }),
    ...(line.isNotShipped && { isNotShipped: true }),
  }
  order.lineItems.push(item)
  const quantity = line.quantity
  return {
    line: item,
    sale: { actionType: 'ORDER', lineType: typeOf(line), lineItemId: item.id, quantity, ...saleMoney(part) },
  }
}

/** How much a discount takes off `worth` (before taxes where prices are): never more than all of it. */
export function discountOf(
  order: Order,
  discount: StagedDiscount,
  worth: MinorBag,
  quantity: number,
): MinorBag {
  const atMost = (asked: MinorBag) => map2(asked, worth, lesser)
  if (discount.per === 'FRACTION') {
    const { numerator, denominator } = ratioOf(discount.fraction)
    return atMost(mapBag(worth, (minor) => scale(minor, numerator, denominator)))
  }
  const amount = readBag(discount.amount, order)
  if (discount.per === 'LINE') return amount.shop >= worth.shop ? worth : atMost(amount)
  return atMost(mapBag(amount, (minor) => minor * BigInt(quantity)))
}

/** What is left of a line, before taxes where the order's prices are. */
export function worthBeforeTax(order: Order, lineItemId: string): MinorBag {
  return beforeTax(order, lineBalance(order, lineItemId))
}

function beforeTax(order: Order, { total, tax }: SaleMoney): MinorBag {
  return order.taxesIncluded ? total : subtractBags(total, tax)
}

/** A price reduced: tax falls in proportion. `left`: what the line is worth now, this edit's other sales included. */
export function takeOff(
  order: Order,
  line: LineItem,
  discount: StagedDiscount,
  left: SaleMoney,
): SaleDraft | null {
  const worth = beforeTax(order, left)
  if (worth.shop <= 0n) return null
  const off = discountOf(order, discount, worth, line.currentQuantity)
  if (off.shop <= 0n) return null
  const isAll = off.shop === worth.shop
  const taxOff: MinorBag = {
    shop: isAll ? left.tax.shop : scale(left.tax.shop, off.shop, worth.shop),
    presentment:
      worth.presentment === 0n ? 0n : scale(left.tax.presentment, off.presentment, worth.presentment),
  }
  const totalOff = order.taxesIncluded ? off : addBags(off, taxOff)
  line.discount = writeBag(addBags(readBag(line.discount, order), off), order)
  return {
    actionType: 'UPDATE',
    lineType: typeOf(line),
    lineItemId: line.id,
    quantity: null,
    total: negateBag(isAll ? left.total : totalOff),
    tax: negateBag(taxOff),
    discountBeforeTaxes: order.taxesIncluded ? subtractBags(off, taxOff) : off,
    discountAfterTaxes: off,
  }
}
