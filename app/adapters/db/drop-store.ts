// Drops in their tables: read whole, written as plans and as presses.
import type {
  ActStatus,
  Arrival,
  Drop,
  DropPlan,
  DropPrice,
  DropStatus,
  EarlyAccess,
  Offer,
  ScarcityRule,
  WaveState,
} from '../../domain/drops/drop.ts'
import type { DropStanding } from '../../domain/drops/drop-state.ts'
import { inOrder } from '../../domain/drops/timeline.ts'
import { noteDropChange } from './claim-store.ts'
import type { ShopTransaction } from './database.ts'
import { Prisma } from './generated/client.ts'
import { newRowId } from './row-id.ts'

export interface StoredOffer extends Offer {
  /** Whether the shop had it in its online store before the drop; null until the drop was scheduled. */
  wasPublished: boolean | null
}

export interface StoredDrop extends DropStanding {
  shopId: number
  offers: StoredOffer[]
  publicationGid: string | null
  scheduledAt: Date | null
  openedAt: Date | null
  endedAt: Date | null
  createdAt: Date
  createdBy: string
  settlesAt: Date | null
  settleAttempts: number
  toldRevision: number
}

const WHOLE = {
  offers: { orderBy: { position: 'asc' } },
  acts: true,
  waves: { where: { withdrawn: false }, orderBy: { id: 'asc' } },
} as const satisfies Prisma.DropInclude

type WholeRow = Prisma.DropGetPayload<{ include: typeof WHOLE }>

