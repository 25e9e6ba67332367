// What Shopify said last of the stock of drops' pieces, whichever way the news came.
import { compareNews, confirmedBy, type NewsVerdict } from '../../domain/drops/stock-news.ts'
import type { ShopTransaction } from './database.ts'

export interface ToldCount {
  inventoryItemId: bigint
  locationId: bigint
  available: number
  observedAt: Date
  triggeredAt: Date | null
}

/** A webhook's count. 'not_ours': no drop sells the piece, nothing was kept. */
export async function keepToldCount(
  tx: ShopTransaction,
  shopId: number,
  told: ToldCount,
  receivedAt: Date,
): Promise<NewsVerdict | 'not_ours'> {
  const { inventoryItemId, locationId, available, observedAt, triggeredAt } = told
  const item = await tx.stockItem.findUnique({
    where: { shopId_inventoryItemId: { shopId, inventoryItemId } },
  })
  if (!item) return 'not_ours'
  const key = { shopId_inventoryItemId_locationId: { shopId, inventoryItemId, locationId } }
  await tx.$queryRaw`
    select 1 from stock_level where shop_id = ${shopId} and inventory_item_id = ${inventoryItemId} and location_id = ${locationId} for update`
  const known = await tx.stockLevel.findUnique({ where: key })
  const news = toNews(told)
  const verdict = compareNews(news, known && toNews(known))
  if (verdict !== 'newer') return verdict
  const confirmedAt = new Date(confirmedBy(news, receivedAt.toISOString()))
  const count = { available, observedAt, triggeredAt }
  await tx.stockLevel.upsert({
    where: key,
    create: { shopId, inventoryItemId, locationId, ...count, confirmedAt },
    update: { ...count, confirmedAt: later(known?.confirmedAt, confirmedAt) },
  })
  return verdict
}

function toNews(count: { available: number; observedAt: Date; triggeredAt: Date | null }) {
  return {
    available: count.available,
    observedAt: count.observedAt.toISOString(),
    triggeredAt: count.triggeredAt?.toISOString() ?? null,
  }
}

/** All that Shopify holds of one piece, as it answered when asked. */
export interface ReadStock {
  inventoryItemId: bigint
  variantId: bigint
  isCounted: boolean
  sellsBeyondStock: boolean
  levels: Array<{
    locationId: bigint
    available: number
    reserved: number
    keptBack: number
    incoming: number
    observedAt: Date
  }>
}

/** An answer to our own question. What a webhook told of a later moment stays, and so does its count. */
export async function keepReadStock(
  tx: ShopTransaction,
  shopId: number,
  pieces: readonly ReadStock[],
  askedAt: Date,
): Promise<void> {
  for (const { inventoryItemId, variantId, isCounted, sellsBeyondStock, levels } of pieces) {
    const item = { variantId, isCounted, sellsBeyondStock }
    await tx.stockItem.upsert({
      where: { shopId_inventoryItemId: { shopId, inventoryItemId } },
      create: { shopId, inventoryItemId, ...item },
      update: item,
    })
    for (const { locationId, available, reserved, keptBack, incoming, observedAt } of levels) {
      // Of one second, the answer is the newer: it was asked for after the webhook had come, unless that tells of a moment after the question.
      await tx.$executeRaw`
        insert into stock_level as known (shop_id, inventory_item_id, location_id, available, reserved, kept_back, incoming, observed_at, confirmed_at, read_at)
        values (${shopId}, ${inventoryItemId}, ${locationId}, ${available}, ${reserved}, ${keptBack}, ${incoming}, ${observedAt}, ${askedAt}, ${askedAt})
        on conflict (shop_id, inventory_item_id, location_id) do update set
          available = case when excluded.observed_at >= known.observed_at and known.confirmed_at <= excluded.confirmed_at then excluded.available else known.available end,
          triggered_at = case when excluded.observed_at >= known.observed_at and known.confirmed_at <= excluded.confirmed_at then null else known.triggered_at end,
          observed_at = greatest(known.observed_at, excluded.observed_at),
          reserved = excluded.reserved, kept_back = excluded.kept_back, incoming = excluded.incoming,
          confirmed_at = case when excluded.observed_at >= known.observed_at then greatest(known.confirmed_at, excluded.confirmed_at) else known.confirmed_at end,
          read_at = greatest(known.read_at, excluded.read_at)`
    }
    // A location that Shopify no longer names has no stock to sell.
    await tx.stockLevel.deleteMany({
      where: {
        shopId,
        inventoryItemId,
        locationId: { notIn: levels.map((level) => level.locationId) },
        observedAt: { lt: askedAt },
      },
    })
  }
}

function later(left: Date | undefined, right: Date): Date {
  return left && left > right ? left : right
}
