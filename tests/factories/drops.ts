// A drop on a sandbox shop: pieces that exist, units that are counted, a house that runs it.

import { type DropLease, releaseDropLease, takeDropLease } from '#app/adapters/db/drop-lease.ts'
import { insertDrop, loadDrop, type StoredDrop, savePressed } from '#app/adapters/db/drop-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { ActKind, DropPlan } from '#app/domain/drops/drop.ts'
import { pressDrop } from '#app/domain/drops/drop-state.ts'
import type { ShopContext } from '#app/features/context.ts'
import { reserveWaves } from '#app/features/drops/reserve-waves.server.ts'
import { runDueOfDrop } from '#app/features/drops/run-act.server.ts'
import { createProduct } from '#sandbox/commerce/create-product.ts'
import { createShop } from '#sandbox/commerce/create-shop.ts'
import { installApp } from '#sandbox/oauth/install.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import { type HouseInProcess, openHouseInProcess, startQuietSandbox } from '../harness/house-in-process.ts'
import type { TestDatabase } from '../harness/test-database.ts'

export const DROP_SHOP = 'lumen-atelier.myshopify.com'
export const OPENS_AT = '2026-12-10T17:00:00.000Z'

export function minutes(from: number): Date {
  return new Date(Date.parse(OPENS_AT) + from * 60_000)
}

export interface DropStage extends AsyncDisposable {
  running: RunningSandbox
  house: HouseInProcess
  context: ShopContext
  /** Hero (not in the online store yet) and an offer that always was. */
  pieces: Array<{ productId: string; variantId: string; inventoryItemId: string; title: string }>
  locationId: string
  /** Of the hero, as Shopify counts it. */
  stock(index?: number): { available: number; reserved: number; committed: number }
  isListed(index: number): boolean
  metafield(key: string): unknown
}

/** The clock stands five hours before the opening. `units` of each piece. */
export async function openDropStage({
  units = 30,
  database,
}: {
  units?: number
  database?: TestDatabase
} = {}): Promise<DropStage> {
  const running = await startQuietSandbox()
  const { sandbox } = running
  createShop(sandbox, {
    domain: DROP_SHOP,
    name: 'Lumen Atelier',
    email: 'mara@lumen-atelier.example',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    country: 'DE',
  })
  installApp(sandbox, DROP_SHOP)
  const images = [{ url: '/images/ring.svg', altText: 'A ring' }]
  const pieces = ['Rose signet', 'Thorn ring'].map((title, index) => {
    const variants = [{ price: '120.00', available: units }]
    const made = createProduct(sandbox, DROP_SHOP, { title, images, variants, published: index > 0 })
    if (!made.ok) throw new Error(made.message)
    const [variant] = made.product.variants
    if (!variant) throw new Error('no variant')
    return {
      productId: made.product.id,
      variantId: variant.id,
      inventoryItemId: variant.inventoryItemId,
      title,
    }
  })
  const house = await openHouseInProcess(running, minutes(-300).toISOString(), database)
  const shopId = await house.install(DROP_SHOP)
  const state = sandbox.shops[DROP_SHOP]
  if (!state) throw new Error('no shop')
  const levelOf = (index: number) => {
    const found = Object.values(state.inventoryLevels).find(
      (level) => level.inventoryItemId === pieces[index]?.inventoryItemId,
    )
    if (!found) throw new Error('no level')
    return found
  }
  return {
    running,
    house,
    context: await house.context(shopId),
    pieces,
    locationId: levelOf(0).locationId,
    stock(index = 0) {
      const { available, reserved, committed } = levelOf(index)
      return { available, reserved, committed }
    },
    isListed(index) {
      const product = state.products[pieces[index]?.productId ?? '']
      return (
        product !== undefined &&
        (!product.publications || Object.keys(product.publications).length > 0) &&
        isOnline(product)
      )
    },
    metafield(key) {
      const all = state.shop.installation?.metafields ?? []
      const found = all.find((field) => field.namespace === 'drops' && field.key === key)
      return found === undefined ? undefined : JSON.parse(found.value)
    },
    async [Symbol.asyncDispose]() {
      await house[Symbol.asyncDispose]()
      await running.stop()
    },
  }
}

