// Books what the payments of orders came to beside their sales: a refund at another day's exchange rate, cash rounded to its coin.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { nameSteps } from '../../adapters/db/fact-names.ts'
import type { Order } from '../../adapters/db/generated/client.ts'
import type { FetchedOrder, FetchedSettlement } from '../../adapters/shopify/fetched-order.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import {
  journalForSettlement,
  type SettlementPosition,
  settlementTarget,
} from '../../domain/ledger/post-settlement.ts'
import type { SaleFact } from '../../domain/ledger/sale-fact.ts'
import type { RatedSale } from '../../domain/ledger/sale-rate.ts'

export interface OrdersToSettle {
  /** As they stand in the database. */
  orders: readonly Order[]
  /** Answers of which none shows an earlier state than stands there. */
  fetched: readonly FetchedOrder[]
  sales: readonly SaleFact[]
  rated: ReadonlyMap<bigint, RatedSale>
}

/** Returns the journals that bring each order to its target. Nothing is asked of the database for orders in the shop's currency and by card. */
export async function settlePayments(
  tx: ShopTransaction,
  shopId: number,
  { orders, fetched, sales, rated }: OrdersToSettle,
  now: Date,
): Promise<JournalDraft[]> {
  const told = new Map(fetched.map((order) => [order.orderId, order]))
  const concerned = orders.flatMap((order) => {
    const settled = told.get(order.orderId)?.settled
    if (!settled) return []
    const isForeign = order.presentmentCurrency !== order.currency
    const isCash = settled.paidRoundingMinor !== 0n || settled.refundRoundingMinor !== 0n
    return isForeign || isCash ? [{ order, settled }] : []
  })
  if (concerned.length === 0) return []
  const positions = await readPositions(
    tx,
    shopId,
    concerned.map(({ order }) => order.orderId),
  )
  const drafts: JournalDraft[] = []
  for (const { order, settled } of concerned) {
    const { orderId, currency } = order
    const own = sales.filter((sale) => sale.orderId === orderId)
    const draft = journalForSettlement(
      { orderId, currency, orderUpdatedAt: order.updatedAt.toISOString() },
      settlementTarget(settled, own, rated),
      positions.get(orderId) ?? { fxMinor: 0n, roundingMinor: 0n },
    )
    if (!draft) continue
    const nameOf = await nameSteps(tx, shopId, orderId, `settlement/${orderId}/`)
    drafts.push({ ...draft, factKey: nameOf(draft.factKey) })
    await keepSettlement(tx, order, settled, now)
  }
  return drafts
}

/** What the journal rests on, so that it can be computed anew. */
async function keepSettlement(
  tx: ShopTransaction,
  { shopId, orderId, updatedAt, currency }: Order,
  settled: FetchedSettlement,
  seenAt: Date,
): Promise<void> {
  const number = (await tx.orderSettlement.count({ where: { shopId, orderId } })) + 1
  await tx.orderSettlement.create({
    data: { shopId, orderId, number, updatedAt, currency, ...settled, seenAt },
  })
}

async function readPositions(
  tx: ShopTransaction,
  shopId: number,
  orderIds: bigint[],
): Promise<Map<bigint, SettlementPosition>> {
  const rows = await tx.$queryRaw<Array<{ order_id: bigint; fx: bigint; rounding: bigint }>>`
    select j.order_id, coalesce(sum(p.amount_minor) filter (where a.code = 'fx-difference'), 0)::bigint as fx,
           coalesce(sum(p.amount_minor) filter (where a.code = 'rounding'), 0)::bigint as rounding
    from journal j
    join posting p on p.shop_id = j.shop_id and p.journal_seq = j.seq
    join account a on a.id = p.account_id
    where j.shop_id = ${shopId} and j.kind = 'settlement' and j.order_id = any(${orderIds.map(String)}::bigint[])
    group by 1`
  return new Map(rows.map((row) => [row.order_id, { fxMinor: row.fx, roundingMinor: row.rounding }]))
}
