// The taxes of a whole order, one line for each tax.
import { taxesOfSales, taxLinesOfPart } from '#sandbox/commerce/sale-taxes.ts'
import type { Order, Sale, TaxLine } from '#sandbox/state/nouns.ts'
import { addBags, ZERO_BAG } from './money.ts'

function collect(taxes: TaxLine[]): TaxLine[] {
  const byTax = new Map<string, TaxLine>()
  for (const tax of taxes) {
    const key = `${tax.title}\n${tax.rate}`
    const known = byTax.get(key)
    byTax.set(key, { ...tax, amount: addBags(known?.amount ?? ZERO_BAG, tax.amount) })
  }
  return [...byTax.values()]
}

/** What is left of each tax after everything that was taken back. */
export function currentTaxes(order: Order): TaxLine[] {
  const byPart = new Map<string, Sale[]>()
  for (const sale of order.agreements.flatMap(({ sales }) => sales)) {
    const part = `${sale.lineType}/${sale.lineItemId}/${sale.partId}`
    byPart.set(part, [...(byPart.get(part) ?? []), sale])
  }
  return collect(
    [...byPart.values()].flatMap((sales) => {
      const [first] = sales
      return first ? taxesOfSales(order, taxLinesOfPart(order, first), sales) : []
    }),
  )
}
