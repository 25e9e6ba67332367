// Priced parts as the state keeps them: line items, tax lines and the money of their sales, in both currencies.
import type { LineItem, Order, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { type MinorBag, writeBag } from './minor-bag.ts'
import { parseRatio } from './money.ts'
import type { Presentment, ResolvedLine } from './order-input.ts'
import type { PricedPart, Ratio } from './price-order.ts'
import type { SaleMoney } from './sales.ts'

/** A priced part in both currencies. */
export interface PartBag {
  discount: MinorBag
  tax: MinorBag
  total: MinorBag
  discountBeforeTaxes: MinorBag
}

export function joinParts(shop: PricedPart | undefined, presentment: PricedPart | undefined): PartBag {
  if (!shop || !presentment) throw new Error('A part of the order was priced in one currency only.')
  const join = (of: (part: PricedPart) => bigint) => ({ shop: of(shop), presentment: of(presentment) })
  return {
    discount: join((part) => part.discount),
    tax: join((part) => part.tax),
    total: join((part) => part.total),
    discountBeforeTaxes: join((part) => part.discountBeforeTaxes),
  }
}

export function saleMoney({ total, tax, discount, discountBeforeTaxes }: PartBag): SaleMoney {
  return { total, tax, discountBeforeTaxes, discountAfterTaxes: discount }
}

export function lineItemOf(
  sandbox: Sandbox,
  order: Order,
  state: ShopState,
  line: ResolvedLine,
  part: PartBag,
  { convert }: Pick<Presentment, 'convert'>,
): LineItem {
  return {
    id: sandbox.nextId('line-item'),
    productId: line.product.id,
    variantId: line.variant.id,
    // As Shopify has it: the product's title alone, the variant's beside it.
    title: line.product.title,
    sku: line.variant.sku,
    quantity: line.quantity,
    currentQuantity: line.quantity,
    isGiftCard: line.isGiftCard,
    unitPrice: writeBag({ shop: line.unitPrice, presentment: convert(line.unitPrice) }, order),
    discount: writeBag(part.discount, order),
    taxes: line.isGiftCard ? [] : taxLinesOf(part.tax, state, order),
    sellingPlanName: line.sellingPlanName,
  }
}

export function taxLinesOf(tax: MinorBag, state: ShopState, order: Order) {
  if (taxRateOf(state).numerator === 0n) return []
  return [{ title: 'Tax', rate: state.shop.taxRate, amount: writeBag(tax, order) }]
}

export function taxRateOf(state: ShopState): Ratio {
  return ratioOf(state.shop.taxRate)
}

export function ratioOf(text: string): Ratio {
  const ratio = parseRatio(text)
  if (!ratio) throw new Error(`The state holds "${text}", which is no ratio.`)
  return ratio
}
