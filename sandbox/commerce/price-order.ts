// What an order costs in one currency: lines, discounts to the cent, taxes. Run once in shop and once in presentment money.
import { lesser, scale, spread } from './money.ts'

export interface Ratio {
  numerator: bigint
  denominator: bigint
}

export interface LineToPrice {
  unitPrice: bigint
  quantity: number
  /** Gift cards are neither discounted nor taxed. */
  isGiftCard: boolean
}

export interface PercentageDiscount {
  percentage: Ratio
  /** Indexes of the lines that it is for. */
  entitled: number[]
}

export interface OrderToPrice {
  lines: LineToPrice[]
  percentages: PercentageDiscount[]
  /** Off the whole order, after the percentages. */
  fixedDiscount: bigint
  shipping: { price: bigint; discount: bigint } | null
  taxRate: Ratio
  taxesIncluded: boolean
}

export interface PricedPart {
  discount: bigint
  tax: bigint
  /** After discounts, taxes included. */
  total: bigint
  /** The discount without the tax that it carried; equal to `discount` where prices are without tax. */
  discountBeforeTaxes: bigint
}

export interface PricedOrder {
  lines: PricedPart[]
  shipping: PricedPart | null
}

export function priceOrder(order: OrderToPrice): PricedOrder {
  const gross = order.lines.map(({ unitPrice, quantity }) => unitPrice * BigInt(quantity))
  const discounts = spreadDiscounts(order, gross)
  return {
    lines: order.lines.map((line, index) =>
      pricePart(
        gross[index] ?? 0n,
        discounts[index] ?? 0n,
        line.isGiftCard ? null : order.taxRate,
        order.taxesIncluded,
      ),
    ),
    shipping: order.shipping
      ? pricePart(order.shipping.price, order.shipping.discount, order.taxRate, order.taxesIncluded)
      : null,
  }
}

/** One part of an order. `taxRate` null: not taxable. */
export function pricePart(
  gross: bigint,
  discount: bigint,
  taxRate: Ratio | null,
  taxesIncluded: boolean,
): PricedPart {
  const net = gross - discount
  if (!taxRate) return { discount, tax: 0n, total: net, discountBeforeTaxes: discount }
  const { numerator, denominator } = taxRate
  if (!taxesIncluded) {
    const tax = scale(net, numerator, denominator)
    return { discount, tax, total: net + tax, discountBeforeTaxes: discount }
  }
  const tax = scale(net, numerator, denominator + numerator)
  const taxInDiscount = scale(discount, numerator, denominator + numerator)
  return { discount, tax, total: net, discountBeforeTaxes: discount - taxInDiscount }
}

function spreadDiscounts(order: OrderToPrice, gross: bigint[]): bigint[] {
  const left = [...gross]
  const take = (total: bigint, indexes: number[]) => {
    const shares = spread(
      total,
      indexes.map((index) => left[index] ?? 0n),
    )
    indexes.forEach((index, position) => {
      left[index] = (left[index] ?? 0n) - (shares[position] ?? 0n)
    })
  }
  const sumOf = (indexes: number[]) => indexes.reduce((sum, index) => sum + (left[index] ?? 0n), 0n)
  for (const { percentage, entitled } of order.percentages) {
    const eligible = entitled.filter((index) => !order.lines[index]?.isGiftCard)
    take(scale(sumOf(eligible), percentage.numerator, percentage.denominator), eligible)
  }
  const discountable = order.lines.flatMap(({ isGiftCard }, index) => (isGiftCard ? [] : [index]))
  const worth = sumOf(discountable)
  take(lesser(order.fixedDiscount, worth), discountable)
  return gross.map((value, index) => value - (left[index] ?? 0n))
}
