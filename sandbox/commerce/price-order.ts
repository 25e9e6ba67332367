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
  /** Off each line, before anything else; absent: none. */
  lineDiscounts?: bigint[]
  percentages: PercentageDiscount[]
  /** Off the whole order, after the percentages. */
  fixedDiscount: bigint
  shipping: { price: bigint; discount: bigint } | null
  /** Beside each other: each is on the price, none on another. */
  taxRates: Ratio[]
  taxesIncluded: boolean
}

export interface PricedPart {
  discount: bigint
  /** Sum of `taxes`. */
  tax: bigint
  /** One for each rate, each rounded on its own. */
  taxes: bigint[]
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
        line.isGiftCard ? [] : order.taxRates,
        order.taxesIncluded,
      ),
    ),
    shipping: order.shipping
      ? pricePart(order.shipping.price, order.shipping.discount, order.taxRates, order.taxesIncluded)
      : null,
  }
}

/** One part of an order. No `taxRates`: not taxable. */
export function pricePart(
  gross: bigint,
  discount: bigint,
  taxRates: Ratio[],
  taxesIncluded: boolean,
): PricedPart {
  const net = gross - discount
  const whole = taxRates.reduce((product, { denominator }) => product * denominator, 1n)
  const shares = taxRates.map(({ numerator, denominator }) => (numerator * whole) / denominator)
  const base = taxesIncluded ? whole + sumOf(shares) : whole
  const taxes = shares.map((share) => scale(net, share, base))
  const tax = sumOf(taxes)
  if (!taxesIncluded) return { discount, tax, taxes, total: net + tax, discountBeforeTaxes: discount }
  const taxInDiscount = sumOf(shares.map((share) => scale(discount, share, base)))
  return { discount, tax, taxes, total: net, discountBeforeTaxes: discount - taxInDiscount }
}

function sumOf(amounts: bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}

function spreadDiscounts(order: OrderToPrice, gross: bigint[]): bigint[] {
  const left = gross.map((value, index) => value - lesser(order.lineDiscounts?.[index] ?? 0n, value))
  const take = (total: bigint, indexes: number[]) => {
    const shares = spread(
      total,
      indexes.map((index) => left[index] ?? 0n),
    )
    indexes.forEach((index, position) => {
      left[index] = (left[index] ?? 0n) - (shares[position] ?? 0n)
    })
  }
  const worthOf = (indexes: number[]) => sumOf(indexes.map((index) => left[index] ?? 0n))
  for (const { percentage, entitled } of order.percentages) {
    const eligible = entitled.filter((index) => !order.lines[index]?.isGiftCard)
    take(scale(worthOf(eligible), percentage.numerator, percentage.denominator), eligible)
  }
  const discountable = order.lines.flatMap(({ isGiftCard }, index) => (isGiftCard ? [] : [index]))
  const worth = worthOf(discountable)
  take(lesser(order.fixedDiscount, worth), discountable)
  return gross.map((value, index) => value - (left[index] ?? 0n))
}
