// Which part of a sale's tax belongs to which tax: state and county, GST and PST.
import type { Order, Sale, TaxLine } from '#sandbox/state/nouns.ts'
import { addBags, type MinorBag, readBag, writeBag, ZERO } from './minor-bag.ts'
import { parseRatio, spread } from './money.ts'

type Part = Pick<Sale, 'lineType' | 'lineItemId' | 'partId'>

/** The taxes of the line, shipping line or fee that a sale is of, as they were when it was sold. */
export function taxLinesOfPart(order: Order, { lineType, lineItemId, partId }: Part): TaxLine[] {
  if (lineItemId !== null) return order.lineItems.find(({ id }) => id === lineItemId)?.taxes ?? []
  if (lineType === 'SHIPPING') {
    const added = order.addedShipping?.find(({ id }) => id === partId)
    return (partId === undefined ? order.shipping : added)?.taxes ?? []
  }
  if (lineType !== 'ADDITIONAL_FEE') return []
  return order.additionalFees?.find(({ id }) => id === partId)?.taxes ?? []
}

/**
 * The parts of a sale's tax, which add up to it; undefined where there is one tax or none. What is taken back is taken in
 * proportion to what is left of each tax, so that the last piece leaves nothing of any.
 */
export function splitTax(
  order: Order,
  sale: Part & { tax: MinorBag; taxes?: MinorBag[] },
): TaxLine[] | undefined {
  const lines = taxLinesOfPart(order, sale)
  if (lines.length < 2) return undefined
  const left = leftOfEach(order, sale, lines.length)
  const side = (currency: keyof MinorBag) => {
    const weights = [
      left.map((bag) => bag[currency]),
      lines.map(({ amount }) => readBag(amount, order)[currency]),
      rateWeights(lines),
    ].find((candidate) => candidate.every((one) => one >= 0n) && candidate.some((one) => one > 0n))
    return spread(sale.tax[currency], weights ?? lines.map(() => 1n))
  }
  const shares = { shop: side('shop'), presentment: side('presentment') }
  return lines.map(({ title, rate }, index) => {
    const share = { shop: shares.shop[index] ?? 0n, presentment: shares.presentment[index] ?? 0n }
    return { title, rate, amount: writeBag(sale.taxes?.[index] ?? share, order) }
  })
}

function leftOfEach(order: Order, { lineType, lineItemId, partId }: Part, count: number): MinorBag[] {
  const earlier = order.agreements
    .flatMap(({ sales }) => sales)
    .filter(
      (one) =>
        one.lineType === lineType && one.lineItemId === lineItemId && one.partId === partId && one.taxes,
    )
  return Array.from({ length: count }, (_, index) =>
    addBags(
      ZERO,
      ...earlier.flatMap(({ taxes }) => {
        const amount = taxes?.[index]?.amount
        return amount ? [readBag(amount, order)] : []
      }),
    ),
  )
}

function rateWeights(lines: TaxLine[]): bigint[] {
  const ratios = lines.map(({ rate }) => parseRatio(rate) ?? { numerator: 0n, denominator: 1n })
  const whole = ratios.reduce((product, { denominator }) => product * denominator, 1n)
  return ratios.map(({ numerator, denominator }) => (numerator * whole) / denominator)
}

/** What the sales come to of each of `lines`, by the sales' own parts; with one tax line all of the tax is its. */
export function taxesOfSales(order: Order, lines: TaxLine[], sales: Sale[]): TaxLine[] {
  return lines.map((line, index) => {
    const parts = sales.map((sale) => {
      if (sale.taxes) return sale.taxes[index]?.amount
      return index === 0 ? sale.tax : undefined
    })
    const amount = addBags(ZERO, ...parts.flatMap((part) => (part ? [readBag(part, order)] : [])))
    return { ...line, amount: writeBag(amount, order) }
  })
}
