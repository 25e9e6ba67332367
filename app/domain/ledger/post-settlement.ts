import type { IsoInstant } from '../time/instant.ts'
import { draftJournal, type JournalDraft } from './journal-draft.ts'
import type { SaleFact } from './sale-fact.ts'
import { amountInProportion, type RatedSale } from './sale-rate.ts'

/** What the payments of an order came to beside its sales, in minor units; refunds positive. */
export interface Settlement {
  refundedMinor: bigint
  presentmentRefundedMinor: bigint
  paidRoundingMinor: bigint
  refundRoundingMinor: bigint
}

/** What the accounts of an order's settlement hold, debits positive. */
export interface SettlementPosition {
  fxMinor: bigint
  roundingMinor: bigint
}

/**
 * What the two accounts should hold. Exchange: what the refunds cost on their days, less what they were worth at the rate of the sale, less
 * what the sales themselves said of it. Rounding: what cash lost to the smallest coin.
 */
export function settlementTarget(
  settled: Settlement,
  sales: readonly SaleFact[],
  rated: ReadonlyMap<bigint, RatedSale>,
): SettlementPosition {
  const roundingMinor = settled.refundRoundingMinor - settled.paidRoundingMinor
  const isForeign = sales.some((sale) => sale.presentmentCurrency !== sale.currency)
  if (!isForeign || settled.presentmentRefundedMinor === 0n) return { fxMinor: 0n, roundingMinor }
  const worth = worthAtSale(settled.presentmentRefundedMinor, sales, rated)
  const inSales = sum(sales.map((sale) => rated.get(sale.saleId)?.fxMinor ?? 0n))
  return { fxMinor: settled.refundedMinor - worth + inSales, roundingMinor }
}

/** The buyer's money that was given back, at the rate at which it was taken. */
function worthAtSale(
  givenBack: bigint,
  sales: readonly SaleFact[],
  rated: ReadonlyMap<bigint, RatedSale>,
): bigint {
  const back = sales.filter((sale) => sale.presentmentMinor < 0n)
  // Money and goods are mostly the same: then the sales say it to the cent.
  if (sum(back.map((sale) => sale.presentmentMinor)) === -givenBack)
    return -sum(back.map((sale) => atSale(sale, rated)))
  const sold = sales.filter((sale) => sale.presentmentMinor > 0n)
  const presentmentSold = sum(sold.map((sale) => sale.presentmentMinor))
  if (presentmentSold === 0n) return 0n
  return amountInProportion(sum(sold.map((sale) => atSale(sale, rated))), givenBack, presentmentSold)
}

function atSale(sale: SaleFact, rated: ReadonlyMap<bigint, RatedSale>): bigint {
  const own = rated.get(sale.saleId)
  return own ? own.netMinor + own.taxMinor : sale.totalMinor
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}

export interface SettledOrder {
  orderId: bigint
  currency: string
  /** The payments of this state of the order. */
  orderUpdatedAt: IsoInstant
}

/** Brings the order's exchange and rounding differences to their target; null when they stand there. */
export function journalForSettlement(
  order: SettledOrder,
  target: SettlementPosition,
  before: SettlementPosition,
): JournalDraft | null {
  const fx = target.fxMinor - before.fxMinor
  const rounding = target.roundingMinor - before.roundingMinor
  const steps = `${before.fxMinor}..${target.fxMinor}/${before.roundingMinor}..${target.roundingMinor}`
  return draftJournal({
    factKey: `settlement/${order.orderId}/${steps}`,
    kind: 'settlement',
    effectiveAt: order.orderUpdatedAt,
    orderId: order.orderId,
    currency: order.currency,
    arithmetic: {
      fxMinor: target.fxMinor.toString(),
      fxBeforeMinor: before.fxMinor.toString(),
      roundingMinor: target.roundingMinor.toString(),
      roundingBeforeMinor: before.roundingMinor.toString(),
    },
    postings: [
      { account: 'fx-difference', amountMinor: fx },
      { account: 'rounding', amountMinor: rounding },
      { account: 'receivable', amountMinor: -(fx + rounding) },
    ],
  })
}
