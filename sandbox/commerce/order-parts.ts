// Priced parts as the state keeps them: line items, tax lines and the money of their sales, in both currencies.
import type { LineItem, Order, ShopState, TaxLine, TaxRate } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { type MinorBag, writeBag } from './minor-bag.ts'
import { parseRatio } from './money.ts'
import { type PricedPart, pricePart, type Ratio } from './price-order.ts'
import type { SaleMoney } from './sales.ts'

/** A priced part in both currencies. */
export interface PartBag {
  discount: MinorBag
  tax: MinorBag
  taxes: MinorBag[]
  total: MinorBag
  discountBeforeTaxes: MinorBag
}

export function joinParts(shop: PricedPart | undefined, presentment: PricedPart | undefined): PartBag {
  if (!shop || !presentment) throw new Error('A part of the order was priced in one currency only.')
  const join = (of: (part: PricedPart) => bigint) => ({ shop: of(shop), presentment: of(presentment) })
  return {
    discount: join((part) => part.discount),
    tax: join((part) => part.tax),
    taxes: shop.taxes.map((tax, index) => ({ shop: tax, presentment: presentment.taxes[index] ?? 0n })),
    total: join((part) => part.total),
    discountBeforeTaxes: join((part) => part.discountBeforeTaxes),
  }
}

/** A part priced in both currencies, each on its own. */
export function priceBoth(
  gross: MinorBag,
  discount: MinorBag,
  rates: TaxRate[],
  taxesIncluded: boolean,
): PartBag {
  const ratios = rates.map(({ rate }) => ratioOf(rate))
  const side = (currency: keyof MinorBag) =>
    pricePart(gross[currency], discount[currency], ratios, taxesIncluded)
  return joinParts(side('shop'), side('presentment'))
}

/** Money of the sale of a part that is sold. */
export function saleMoney(part: PartBag): SaleMoney & { taxes: MinorBag[] } {
  const { total, tax, taxes, discount, discountBeforeTaxes } = part
  return { total, tax, taxes, discountBeforeTaxes, discountAfterTaxes: discount }
}

export type NewLine = Pick<
  LineItem,
  'productId' | 'variantId' | 'title' | 'sku' | 'quantity' | 'isGiftCard' | 'sellingPlanName'
> & { unitPrice: MinorBag }

export function lineItemOf(
  sandbox: Pick<Sandbox, 'nextId'>,
  order: Order,
  line: NewLine,
  part: PartBag,
  rates: TaxRate[],
): LineItem {
  return {
    id: sandbox.nextId('line-item'),
    productId: line.productId,
    variantId: line.variantId,
    title: line.title,
    sku: line.sku,
    quantity: line.quantity,
    currentQuantity: line.quantity,
    isGiftCard: line.isGiftCard,
    unitPrice: writeBag(line.unitPrice, order),
    discount: writeBag(part.discount, order),
    taxes: line.isGiftCard ? [] : taxLinesOf(part.taxes, rates, order),
    sellingPlanName: line.sellingPlanName,
  }
}

export function taxLinesOf(taxes: MinorBag[], rates: TaxRate[], order: Order): TaxLine[] {
  return taxes.flatMap((amount, index) => {
    const rate = rates[index]
    return rate ? [{ ...rate, amount: writeBag(amount, order) }] : []
  })
}

/** The taxes that an order is under: its own, else the shop's. Rates of nothing are no taxes. */
export function taxRatesOf(state: ShopState, order: Order): TaxRate[] {
  return (order.taxRates ?? shopTaxRates(state)).filter(({ rate }) => ratioOf(rate).numerator !== 0n)
}

export function shopTaxRates({ shop }: ShopState): TaxRate[] {
  return shop.taxes ?? [{ title: 'Tax', rate: shop.taxRate }]
}

export function ratioOf(text: string): Ratio {
  const ratio = parseRatio(text)
  if (!ratio) throw new Error(`The state holds "${text}", which is no ratio.`)
  return ratio
}
