// Looks after drops that are near: asks Shopify for their stock often enough that lost webhooks are noticed, writes what may be claimed, and
// says when to look again.
import { setDueDate } from '../../adapters/db/calendar.ts'
import { refreshClaims } from '../../adapters/db/claim-store.ts'
import { keepReadStock } from '../../adapters/db/stock-store.ts'
import type { AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { fetchStock } from '../../adapters/shopify/fetch-stock.ts'
import { CHECKS, checkDueAt } from '../../domain/drops/claim-check.ts'
import type { ShopContext } from '../context.ts'

/** While something sells; a count is stale after a minute. */
const LOOK_EVERY_MS = 15_000
/** So long before the first sale the stock is read for the first time. */
const READY_MS = 120_000
const DAY_MS = 86_400_000
/** After its last check a drop is looked at no more. */
const LOOKED_AFTER_MS = 8 * DAY_MS

export type WatchOutcome = { ok: true; watched: number } | AdminRefusal

interface WatchedDrop {
  id: string
  isSelling: boolean
  sellsFrom: number
  closesAt: number
}

/** One look. Sets the next one, also when Shopify refuses: then nothing is confirmed, and what is claimed grows stale by itself. */
export async function watchDrops(context: ShopContext): Promise<WatchOutcome> {
  const { db, shop, shopify, clock } = context
  const askedAt = clock.now()
  const drops = await db.inShop(shop.id, (tx) => readDrops(context, tx, askedAt))
  const near = drops.filter(({ isSelling, sellsFrom, closesAt }) => {
    const at = askedAt.getTime()
    return isSelling && at >= sellsFrom - READY_MS && at < closesAt
  })
  const itemIds = near.length === 0 ? [] : await itemsOf(context, near)
  const fetched = itemIds.length === 0 ? null : await fetchStock(shopify, itemIds)
  await db.inShop(shop.id, async (tx) => {
    if (fetched?.ok) await keepReadStock(tx, shop.id, fetched.pieces, askedAt)
    const now = clock.now()
    for (const { id } of drops) await refreshClaims(tx, shop.id, id, now)
    await setDueDate(tx, shop.id, 'watch-drops', nextLook(drops, now))
  })
  return fetched && !fetched.ok ? fetched : { ok: true, watched: near.length }
}

async function readDrops(
  { shop }: ShopContext,
  tx: Parameters<Parameters<ShopContext['db']['inShop']>[1]>[0],
  now: Date,
): Promise<WatchedDrop[]> {
  const since = new Date(now.getTime() - LOOKED_AFTER_MS)
  const rows = await tx.drop.findMany({
    where: {
      shopId: shop.id,
      status: { not: 'draft' },
      acts: { some: { kind: 'close', at: { gt: since } } },
    },
    select: { id: true, status: true, acts: { select: { kind: true, at: true } } },
  })
  return rows.flatMap(({ id, status, acts }) => {
    const at = (kind: string) => acts.find((act) => act.kind === kind)?.at.getTime()
    const sellsFrom = at('early_access') ?? at('open')
    const closesAt = at('close')
    if (sellsFrom === undefined || closesAt === undefined) return []
    return [{ id, isSelling: status === 'scheduled' || status === 'live', sellsFrom, closesAt }]
  })
}

async function itemsOf({ db, shop }: ShopContext, drops: readonly WatchedDrop[]): Promise<bigint[]> {
  const offers = await db.inShop(shop.id, (tx) =>
    tx.dropOffer.findMany({
      where: { shopId: shop.id, dropId: { in: drops.map((drop) => drop.id) } },
      select: { inventoryItemId: true },
      distinct: ['inventoryItemId'],
    }),
  )
  return offers.map((offer) => offer.inventoryItemId)
}

/** Null when no drop will need it. */
function nextLook(drops: readonly WatchedDrop[], now: Date): Date | null {
  const at = now.getTime()
  const moments = drops.flatMap(({ isSelling, sellsFrom, closesAt }) => {
    const closed = new Date(closesAt).toISOString()
    const checks = CHECKS.map((check) => Date.parse(checkDueAt(check, closed)))
    if (!isSelling) return checks
    const looks = at < closesAt && at >= sellsFrom - READY_MS ? [Math.min(at + LOOK_EVERY_MS, closesAt)] : []
    return [sellsFrom - READY_MS, sellsFrom, closesAt, ...looks, ...checks]
  })
  const coming = moments.filter((moment) => moment > at)
  return coming.length > 0 ? new Date(Math.min(...coming)) : null
}
