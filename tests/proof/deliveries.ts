// A million deliveries, doubled, shuffled, dropped and late, against the same trade told day by day: nothing lost, nothing twice, the same trial
// balance to the byte, and the one that the model computes. Everything follows from the seed.
import { ManualClock } from '#app/adapters/clock/clock.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import { openJobQueue } from '#app/adapters/queue/job-queue.ts'
import { log } from '#app/config/logger.ts'
import { trialBalanceText } from '#app/domain/ledger/trial-balance.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { recordDispute } from '#app/features/ledger/record-dispute.server.ts'
import { recordFetchedOrders } from '#app/features/ledger/record-fetched-orders.server.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import type { ProofDatabase } from './proof-database.ts'
import { acceptVersions, LINK_SECRET, openProofShop, planPartners } from './proof-shop.ts'
import { seededDraws } from './seeded-draws.ts'
import { settledBooks } from './settled-books.ts'
import { DAY, lifeOf, type Moment, TRADE_BEGINS, TRADE_SETTLED, type TradePlan } from './trade.ts'

export interface DeliveriesProof {
  deliveries: number
  orders: number
  doubled: number
  dropped: number
  late: number
  reconciled: number
  journals: number
  /** Sales that happened and have no journal. */
  lost: number
  /** Journals beyond one a sale, or of sales that never happened. */
  doubledFacts: number
  sameAsInOrder: boolean
  sameAsModel: boolean
  findings: string[]
  deliveriesPerSecond: number
}

export interface DeliveriesOptions {
  deliveries: number
  seed: number
  partners?: number
  /** Deliveries worked off in one transaction. */
  group?: number
}

export function isProven(proof: DeliveriesProof): boolean {
  const { lost, doubledFacts, sameAsInOrder, sameAsModel, findings } = proof
  return lost === 0 && doubledFacts === 0 && sameAsInOrder && sameAsModel && findings.length === 0
}

type Say = (line: string) => void
/** One delivery: which order, and the moment that it tells of. */
interface Told {
  order: number
  moment: number
}

const DOUBLED = 0.2
const DROPPED = 0.05
const LATE = 0.01
const MOMENTS_PER_ORDER = 32

export async function proveDeliveries(
  open: () => Promise<ProofDatabase>,
  options: DeliveriesOptions,
  say: Say = () => {},
): Promise<DeliveriesProof> {
  const { deliveries, seed, partners = 40, group = 400 } = options
  const draws = seededDraws(seed)
  const { plan, codes } = planDeliveries({ seed, partners, products: 24, orders: 0 }, deliveries)
  const versions = planPartners(partners, plan.products, TRADE_BEGINS - 30 * DAY)

  const doubles = codes.filter(() => draws.chance(DOUBLED / (1 - DOUBLED)))
  const all = draws.shuffle([...codes, ...doubles])
  const isLate = (code: number) => hashed(seed, code) < LATE
  const onTime = all.filter((code) => !draws.chance(DROPPED) && !isLate(code))
  const late = all.filter(isLate)
  say(`${plan.orders} orders, ${all.length} deliveries (${doubles.length} doubled, ${late.length} late)`)

  say('told day by day')
  const expected = await booksDayByDay(open, versions, { plan, codes, group }, say)

  await using database = await open()
  const shuffled = await openBooks(database, versions, plan, group, say)
  say('told shuffled, doubled, with losses')
  const started = performance.now()
  await shuffled.tell(onTime.map(decoded))
  // A month closes before the late ones come.
  await shuffled.close(TRADE_BEGINS + 40 * DAY)
  await shuffled.tell(late.map(decoded))
  const seconds = (performance.now() - started) / 1000
  say('reconciled with what Shopify shows')
  const reconciled = await shuffled.reconcile()
  const found = await shuffled.settle()
  const counted = await shuffled.count()
  const { findings } = await verifyLedger(database.db, shuffled.shop.id)
  await shuffled.end()

  say('computed by the model')
  return {
    deliveries: all.length,
    orders: plan.orders,
    doubled: doubles.length,
    dropped: all.length - onTime.length - late.length,
    late: late.length,
    reconciled,
    ...counted,
    sameAsInOrder: found === expected,
    sameAsModel: found === settledBooks(plan, versions),
    findings: findings.map(({ check, row }) => `${check}: ${row}`),
    deliveriesPerSecond: Math.round((onTime.length + late.length) / seconds),
  }
}

