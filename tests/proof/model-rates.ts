// What a return in the buyer's currency is worth in the shop's.
import { nearest } from './fractions.ts'
import type { ToldSale } from './model-types.ts'

export interface RatedSale {
  sale: ToldSale
  net: bigint
  tax: bigint
}

/** A return of a sale in another currency is worth what it was sold for; the rest is a difference of exchange. */
export function atRateOfSale(sales: readonly ToldSale[]): RatedSale[] {
  const blank = () => ({ net: 0n, tax: 0n, foreignNet: 0n, foreignTax: 0n, backNet: 0n, backTax: 0n })
  const known = new Map<string, ReturnType<typeof blank>>()
  return sales.map((sale) => {
    const net = sale.totalMinor - sale.taxMinor
    const foreignTax = sale.presentmentTaxMinor ?? 0n
    const foreignNet = sale.presentmentMinor - foreignTax
    const key = String(sale.lineItemId ?? sale.lineType)
    const line = known.get(key) ?? blank()
    known.set(key, line)
    if (sale.totalMinor >= 0n) {
      line.net += net
      line.tax += sale.taxMinor
      line.foreignNet += foreignNet
      line.foreignTax += foreignTax
      return { sale, net, tax: sale.taxMinor }
    }
    if (sale.presentmentCurrency === sale.currency || line.foreignNet <= 0n)
      return { sale, net, tax: sale.taxMinor }
    const worth = (sold: bigint, back: bigint, foreign: bigint) =>
      foreign === 0n ? 0n : nearest(sold * back, foreign)
    const before = [
      worth(line.net, line.backNet, line.foreignNet),
      worth(line.tax, line.backTax, line.foreignTax),
    ]
    line.backNet += foreignNet
    line.backTax += foreignTax
    return {
      sale,
      net: worth(line.net, line.backNet, line.foreignNet) - (before[0] ?? 0n),
      tax: worth(line.tax, line.backTax, line.foreignTax) - (before[1] ?? 0n),
    }
  })
}
