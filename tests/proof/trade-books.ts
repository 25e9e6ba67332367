// The app's books of one trade: told of moments in any order, closed, settled and counted.
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Database, ShopTransaction } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { log } from '#app/config/logger.ts'
import { trialBalanceText } from '#app/domain/ledger/trial-balance.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { recordDispute } from '#app/features/ledger/record-dispute.server.ts'
import { recordFetchedOrders } from '#app/features/ledger/record-fetched-orders.server.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { countStatements } from './issued-statements.ts'
import { LINK_SECRET } from './proof-shop.ts'
import { lifeOf, type Moment, TRADE_BEGINS, TRADE_SETTLED, type TradePlan } from './trade.ts'

/** One delivery: which order, and the moment that it tells of. */
export interface Told {
  order: number
  moment: number
}

export interface TradeBooksOptions {
  plan: TradePlan
  /** Deliveries worked off in one transaction. */
  group: number
  say?: (line: string) => void
}

export type TradeBooks = Awaited<ReturnType<typeof openTradeBooks>>

export async function openTradeBooks(
  { db, url }: { db: Database; url: string },
  shop: Shop,
  { plan, group, say = () => {} }: TradeBooksOptions,
) {
  const clock = new ManualClock(new Date(TRADE_BEGINS).toISOString())
  const queue = await openJobQueue(db.pool, { databaseUrl: url, worker: false, onError: () => {} })
  const context = { db, shop, clock, queue, log }
  const moveTo = (at: number) => clock.moveTo(new Date(Math.max(at, clock.now().getTime())).toISOString())

  /** One transaction, in which `also` writes as well. The clock follows the newest delivery. */
  async function tellGroup(
    told: readonly Told[],
    also: (tx: ShopTransaction) => Promise<void> = async () => {},
  ) {
    const lives = told.map(({ order, moment }) => ({ life: lifeOf(plan, order), moment }))
    for (const { life, moment } of lives) moveTo(life[moment]?.at ?? 0)
    const now = clock.now()
    const moments = lives.map(({ life, moment }) => momentOf(life, moment, now.getTime()))
    await db.inShop(
      shop.id,
      async (tx) => {
        await recordMoments(tx, shop, moments, now)
        await also(tx)
      },
      { timeoutMs: 120_000 },
    )
  }

  async function headOf(): Promise<bigint> {
    const head = await db.inShop(shop.id, (tx) => tx.ledgerHead.findUnique({ where: { shopId: shop.id } }))
    return head?.seq ?? 0n
  }

  return {
    shop,
    tellGroup,
    async tell(told: readonly Told[]): Promise<void> {
      for (let from = 0; from < told.length; from += group) {
        await tellGroup(told.slice(from, from + group))
        if ((from / group) % 100 === 99) say(`${from + group} of ${told.length}`)
      }
    },
    /** Releases what is due and closes the months that have ended by then; now, when no date is given. */
    async close(at?: number): Promise<void> {
      if (at !== undefined) moveTo(at)
      await matureHolds(context)
      await closePeriods(context)
    },
    /** Shows every order as it is in the end, as a walk over all that changed does. Returns how many groups lacked something. */
    async reconcile(): Promise<number> {
      let healed = 0
      for (let from = 0; from < plan.orders; from += group) {
        const last = Array.from({ length: Math.min(group, plan.orders - from) }, (_, place) => {
          const { length } = lifeOf(plan, from + place)
          return { order: from + place, moment: length - 1 }
        })
        const before = await headOf()
        await tellGroup(last)
        if ((await headOf()) > before) healed += 1
      }
      return healed
    },
    /** The trial balance once every wait is over. */
    async settle(): Promise<string> {
      moveTo(TRADE_SETTLED)
      await matureHolds(context)
      return trialBalanceText(await readTrialBalance(db, shop.id))
    },
    count: () => countFacts(db, shop.id, plan),
    statements: () => countStatements(db, shop),
    end: () => queue.stop(),
  }
}

