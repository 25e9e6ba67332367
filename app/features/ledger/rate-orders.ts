// Stored sales as the domain's facts, each order's rated together.
import type { Sale } from '../../adapters/db/generated/client.ts'
import type { SaleFact } from '../../domain/ledger/sale-fact.ts'
import { type RatedSale, rateSales } from '../../domain/ledger/sale-rate.ts'

/** A return in another currency is rated by the sale that it undoes: all sales of an order, oldest first. */
export function rateByOrder(sales: readonly Sale[]): Map<bigint, RatedSale> {
  const ofOrder = new Map<bigint, Sale[]>()
  for (const sale of [...sales].sort(byTime))
    ofOrder.set(sale.orderId, [...(ofOrder.get(sale.orderId) ?? []), sale])
  return new Map([...ofOrder.values()].flatMap((own) => [...rateSales(own.map(factOf))]))
}

export function factOf(row: Sale): SaleFact {
  return { ...row, happenedAt: row.happenedAt.toISOString(), isTest: false }
}

export function byTime(left: Sale, right: Sale): number {
  return left.happenedAt.getTime() - right.happenedAt.getTime() || (left.saleId < right.saleId ? -1 : 1)
}
