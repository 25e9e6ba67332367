import type { SaleFact } from './sale-fact.ts'
import type { RatedSale } from './sale-rate.ts'

/** What one sale adds to what its line has sold: returns negative. */
export interface SoldGoods {
  units: number
  listMinor: bigint
  discountMinor: bigint
}

/**
 * Pieces are signed as the money is: Shopify counts what comes back with either sign. What the buyer pays nothing for is no sale of a piece:
 * a ladder of pieces is climbed by goods that were sold, whether they are counted when they are booked or when they are re-rated.
 */
export function soldGoods(sale: SaleFact, rated: RatedSale): SoldGoods {
  const { netMinor, taxMinor, fxMinor } = rated
  // In the buyer's currency: the last piece of a return may round to nothing in the shop's, and is given back all the same.
  const paidNet = sale.presentmentMinor - sale.presentmentTaxMinor
  const isBooked = [sale.totalMinor, netMinor, taxMinor, fxMinor].some((amount) => amount !== 0n)
  if (!isBooked || (netMinor === 0n && paidNet === 0n)) return { units: 0, listMinor: 0n, discountMinor: 0n }
  const count = Math.abs(sale.quantity ?? 0)
  const comesBack = sale.actionType === 'return' || (netMinor === 0n ? paidNet : netMinor) < 0n
  return {
    units: comesBack ? 0 - count : count,
    listMinor: netMinor + sale.discountMinor,
    discountMinor: sale.discountMinor,
  }
}
