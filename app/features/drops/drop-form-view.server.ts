// What the form of a drop needs to know: the shop's clock, with whom it may be made, and what is planned so far.
import { loadDrop, type StoredDrop } from '#app/adapters/db/drop-store.ts'
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import type { Drop } from '#app/domain/drops/drop.ts'
import { localOf } from '#app/domain/drops/timeline.ts'
import type { TypedAct } from '#app/domain/drops/typed-plan.ts'
import { addDays } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'

/** Amounts as text: the view goes over the wire. */
export interface EditedDropView extends Omit<Drop, 'price'> {
  price: { kind: 'percent'; bps: number } | { kind: 'amount'; minor: string } | null
}

export interface DropFormView {
  currency: string
  /** The shop's zone now: what is typed is meant in it. */
  timeZone: string
  creators: Array<{ id: string; name: string }>
  /** In force or on their way, by creator. */
  agreements: Array<{ id: string; creatorId: string; title: string }>
  editing: EditedDropView | null
  /** A timeline to begin with. */
  proposedActs: TypedAct[]
}

const MOST_CREATORS = 1000

/** Null when the drop is unknown. */
export async function readDropForm(ctx: ShopContext, dropId: string | null): Promise<DropFormView | null> {
  if (dropId !== null && !isRowId(dropId)) return null
  const { timeZone, currency } = ctx.shop
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const row = dropId ? await loadDrop(tx, ctx.shop.id, dropId) : null
    if (dropId && !row) return null
    const creators = await tx.creator.findMany({
      where: { OR: [{ status: 'active' }, ...(row?.creatorId ? [{ id: row.creatorId }] : [])] },
      orderBy: { name: 'asc' },
      take: MOST_CREATORS,
      select: { id: true, name: true },
    })
    const agreements = await tx.agreement.findMany({
      where: { OR: [{ status: 'active' }, ...(row?.agreementId ? [{ id: row.agreementId }] : [])] },
      orderBy: { createdAt: 'desc' },
      take: MOST_CREATORS,
      select: { id: true, creatorId: true, title: true },
    })
    return {
      currency,
      timeZone,
      creators,
      agreements,
      editing: row ? editedDrop(row) : null,
      proposedActs: row ? [] : proposedActs(ctx.clock.now(), timeZone),
    }
  })
}

export function editedDrop(drop: StoredDrop): EditedDropView {
  const { id, handle, title, status, timeZone, acts, waves, creatorId, agreementId, limitPerCustomer } = drop
  const { earlyAccess, price, scarcity, arrival, revision, story } = drop
  return {
    id,
    handle,
    title,
    status,
    timeZone,
    acts,
    offers: drop.offers.map(({ wasPublished: _, ...offer }) => offer),
    waves,
    creatorId,
    agreementId,
    limitPerCustomer,
    earlyAccess,
    price: price?.kind === 'amount' ? { kind: price.kind, minor: String(price.minor) } : price,
    scarcity,
    arrival,
    story: story ?? null,
    revision,
  }
}

const DAYS_AHEAD = 7
const EVENING = 'T18:00:00'

/** A week from now in the evening, announced the day before, open for twenty minutes. */
function proposedActs(now: Date, timeZone: string): TypedAct[] {
  const day = localOf(addDays(now.toISOString(), DAYS_AHEAD, timeZone), timeZone).slice(0, 10)
  const dayBefore = localOf(addDays(now.toISOString(), DAYS_AHEAD - 1, timeZone), timeZone).slice(0, 10)
  return [
    { id: newRowId(), kind: 'teaser', local: `${dayBefore}${EVENING}` },
    { id: newRowId(), kind: 'open', local: `${day}${EVENING}` },
    { id: newRowId(), kind: 'close', local: `${day}T18:20:00` },
  ]
}