const decoded = (code: number): Told => ({
  order: Math.floor(code / MOMENTS_PER_ORDER),
  moment: code % MOMENTS_PER_ORDER,
})

/** As many orders as it takes for the deliveries, doubles counted. */
function planDeliveries(plan: TradePlan, deliveries: number): { plan: TradePlan; codes: number[] } {
  // A trial tells how many moments an order has on average; dates follow from the number of orders, which so must be known first.
  const trial = 2000
  let moments = 0
  for (let number = 0; number < trial; number++) moments += lifeOf({ ...plan, orders: trial }, number).length
  const orders = Math.max(1, Math.round((deliveries * (1 - DOUBLED) * trial) / moments))
  const codes: number[] = []
  const full = { ...plan, orders }
  for (let number = 0; number < orders; number++) {
    const { length } = lifeOf(full, number)
    for (let moment = 0; moment < length; moment++) codes.push(number * MOMENTS_PER_ORDER + moment)
  }
  return { plan: full, codes }
}

function hashed(seed: number, code: number): number {
  return seededDraws(seed * 31 + code * 17).next()
}

async function booksDayByDay(
  open: () => Promise<ProofDatabase>,
  versions: ReturnType<typeof planPartners>,
  { plan, codes, group }: { plan: TradePlan; codes: readonly number[]; group: number },
  say: Say,
): Promise<string> {
  await using database = await open()
  const books = await openBooks(database, versions, plan, group, say)
  await tellDayByDay(books, plan, codes)
  const text = await books.settle()
  await books.end()
  return text
}

async function tellDayByDay(books: Books, plan: TradePlan, codes: readonly number[]): Promise<void> {
  // Orders are placed one after the other, but their later moments mix.
  const at = new Float64Array(codes.length)
  let place = 0
  for (let number = 0; number < plan.orders; number++)
    for (const moment of lifeOf(plan, number)) at[place++] = moment.at
  const sequence = Array.from(codes.keys()).sort((left, right) => (at[left] ?? 0) - (at[right] ?? 0))
  let month = nextMonth(TRADE_BEGINS)
  let day: Told[] = []
  for (const index of sequence) {
    const now = at[index] ?? 0
    if (now >= month) {
      await books.tell(day)
      day = []
      await books.close(month)
      month = nextMonth(month)
    }
    day.push(decoded(codes[index] ?? 0))
  }
  await books.tell(day)
}

const nextMonth = (at: number): number =>
  Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + 1, 1)

type Books = Awaited<ReturnType<typeof openBooks>>