async function recordMoments(
  tx: ShopTransaction,
  shop: Shop,
  moments: readonly Moment[],
  now: Date,
): Promise<void> {
  const orders = moments.map(({ order }) => order)
  await recordFetchedOrders(tx, shop, LINK_SECRET, orders, now)
  for (const { openedAt, at, ...dispute } of lastWords(moments)) {
    const isOpen = dispute.status === 'needs_response'
    const dates = {
      at: new Date(at).toISOString(),
      initiatedAt: new Date(openedAt).toISOString(),
      finalizedAt: isOpen ? null : new Date(at).toISOString(),
    }
    const recorded = await recordDispute(tx, shop, { ...dispute, ...dates, type: 'chargeback' }, now)
    if (!recorded.ok) throw new Error(recorded.reason)
  }
}

/** An order is shown as it was then, however late. A dispute is looked up when it is worked off: it is told as it stands by `now`. */
function momentOf(life: readonly Moment[], moment: number, now: number): Moment {
  const told = life[moment]
  if (!told) throw new RangeError(`there is no moment ${moment}`)
  if (!told.dispute) return told
  return {
    ...told,
    dispute: life.findLast((later) => later.dispute && later.at <= now)?.dispute ?? told.dispute,
  }
}

function lastWords(moments: readonly Moment[]) {
  const last = new Map<bigint, NonNullable<Moment['dispute']>>()
  for (const { dispute } of moments) {
    if (!dispute) continue
    const other = last.get(dispute.disputeId)
    if (!other || other.at <= dispute.at) last.set(dispute.disputeId, dispute)
  }
  return last.values()
}

const SLICE = 2000

export interface CountedFacts {
  journals: number
  /** Sales that happened and have no journal. */
  lost: number
  /** Journals beyond one a sale, or of sales that never happened. */
  doubledFacts: number
}

/** Holds what was posted against what happened, sale by sale. */
async function countFacts(db: Database, shopId: number, plan: TradePlan): Promise<CountedFacts> {
  let lost = 0
  let known = 0
  for (let from = 0; from < plan.orders; from += SLICE) {
    const { moving, all } = salesOf(plan, from, Math.min(from + SLICE, plan.orders))
    const [row] = await db.inShop(shopId, (tx) =>
      tx.$queryRawUnsafe<Array<{ moving: bigint; all: bigint }>>(
        `select count(distinct sale_id) filter (where sale_id = any($2::bigint[])) as moving, count(distinct sale_id) as all
         from journal where shop_id = $1::int and order_id between $4::bigint and $5::bigint and sale_id = any($3::bigint[])`,
        shopId,
        moving,
        all,
        String(from + 1),
        String(from + SLICE),
      ),
    )
    lost += moving.length - Number(row?.moving ?? 0)
    known += Number(row?.all ?? 0)
  }
  const [row] = await db.inShop(
    shopId,
    (tx) =>
      tx.$queryRaw<Array<{ journals: bigint; sales: bigint }>>`
        select count(*) as journals, count(sale_id) as sales from journal where shop_id = ${shopId}`,
  )
  return { journals: Number(row?.journals ?? 0), lost, doubledFacts: Number(row?.sales ?? 0) - known }
}

/** A sale of nothing needs no journal. */
function salesOf(plan: TradePlan, from: number, to: number): { moving: string[]; all: string[] } {
  const ids = { moving: [] as string[], all: [] as string[] }
  for (let number = from; number < to; number++) {
    const last = lifeOf(plan, number).at(-1)?.order
    if (!last || last.isTest || last.financialStatus === 'VOIDED') continue
    for (const { saleId, totalMinor } of last.sales) {
      ids.all.push(String(saleId))
      if (totalMinor !== 0n) ids.moving.push(String(saleId))
    }
  }
  return ids
}

/** The whole trade in the order in which it happened; each month closes when the next one has begun. */
export async function tellDayByDay(books: TradeBooks, plan: TradePlan): Promise<void> {
  const told: Array<Told & { at: number }> = []
  for (let order = 0; order < plan.orders; order++)
    lifeOf(plan, order).forEach(({ at }, moment) => {
      told.push({ order, moment, at })
    })
  told.sort((left, right) => left.at - right.at)
  let month = nextMonth(TRADE_BEGINS)
  let from = 0
  for (let place = 0; place <= told.length; place++) {
    const at = told[place]?.at ?? Number.POSITIVE_INFINITY
    if (at < month) continue
    await books.tell(told.slice(from, place))
    from = place
    if (place === told.length) return
    await books.close(month)
    month = nextMonth(at)
  }
}

const nextMonth = (at: number): number =>
  Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + 1, 1)
