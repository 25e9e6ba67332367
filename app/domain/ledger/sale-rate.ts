import type { SaleFact } from './sale-fact.ts'

/** A sale's amounts at the exchange rate of the original sale, and what the rate's movement since adds. All three make up its total. */
export interface RatedSale {
  netMinor: bigint
  taxMinor: bigint
  fxMinor: bigint
}

interface Sold {
  net: bigint
  tax: bigint
  presentmentNet: bigint
  presentmentTax: bigint
}

const nothing = (): Sold => ({ net: 0n, tax: 0n, presentmentNet: 0n, presentmentTax: 0n })

/**
 * Shopify turns a refund into the shop's currency at the refund's own day. What came back is worth what it was sold for; the rest is a
 * difference of exchange. Cumulative over a line (or over a kind of charge), so that returning everything ends at exactly zero.
 * `sales` are all sales of one order in the order in which they happened.
 */
export function rateSales(sales: readonly SaleFact[]): Map<bigint, RatedSale> {
  const sold = new Map<string, Sold>()
  const returned = new Map<string, Sold>()
  const rated = new Map<bigint, RatedSale>()
  for (const sale of sales) {
    const net = sale.totalMinor - sale.taxMinor
    const presentmentNet = sale.presentmentMinor - sale.presentmentTaxMinor
    const key = sale.lineItemId === null ? sale.lineType : sale.lineItemId.toString()
    const before = sold.get(key) ?? nothing()
    if (sale.totalMinor >= 0n || sale.presentmentCurrency === sale.currency || before.presentmentNet <= 0n) {
      rated.set(sale.saleId, { netMinor: net, taxMinor: sale.taxMinor, fxMinor: 0n })
      if (sale.totalMinor >= 0n) {
        before.net += net
        before.tax += sale.taxMinor
        before.presentmentNet += presentmentNet
        before.presentmentTax += sale.presentmentTaxMinor
        sold.set(key, before)
      }
      continue
    }
    const back = returned.get(key) ?? nothing()
    const netMinor = step(before.net, before.presentmentNet, back.presentmentNet, presentmentNet)
    const taxMinor = step(before.tax, before.presentmentTax, back.presentmentTax, sale.presentmentTaxMinor)
    back.presentmentNet += presentmentNet
    back.presentmentTax += sale.presentmentTaxMinor
    returned.set(key, back)
    rated.set(sale.saleId, { netMinor, taxMinor, fxMinor: sale.totalMinor - netMinor - taxMinor })
  }
  return rated
}

/** What one more return takes off the amount sold, in proportion to what of the buyer's amount has come back. */
function step(sold: bigint, presentmentSold: bigint, backBefore: bigint, back: bigint): bigint {
  if (presentmentSold === 0n) return 0n
  return (
    amountInProportion(sold, backBefore + back, presentmentSold) -
    amountInProportion(sold, backBefore, presentmentSold)
  )
}

/** amount x numerator / denominator, rounded half away from zero. The denominator is positive. */
export function amountInProportion(amount: bigint, numerator: bigint, denominator: bigint): bigint {
  const product = amount * numerator
  const size = product < 0n ? -product : product
  const rounded = (2n * size + denominator) / (2n * denominator)
  return product < 0n ? -rounded : rounded
}
