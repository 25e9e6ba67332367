// Due work on awards: guarantees whose windows have ended, and awards whose waiting time has.
import { setDueDate } from '../../../adapters/db/calendar.ts'
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { Shop } from '../../../adapters/db/generated/client.ts'
import { lockLedger } from '../../../adapters/db/journal-store.ts'
import { nextGuaranteeEnd } from '../../../domain/awards/guarantee-awards.ts'
import { dayAfter } from '../../../domain/awards/guarantee-windows.ts'
import { releaseAward } from '../../../domain/awards/move-award.ts'
import { localDateOf, startOfDay } from '../../../domain/time/instant.ts'
import type { ShopContext } from '../../context.ts'
import { toAwardRow } from './award-rows.server.ts'
import { promises, readAwardedAgreements } from './awarded-agreements.server.ts'
import { ordersOfDisputes } from './counted-sales.server.ts'
import { postAwards } from './post-awards.server.ts'
import { settleAwards } from './settle-awards.server.ts'

const GROUP = 500
/** Awards of disputed orders are looked at again this much later; the dispute's end itself settles them at once. */
const DISPUTED_AGAIN_MS = 24 * 60 * 60_000

/** The job `settle-awards`. */
export async function handleSettleAwards(context: Pick<ShopContext, 'db' | 'shop' | 'clock'>): Promise<void> {
  await settleDueAwards(context)
}

/**
 * Settles guarantees, releases what has matured by now, and puts the next date on the calendar. The same again changes nothing. Whoever
 * accepts, changes or ends an agreement sets `settle-awards` due now, so that the ends of its guarantees are known.
 */
export async function settleDueAwards({
  db,
  shop,
  clock,
}: Pick<ShopContext, 'db' | 'shop' | 'clock'>): Promise<{ posted: number; released: number }> {
  const settled = await db.inShop(
    shop.id,
    async (tx) => {
      const head = await lockLedger(tx, shop.id)
      const now = clock.now()
      const agreements = await readAwardedAgreements(tx, shop)
      const agreementIds = agreements.filter((one) => promises(one, 'guarantee')).map(({ id }) => id)
      const drafts = await settleAwards(tx, shop, { agreementIds, customerKeys: [], now })
      return postAwards(tx, shop, head, drafts, now)
    },
    { timeoutMs: 120_000 },
  )
  let released = 0
  for (;;) {
    const group = await db.inShop(shop.id, (tx) => releaseGroup(tx, shop, clock.now()))
    released += group
    if (group < GROUP) return { ...settled, released }
  }
}

async function releaseGroup(tx: ShopTransaction, shop: Shop, now: Date): Promise<number> {
  const head = await lockLedger(tx, shop.id)
  const { open } = await ordersOfDisputes(tx, shop.id)
  const waiting = await awardsOfOrders(tx, shop.id, open)
  const due = await tx.award.findMany({
    where: { shopId: shop.id, releasedAt: null, maturesAt: { lte: now }, id: { notIn: waiting } },
    orderBy: [{ maturesAt: 'asc' }, { key: 'asc' }],
    take: GROUP,
  })
  const moves = due.map((row) => {
    const award = toAwardRow(row)
    const { repeatOrderId } = award.evidence.facts
    return releaseAward(award, typeof repeatOrderId === 'string' ? BigInt(repeatOrderId) : null)
  })
  const drafts = { journals: moves.flatMap((move) => move.journals), rows: moves.map((move) => move.row) }
  await postAwards(tx, shop, head, drafts, now)
  if (due.length < GROUP) {
    const next = await nextAwardsDue(tx, shop, now, waiting)
    await setDueDate(tx, shop.id, 'settle-awards', next)
  }
  return due.length
}

/** Bonuses that rest on these orders and wait to be released. */
async function awardsOfOrders(tx: ShopTransaction, shopId: number, orderIds: bigint[]): Promise<string[]> {
  if (orderIds.length === 0) return []
  const rows = await tx.$queryRawUnsafe<Array<{ id: string }>>(
    `select id from award
     where shop_id = $1::int and released_at is null and kind = 'retention'
       and (evidence->'facts'->>'firstOrderId' = any($2::text[]) or evidence->'facts'->>'repeatOrderId' = any($2::text[]))`,
    shopId,
    orderIds.map(String),
  )
  return rows.map((row) => row.id)
}

async function nextAwardsDue(
  tx: ShopTransaction,
  shop: Shop,
  now: Date,
  waiting: string[],
): Promise<Date | null> {
  const next = await tx.award.findFirst({
    where: { shopId: shop.id, releasedAt: null, id: { notIn: waiting } },
    orderBy: { maturesAt: 'asc' },
    select: { maturesAt: true },
  })
  const dates = [
    ...(next ? [next.maturesAt] : []),
    ...(waiting.length > 0 ? [new Date(now.getTime() + DISPUTED_AGAIN_MS)] : []),
    ...(await guaranteeEnds(tx, shop, now)),
  ]
  return dates.sort((left, right) => left.getTime() - right.getTime())[0] ?? null
}

async function guaranteeEnds(tx: ShopTransaction, shop: Shop, now: Date): Promise<Date[]> {
  const today = localDateOf(now.toISOString(), shop.timeZone)
  const agreements = await readAwardedAgreements(tx, shop)
  return agreements.flatMap(({ versions, endedOn }) => {
    const end = nextGuaranteeEnd({ versions, endedOn, today, timeZone: shop.timeZone })
    return end === null ? [] : [new Date(startOfDay(dayAfter(end), shop.timeZone))]
  })
}
