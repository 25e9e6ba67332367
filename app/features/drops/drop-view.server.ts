// One drop: its plan, how its acts went, what people did with it.
import { listDrops, loadDrop } from '#app/adapters/db/drop-store.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { overlapsOf } from '#app/domain/drops/timeline.ts'
import type { ShopContext } from '../context.ts'
import { type EditedDropView, editedDrop } from './drop-form-view.server.ts'

export interface ReceiptView {
  id: string
  actId: string
  attempt: number
  outcome: string
  dueAt: string
  startedAt: string
  finishedAt: string
  latenessMs: number
}

export interface DropView {
  drop: EditedDropView
  creator: { id: string; name: string } | null
  agreement: { id: string; title: string } | null
  heldAt: string | null
  openedAt: string | null
  endedAt: string | null
  /** In order of time. */
  receipts: ReceiptView[]
  /** Newest first. */
  events: Array<{ id: string; at: string; kind: string; actor: string }>
  /** Other drops that sell at the same time. */
  overlaps: Array<{ dropId: string; title: string; shared: number }>
  now: string
  currency: string
  /** Where the shop is now; the drop's own times stand in `drop.timeZone`. */
  shopTimeZone: string
}

const MOST_RECEIPTS = 200
const MOST_EVENTS = 50

/** Null when the drop is unknown. */
export async function readDrop(ctx: ShopContext, dropId: string): Promise<DropView | null> {
  if (!isRowId(dropId)) return null
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx) => {
    const row = await loadDrop(tx, shop.id, dropId)
    if (!row) return null
    const drop = editedDrop(row)
    const creator = row.creatorId
      ? await tx.creator.findUnique({ where: { id: row.creatorId }, select: { id: true, name: true } })
      : null
    const agreement = row.agreementId
      ? await tx.agreement.findUnique({ where: { id: row.agreementId }, select: { id: true, title: true } })
      : null
    const receipts = await tx.actReceipt.findMany({
      where: { shopId: shop.id, dropId },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: MOST_RECEIPTS,
      select: {
        id: true,
        actId: true,
        attempt: true,
        outcome: true,
        dueAt: true,
        startedAt: true,
        finishedAt: true,
        latenessMs: true,
      },
    })
    const events = await tx.dropEvent.findMany({
      where: { shopId: shop.id, dropId },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: MOST_EVENTS,
      select: { id: true, at: true, kind: true, actor: true },
    })
    const others = await listDrops(tx, shop.id, { statuses: ['scheduled', 'live', 'held'] })
    const overlaps = overlapsOf(drop, others)
    const titles = new Map(others.map(({ id, title }) => [id, title]))
    return {
      drop,
      creator,
      agreement,
      heldAt: row.held?.at ?? null,
      openedAt: row.openedAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
      receipts: receipts.reverse().map((receipt) => ({
        ...receipt,
        dueAt: receipt.dueAt.toISOString(),
        startedAt: receipt.startedAt.toISOString(),
        finishedAt: receipt.finishedAt.toISOString(),
      })),
      events: events.map((event) => ({ ...event, at: event.at.toISOString() })),
      overlaps: overlaps.map(({ dropId: id, sharedVariants }) => ({
        dropId: id,
        title: titles.get(id) ?? '',
        shared: sharedVariants.length,
      })),
      now: ctx.clock.now().toISOString(),
      currency: shop.currency,
      shopTimeZone: shop.timeZone,
    }
  })
}

/** The zone in which a drop's times are meant; null when it is unknown. */
export async function readDropZone(ctx: ShopContext, dropId: string): Promise<string | null> {
  if (!isRowId(dropId)) return null
  const row = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.drop.findUnique({ where: { id: dropId }, select: { timeZone: true } }),
  )
  return row?.timeZone ?? null
}