/** With `lock`, whoever else wants to change the drop waits for this transaction. */
export async function loadDrop(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<StoredDrop | null> {
  if (lock)
    await tx.$queryRaw`select 1 from drop where id = ${dropId}::uuid and shop_id = ${shopId} for update`
  const row = await tx.drop.findFirst({ where: { id: dropId, shopId }, include: WHOLE })
  return row && readDrop(row)
}

export async function findDropByHandle(
  tx: ShopTransaction,
  shopId: number,
  handle: string,
): Promise<StoredDrop | null> {
  const row = await tx.drop.findFirst({ where: { shopId, handle }, include: WHOLE })
  return row && readDrop(row)
}

/** Newest first; of all statuses when none are named. `unsettled`: only those that a runner still has to look after. */
export async function listDrops(
  tx: ShopTransaction,
  shopId: number,
  {
    statuses,
    endedSince,
    unsettled = false,
  }: { statuses?: readonly DropStatus[]; endedSince?: Date; unsettled?: boolean } = {},
): Promise<StoredDrop[]> {
  const wanted: Prisma.DropWhereInput[] = []
  if (statuses) wanted.push({ status: { in: [...statuses] } })
  if (endedSince) wanted.push({ endedAt: { gte: endedSince } })
  const rows = await tx.drop.findMany({
    where: {
      shopId,
      ...(wanted.length > 0 && { OR: wanted }),
      ...(unsettled && { settlesAt: { not: null } }),
    },
    include: WHOLE,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return rows.map(readDrop)
}

function readDrop(row: WholeRow): StoredDrop {
  const { id, shopId, handle, title, timeZone, creatorId, agreementId, limitPerCustomer, revision } = row
  const heldFrom = row.heldFrom === 'live' ? 'live' : 'scheduled'
  return {
    id,
    shopId,
    handle,
    title,
    status: row.status as DropStatus,
    timeZone,
    creatorId,
    agreementId,
    limitPerCustomer,
    revision,
    acts: inOrder(
      row.acts.map((act) => ({
        id: act.id,
        kind: act.kind as Drop['acts'][number]['kind'],
        at: act.at.toISOString(),
        status: act.status as ActStatus,
      })),
    ),
    offers: row.offers.map((offer) => ({
      productId: String(offer.productId),
      variantId: String(offer.variantId),
      inventoryItemId: String(offer.inventoryItemId),
      role: offer.role as Offer['role'],
      title: offer.title,
      wasPublished: offer.wasPublished,
    })),
    waves: row.waves.map((wave) => ({
      id: wave.id,
      actId: wave.actId,
      variantId: String(wave.variantId),
      inventoryItemId: String(wave.inventoryItemId),
      locationId: String(wave.locationId),
      units: wave.units,
      state: wave.state as WaveState,
    })),
    earlyAccess: row.earlyAccess as EarlyAccess | null,
    price: readPrice(row.price),
    scarcity: row.scarcity as unknown as ScarcityRule,
    arrival: row.arrival as Arrival | null,
    story: row.story,
    held: row.heldAt ? { at: row.heldAt.toISOString(), from: heldFrom } : null,
    publicationGid: row.publicationGid,
    scheduledAt: row.scheduledAt,
    openedAt: row.openedAt,
    endedAt: row.endedAt,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    settlesAt: row.settlesAt,
    settleAttempts: row.settleAttempts,
    toldRevision: row.toldRevision,
  }
}

function readPrice(price: Prisma.JsonValue): DropPrice | null {
  if (price === null || typeof price !== 'object' || Array.isArray(price)) return null
  if (price.kind === 'percent') return { kind: 'percent', bps: Number(price.bps) }
  return { kind: 'amount', minor: BigInt(String(price.minor)) }
}

const orNull = (value: object | null): Prisma.InputJsonValue | typeof Prisma.DbNull =>
  value === null ? Prisma.DbNull : (value as Prisma.InputJsonObject)

function columnsOf(plan: DropPlan) {
  const {
    handle,
    title,
    timeZone,
    creatorId,
    agreementId,
    limitPerCustomer,
    earlyAccess,
    price,
    scarcity,
    arrival,
  } = plan
  return {
    handle,
    title,
    timeZone,
    creatorId,
    agreementId,
    limitPerCustomer,
    earlyAccess: orNull(earlyAccess),
    price: orNull(price?.kind === 'amount' ? { kind: 'amount', minor: String(price.minor) } : price),
    scarcity: { ...scarcity },
    arrival: orNull(arrival),
    story: plan.story ?? null,
  }
}

/** Writes a new draft. False: its id or handle is taken, maybe by a row that this shop cannot see; nothing was written. */
export async function insertDrop(
  tx: ShopTransaction,
  shopId: number,
  given: { id: string; plan: DropPlan; createdAt: Date; createdBy: string },
): Promise<boolean> {
  const { id, plan, createdAt, createdBy } = given
  const row = { id, shopId, ...columnsOf(plan), createdAt, createdBy }
  const made = await tx.drop.createMany({ data: [row], skipDuplicates: true })
  if (made.count === 0) return false
  await insertParts(tx, shopId, id, plan)
  return true
}

/** What was never scheduled is replaced as a whole: no act ran, no unit was moved. */
export async function replaceDraft(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
  plan: DropPlan,
): Promise<void> {
  await tx.act.deleteMany({ where: { shopId, dropId } })
  await tx.dropOffer.deleteMany({ where: { shopId, dropId } })
  // A wave whose units went there and back again keeps its moves.
  const moved = await tx.stockMove.findMany({
    where: { shopId, dropId },
    select: { waveId: true },
    distinct: ['waveId'],
  })
  const kept = moved.map(({ waveId }) => waveId)
  await tx.wave.deleteMany({ where: { shopId, dropId, id: { notIn: kept } } })
  await tx.wave.updateMany({ where: { shopId, dropId, id: { in: kept } }, data: { withdrawn: true } })
  const fresh = {
    ...plan,
    waves: plan.waves.map((wave) => (kept.includes(wave.id) ? { ...wave, id: newRowId() } : wave)),
  }
  await insertParts(tx, shopId, dropId, fresh)
  await tx.drop.update({ where: { id: dropId }, data: { ...columnsOf(plan), revision: { increment: 1 } } })
}

async function insertParts(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
  plan: DropPlan,
): Promise<void> {
  await tx.dropOffer.createMany({
    data: plan.offers.map((offer, position) => ({
      shopId,
      dropId,
      position,
      productId: BigInt(offer.productId),
      variantId: BigInt(offer.variantId),
      inventoryItemId: BigInt(offer.inventoryItemId),
      role: offer.role,
      title: offer.title,
    })),
  })
  await tx.act.createMany({
    data: plan.acts.map(({ id, kind, at }) => ({ id, shopId, dropId, kind, at: new Date(at) })),
  })
  await tx.wave.createMany({
    data: plan.waves.map((wave) => ({
      id: wave.id,
      shopId,
      dropId,
      actId: wave.actId,
      variantId: BigInt(wave.variantId),
      inventoryItemId: BigInt(wave.inventoryItemId),
      locationId: BigInt(wave.locationId),
      units: wave.units,
    })),
  })
}

/** Waves of a draft whose units went back are planned anew under new names: each wave moves once each way. */
export async function renewReturnedWaves(tx: ShopTransaction, shopId: number, dropId: string): Promise<void> {
  const returned = await tx.wave.findMany({ where: { shopId, dropId, state: 'returned', withdrawn: false } })
  if (returned.length === 0) return
  const ids = returned.map(({ id }) => id)
  await tx.wave.updateMany({ where: { shopId, id: { in: ids } }, data: { withdrawn: true } })
  await tx.wave.createMany({ data: returned.map((wave) => ({ ...wave, id: newRowId(), state: 'planned' })) })
}

/** What a press made of the drop. Acts are looked at by runners only while it is scheduled or live. */
export async function savePressed(
  tx: ShopTransaction,
  drop: StoredDrop,
  pressed: Pick<DropStanding, 'status' | 'held' | 'acts'>,
  at: Date,
): Promise<void> {
  const { status, held, acts } = pressed
  const isRun = status === 'scheduled' || status === 'live'
  // A runner that was at an act when its drop became a draft may have noted steps after that: a plan begins with nothing done.
  const begins = status === 'draft' || (status === 'scheduled' && drop.scheduledAt === null)
  for (const act of acts) {
    const runs = isRun && (act.status === 'planned' || act.status === 'running')
    await tx.act.update({
      where: { id: act.id },
      data: {
        at: new Date(act.at),
        status: act.status,
        runsAt: runs ? new Date(act.at) : null,
        ...(begins && { attempts: 0, progress: [] }),
      },
    })
  }
  const ended = status === 'aborted' && drop.endedAt === null
  await tx.drop.update({
    where: { id: drop.id },
    data: {
      status,
      heldAt: held ? new Date(held.at) : null,
      heldFrom: held?.from ?? null,
      revision: { increment: 1 },
      settlesAt: at,
      settleAttempts: 0,
      // The checkout has forgotten what it knew of the draft: nothing is put on show before it is told anew.
      ...(status === 'scheduled' && drop.scheduledAt === null && { scheduledAt: at, toldRevision: 0 }),
      ...(status === 'draft' && { scheduledAt: null }),
      // Of a drop that never opened: it ended all the same.
      ...(ended && { endedAt: drop.openedAt && drop.openedAt > at ? drop.openedAt : at }),
    },
  })
  // Written before any page says so.
  await noteDropChange(tx, drop.shopId, drop.id, at)
}

export interface DropEventInput {
  shopId: number
  dropId: string
  at: Date
  kind: string
  actor: string
  facts?: Prisma.InputJsonObject
}

export async function recordDropEvent(
  tx: ShopTransaction,
  { facts = {}, ...event }: DropEventInput,
): Promise<void> {
  await tx.dropEvent.create({ data: { id: newRowId(), ...event, facts } })
}
