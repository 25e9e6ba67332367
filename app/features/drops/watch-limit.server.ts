// Looks after the orders of a limited drop for those that seem to be one customer's under several names, and tells the merchant. Nothing is
// cancelled: that is a person's decision.
import { keyedDigest } from '../../adapters/crypto/digest.ts'
import { raiseAlert, resolveAlertsUnder } from '../../adapters/db/alert-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import {
  keepTraces,
  type LimitedDrop,
  limitedDropsOf,
  tracedOrders,
} from '../../adapters/db/drop-purchases.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { readOrderTraces } from '../../adapters/shopify/order-traces.ts'
import { type AliasGroup, aliasKeys, type BuyerTraces, findAliases } from '../../domain/drops/aliases.ts'
import { BOUGHT_KEPT_MS } from '../../domain/drops/bought.ts'
import type { ShopContext } from '../context.ts'

export type WatchLimitOutcome =
  | { ok: true; alerts: number }
  /** Shopify shows no addresses to this app: only orders of one customer are compared. */
  | AdminRefusal

export async function watchLimit(context: ShopContext, orderId: bigint): Promise<WatchLimitOutcome> {
  const { db, shop, shopify, clock } = context
  const endedAfter = new Date(clock.now().getTime() - BOUGHT_KEPT_MS)
  const drops = await db.inShop(shop.id, (tx) => limitedDropsOf(tx, shop.id, orderId, endedAfter))
  if (drops.length === 0) return { ok: true, alerts: 0 }
  const read = await readOrderTraces(shopify, orderId)
  if (!read.ok && read.reason !== 'access_denied') return read
  const traces = read.ok ? read.traces : null
  let alerts = 0
  for (const drop of drops)
    alerts += await db.inShop(shop.id, (tx) => look(context, tx, { drop, orderId, traces }))
  return { ok: true, alerts }
}

/** Keys of a drop's alerts begin so. */
export const limitAlertsOf = (dropId: string) => `limit_passed/${dropId}/`

async function look(
  { shop, clock, linkSecret }: ShopContext,
  tx: ShopTransaction,
  { drop, orderId, traces }: { drop: LimitedDrop; orderId: bigint; traces: BuyerTraces | null },
): Promise<number> {
  // Two orders of one moment are compared with each other by whoever comes second.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`drop-limit/${drop.id}`}, 0))::text`
  // Bound to the drop: nobody is followed from one to the next.
  const digests = (traces ? aliasKeys(traces) : []).map(({ kind, value }) => ({
    kind,
    digest: keyedDigest('drop-alias', `${drop.id}/${kind}/${value}`, linkSecret),
  }))
  await keepTraces(tx, shop.id, drop.id, orderId, digests)
  const groups = findAliases(await tracedOrders(tx, shop.id, drop.id), drop.limit)
  const now = clock.now()
  const prefix = limitAlertsOf(drop.id)
  const keyOf = ({ orders }: AliasGroup) => `${prefix}${orders[0]?.orderId}`
  await resolveAlertsUnder(tx, shop.id, prefix, now, groups.map(keyOf))
  for (const group of groups)
    await raiseAlert(tx, {
      shopId: shop.id,
      key: keyOf(group),
      kind: 'limit_passed',
      severity: 'warning',
      facts: factsOf(drop, group),
      raisedAt: now,
    })
  return groups.length
}

const MOST_NAMED = 12

function factsOf(drop: LimitedDrop, { orders, pieces, by }: AliasGroup) {
  const named = orders.slice(0, MOST_NAMED).map(({ name }) => name)
  const orderNames = named.join(', ') + (orders.length > MOST_NAMED ? ' …' : '')
  return {
    dropId: drop.id,
    title: drop.title,
    limit: drop.limit,
    pieces,
    orders: orderNames,
    by: by.join(', '),
  }
}
