// Stores who is paid for order lines and how long their royalties wait, set-wise.
import type { Candidate, Payee } from '../../domain/attribution/attribution.ts'
import type { SaleCircumstances } from '../../domain/attribution/circumstances.ts'
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
  /** What was true at the sale; null for later decisions, which go by the first one's. */
  circumstances: SaleCircumstances | null
  /** The newest journal when a later decision was made; null for the first one. */
  afterSeq: bigint | null
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
      circumstances: row.circumstances,
      drop_id: row.circumstances?.drop?.id ?? null,
      after_seq: row.afterSeq,
      matures_at: row.maturesAt,
    })),
  )
  if (holds.length === 0) return null
  const waiting = await readWaiting(tx, holds)
  await insertRows(
    tx,
    'royalty_hold',
    holds.map((hold) => ({
      shop_id: hold.shopId,
      line_item_id: hold.lineItemId,
      creator_id: hold.creatorId,
      order_id: hold.orderId,
      matures_at: hold.maturesAt,
      disputed: waiting.get(hold.orderId)?.disputed ?? false,
      unpaid: waiting.get(hold.orderId)?.unpaid ?? false,
      reserve_bps: hold.reserveBps,
      reserve_until: hold.reserveUntil,
    })),
  )
  return new Date(holds.reduce((least, { maturesAt }) => Math.min(least, maturesAt.getTime()), Infinity))
}

interface Waiting {
  id: bigint
  disputed: boolean
  unpaid: boolean
}

/** An order may have been disputed, or paid in part, before anybody was paid for this line of it. By order, those alone that wait. */
async function readWaiting(tx: ShopTransaction, holds: readonly NewHold[]): Promise<Map<bigint, Waiting>> {
  const shopId = holds[0]?.shopId
  const orderIds = [...new Set(holds.map((hold) => String(hold.orderId)))]
  // Looked up one by one: given a list, a planner without statistics goes through all orders of the shop instead. Nearly always none waits.
  const waiting = await tx.$queryRaw<Waiting[]>`
    select wanted.id, d.disputed, o.unpaid
    from unnest(${orderIds}::bigint[]) as wanted(id)
    cross join lateral (
      select count(*) > 0 as disputed from dispute d
      where d.shop_id = ${shopId}::int and d.order_id = wanted.id and d.status in ('needs_response', 'under_review') offset 0
    ) d
    cross join lateral (
      select count(*) > 0 as unpaid from shop_order o
      where o.shop_id = ${shopId}::int and o.order_id = wanted.id and o.financial_status = 'PARTIALLY_PAID' offset 0
    ) o
    where d.disputed or o.unpaid`
  return new Map(waiting.map((row) => [row.id, row]))
}
