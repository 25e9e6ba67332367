// Compares the disputes that Shopify knows with those in the books: heals what webhooks lost. An order does not change with its dispute,
// so that walking changed orders would not find them.
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { fetchDispute } from '../../adapters/shopify/fetch-dispute.ts'
import { listDisputesSince } from '../../adapters/shopify/list-disputes.ts'
import type { ShopContext } from '../context.ts'
import { recordDispute } from './record-dispute.server.ts'
import { recordOrders } from './record-orders.server.ts'

export type ReconcileDisputesOutcome = { ok: true; disputesRecorded: number } | AdminRefusal

/** Banks decide within four months; a year leaves room for a long silence of ours. */
const LOOK_BACK_MS = 365 * 24 * 60 * 60_000

export async function reconcileDisputes(context: ShopContext): Promise<ReconcileDisputesOutcome> {
  const { db, shop, clock, log } = context
  const listed = await listDisputesSince(context.shopify, new Date(clock.now().getTime() - LOOK_BACK_MS))
  if (!listed.ok) return listed
  const known = await db.inShop(shop.id, (tx) =>
    tx.dispute.findMany({
      where: { shopId: shop.id },
      select: { disputeId: true, type: true, status: true },
    }),
  )
  const standing = new Map(known.map((row) => [row.disputeId, `${row.type} ${row.status}`]))
  let disputesRecorded = 0
  const failures: unknown[] = []
  for (const { disputeId, type, status } of listed.disputes) {
    if (standing.get(disputeId) === `${type} ${status}`) continue
    try {
      const healed = await heal(context, disputeId)
      if (!healed.ok) return healed
      disputesRecorded += healed.recorded
    } catch (error) {
      // One that cannot be booked does not keep the others out of the books; the job fails all the same.
      log.error({ shopId: shop.id, disputeId: String(disputeId), error }, 'dispute not booked')
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return { ok: true, disputesRecorded }
}

async function heal(
  context: ShopContext,
  disputeId: bigint,
): Promise<{ ok: true; recorded: number } | AdminRefusal> {
  const { db, shop, clock, log } = context
  const fetched = await fetchDispute(context.shopify, disputeId)
  if (!fetched.ok && (fetched.reason === 'dispute_not_found' || fetched.reason === 'unreadable_amount')) {
    log.error({ shopId: shop.id, disputeId: String(disputeId), reason: fetched.reason }, 'dispute not read')
    return { ok: true, recorded: 0 }
  }
  if (!fetched.ok) return fetched
  const { dispute } = fetched
  // Its order first: royalties can only wait or be taken back once they are posted.
  if (dispute.orderId !== null) {
    const recorded = await recordOrders(context, [dispute.orderId])
    if (!recorded.ok) return recorded
  }
  const told = { ...dispute, at: dispute.finalizedAt ?? dispute.initiatedAt }
  const recorded = await db.inShop(shop.id, (tx) => recordDispute(tx, shop, told, clock.now()))
  if (recorded.ok) return { ok: true, recorded: 1 }
  log.error({ shopId: shop.id, disputeId: String(disputeId), reason: recorded.reason }, 'dispute not booked')
  return { ok: true, recorded: 0 }
}