/** A plan of twenty minutes: opening, two waves of the hero, close, an hour after. */
export function planOf(stage: DropStage, given: Partial<DropPlan> = {}): DropPlan {
  const act = (kind: ActKind, from: number) => ({ id: newRowId(), kind, at: minutes(from).toISOString() })
  const acts = [
    act('teaser', -60),
    act('open', 0),
    act('wave', 6),
    act('wave', 12),
    act('close', 20),
    act('after', 60),
  ]
  const [hero] = stage.pieces
  if (!hero) throw new Error('no hero')
  const { variantId, inventoryItemId } = hero
  const waves = acts
    .filter(({ kind }) => kind === 'wave')
    .map(({ id: actId }, index) => ({
      id: newRowId(),
      actId,
      variantId,
      inventoryItemId,
      locationId: stage.locationId,
      units: index === 0 ? 12 : 8,
    }))
  return {
    handle: 'rose-signet',
    title: 'Rose signet',
    timeZone: 'Europe/Berlin',
    acts,
    waves,
    offers: stage.pieces.map((piece, index) => ({ ...piece, role: index === 0 ? 'hero' : 'offer' })),
    creatorId: null,
    agreementId: null,
    limitPerCustomer: null,
    earlyAccess: null,
    price: null,
    scarcity: { version: 1, lowAt: 5, lastAt: 2 },
    arrival: null,
    ...given,
  }
}

/** The drop scheduled, its waves in reserve, without what preflight asks of the shop. */
export async function scheduleDrop(stage: DropStage, plan = planOf(stage)): Promise<StoredDrop> {
  const { context } = stage
  const { db, shop, clock } = context
  const id = newRowId()
  await db.inShop(shop.id, (tx) =>
    insertDrop(tx, shop.id, { id, plan, createdAt: clock.now(), createdBy: 'user/1' }),
  )
  const draft = await readDrop(stage, id)
  const lease = await lend(stage, id, 'test')
  const reserved = await reserveWaves(context, draft, lease)
  if (!reserved.ok) throw new Error(reserved.refusal.reason)
  const pressed = pressDrop(draft, { kind: 'schedule' }, clock.now().toISOString())
  if (!pressed.ok) throw new Error(pressed.reason)
  await db.inShop(shop.id, async (tx) => {
    await savePressed(tx, draft, pressed, clock.now())
    for (const [position, { wasPublished }] of [{ wasPublished: false }, { wasPublished: true }].entries())
      await tx.dropOffer.updateMany({ where: { dropId: id, position }, data: { wasPublished } })
  })
  await releaseDropLease(db, lease)
  return readDrop(stage, id)
}

export async function readDrop({ context: { db, shop } }: DropStage, dropId: string): Promise<StoredDrop> {
  const drop = await db.inShop(shop.id, (tx) => loadDrop(tx, shop.id, dropId))
  if (!drop) throw new Error('no drop')
  return drop
}

export async function lend(
  { context: { db, shop } }: DropStage,
  dropId: string,
  owner: string,
): Promise<DropLease> {
  const lease = await takeDropLease(db, shop.id, dropId, owner)
  if (!lease) throw new Error('the drop has a runner')
  return lease
}

/** Everything that is due at that minute from the opening, as a runner does it. */
export async function playUntil(
  stage: DropStage,
  dropId: string,
  from: number,
  owner = 'runner',
): Promise<void> {
  stage.house.clock.moveTo(minutes(from))
  const lease = await lend(stage, dropId, owner)
  try {
    await runDueOfDrop(stage.context, lease)
  } finally {
    await releaseDropLease(stage.context.db, lease)
  }
}

export function receiptsOf({ context: { db, shop } }: DropStage, dropId: string) {
  return db.inShop(shop.id, (tx) =>
    tx.actReceipt.findMany({ where: { dropId }, orderBy: { startedAt: 'asc' } }),
  )
}

function isOnline(product: { publications?: Record<string, string> | undefined }): boolean {
  return !product.publications || Object.keys(product.publications).some((id) => id.endsWith('1'))
}
