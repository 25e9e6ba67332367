// Lets time do its work: royalties whose return window has ended become payable (less their reserve), reserves that have ended follow. One
// journal a line and creator, dated by the frozen date.
import { setDueDate } from '../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { RoyaltyHold } from '../../adapters/db/generated/client.ts'
import { lockLedger, postJournals } from '../../adapters/db/journal-store.ts'
import { openPeriodBook } from '../../adapters/db/period-store.ts'
import type { JournalDraft } from '../../domain/ledger/journal-draft.ts'
import { journalForMaturity, journalForReserveRelease, withStage } from '../../domain/ledger/post-maturity.ts'
import { stageAfterHold } from '../../domain/ledger/royalty-buckets.ts'
import type { RoyaltyLine } from '../../domain/ledger/royalty-line.ts'
import type { ShopContext } from '../context.ts'
import { readLineStates } from './line-states.server.ts'

const GROUP = 500

type MaturingContext = Pick<ShopContext, 'db' | 'shop' | 'clock'>

/** Releases all that is due by now. Disputed and partly paid orders wait. Returns how many holds and reserves ended. */
export async function matureHolds(context: MaturingContext): Promise<{ released: number }> {
  let released = 0
  for (const step of [endHolds, endReserves]) {
    for (;;) {
      const group = await releaseGroup(context, step)
      released += group
      if (group < GROUP) break
    }
  }
  return { released }
}

/** One kind of release: what is due, what it books, what it writes down. */
interface Release {
  find(tx: ShopTransaction, shopId: number, now: Date): Promise<RoyaltyHold[]>
  draft(line: RoyaltyLine, hold: RoyaltyHold, currency: string): JournalDraft | null
  /** The line as it stands for the next hold of the same group. */
  after(line: RoyaltyLine, hold: RoyaltyHold): RoyaltyLine
  /** SQL that marks holds as released; parameters: shop, lines, creators, journals, the newest journal before them. */
  mark: string
}

const endHolds: Release = {
  find: (tx, shopId, now) =>
    tx.royaltyHold.findMany({
      where: { shopId, releasedAt: null, disputed: false, unpaid: false, maturesAt: { lte: now } },
      orderBy: [{ maturesAt: 'asc' }, { lineItemId: 'asc' }, { creatorId: 'asc' }],
      take: GROUP,
    }),
  draft: (line, { creatorId, orderId, maturesAt, reserveBps }, currency) =>
    journalForMaturity(
      line,
      { creatorId, orderId, currency, at: maturesAt.toISOString() },
      stageAfterHold(reserveBps),
    ),
  after: (line, { creatorId, reserveBps }) => withStage(line, creatorId, stageAfterHold(reserveBps)),
  mark: `update royalty_hold h set released_at = h.matures_at, journal_seq = t.seq, released_after_seq = $5::bigint
         from unnest($2::bigint[], $3::uuid[], $4::bigint[]) as t(line_item_id, creator_id, seq)
         where h.shop_id = $1::int and h.line_item_id = t.line_item_id and h.creator_id = t.creator_id`,
}

const endReserves: Release = {
  find: (tx, shopId, now) =>
    tx.royaltyHold.findMany({
      where: {
        shopId,
        reserveReleasedAt: null,
        reserveBps: { gt: 0 },
        releasedAt: { not: null },
        disputed: false,
        reserveUntil: { lte: now },
      },
      orderBy: [{ reserveUntil: 'asc' }, { lineItemId: 'asc' }, { creatorId: 'asc' }],
      take: GROUP,
    }),
  draft: (line, { creatorId, orderId, reserveUntil, maturesAt }, currency) =>
    journalForReserveRelease(line, {
      creatorId,
      orderId,
      currency,
      at: (reserveUntil ?? maturesAt).toISOString(),
    }),
  after: (line, { creatorId }) => withStage(line, creatorId, 'free'),
  mark: `update royalty_hold h set reserve_released_at = h.reserve_until, reserve_journal_seq = t.seq, reserve_released_after_seq = $5::bigint
         from unnest($2::bigint[], $3::uuid[], $4::bigint[]) as t(line_item_id, creator_id, seq)
         where h.shop_id = $1::int and h.line_item_id = t.line_item_id and h.creator_id = t.creator_id`,
}

async function releaseGroup({ db, shop, clock }: MaturingContext, release: Release): Promise<number> {
  return db.inShop(shop.id, async (tx) => {
    const head = await lockLedger(tx, shop.id)
    const { seq: afterSeq } = head
    const now = clock.now()
    const due = await release.find(tx, shop.id, now)
    const lines = await readLineStates(
      tx,
      shop,
      due.map((hold) => hold.lineItemId),
    )
    const currencyOf = await currenciesOf(tx, shop.id, [...new Set(due.map((hold) => hold.orderId))])
    const book = await openPeriodBook(tx, shop)
    const journals = []
    const keys = new Map<RoyaltyHold, string>()
    for (const hold of due) {
      const line = lines.get(hold.lineItemId)
      if (!line) throw new Error(`hold of line ${hold.lineItemId} has no attribution`)
      // Of the sale: the shop may keep its books in another one by now.
      const draft = release.draft(line, hold, currencyOf.get(hold.orderId) ?? shop.currency)
      lines.set(hold.lineItemId, release.after(line, hold))
      if (!draft) continue
      keys.set(hold, draft.factKey)
      journals.push({ ...draft, periodId: await book.idFor(draft.effectiveAt) })
    }
    const { posted } = await postJournals(tx, shop.id, head, journals, now)
    const seqOf = new Map(posted.map((journal) => [journal.factKey, journal.seq]))
    await tx.$executeRawUnsafe(
      release.mark,
      shop.id,
      due.map((hold) => String(hold.lineItemId)),
      due.map((hold) => hold.creatorId),
      due.map((hold) => seqOf.get(keys.get(hold) ?? '')?.toString() ?? null),
      String(afterSeq),
    )
    if (due.length < GROUP) await setDueDate(tx, shop.id, 'mature-holds', await nextRelease(tx, shop.id))
    return due.length
  })
}

async function currenciesOf(
  tx: ShopTransaction,
  shopId: number,
  orderIds: bigint[],
): Promise<Map<bigint, string>> {
  const orders = await tx.order.findMany({
    where: { shopId, orderId: { in: orderIds } },
    select: { orderId: true, currency: true },
  })
  return new Map(orders.map((order) => [order.orderId, order.currency]))
}

async function nextRelease(tx: ShopTransaction, shopId: number): Promise<Date | null> {
  const [next] = await tx.$queryRaw<Array<{ at: Date | null }>>`
    select least(
      (select min(matures_at) from royalty_hold where shop_id = ${shopId} and released_at is null and not disputed and not unpaid),
      (select min(reserve_until) from royalty_hold where shop_id = ${shopId} and reserve_released_at is null and reserve_bps > 0
         and released_at is not null and not disputed)
    ) as at`
  return next?.at ?? null
}
