// Releases royalties whose return window has ended: from held to available, one journal a line and creator.
import { setDueDate } from '../../adapters/db/calendar.ts'
import { lockLedger, postJournals } from '../../adapters/db/journal-store.ts'
import { openPeriodBook } from '../../adapters/db/period-store.ts'
import { journalForMaturity } from '../../domain/ledger/post-maturity.ts'
import { heldOnLine } from '../../domain/ledger/royalty-target.ts'
import type { ShopContext } from '../context.ts'
import { readLineStates } from './line-states.server.ts'

const GROUP = 500

/** Releases all that is due by now. Disputed orders wait for their outcome. Returns how many holds ended. */
export async function matureHolds(
  context: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
): Promise<{ released: number }> {
  let released = 0
  for (;;) {
    const group = await releaseGroup(context)
    released += group
    if (group < GROUP) return { released }
  }
}

async function releaseGroup({
  db,
  shop,
  clock,
}: Pick<ShopContext, 'db' | 'shop' | 'clock'>): Promise<number> {
  return db.inShop(shop.id, async (tx) => {
    const head = await lockLedger(tx, shop.id)
    const now = clock.now()
    const due = await tx.royaltyHold.findMany({
      where: { shopId: shop.id, releasedAt: null, disputed: false, maturesAt: { lte: now } },
      orderBy: [{ maturesAt: 'asc' }, { lineItemId: 'asc' }, { creatorId: 'asc' }],
      take: GROUP,
    })
    const lines = await readLineStates(tx, shop.id, [...new Set(due.map((hold) => hold.lineItemId))])
    const currencyOf = await currenciesOf(tx, shop.id, [...new Set(due.map((hold) => hold.orderId))])
    const book = await openPeriodBook(tx, shop)
    const journals = []
    for (const hold of due) {
      const line = lines.get(hold.lineItemId)
      if (!line) throw new Error(`hold of line ${hold.lineItemId} has no attribution`)
      const draft = journalForMaturity({
        orderId: hold.orderId,
        lineItemId: hold.lineItemId,
        creatorId: hold.creatorId,
        heldMinor: heldOnLine(line, hold.creatorId),
        // Of the sale: the shop may keep its books in another one by now.
        currency: currencyOf.get(hold.orderId) ?? shop.currency,
        maturesAt: hold.maturesAt.toISOString(),
        // Dated by the calendar, not by the moment of the run: a run after downtime gives the same books.
        releasedAt: hold.maturesAt.toISOString(),
      })
      if (draft) journals.push({ ...draft, periodId: await book.idFor(draft.effectiveAt) })
    }
    const { posted } = await postJournals(tx, shop.id, head, journals, now)
    const seqOf = new Map(posted.map((journal) => [journal.factKey, journal.seq]))
    await tx.$executeRawUnsafe(
      `update royalty_hold h set released_at = h.matures_at, journal_seq = t.seq
       from unnest($2::bigint[], $3::uuid[], $4::bigint[]) as t(line_item_id, creator_id, seq)
       where h.shop_id = $1::int and h.line_item_id = t.line_item_id and h.creator_id = t.creator_id`,
      shop.id,
      due.map((hold) => String(hold.lineItemId)),
      due.map((hold) => hold.creatorId),
      due.map((hold) => seqOf.get(`maturity/${hold.lineItemId}/${hold.creatorId}`)?.toString() ?? null),
    )
    if (due.length < GROUP) await setDueDate(tx, shop.id, 'mature-holds', await nextMaturity(tx, shop.id))
    return due.length
  })
}

async function currenciesOf(
  tx: Parameters<typeof lockLedger>[0],
  shopId: number,
  orderIds: bigint[],
): Promise<Map<bigint, string>> {
  const orders = await tx.order.findMany({
    where: { shopId, orderId: { in: orderIds } },
    select: { orderId: true, currency: true },
  })
  return new Map(orders.map((order) => [order.orderId, order.currency]))
}

async function nextMaturity(tx: Parameters<typeof lockLedger>[0], shopId: number): Promise<Date | null> {
  const next = await tx.royaltyHold.findFirst({
    where: { shopId, releasedAt: null, disputed: false },
    orderBy: { maturesAt: 'asc' },
    select: { maturesAt: true },
  })
  return next?.maturesAt ?? null
}
