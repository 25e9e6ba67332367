// A million deliveries, doubled, shuffled, dropped and late, against the same trade told day by day: nothing lost, nothing twice, the same trial
// balance to the byte, and the one that the model computes; every statement issued, and the same when it is built again. Everything follows from the seed.
import { verifyLedger } from '#app/features/ledger/verify-ledger.server.ts'
import type { CountedStatements } from './issued-statements.ts'
import type { ModelVersion } from './model-types.ts'
import type { ProofDatabase } from './proof-database.ts'
import { acceptVersions, openProofShop, planPartners } from './proof-shop.ts'
import { seededDraws } from './seeded-draws.ts'
import { settledBooks } from './settled-books.ts'
import { DAY, lifeOf, TRADE_BEGINS, type TradePlan } from './trade.ts'
import {
  type CountedFacts,
  openTradeBooks,
  type Told,
  type TradeBooksOptions,
  tellDayByDay,
} from './trade-books.ts'

export interface DeliveriesProof extends CountedFacts, CountedStatements {
  deliveries: number
  orders: number
  doubled: number
  dropped: number
  late: number
  reconciled: number
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

type Say = (line: string) => void

export function isProven(proof: DeliveriesProof): boolean {
  const { lost, doubledFacts, refused, rebuiltOtherwise, sameAsInOrder, sameAsModel, findings } = proof
  const faults = lost + doubledFacts + refused + rebuiltOtherwise + findings.length
  return faults === 0 && sameAsInOrder && sameAsModel
}

const DOUBLED = 0.2
const DROPPED = 0.05
const LATE = 0.01
const MOMENTS_PER_ORDER = 32

export async function proveDeliveries(
  open: () => Promise<ProofDatabase>,
  wanted: DeliveriesOptions,
  say: Say = () => {},
): Promise<DeliveriesProof> {
  const { deliveries, seed, partners = 40, group = 400 } = wanted
  const { plan, codes } = planDeliveries({ seed, partners, products: 24, orders: 0 }, deliveries)
  const versions = planPartners(partners, plan.products, TRADE_BEGINS - 30 * DAY)
  const { onTime, late, dropped, doubled } = mixDeliveries(codes, deliveries, seed)
  say(
    `${plan.orders} orders, ${deliveries} deliveries: ${doubled} doubled, ${dropped} dropped, ${late.length} late`,
  )

  say('told day by day')
  const options = { plan, group, say }
  const expected = await booksDayByDay(open, versions, options)

  await using database = await open()
  const shuffled = await openBooks(database, versions, options)
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
  say('statements built again')
  const stated = await shuffled.statements()
  const { findings } = await verifyLedger(database.db, shuffled.shop.id)
  await shuffled.end()

  say('computed by the model')
  return {
    deliveries,
    orders: plan.orders,
    doubled,
    dropped,
    late: late.length,
    reconciled,
    ...counted,
    statements: stated.statements + expected.stated.statements,
    refused: stated.refused + expected.stated.refused,
    rebuiltOtherwise: stated.rebuiltOtherwise + expected.stated.rebuiltOtherwise,
    sameAsInOrder: found === expected.text,
    sameAsModel: found === settledBooks(plan, versions),
    findings: findings.map(({ check, row }) => `${check}: ${row}`),
    deliveriesPerSecond: Math.round((onTime.length + late.length) / seconds),
  }
}

const decoded = (code: number): Told => ({
  order: Math.floor(code / MOMENTS_PER_ORDER),
  moment: code % MOMENTS_PER_ORDER,
})

/** So many orders that their moments are what second deliveries leave of all of them. */
function planDeliveries(plan: TradePlan, deliveries: number): { plan: TradePlan; codes: number[] } {
  const wanted = Math.round(deliveries * (1 - DOUBLED))
  const codes: number[] = []
  let orders = 0
  // How many moments an order has follows from its number alone; its dates from the number of orders.
  for (; codes.length < wanted; orders++) {
    const { length } = lifeOf({ ...plan, orders: wanted }, orders)
    for (let moment = 0; moment < length; moment++) codes.push(orders * MOMENTS_PER_ORDER + moment)
  }
  return { plan: { ...plan, orders }, codes }
}

/** Counted, not drawn: exactly so many are dropped and late, and what the moments do not fill are second deliveries of some of them. */
function mixDeliveries(codes: readonly number[], deliveries: number, seed: number) {
  const draws = seededDraws(seed)
  const doubled = Math.max(0, deliveries - codes.length)
  const again = draws.shuffle([...codes]).slice(0, doubled)
  const all = draws.shuffle([...codes, ...again])
  const dropped = Math.round(deliveries * DROPPED)
  const late = all.splice(0, Math.round(deliveries * LATE))
  return { onTime: all.slice(dropped), late, dropped, doubled }
}

async function openBooks(
  database: ProofDatabase,
  versions: readonly ModelVersion[],
  options: TradeBooksOptions,
) {
  const shop = await openProofShop(database.db, 'proof.myshopify.com')
  await acceptVersions(database.db, shop, versions)
  return openTradeBooks(database, shop, options)
}

async function booksDayByDay(
  open: () => Promise<ProofDatabase>,
  versions: readonly ModelVersion[],
  options: TradeBooksOptions,
): Promise<{ text: string; stated: CountedStatements }> {
  await using database = await open()
  const books = await openBooks(database, versions, options)
  await tellDayByDay(books, options.plan)
  const text = await books.settle()
  const stated = await books.statements()
  await books.end()
  return { text, stated }
}