async function openBooks(
  database: ProofDatabase,
  versions: ReturnType<typeof planPartners>,
  plan: TradePlan,
  group: number,
  say: Say,
) {
  const { db } = database
  const shop: Shop = await openProofShop(db, 'proof.myshopify.com')
  await acceptVersions(db, shop, versions)
  const clock = new ManualClock(new Date(TRADE_BEGINS).toISOString())
  const queue = await openJobQueue(db.pool, { databaseUrl: database.url, worker: false, onError: () => {} })
  const context = { db, shop, clock, queue, log }

  const record = (moments: Moment[], now: Date) =>
    db.inShop(
      shop.id,
      async (tx) => {
        await recordFetchedOrders(
          tx,
          shop,
          LINK_SECRET,
          moments.map(({ order }) => order),
          now,
        )
        for (const step of lastWords(moments)) {
          const { openedAt, at, ...dispute } = step
          const isOpen = step.status === 'needs_response'
          await recordDispute(
            tx,
            shop,
            {
              ...dispute,
              type: 'chargeback',
              at: new Date(at).toISOString(),
              initiatedAt: new Date(openedAt).toISOString(),
              finalizedAt: isOpen ? null : new Date(at).toISOString(),
            },
            now,
          )
        }
      },
      { timeoutMs: 120_000 },
    )

  const moveTo = (at: number) => clock.moveTo(new Date(Math.max(at, clock.now().getTime())).toISOString())

  return {
    shop,
    /** Works deliveries off in groups; the clock follows the newest of them. */
    async tell(told: readonly Told[]): Promise<void> {
      for (let from = 0; from < told.length; from += group) {
        const lives = told
          .slice(from, from + group)
          .map(({ order, moment }) => ({ life: lifeOf(plan, order), moment }))
        for (const { life, moment } of lives) moveTo(life[moment]?.at ?? 0)
        const now = clock.now()
        await record(
          lives.map(({ life, moment }) => momentOf(life, moment, now.getTime())),
          now,
        )
        if ((from / group) % 100 === 99) say(`${from + group} of ${told.length}`)
      }
    },
    async close(at: number): Promise<void> {
      moveTo(at)
      await matureHolds(context)
      await closePeriods(context)
    },
    /** Shows every order as it is in the end, as a walk over all that changed does. Returns how many lacked something. */
    async reconcile(): Promise<number> {
      let healed = 0
      for (let from = 0; from < plan.orders; from += group) {
        const moments: Moment[] = []
        for (let number = from; number < Math.min(from + group, plan.orders); number++) {
          const life = lifeOf(plan, number)
          const last = life.at(-1)
          const dispute = life.findLast((moment) => moment.dispute !== null)?.dispute ?? null
          if (last) moments.push({ ...last, dispute })
        }
        const before = await headOf()
        await record(moments, clock.now())
        if ((await headOf()) > before) healed += 1
      }
      return healed
    },
    async settle(): Promise<string> {
      moveTo(TRADE_SETTLED)
      await matureHolds(context)
      return trialBalanceText(await readTrialBalance(db, shop.id))
    },
    async count() {
      let missing = 0
      let known = 0
      for (let from = 0; from < plan.orders; from += 2000) {
        const ids = { moving: [] as string[], all: [] as string[] }
        for (let number = from; number < Math.min(from + 2000, plan.orders); number++) {
          const last = lifeOf(plan, number).at(-1)?.order
          if (!last || last.isTest || last.financialStatus === 'VOIDED') continue
          for (const { saleId, totalMinor } of last.sales) {
            ids.all.push(String(saleId))
            if (totalMinor !== 0n) ids.moving.push(String(saleId))
          }
        }
        const [row] = await db.inShop(shop.id, (tx) =>
          tx.$queryRawUnsafe<Array<{ moving: bigint; all: bigint }>>(
            `select count(distinct sale_id) filter (where sale_id = any($2::bigint[])) as moving, count(distinct sale_id) as all
             from journal where shop_id = $1::int and order_id between $4::bigint and $5::bigint and sale_id = any($3::bigint[])`,
            shop.id,
            ids.moving,
            ids.all,
            String(from + 1),
            String(from + 2000),
          ),
        )
        missing += ids.moving.length - Number(row?.moving ?? 0)
        known += Number(row?.all ?? 0)
      }
      const [row] = await db.inShop(
        shop.id,
        (tx) =>
          tx.$queryRaw<Array<{ journals: bigint; sales: bigint; facts: bigint }>>`
          select count(*) as journals, count(sale_id) as sales, count(distinct sale_id) as facts from journal where shop_id = ${shop.id}`,
      )
      const [sales, facts] = [Number(row?.sales ?? 0), Number(row?.facts ?? 0)]
      return {
        journals: Number(row?.journals ?? 0),
        lost: missing,
        doubledFacts: sales - facts + (facts - known),
      }
    },
    end: () => queue.stop(),
  }

  async function headOf(): Promise<bigint> {
    const head = await db.inShop(shop.id, (tx) => tx.ledgerHead.findUnique({ where: { shopId: shop.id } }))
    return head?.seq ?? 0n
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
