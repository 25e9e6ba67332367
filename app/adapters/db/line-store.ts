// Stores who is paid for order lines and how long their royalties wait, set-wise.
import type { Candidate, Payee } from '../../domain/attribution/attribution.ts'
import type { ShopTransaction } from './database.ts'
import { insertRows } from './insert-rows.ts'

export interface NewAttribution {
  shopId: number
  lineItemId: bigint
  revision: number
  rerateId: string | null
  orderId: bigint
  soldAt: Date
  decidedAt: Date
  payees: readonly Payee[]
  candidates: readonly Candidate[]
  capped: boolean
  maturesAt: Date
}

export interface NewHold {
  shopId: number
  lineItemId: bigint
  creatorId: string
  orderId: bigint
  maturesAt: Date
  reserveBps: number
  reserveUntil: Date | null
}

/**
 * Holds that stand already keep their frozen dates; new ones wait as their orders do. Returns the earliest of the new ones, or null
 * without any.
 */
export async function saveDecisions(
  tx: ShopTransaction,
  attributions: readonly NewAttribution[],
  holds: readonly NewHold[],
): Promise<Date | null> {
  await insertRows(
    tx,
    'line_attribution',
    attributions.map((row) => ({
      shop_id: row.shopId,
      line_item_id: row.lineItemId,
      revision: row.revision,
      rerate_id: row.rerateId,
      order_id: row.orderId,
      sold_at: row.soldAt,
      decided_at: row.decidedAt,
      payees: row.payees,
      candidates: row.candidates,
      capped: row.capped,
      matures_at: row.maturesAt,
    })),
  )
  await insertRows(
    tx,
    'royalty_hold',
    holds.map((hold) => ({
      shop_id: hold.shopId,
      line_item_id: hold.lineItemId,
      creator_id: hold.creatorId,
      order_id: hold.orderId,
      matures_at: hold.maturesAt,
      disputed: false,
      unpaid: false,
      reserve_bps: hold.reserveBps,
      reserve_until: hold.reserveUntil,
    })),
  )
  const dates = holds.map((hold) => hold.maturesAt.getTime())
  if (dates.length === 0) return null
  for (const shopId of new Set(holds.map((hold) => hold.shopId)))
    await waitAsTheirOrders(tx, shopId, [...new Set(holds.map((hold) => hold.orderId))])
  return new Date(dates.reduce((least, at) => Math.min(least, at)))
}

/** An order may have been disputed, or paid in part, before anybody was paid for this line of it. */
async function waitAsTheirOrders(
  tx: ShopTransaction,
  shopId: number,
  orderIds: readonly bigint[],
): Promise<void> {
  const ids = orderIds.map(String)
  await tx.$executeRaw`
    update royalty_hold h set disputed = true
    from dispute d
    where d.shop_id = ${shopId} and d.order_id = any(${ids}::bigint[]) and d.status in ('needs_response', 'under_review')
      and h.shop_id = d.shop_id and h.order_id = d.order_id and h.released_at is null and not h.disputed`
  await tx.$executeRaw`
    update royalty_hold h set unpaid = true
    from shop_order o
    where o.shop_id = ${shopId} and o.order_id = any(${ids}::bigint[]) and o.financial_status = 'PARTIALLY_PAID'
      and h.shop_id = o.shop_id and h.order_id = o.order_id and h.released_at is null and not h.unpaid`
}
