// A drop as the app leaves it in its tables once it is scheduled, with the stock that Shopify told of.
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { namedId } from './partners.ts'

export interface DropOptions {
  handle?: string
  status?: string
  opensAt?: string
  closesAt?: string
  earlyAt?: string
  /** Numbers of variants; unless they are given, their items are 1000 more and their products 100. */
  variants?: bigint[]
  items?: bigint[]
  products?: bigint[]
  scarcity?: { version: number; lowAt: number; lastAt: number }
  waves?: Array<{ at: string; units: number; variantId?: bigint; state?: string; locationId?: bigint }>
  /** The storefront has the newest settings. */
  told?: boolean
  price?: { kind: 'percent'; bps: number } | null
}

export interface MadeDrop {
  id: string
  handle: string
  waveIds: string[]
  closesAt: Date
}

export const OPENS = '2026-12-04T18:00:00.000Z'
export const CLOSES = '2026-12-04T18:20:00.000Z'
export const LOCATION = 71n

export const itemOf = (variantId: bigint) => variantId + 1000n

export async function createDrop(db: Database, shop: Shop, options: DropOptions = {}): Promise<MadeDrop> {
  const { handle = 'moon-ring', status = 'live', opensAt = OPENS, closesAt = CLOSES, earlyAt } = options
  const { variants = [41n], waves = [], told = true } = options
  const id = namedId(`drop ${handle} of ${shop.domain}`)
  const actId = (kind: string, at: string) => namedId(`act ${kind} ${at} of ${id}`)
  const waveTimes = [...new Set(waves.map((wave) => wave.at))].filter((at) => at !== opensAt)
  const acts = [
    ...(earlyAt ? [{ kind: 'early_access', at: earlyAt }] : []),
    { kind: 'open', at: opensAt },
    ...waveTimes.map((at) => ({ kind: 'wave', at })),
    { kind: 'close', at: closesAt },
  ]
  const waveIds = waves.map((_, index) => namedId(`wave ${index} of ${id}`))
  await db.inShop(shop.id, async (tx) => {
    await tx.drop.create({
      data: {
        id,
        shopId: shop.id,
        handle,
        title: 'Moon ring',
        status,
        timeZone: shop.timeZone,
        scarcity: options.scarcity ?? { version: 1, lowAt: 5, lastAt: 2 },
        ...(options.price ? { price: options.price } : {}),
        createdAt: new Date('2026-12-01T00:00:00Z'),
        createdBy: 'user/1',
        scheduledAt: status === 'draft' ? null : new Date('2026-12-01T00:00:00Z'),
        ...(status === 'held' ? { heldAt: new Date(opensAt), heldFrom: 'live' } : {}),
        toldRevision: told ? 1 : 0,
      },
    })
    for (const [position, variantId] of variants.entries())
      await tx.dropOffer.create({
        data: {
          shopId: shop.id,
          dropId: id,
          position,
          productId: options.products?.[position] ?? variantId + 100n,
          variantId,
          inventoryItemId: options.items?.[position] ?? itemOf(variantId),
          role: position === 0 ? 'hero' : 'offer',
          title: `Piece ${variantId}`,
        },
      })
    for (const { kind, at } of acts)
      await tx.act.create({
        data: {
          id: actId(kind, at),
          shopId: shop.id,
          dropId: id,
          kind,
          at: new Date(at),
          runsAt: new Date(at),
        },
      })
    for (const [index, wave] of waves.entries()) {
      const kind = wave.at === opensAt ? 'open' : 'wave'
      const variantId = wave.variantId ?? variants[0] ?? 41n
      await tx.wave.create({
        data: {
          id: waveIds[index] ?? '',
          shopId: shop.id,
          dropId: id,
          actId: actId(kind, wave.at),
          variantId,
          inventoryItemId: itemOf(variantId),
          locationId: wave.locationId ?? LOCATION,
          units: wave.units,
          state: wave.state ?? 'reserved',
        },
      })
    }
  })
  return { id, handle, waveIds, closesAt: new Date(closesAt) }
}

/** What Shopify said last of one variant. */
export async function tellStock(
  db: Database,
  shop: Shop,
  variantId: bigint,
  available: number,
  confirmedAt: Date,
  given: { reserved?: number; locationId?: bigint; readAt?: Date } = {},
): Promise<void> {
  const key = { shopId: shop.id, inventoryItemId: itemOf(variantId) }
  const { locationId = LOCATION, reserved = 0, readAt = confirmedAt } = given
  const level = { available, reserved, observedAt: confirmedAt, confirmedAt, readAt }
  await db.inShop(shop.id, async (tx) => {
    await tx.stockItem.upsert({
      where: { shopId_inventoryItemId: key },
      create: { ...key, variantId, isCounted: true, sellsBeyondStock: false },
      update: {},
    })
    await tx.stockLevel.upsert({
      where: { shopId_inventoryItemId_locationId: { ...key, locationId } },
      create: { ...key, locationId, ...level },
      update: level,
    })
  })
}
